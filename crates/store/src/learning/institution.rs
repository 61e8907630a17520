//! 培训机构: employers that the province admits, by their code.

use chrono::{DateTime, Utc};
use domain::id::StaffId;

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// An institution that is admitted now.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InstitutionRow {
    /// Its id.
    pub id: String,
    /// Key of the province.
    pub province: String,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称.
    pub name: String,
    /// Who admitted it.
    #[sqlx(try_from = "String")]
    pub admitted_by: StaffId,
    /// When that was, in UTC.
    pub admitted_at: DateTime<Utc>,
}

sql! {
    OF_PROVINCE = "SELECT id, province, code, name, admitted_by, admitted_at FROM institution
        WHERE province = $1 AND ended_at IS NULL ORDER BY code";
    OF_CODE = "SELECT id, province, code, name, admitted_by, admitted_at FROM institution
        WHERE province = $1 AND code = $2 AND ended_at IS NULL";
    BY_ID = "SELECT id, province, code, name, admitted_by, admitted_at FROM institution WHERE id = $1 AND province = $2";
    ADMIT = "INSERT INTO institution (id, province, code, name, admitted_by, admitted_at, ended_by, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL)";
    END = "UPDATE institution SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL";
}

impl Reader {
    /// Those of a province, by code.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_institutions(&mut self, province: &str) -> Result<Vec<InstitutionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_PROVINCE).bind(province).fetch_all(c))?)
    }

    /// The one with a code.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_institution(&mut self, province: &str, code: &str) -> Result<Option<InstitutionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CODE).bind(province).bind(code).fetch_optional(c))?)
    }

    /// The one of this id in a province, whether or not it still is one.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_institution_by_id(&mut self, id: &str, province: &str) -> Result<Option<InstitutionRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(BY_ID).bind(id).bind(province).fetch_optional(c))?)
    }
}

impl Tx {
    /// Admits an employer.
    ///
    /// # Errors
    /// `Exists` while it is admitted.
    pub async fn admit_institution(&mut self, row: &InstitutionRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(ADMIT)
            .bind(&row.id)
            .bind(&row.province)
            .bind(&row.code)
            .bind(&row.name)
            .bind(row.admitted_by.as_str())
            .bind(row.admitted_at)
            .execute(c))
        .map_err(StoreError::exists_in("institution"))?;
        Ok(())
    }

    /// Ends it; answers whether it stood until then.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn end_institution(&mut self, id: &str, by: &StaffId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(change!(self, |c| sqlx::query(END).bind(id).bind(by.as_str()).bind(at).execute(c))? == 1)
    }
}
