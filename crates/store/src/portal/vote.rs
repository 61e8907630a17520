//! Whether a 常见问题 was of use.

use chrono::{DateTime, Utc};

use crate::conn::{Tx, change, sql};
use crate::error::StoreError;

sql! {
    PUT = "INSERT INTO portal_vote (text_id, voter, is_useful, voted_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (text_id, voter) DO UPDATE SET is_useful = excluded.is_useful, voted_at = excluded.voted_at";
}

impl Tx {
    /// Notes what somebody says of a text, in the place of what they said before.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn put_vote(&mut self, text: &str, voter: &[u8], is_useful: bool, at: DateTime<Utc>) -> Result<(), StoreError> {
        change!(self, |c| sqlx::query(PUT).bind(text).bind(voter).bind(is_useful).bind(at).execute(c))?;
        Ok(())
    }
}
