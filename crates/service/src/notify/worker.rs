//! Carries out what waits in the outbox: at least once, with one id for all tries.

use std::time::Duration as Patience;

use chrono::{DateTime, Duration, Utc};
use futures::future::join_all;
use serde_json::json;
use store::audit::Entry;
use store::notify::outbox::OutboxRow;

use crate::ports::OutgoingSms;
use crate::{Failure, Services};

/// Longer than all sends of a round take, so that no other worker begins the same ones.
const HOLD: Duration = Duration::seconds(60);
const PATIENCE: Patience = Patience::from_secs(20);
const FIRST_DELAY: i64 = 10;
const LONGEST_DELAY: i64 = 600;
/// What a message waits at most for its next try.
pub(crate) const LONGEST_WAIT: Duration = Duration::seconds(LONGEST_DELAY);

/// Sends what is due, twenty messages at most; answers how many left. Call it again while it answers more than 0.
///
/// # Errors
/// `Store`; what cannot be sent is put off, 10 s at first and twice as long each time up to ten minutes, until it leaves or
/// loses its meaning. What cannot be read is parked.
pub async fn deliver(services: &Services) -> Result<usize, Failure> {
    let now = services.now();
    let claim =
        services.db.write(move |tx| Box::pin(async move { tx.claim_outbox(now, now + HOLD).await.map_err(Failure::from) }));
    let sent = join_all(claim.await?.into_iter().map(|row| carry_out(services, row))).await;
    let mut left = 0;
    for sent in sent {
        left += usize::from(sent?);
    }
    Ok(left)
}

/// Whether the message left.
async fn carry_out(services: &Services, row: OutboxRow) -> Result<bool, Failure> {
    let outcome = send(services, &row).await;
    let (now, tries) = (services.now(), row.attempts);
    let is_sent = matches!(outcome, Outcome::Sent);
    let entry = parked(services, &row);
    let write = services.db.write(move |tx| {
        Box::pin(async move {
            match outcome {
                Outcome::Sent => tx.finish_outbox(&row.id, now).await?,
                Outcome::Expired => tx.expire_outbox(&row.id, now).await?,
                Outcome::Hopeless => {
                    tx.park_outbox(&row.id).await?;
                    tx.audit(&entry).await?;
                }
                Outcome::Passing => {
                    let doubled = u32::try_from(tries - 1).unwrap_or(0).min(10);
                    let delay = (FIRST_DELAY << doubled).min(LONGEST_DELAY);
                    tx.postpone_outbox(&row.id, now + Duration::seconds(delay)).await?;
                }
            }
            Ok::<_, Failure>(())
        })
    });
    write.await?;
    Ok(is_sent)
}

enum Outcome {
    Sent,
    /// It has lost its meaning; nobody gets it.
    Expired,
    /// Another try may work.
    Passing,
    /// The row cannot be read; another try would not help.
    Hopeless,
}

async fn send(services: &Services, row: &OutboxRow) -> Outcome {
    let is_over = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= services.now());
    if is_over(row.expires_at) {
        tracing::warn!(outbox = row.id, attempts = row.attempts, "a message expired before it could leave");
        return Outcome::Expired;
    }
    let Some(message) = read(services, row) else { return Outcome::Hopeless };
    match tokio::time::timeout(PATIENCE, services.sms.send(&message)).await {
        Ok(Ok(())) => Outcome::Sent,
        Ok(Err(error)) => {
            tracing::warn!(outbox = row.id, attempts = row.attempts, %error, "a message did not leave");
            Outcome::Passing
        }
        Err(_) => {
            tracing::warn!(outbox = row.id, attempts = row.attempts, "a message took too long");
            Outcome::Passing
        }
    }
}

fn read(services: &Services, row: &OutboxRow) -> Option<OutgoingSms> {
    if row.kind != "sms" {
        return None;
    }
    let plain = services.vault.open("outbox.payload", &row.id, &row.payload_sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}

fn parked(services: &Services, row: &OutboxRow) -> Entry {
    Entry {
        at: services.now(),
        actor_kind: "system",
        actor_id: "outbox".into(),
        action: "park_message",
        object_kind: "outbox",
        object_id: row.id.clone(),
        detail: json!({ "attempts": row.attempts }).to_string(),
        request_id: String::new(),
    }
}
