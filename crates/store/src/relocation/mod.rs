//! 跨省调转: the records that leave for another province, and the packages that were taken from there.

use chrono::{DateTime, Utc};
use domain::id::{AccountId, CaseId};

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;

/// A departure.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DepartureRow {
    /// Id of the case.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Whose record it is.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// Key of the province that the record leaves.
    pub province: String,
    /// Key of the place where it goes.
    pub destination: String,
    /// Keyed hash of the number of the document.
    pub document_hash: Vec<u8>,
    /// Names the package.
    pub package_id: String,
    /// When the bureau agreed, in UTC; `None` before.
    pub left_at: Option<DateTime<Utc>>,
    /// When the file was last made, in UTC; `None` for never.
    pub packed_at: Option<DateTime<Utc>>,
}

/// A package that was taken.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReceivedRow {
    /// Names the package.
    pub package_id: String,
    /// Key of the province that took it.
    pub province: String,
    /// Whose it is there.
    #[sqlx(try_from = "String")]
    pub account_id: AccountId,
    /// The application that it filled.
    #[sqlx(try_from = "String")]
    pub case_id: CaseId,
    /// Key of the place where it comes from.
    pub origin: String,
    /// 密钥编号 of the signature.
    pub key_id: String,
    /// The package, sealed.
    pub body_sealed: Vec<u8>,
    /// When it was taken, in UTC.
    pub received_at: DateTime<Utc>,
}

sql! {
    OF_CASE = "SELECT case_id, account_id, province, destination, document_hash, package_id, left_at, packed_at
        FROM departure WHERE case_id = $1";
    OF_PACKAGE = "SELECT case_id, account_id, province, destination, document_hash, package_id, left_at, packed_at
        FROM departure WHERE package_id = $1 AND left_at IS NOT NULL";
    // Whoever came back by an approved application is here again.
    STANDING = "SELECT d.case_id, d.account_id, d.province, d.destination, d.document_hash, d.package_id, d.left_at, d.packed_at
        FROM departure d WHERE d.account_id = $1 AND d.left_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM received_package p JOIN case_file f ON f.id = p.case_id
              WHERE p.account_id = d.account_id AND f.status = 'approved' AND p.received_at > d.left_at)
        ORDER BY d.left_at DESC LIMIT 1";
    FOR_DOCUMENT = "SELECT d.case_id, d.account_id, d.province, d.destination, d.document_hash, d.package_id, d.left_at, d.packed_at
        FROM departure d WHERE d.destination = $1 AND d.document_hash = $2 AND d.left_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM received_package p WHERE p.package_id = d.package_id)
        ORDER BY d.left_at DESC";
    PACKAGE = "SELECT package FROM departure WHERE case_id = $1 AND package IS NOT NULL";
    RECEIVED = "SELECT package_id, province, account_id, case_id, origin, key_id, body_sealed, received_at
        FROM received_package WHERE package_id = $1";
    RECEIVED_OF_CASE = "SELECT package_id, province, account_id, case_id, origin, key_id, body_sealed, received_at
        FROM received_package WHERE case_id = $1 ORDER BY received_at DESC LIMIT 1";
    SAVE = "INSERT INTO departure (case_id, account_id, province, destination, document_hash, package_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (case_id) DO UPDATE SET destination = excluded.destination, document_hash = excluded.document_hash";
    LEAVE = "UPDATE departure SET left_at = $2 WHERE case_id = $1 AND left_at IS NULL";
    PACK = "UPDATE departure SET package = $2, packed_at = $3 WHERE case_id = $1 AND left_at IS NOT NULL";
    RECEIVE = "INSERT INTO received_package (package_id, province, account_id, case_id, origin, key_id, body_sealed, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

impl Reader {
    /// The departure of a case.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_departure(&mut self, case: &CaseId) -> Result<Option<DepartureRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }

    /// The departure that a package names, where the record left a province of this server.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_departure_of(&mut self, package: &str) -> Result<Option<DepartureRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(OF_PACKAGE).bind(package).fetch_optional(c))?)
    }

    /// The departure by which the record of a person is elsewhere now.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_standing_departure(&mut self, account: &AccountId) -> Result<Option<DepartureRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(STANDING).bind(account.as_str()).fetch_optional(c))?)
    }

    /// The departures of whoever has a document to a place that nobody has taken yet, the newest first.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_departures_for(&mut self, destination: &str, document: &[u8]) -> Result<Vec<DepartureRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(FOR_DOCUMENT).bind(destination).bind(document).fetch_all(c))?)
    }

    /// The file of a departure, locked; `None` before it was made.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_package(&mut self, case: &CaseId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(PACKAGE).bind(case.as_str()).fetch_optional(c))?)
    }

    /// The package of that name, if it was taken here, in whatever province.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_received(&mut self, package: &str) -> Result<Option<ReceivedRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(RECEIVED).bind(package).fetch_optional(c))?)
    }

    /// The package that filled an application, the newest.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn find_received_of(&mut self, case: &CaseId) -> Result<Option<ReceivedRow>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(RECEIVED_OF_CASE).bind(case.as_str()).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes the departure of a case, over what it was before; what names the package stays.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_departure(&mut self, row: &DepartureRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(SAVE)
            .bind(row.case_id.as_str())
            .bind(row.account_id.as_str())
            .bind(&row.province)
            .bind(&row.destination)
            .bind(&row.document_hash)
            .bind(&row.package_id)
            .execute(c))?;
        Ok(())
    }

    /// The record has left.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn leave(&mut self, case: &CaseId, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(LEAVE).bind(case.as_str()).bind(at).execute(c))?;
        Ok(())
    }

    /// Keeps the file of a departure over the one before it.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn keep_package(&mut self, case: &CaseId, package: &[u8], at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(PACK).bind(case.as_str()).bind(package).bind(at).execute(c))?;
        Ok(())
    }

    /// Notes that a package was taken.
    ///
    /// # Errors
    /// `Exists` for one that was taken before.
    pub async fn receive_package(&mut self, row: &ReceivedRow) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(RECEIVE)
            .bind(&row.package_id)
            .bind(&row.province)
            .bind(row.account_id.as_str())
            .bind(row.case_id.as_str())
            .bind(&row.origin)
            .bind(&row.key_id)
            .bind(&row.body_sealed)
            .bind(row.received_at)
            .execute(c))
        .map_err(StoreError::exists_in("received_package"))?;
        Ok(())
    }
}
