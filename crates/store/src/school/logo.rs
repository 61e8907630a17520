//! 标志 of schools: small pictures that were drawn anew.

use chrono::{DateTime, Utc};
use domain::id::StaffId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// Which school has a logo, and which.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LogoMark {
    /// The school.
    pub school_id: String,
    /// The beginning of the picture's hash.
    pub mark: String,
}

sql! {
    MARKS = "SELECT l.school_id, l.mark FROM school s CROSS JOIN school_logo l WHERE s.province = $1 AND l.school_id = s.id";
    BODY = "SELECT l.body FROM school_logo l JOIN school s ON s.id = l.school_id WHERE l.school_id = $1 AND s.province = $2";
    PUT = "INSERT INTO school_logo (school_id, body, mark, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (school_id) DO UPDATE
        SET body = excluded.body, mark = excluded.mark, updated_by = excluded.updated_by, updated_at = excluded.updated_at";
    TAKE_AWAY = "DELETE FROM school_logo WHERE school_id = $1";
}

impl Reader {
    /// The schools of a province that have a logo.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_logo_marks(&mut self, province: &str) -> Result<Vec<LogoMark>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(MARKS).bind(province).fetch_all(c))?)
    }

    /// The logo of a school of a province.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_logo(&mut self, school: &str, province: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(BODY).bind(school).bind(province).fetch_optional(c))?)
    }
}

impl Tx {
    /// Keeps the logo of a school instead of the one that it had.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn put_logo(
        &mut self,
        school: &str,
        (body, mark): (&[u8], &str),
        (by, at): (&StaffId, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(PUT).bind(school).bind(body).bind(mark).bind(by.as_str()).bind(at).execute(c))?;
        Ok(())
    }

    /// Takes the logo of a school away; answers whether there was one.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn take_logo_away(&mut self, school: &str) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(TAKE_AWAY).bind(school).execute(c))? == 1)
    }
}
