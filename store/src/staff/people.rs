//! The accounts of the staff as administrators keep them, and the tokens with which they are activated.

use super::StaffRow;
use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};

/// An account without its secrets. `activation_expires_at` is set while it waits for a password of its own.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PersonRow {
    pub id: String,
    pub bureau: String,
    pub login: String,
    pub name: String,
    pub role: String,
    pub is_active: bool,
    pub has_second_factor: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub activation_expires_at: Option<DateTime<Utc>>,
}

/// Which accounts: of one bureau or all (empty), of one whole name or all, so many after a bureau and a login.
#[derive(Clone, Copy, Debug)]
pub struct PeopleFilter<'a> {
    pub province: &'a str,
    pub bureau: &'a str,
    pub name: &'a str,
    pub after: (&'a str, &'a str),
    pub limit: i64,
}

sql! {
    LIST = "SELECT s.id, s.bureau, s.login, s.name, s.role, s.is_active, s.totp_sealed IS NOT NULL AS has_second_factor, s.version,
        s.created_at, a.expires_at AS activation_expires_at
        FROM staff s LEFT JOIN staff_activation a ON a.staff_id = s.id
        WHERE s.province = $1 AND ($2 = '' OR s.bureau = $2) AND ($3 = '' OR s.login = $3 OR s.name = $3)
        AND (s.bureau, s.login) > ($4, $5) ORDER BY s.bureau, s.login LIMIT $6";
    FIND = "SELECT s.id, s.bureau, s.login, s.name, s.role, s.is_active, s.totp_sealed IS NOT NULL AS has_second_factor, s.version,
        s.created_at, a.expires_at AS activation_expires_at
        FROM staff s LEFT JOIN staff_activation a ON a.staff_id = s.id WHERE s.province = $1 AND s.id = $2";
    COUNT_OTHERS = "SELECT count(*) FROM staff s WHERE s.province = $1 AND s.role = 'administrator' AND s.is_active AND s.id <> $2
        AND NOT EXISTS (SELECT 1 FROM staff_activation a WHERE a.staff_id = s.id)";
    SET_ACTIVE = "UPDATE staff SET is_active = $4, version = version + 1 WHERE province = $1 AND id = $2 AND version = $3";
    RESET = "UPDATE staff SET password_hash = $4, totp_sealed = NULL, totp_step = 0, version = version + 1
        WHERE province = $1 AND id = $2 AND version = $3";
    DELETE_CODES = "DELETE FROM recovery_code WHERE staff_id = $1";
    DELETE_TOKEN = "DELETE FROM staff_activation WHERE staff_id = $1";
    INSERT_TOKEN = "INSERT INTO staff_activation (staff_id, token_hash, expires_at) VALUES ($1, $2, $3)";
    OF_TOKEN = "SELECT s.id, s.province, s.bureau, s.login, s.name, s.role, s.password_hash, s.totp_sealed, s.totp_step, s.is_active,
        s.version, s.created_at FROM staff s JOIN staff_activation a ON a.staff_id = s.id
        WHERE s.province = $1 AND a.token_hash = $2 AND a.expires_at > $3 AND s.is_active";
    USE_TOKEN = "DELETE FROM staff_activation WHERE staff_id = $1 AND token_hash = $2 AND expires_at > $3";
    PASSWORD = "UPDATE staff SET password_hash = $2, version = version + 1 WHERE id = $1 AND is_active";
}

impl Reader {
    /// A page of the accounts of a province by bureau and login.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_people(&mut self, filter: PeopleFilter<'_>) -> Result<Vec<PersonRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST)
            .bind(filter.province)
            .bind(filter.bureau)
            .bind(filter.name)
            .bind(filter.after.0)
            .bind(filter.after.1)
            .bind(filter.limit)
            .fetch_all(c))?)
    }

    /// An account of a province.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_person(&mut self, province: &str, id: &str) -> Result<Option<PersonRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(province).bind(id).fetch_optional(c))?)
    }

    /// How many administrators besides this account are active and have a password of their own.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn count_other_administrators(&mut self, province: &str, id: &str) -> Result<i64, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(COUNT_OTHERS).bind(province).bind(id).fetch_one(c))?)
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
    /// Switches an account on or off, over the version that was seen.
    ///
    /// # Errors
    /// `Stale` when somebody else changed it in between.
    pub async fn set_staff_active(&mut self, province: &str, id: &str, seen: i64, is_active: bool) -> Result<(), StoreError> {
        let changed = change!(self, |c| sqlx::query(SET_ACTIVE).bind(province).bind(id).bind(seen).bind(is_active).execute(c))?;
        one_row("staff", changed)
    }

    /// Takes password, authenticator and recovery codes away, over the version that was seen. `hash` belongs to no password.
    ///
    /// # Errors
    /// `Stale` when somebody else changed it in between.
    pub async fn reset_staff(&mut self, province: &str, id: &str, seen: i64, hash: &str) -> Result<(), StoreError> {
        one_row("staff", change!(self, |c| sqlx::query(RESET).bind(province).bind(id).bind(seen).bind(hash).execute(c))?)?;
        change!(self, |c| sqlx::query(DELETE_CODES).bind(id).execute(c))?;
        Ok(())
    }

    /// Replaces the token with which an account is activated.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn put_activation(&mut self, id: &str, hash: &[u8], expires_at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(DELETE_TOKEN).bind(id).execute(c))?;
        change!(self, |c| sqlx::query(INSERT_TOKEN).bind(id).bind(hash).bind(expires_at).execute(c))?;
        Ok(())
    }

    /// Uses a token up and gives the account its password; `false` when the token is gone or too old, or the account is off.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn activate_staff(
        &mut self,
        id: &str,
        token: &[u8],
        now: DateTime<Utc>,
        password_hash: &str,
    ) -> Result<bool, StoreError> {
        let used = change!(self, |c| sqlx::query(USE_TOKEN).bind(id).bind(token).bind(now).execute(c))?;
        Ok(used == 1 && change!(self, |c| sqlx::query(PASSWORD).bind(id).bind(password_hash).execute(c))? == 1)
    }
}
