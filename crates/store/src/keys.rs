//! The ids of the keys that the database needs. An id tells nothing of its key.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use std::collections::BTreeMap;

sql! {
    NEEDED = "SELECT name, id FROM key_needed";
    NEED = "INSERT INTO key_needed (name, id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    PEOPLE = "SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM staff) + (SELECT count(*) FROM session)";
    TRAIL = "SELECT count(*) FROM audit_head";
    SAMPLE = "SELECT id, mobile_sealed FROM account ORDER BY id LIMIT 1";
}

impl Reader {
    /// The keys that the database needs: name and id.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn needed_keys(&mut self) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        let rows: Vec<(String, Vec<u8>)> = on!(self, |c| sqlx::query_as(NEEDED).fetch_all(c))?;
        Ok(rows.into_iter().collect())
    }

    /// Whether anybody has left anything here.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn holds_people(&mut self) -> Result<bool, StoreError> {
        let people: i64 = on!(self, |c| sqlx::query_scalar(PEOPLE).fetch_one(c))?;
        Ok(people > 0)
    }

    /// Whether anything was audited.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn holds_audit(&mut self) -> Result<bool, StoreError> {
        let chains: i64 = on!(self, |c| sqlx::query_scalar(TRAIL).fetch_one(c))?;
        Ok(chains > 0)
    }

    /// The id and the sealed telephone of one account, if there is one, to try keys on.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn sealed_sample(&mut self) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(SAMPLE).fetch_optional(c))?)
    }
}

impl Tx {
    /// Notes that the database needs a key; a name that stands already keeps its id.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn need_key(&mut self, name: &str, id: &[u8]) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(NEED).bind(name).bind(id).execute(c))?;
        Ok(())
    }
}
