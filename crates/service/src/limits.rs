//! "At most n in this time", counted in the database so that every server counts the same and a restart forgets nothing.

use chrono::{DateTime, Duration, Utc};
use domain::case::Refusal;
use store::{StoreError, Tx};

use crate::Failure;

/// A limit: at most `most` events in a window of `seconds`.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Most events in the window.
    pub most: i64,
    /// Length of the window, in seconds.
    pub seconds: i64,
}

impl Limit {
    /// At most `most` events in `seconds`.
    #[must_use]
    pub const fn new(most: i64, seconds: i64) -> Self {
        Self { most, seconds }
    }
}

/// Counts an event against every limit of its bucket, and refuses it when one is reached. `bucket` holds no personal
/// data: numbers and addresses go in as keyed hashes. One transaction after the other: those that run side by side would
/// each find room for the last event.
///
/// # Errors
/// `TooOften` with the instant from which it is possible again; the event is then not counted.
pub async fn allow(tx: &mut Tx, id: &str, bucket: &str, limits: &[Limit], now: DateTime<Utc>) -> Result<(), Failure> {
    tx.lock_rate(bucket, now).await?;
    for limit in limits {
        let since = now - Duration::seconds(limit.seconds);
        if tx.count_rate(bucket, since).await? >= limit.most {
            let oldest = tx.find_oldest_rate(bucket, since).await?.unwrap_or(now);
            return Err(Refusal::TooOften { retry_at: oldest + Duration::seconds(limit.seconds), at: now }.into());
        }
    }
    tx.add_rate(id, bucket, now).await.map_err(|error: StoreError| error.into())
}
