//! What of the outbox does not get on, for those who run the house. Nothing here tells of a person.

use chrono::Duration;
use serde_json::json;
use store::audit::Entry;
use store::notify::outbox::StuckRow;

use crate::{Failure, Services};

/// What waits longer than this is worth an alarm.
const OVERDUE: Duration = Duration::minutes(15);
const SHOWN: i64 = 100;

/// The outbox in figures.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// How many rows there are in each state.
    pub counts: Vec<(String, i64)>,
    /// How many are parked or have waited for more than fifteen minutes.
    pub stuck: i64,
    /// The oldest of those.
    pub oldest: Vec<StuckRow>,
}

/// Looks at the outbox.
///
/// # Errors
/// `Store`.
pub async fn waiting(services: &Services) -> Result<Waiting, Failure> {
    let since = services.now() - OVERDUE;
    let mut reader = services.db.read().await?;
    let (stuck, oldest) = (reader.count_stuck(since).await?, reader.list_stuck(since, SHOWN).await?);
    Ok(Waiting { counts: reader.count_outbox().await?, stuck, oldest })
}

/// Takes up again what was parked; answers how many.
///
/// # Errors
/// `Store`.
pub async fn release(services: &Services) -> Result<u64, Failure> {
    let now = services.now();
    let released = services.db.write(move |tx| {
        Box::pin(async move {
            let count = tx.release_outbox(now).await?;
            let entry = Entry {
                at: now,
                actor_kind: "system",
                actor_id: "operator".into(),
                action: "release_messages",
                object_kind: "outbox",
                object_id: String::new(),
                detail: json!({ "count": count }).to_string(),
                request_id: String::new(),
            };
            tx.audit(&entry).await?;
            Ok::<_, Failure>(count)
        })
    });
    released.await
}
