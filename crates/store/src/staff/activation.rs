//! New and reset accounts on their way: who asked, who agreed, and the token that only the person's telephone was told.

use super::StaffRow;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::StaffId;

/// An account that was asked for. `agreed_by` is a staff member's id, `operator`, or nobody yet; there is a token from then on.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ActivationRow {
    /// Id of the staff member whose account it is.
    #[sqlx(try_from = "String")]
    pub staff_id: StaffId,
    /// Whether the account was never activated; when it is refused, it is gone.
    pub is_new: bool,
    /// Whether the account works until somebody agrees.
    pub is_usable: bool,
    /// 手机号 that the account gets with the reset, sealed; `None` where it keeps its own.
    pub mobile_sealed: Option<Vec<u8>>,
    /// Id of the administrator who asked.
    #[sqlx(try_from = "String")]
    pub asked_by: StaffId,
    /// Id of the session in which it was asked for.
    pub asked_in: String,
    /// Keyed hash of the network address from which it was asked for.
    pub asked_from: Vec<u8>,
    /// When it was asked for, in UTC.
    pub asked_at: DateTime<Utc>,
    /// Id of the staff member who agreed, or `operator`; `None` while nobody did.
    pub agreed_by: Option<String>,
    /// Hash of the 启用口令; `None` while nobody agreed.
    pub token_hash: Option<Vec<u8>>,
    /// When the request or, once agreed to, the token runs out, in UTC.
    pub expires_at: DateTime<Utc>,
}

sql! {
    FIND = "SELECT staff_id, is_new, is_usable, mobile_sealed, asked_by, asked_in, asked_from, asked_at, agreed_by, token_hash, expires_at
        FROM staff_activation WHERE staff_id = $1";
    FORGET = "DELETE FROM staff_activation WHERE staff_id = $1";
    ASK = "INSERT INTO staff_activation
        (staff_id, is_new, is_usable, mobile_sealed, asked_by, asked_in, asked_from, asked_at, agreed_by, token_hash, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, $9)";
    AGREE = "UPDATE staff_activation SET agreed_by = $2, token_hash = $3, expires_at = $4
        WHERE staff_id = $1 AND agreed_by IS NULL AND expires_at > $5";
    OF_TOKEN = "SELECT s.id, s.province, s.bureau, s.login, s.name, s.role, s.mobile_sealed, s.document_hash, s.password_hash, s.totp_sealed,
        s.totp_step, s.is_active, s.version, s.created_at FROM staff s JOIN staff_activation a ON a.staff_id = s.id
        WHERE s.province = $1 AND a.token_hash = $2 AND a.expires_at > $3 AND s.is_active";
    USE_TOKEN = "DELETE FROM staff_activation WHERE staff_id = $1 AND token_hash = $2 AND expires_at > $3";
    PASSWORD = "UPDATE staff SET password_hash = $2, version = version + 1 WHERE id = $1 AND is_active";
}

impl Reader {
    /// What was asked for about an account and is not over yet, or was never used.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_activation(&mut self, staff: &StaffId) -> Result<Option<ActivationRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(staff.as_str()).fetch_optional(c))?)
    }

    /// The active account that a token is for, while the token lives.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_staff_of_activation(
        &mut self,
        province: &str,
        hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<StaffRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_TOKEN).bind(province).bind(hash).bind(now).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes what is asked for about an account, in place of what was asked for before; nobody has agreed to it yet.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn ask_activation(&mut self, row: &ActivationRow) -> Result<(), StoreError> {
        self.forget_activation(&row.staff_id).await?;
        change!(self, |c| sqlx::query(ASK)
            .bind(row.staff_id.as_str())
            .bind(row.is_new)
            .bind(row.is_usable)
            .bind(&row.mobile_sealed)
            .bind(row.asked_by.as_str())
            .bind(&row.asked_in)
            .bind(&row.asked_from)
            .bind(row.asked_at)
            .bind(row.expires_at)
            .execute(c))?;
        Ok(())
    }

    /// Notes who agreed, and the token, which lives until `until`.
    ///
    /// # Errors
    /// `Stale` when nothing waits for it at `now`.
    pub async fn agree_to_activation(
        &mut self,
        staff: &StaffId,
        by: &str,
        token: &[u8],
        (now, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        let agreed =
            change!(self, |c| sqlx::query(AGREE).bind(staff.as_str()).bind(by).bind(token).bind(until).bind(now).execute(c))?;
        one_row("staff_activation", agreed)
    }

    /// Forgets what was asked for about an account.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn forget_activation(&mut self, staff: &StaffId) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(FORGET).bind(staff.as_str()).execute(c))?;
        Ok(())
    }

    /// Uses a token up and gives the account its password; `false` when the token is gone or too old, or the account is off.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn activate_staff(
        &mut self,
        id: &StaffId,
        token: &[u8],
        now: DateTime<Utc>,
        password_hash: &str,
    ) -> Result<bool, StoreError> {
        let used = change!(self, |c| sqlx::query(USE_TOKEN).bind(id.as_str()).bind(token).bind(now).execute(c))?;
        Ok(used == 1 && change!(self, |c| sqlx::query(PASSWORD).bind(id.as_str()).bind(password_hash).execute(c))? == 1)
    }
}
