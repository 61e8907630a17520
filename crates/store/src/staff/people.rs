//! The accounts of the staff as administrators keep them.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::{BureauCode, StaffId};
use domain::identity::name::name_key;

/// An account without its secrets. `activation_expires_at` is set while a new or reset account is on its way.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PersonRow {
    /// Id of the staff member.
    #[sqlx(try_from = "String")]
    pub id: StaffId,
    /// 财政局代码 of the bureau that they work for.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// Name to log in with, unique in the province.
    pub login: String,
    /// 姓名, in clear.
    pub name: String,
    /// `reviewer` or `administrator`.
    pub role: String,
    /// False for 停用.
    pub is_active: bool,
    /// Whether an authenticator is set up.
    pub has_second_factor: bool,
    /// Rises when the account changes; whoever changes it names the version that was seen.
    pub version: i64,
    /// When the account was made, in UTC.
    pub created_at: DateTime<Utc>,
    /// 手机号, sealed.
    pub mobile_sealed: Vec<u8>,
    /// When the activation runs out, in UTC; `None` where none is on its way.
    pub activation_expires_at: Option<DateTime<Utc>>,
    /// Whether the account was never activated; `None` where no activation is on its way.
    pub is_new: Option<bool>,
    /// Whether the account works until somebody agrees; `None` where no activation is on its way.
    pub is_usable: Option<bool>,
    /// Id of the staff member who agreed, or `operator`; `None` while nobody did.
    pub agreed_by: Option<String>,
}

/// Which accounts: of one bureau or all, of one whole name or all (empty), so many after a bureau and a login.
#[derive(Clone, Copy, Debug)]
pub struct PeopleFilter<'a> {
    /// Key of the province.
    pub province: &'a str,
    /// 财政局代码 of the one bureau that is listed; `None` for all.
    pub bureau: Option<&'a BureauCode>,
    /// A whole 姓名, however it is written, or login; empty for all.
    pub name: &'a str,
    /// Bureau and login of the last line of the page before; `None` for the first page.
    pub after: Option<(&'a BureauCode, &'a str)>,
    /// Most rows that are answered.
    pub limit: i64,
}

sql! {
    LIST = "SELECT s.id, s.bureau, s.login, s.name, s.role, s.is_active, s.totp_sealed IS NOT NULL AS has_second_factor, s.version,
        s.created_at, s.mobile_sealed, a.expires_at AS activation_expires_at, a.is_new, a.is_usable, a.agreed_by
        FROM staff s LEFT JOIN staff_activation a ON a.staff_id = s.id
        WHERE s.province = $1 AND ($2 = '' OR s.bureau = $2) AND ($3 = '' OR s.login = $3 OR s.name_key = $7)
        AND (s.bureau, s.login) > ($4, $5) ORDER BY s.bureau, s.login LIMIT $6";
    FIND = "SELECT s.id, s.bureau, s.login, s.name, s.role, s.is_active, s.totp_sealed IS NOT NULL AS has_second_factor, s.version,
        s.created_at, s.mobile_sealed, a.expires_at AS activation_expires_at, a.is_new, a.is_usable, a.agreed_by
        FROM staff s LEFT JOIN staff_activation a ON a.staff_id = s.id WHERE s.province = $1 AND s.id = $2";
    ABLE = "SELECT count(*) FROM staff s WHERE s.province = $1 AND s.role = 'administrator' AND s.is_active AND s.id <> $2
        AND NOT EXISTS (SELECT 1 FROM staff_activation a WHERE a.staff_id = s.id AND (a.agreed_by IS NOT NULL OR NOT a.is_usable))";
    REVIEWERS = "SELECT count(*) FROM staff WHERE province = $1 AND bureau = $2 AND role = 'reviewer' AND is_active AND id <> $3 AND id <> $4";
    SET_ACTIVE = "UPDATE staff SET is_active = $4, version = version + 1 WHERE province = $1 AND id = $2 AND version = $3";
    RESET = "UPDATE staff SET password_hash = $4, mobile_sealed = COALESCE($5, mobile_sealed), totp_sealed = NULL, totp_step = 0, version = version + 1
        WHERE province = $1 AND id = $2 AND version = $3";
    DELETE_CODES = "DELETE FROM recovery_code WHERE staff_id = $1";
    REMOVE = "DELETE FROM staff WHERE province = $1 AND id = $2 AND version = $3";
}

impl Reader {
    /// How many reviewers of a bureau can sign in, besides one.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_reviewers(&mut self, province: &str, bureau: &BureauCode, but: [&StaffId; 2]) -> Result<i64, StoreError> {
        let [one, other] = but.map(StaffId::as_str);
        let count =
            on!(self, |c| sqlx::query_scalar(REVIEWERS).bind(province).bind(bureau.as_str()).bind(one).bind(other).fetch_one(c));
        Ok(count?)
    }

    /// A page of the accounts of a province by bureau and login.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_people(&mut self, filter: PeopleFilter<'_>) -> Result<Vec<PersonRow>, StoreError> {
        let (bureau, login) = filter.after.map_or(("", ""), |(bureau, login)| (bureau.as_str(), login));
        Ok(on!(self, |c| sqlx::query_as(LIST)
            .bind(filter.province)
            .bind(filter.bureau.map_or("", BureauCode::as_str))
            .bind(filter.name)
            .bind(bureau)
            .bind(login)
            .bind(filter.limit)
            .bind(name_key(filter.name))
            .fetch_all(c))?)
    }

    /// An account of a province.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_person(&mut self, province: &str, id: &StaffId) -> Result<Option<PersonRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(province).bind(id.as_str()).fetch_optional(c))?)
    }

    /// How many administrators besides this account can sign in: they are active and have a password of their own.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_able_administrators(&mut self, province: &str, id: &StaffId) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(ABLE).bind(province).bind(id.as_str()).fetch_one(c))?)
    }
}

impl Tx {
    /// Switches an account on or off, over the version that was seen.
    ///
    /// # Errors
    /// `Stale` when somebody else changed it in between.
    pub async fn set_staff_active(&mut self, province: &str, id: &StaffId, seen: i64, is_active: bool) -> Result<(), StoreError> {
        let changed =
            change!(self, |c| sqlx::query(SET_ACTIVE).bind(province).bind(id.as_str()).bind(seen).bind(is_active).execute(c))?;
        one_row("staff", changed)
    }

    /// Takes password, authenticator and recovery codes away, over the version that was seen, and
    /// notes another telephone where there is one. `hash` belongs to no password.
    ///
    /// # Errors
    /// `Stale` when somebody else changed it in between.
    pub async fn reset_staff(
        &mut self,
        (province, id, seen): (&str, &StaffId, i64),
        hash: &str,
        mobile_sealed: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let reset = change!(self, |c| sqlx::query(RESET)
            .bind(province)
            .bind(id.as_str())
            .bind(seen)
            .bind(hash)
            .bind(mobile_sealed)
            .execute(c))?;
        one_row("staff", reset)?;
        change!(self, |c| sqlx::query(DELETE_CODES).bind(id.as_str()).execute(c))?;
        Ok(())
    }

    /// Takes an account back that never had a password, over the version that was seen.
    ///
    /// # Errors
    /// `Stale` when somebody else changed it in between.
    pub async fn remove_staff(&mut self, province: &str, id: &StaffId, seen: i64) -> Result<(), StoreError> {
        one_row("staff", change!(self, |c| sqlx::query(REMOVE).bind(province).bind(id.as_str()).bind(seen).execute(c))?)
    }
}
