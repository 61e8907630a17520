//! People of the bureaus, their second factor and their recovery codes.

pub mod activation;
pub mod address;
pub mod people;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::{BureauCode, StaffId};
use domain::identity::name::name_key;

/// A staff member. `totp_step` is the last used time step of the authenticator, 0 before the first.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StaffRow {
    /// Id of the staff member.
    #[sqlx(try_from = "String")]
    pub id: StaffId,
    /// Key of the province.
    pub province: String,
    /// 财政局代码 of the bureau that they work for.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// Name to log in with, unique in the province.
    pub login: String,
    /// 姓名, in clear.
    pub name: String,
    /// `reviewer` or `administrator`.
    pub role: String,
    /// 手机号, sealed.
    pub mobile_sealed: Vec<u8>,
    /// Keyed hash of their 证件号码, so that nobody decides on their own case; `None` for none on file.
    pub document_hash: Option<Vec<u8>>,
    /// Hash of the password; of none that could be typed while the account waits for its activation.
    pub password_hash: String,
    /// Secret of the authenticator, sealed; `None` before it is set up.
    pub totp_sealed: Option<Vec<u8>>,
    /// Time step of the last 动态口令 that was used; 0 before the first.
    pub totp_step: i64,
    /// False for 停用.
    pub is_active: bool,
    /// Rises when the account changes; whoever changes it names the version that was seen.
    pub version: i64,
    /// When the account was made, in UTC.
    pub created_at: DateTime<Utc>,
}

sql! {
    INSERT = "INSERT INTO staff
        (id, province, bureau, login, name, role, password_hash, totp_sealed, totp_step, is_active, version, created_at, mobile_sealed,
            document_hash, name_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, TRUE, 1, $9, $10, $11, $12)";
    FIND = "SELECT id, province, bureau, login, name, role, mobile_sealed, document_hash, password_hash, totp_sealed, totp_step, is_active, version,
        created_at FROM staff WHERE id = $1";
    BY_LOGIN = "SELECT id, province, bureau, login, name, role, mobile_sealed, document_hash, password_hash, totp_sealed, totp_step, is_active,
        version, created_at FROM staff WHERE province = $1 AND login = $2";
    ADMINISTRATORS = "SELECT id, province, bureau, login, name, role, mobile_sealed, document_hash, password_hash, totp_sealed, totp_step, is_active,
        version, created_at FROM staff WHERE province = $1 AND role = 'administrator' ORDER BY id";
    COUNT = "SELECT count(*) FROM staff WHERE province = $1";
    ENROL = "UPDATE staff SET totp_sealed = $2, totp_step = $3, version = version + 1 WHERE id = $1";
    PASSWORD = "UPDATE staff SET password_hash = $3 WHERE id = $1 AND password_hash = $2 AND is_active";
    STEP = "UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    DELETE_CODES = "DELETE FROM recovery_code WHERE staff_id = $1";
    INSERT_CODE = "INSERT INTO recovery_code (staff_id, code_hash, used_at) VALUES ($1, $2, NULL)";
    USE_CODE = "UPDATE recovery_code SET used_at = $3 WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL";
    COUNT_CODES = "SELECT count(*) FROM recovery_code WHERE staff_id = $1 AND used_at IS NULL";
    INSERT_BOOTSTRAP = "INSERT INTO bootstrap (token_hash, province, expires_at, used_at) VALUES ($1, $2, $3, NULL)";
    USE_BOOTSTRAP = "UPDATE bootstrap SET used_at = $3 WHERE token_hash = $1 AND province = $2 AND used_at IS NULL AND expires_at > $3";
}

impl Reader {
    /// A staff member by id.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_staff(&mut self, id: &StaffId) -> Result<Option<StaffRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(id.as_str()).fetch_optional(c))?)
    }

    /// A staff member by the name they log in with.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_staff_of_login(&mut self, province: &str, login: &str) -> Result<Option<StaffRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_LOGIN).bind(province).bind(login).fetch_optional(c))?)
    }

    /// The administrators of a province, whatever became of their accounts.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_administrators(&mut self, province: &str) -> Result<Vec<StaffRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(ADMINISTRATORS).bind(province).fetch_all(c))?)
    }

    /// How many staff members a province has.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_staff(&mut self, province: &str) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(COUNT).bind(province).fetch_one(c))?)
    }

    /// How many recovery codes are left.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_recovery_codes(&mut self, staff: &StaffId) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(COUNT_CODES).bind(staff.as_str()).fetch_one(c))?)
    }
}

impl Tx {
    /// Adds a staff member, active, version 1.
    ///
    /// # Errors
    /// `Exists` when the login is taken in the province.
    pub async fn insert_staff(&mut self, s: &StaffRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT)
            .bind(s.id.as_str())
            .bind(&s.province)
            .bind(s.bureau.as_str())
            .bind(&s.login)
            .bind(&s.name)
            .bind(&s.role)
            .bind(&s.password_hash)
            .bind(&s.totp_sealed)
            .bind(s.created_at)
            .bind(&s.mobile_sealed)
            .bind(&s.document_hash)
            .bind(name_key(&s.name))
            .execute(c))
        .map_err(StoreError::exists_in("staff"))?;
        Ok(())
    }

    /// Saves the secret of the authenticator and replaces the recovery codes.
    ///
    /// # Errors
    /// `Stale` when the staff member is gone.
    pub async fn save_second_factor_of(
        &mut self,
        staff: &StaffId,
        totp_sealed: &[u8],
        step: i64,
        codes: &[Vec<u8>],
    ) -> Result<(), StoreError> {
        one_row("staff", change!(self, |c| sqlx::query(ENROL).bind(staff.as_str()).bind(totp_sealed).bind(step).execute(c))?)?;
        change!(self, |c| sqlx::query(DELETE_CODES).bind(staff.as_str()).execute(c))?;
        for code in codes {
            change!(self, |c| sqlx::query(INSERT_CODE).bind(staff.as_str()).bind(code).execute(c))?;
        }
        Ok(())
    }

    /// Replaces the password of a staff member by another, when it is still the one that was compared.
    ///
    /// # Errors
    /// `Stale` when it is not, or the account is switched off.
    pub async fn change_staff_password(&mut self, staff: &StaffId, from: &str, to: &str) -> Result<(), StoreError> {
        one_row("staff", change!(self, |c| sqlx::query(PASSWORD).bind(staff.as_str()).bind(from).bind(to).execute(c))?)
    }

    /// Uses a time step up; `false` when it, or a later one, was used before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn use_totp_step(&mut self, staff: &StaffId, step: i64) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(STEP).bind(staff.as_str()).bind(step).execute(c))? == 1)
    }

    /// Uses a recovery code up; `false` when there is no such unused code.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn use_recovery_code(&mut self, staff: &StaffId, hash: &[u8], at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(USE_CODE).bind(staff.as_str()).bind(hash).bind(at).execute(c))? == 1)
    }

    /// Adds a one-time token for the first administrator.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn insert_bootstrap(&mut self, hash: &[u8], province: &str, expires_at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(INSERT_BOOTSTRAP).bind(hash).bind(province).bind(expires_at).execute(c))?;
        Ok(())
    }

    /// Uses the token up; `false` when it is unknown, used or too old.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn use_bootstrap(&mut self, hash: &[u8], province: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(USE_BOOTSTRAP).bind(hash).bind(province).bind(at).execute(c))? == 1)
    }
}
