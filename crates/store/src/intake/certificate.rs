//! The certificate numbers that cases name, as keyed hashes: the same one in two cases is worth a look.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use domain::id::CaseId;

sql! {
    CERTIFICATE = "INSERT INTO certificate (case_id, item, number_hash) VALUES ($1, $2, $3)
        ON CONFLICT (case_id, item) DO UPDATE SET number_hash = excluded.number_hash";
    CLEAR_CERTIFICATES = "DELETE FROM certificate WHERE case_id = $1";
    SAME_CERTIFICATE = "SELECT f.number FROM certificate t JOIN case_file f ON f.id = t.case_id
        WHERE t.number_hash = $1 AND t.case_id <> $2 AND f.number IS NOT NULL ORDER BY f.number LIMIT 5";
}

impl Reader {
    /// The numbers of other cases that name the same certificate, five at most.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn list_same_certificate(&mut self, hash: &[u8], but: &CaseId) -> Result<Vec<String>, StoreError> {
        Ok(on!(self, |c| sqlx::query_scalar(SAME_CERTIFICATE).bind(hash).bind(but.as_str()).fetch_all(c))?)
    }
}

impl Tx {
    /// Replaces the hashes of the certificate numbers that a case names.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn save_certificates(&mut self, case: &CaseId, hashes: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(CLEAR_CERTIFICATES).bind(case.as_str()).execute(c))?;
        for (item, hash) in hashes {
            change!(self, |c| sqlx::query(CERTIFICATE).bind(case.as_str()).bind(item).bind(hash).execute(c))?;
        }
        Ok(())
    }
}
