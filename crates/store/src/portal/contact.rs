//! How the bureaus are reached, where their staff have said so.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::{StoreError, one_row};
use chrono::{DateTime, Utc};
use domain::id::{BureauCode, StaffId};

/// The contact of a bureau; it wins over the data files, also where it is empty.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ContactRow {
    /// Key of the province.
    pub province: String,
    /// 财政局代码 of the bureau.
    #[sqlx(try_from = "String")]
    pub bureau: BureauCode,
    /// 咨询电话; may be empty.
    pub phone: String,
    /// Street address; may be empty.
    pub address: String,
    /// When the telephone is answered, in words; may be empty.
    pub hours: String,
    /// What the bureau wants of people who are transferred to it, in its own words; may be empty.
    pub wants: String,
    /// Counts the writes; 0 for one that is written for the first time.
    pub version: i64,
    /// Id of the staff member who wrote it last.
    #[sqlx(try_from = "String")]
    pub updated_by: StaffId,
    /// When it was last written, in UTC.
    pub updated_at: DateTime<Utc>,
}

sql! {
    LIST = "SELECT province, bureau, phone, address, hours, wants, version, updated_by, updated_at FROM bureau_contact WHERE province = $1";
    FIND = "SELECT province, bureau, phone, address, hours, wants, version, updated_by, updated_at FROM bureau_contact
        WHERE province = $1 AND bureau = $2";
    INSERT = "INSERT INTO bureau_contact (province, bureau, phone, address, hours, version, updated_by, updated_at, wants)
        VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8) ON CONFLICT (province, bureau) DO NOTHING";
    UPDATE = "UPDATE bureau_contact SET phone = $3, address = $4, hours = $5, updated_by = $6, updated_at = $7, wants = $8,
        version = version + 1 WHERE province = $1 AND bureau = $2 AND version = $9";
}

impl Reader {
    /// Every contact of a province that was written here.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_contacts(&mut self, province: &str) -> Result<Vec<ContactRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(LIST).bind(province).fetch_all(c))?)
    }

    /// The contact of a bureau, if it was written here.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_contact(&mut self, province: &str, bureau: &BureauCode) -> Result<Option<ContactRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FIND).bind(province).bind(bureau.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Writes a contact over the version that it names (0 when there was none).
    ///
    /// # Errors
    /// `Stale` when somebody else wrote in between.
    pub async fn save_contact(&mut self, r: &ContactRow) -> Result<(), StoreError> {
        let statement = if r.version == 0 { INSERT } else { UPDATE };
        let changed = change!(self, |c| {
            let query = sqlx::query(statement)
                .bind(&r.province)
                .bind(r.bureau.as_str())
                .bind(&r.phone)
                .bind(&r.address)
                .bind(&r.hours)
                .bind(r.updated_by.as_str())
                .bind(r.updated_at)
                .bind(&r.wants);
            if r.version == 0 { query } else { query.bind(r.version) }.execute(c)
        })?;
        one_row("bureau_contact", changed)
    }
}
