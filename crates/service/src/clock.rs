//! A clock that ran ahead and is set right must not shut anybody out, nor let a code live longer than it should.

#[cfg(test)]
mod stories;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use store::audit::Entry;

use crate::{Failure, Services, notify};
use domain::case::HOLD;

/// Whether something of this time still counts. What is dated into the future, further than clocks of servers may differ, counts
/// for nothing: a clock that ran ahead lengthens no life.
pub(crate) fn is_recent(at: DateTime<Utc>, now: DateTime<Utc>, life: Duration) -> bool {
    at <= now + store::clock::SKEW && now - at < life
}

/// Clears away what was dated into the future; answers how many rows. Whatever is found is logged and audited.
///
/// # Errors
/// `Store`.
pub async fn set_right(services: &Services) -> Result<u64, Failure> {
    let (now, step) = (services.now(), crate::second_factor::step(services.now()));
    let job = services.clone();
    let cleared = services.db.write(move |tx| {
        Box::pin(async move {
            let rows = tx.forget_future(now, (notify::LONGEST_WAIT, HOLD), step).await?;
            if rows > 0 {
                tx.audit(&entry(&job, "forget_future", json!({ "rows": rows }))).await?;
            }
            Ok::<_, Failure>(rows)
        })
    });
    let rows = cleared.await?;
    if rows > 0 {
        tracing::warn!(rows, "rows were dated into the future: a clock ran ahead");
    }
    Ok(rows)
}

/// Logs and audits that the clock jumped. When it jumped back, what it leaves is cleared away, and every code is void: by the new
/// time each of them would live longer, by as much as the clock was set back.
///
/// # Errors
/// `Store`.
pub async fn jumped(services: &Services, by: Duration) -> Result<(), Failure> {
    let seconds = by.num_seconds();
    tracing::warn!(seconds, "the clock jumped");
    let entry = entry(services, "clock_jumped", json!({ "seconds": seconds }));
    let noted = services.db.write(move |tx| {
        Box::pin(async move {
            if by < Duration::zero() {
                tx.void_all_codes().await?;
            }
            tx.audit(&entry).await.map_err(Failure::from)
        })
    });
    noted.await?;
    if by < Duration::zero() {
        set_right(services).await?;
    }
    Ok(())
}

fn entry(services: &Services, action: &'static str, detail: serde_json::Value) -> Entry {
    Entry {
        at: services.now(),
        actor_kind: "system",
        actor_id: "clock".into(),
        action,
        object_kind: "clock",
        object_id: "clock".into(),
        detail: detail.to_string(),
        request_id: String::new(),
    }
}
