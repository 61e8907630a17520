//! The addresses from which staff members signed in, as keyed hashes.

use crate::conn::{Reader, Tx, change, on, sql};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::id::StaffId;

sql! {
    REMEMBER = "INSERT INTO staff_address (staff_id, address_hash, seen_at) VALUES ($1, $2, $3)
        ON CONFLICT (staff_id, address_hash) DO UPDATE SET seen_at = excluded.seen_at";
    FORGET = "DELETE FROM staff_address WHERE seen_at < $1";
    COUNT = "SELECT count(*) FROM staff_address WHERE staff_id = $1 AND address_hash = $2";
}

impl Reader {
    /// Whether a staff member signed in from an address before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn knows_staff_address(&mut self, staff: &StaffId, address: &[u8]) -> Result<bool, StoreError> {
        let count: i64 = on!(self, |c| sqlx::query_scalar(COUNT).bind(staff.as_str()).bind(address).fetch_one(c))?;
        Ok(count > 0)
    }
}

impl Tx {
    /// Notes that a staff member signed in from an address.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn remember_staff_address(&mut self, staff: &StaffId, address: &[u8], at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(REMEMBER).bind(staff.as_str()).bind(address).bind(at).execute(c))?;
        Ok(())
    }

    /// Forgets the addresses from which nobody signed in since `before`; answers how many.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn forget_staff_addresses(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(change!(self, |c| sqlx::query(FORGET).bind(before).execute(c))?)
    }
}
