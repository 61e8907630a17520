//! "At most n in this time", counted in the database so that every server counts the same and a restart forgets nothing.

use chrono::{DateTime, Duration, Utc};
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::limit::{Left, Limited};
use store::{Reader, StoreError, Tx};

use crate::Failure;

/// So many times before it bites a limit is announced, unless it says otherwise.
const LAST: i64 = 2;
/// A window that is over in so many seconds is waited for: nobody needs to plan for it.
const SHORT: i64 = 60;

/// A limit: at most `most` events in a window of `seconds`.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is counted.
    pub of: Limited,
    /// Most events in the window.
    pub most: i64,
    /// Length of the window, in seconds.
    pub seconds: i64,
    /// It is announced when so many are left.
    pub announced: i64,
}

impl Limit {
    /// At most `most` events in `seconds`.
    #[must_use]
    pub const fn new(of: Limited, most: i64, seconds: i64) -> Self {
        Self { of, most, seconds, announced: LAST }
    }

    /// The same limit for something else.
    #[must_use]
    pub const fn of(self, of: Limited) -> Self {
        Self { of, ..self }
    }

    /// The same limit, announced when so many are left.
    #[must_use]
    pub const fn announced_from(self, announced: i64) -> Self {
        Self { announced, ..self }
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
            let retry_at = oldest + Duration::seconds(limit.seconds);
            return Err(Refusal::TooOften { of: limit.of, retry_at, at: now }.into());
        }
    }
    tx.add_rate(id, bucket, now).await.map_err(|error: StoreError| error.into())
}

/// What the limits of a bucket still leave, where it is time to say so; of several the one that leaves the least.
///
/// # Errors
/// `Store`.
pub async fn left(reader: &mut Reader, bucket: &str, limits: &[Limit], now: DateTime<Utc>) -> Result<Option<Left>, StoreError> {
    let mut least: Option<Left> = None;
    for limit in limits.iter().filter(|limit| limit.seconds > SHORT) {
        let window = Duration::seconds(limit.seconds);
        let times = (limit.most - reader.count_rate(bucket, now - window).await?).max(0);
        let (Ok(times), Ok(seconds)) = (u32::try_from(times), u32::try_from(limit.seconds)) else { continue };
        if i64::from(times) <= limit.announced && least.is_none_or(|least| times <= least.times) {
            let oldest = if times == 0 { reader.find_oldest_rate(bucket, now - window).await? } else { None };
            least = Some(Left { times, seconds, again: oldest.map(|oldest| oldest + window) });
        }
    }
    Ok(least)
}

/// A wrong answer, with what is left of the tries.
///
/// # Errors
/// `Store`.
pub async fn wrong(
    reader: &mut Reader,
    (field, fault): (&str, Fault),
    (bucket, limit): (&str, Limit),
    now: DateTime<Utc>,
) -> Result<FieldErrors, StoreError> {
    let mut errors = FieldErrors::one(field, fault);
    if let Some(left) = left(reader, bucket, &[limit], now).await? {
        errors.add(field, Fault::TriesLeft(left));
    }
    Ok(errors)
}
