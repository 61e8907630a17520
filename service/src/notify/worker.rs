//! Carries out what waits in the outbox: at least once, with one id for all tries.

use std::time::Duration as Patience;

use chrono::Duration;
use futures::future::join_all;
use serde_json::json;
use store::audit::Entry;
use store::notify::outbox::OutboxRow;

use crate::ports::OutgoingSms;
use crate::{Failure, Services};

/// Longer than all sends of a round take, so that no other worker begins the same ones.
const HOLD: Duration = Duration::seconds(60);
const PATIENCE: Patience = Patience::from_secs(20);
const MAX_TRIES: i64 = 8;
const FIRST_DELAY: i64 = 10;

/// Sends what is due, twenty messages at most; answers how many left. Call it again while it answers more than 0.
///
/// # Errors
/// `Store`; what cannot be sent is put off, 10 s at first and twice as long each time, and given up after eight tries.
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
    let is_sent = outcome.is_ok();
    let is_given_up = match &outcome {
        Ok(()) => false,
        Err(Trouble::Hopeless) => true,
        Err(Trouble::Passing) => row.attempts >= MAX_TRIES,
    };
    let (now, tries) = (services.now(), row.attempts);
    let entry = is_given_up.then(|| parked(services, &row));
    let write = services.db.write(move |tx| {
        Box::pin(async move {
            match entry {
                _ if is_sent => tx.finish_outbox(&row.id, now).await?,
                Some(entry) => {
                    tx.park_outbox(&row.id).await?;
                    tx.audit(&entry).await?;
                }
                None => {
                    let doubled = u32::try_from(tries - 1).unwrap_or(0).min(10);
                    tx.postpone_outbox(&row.id, now + Duration::seconds(FIRST_DELAY << doubled)).await?;
                }
            }
            Ok::<_, Failure>(())
        })
    });
    write.await?;
    Ok(is_sent)
}

enum Trouble {
    /// Another try may work.
    Passing,
    /// The row cannot be read; another try would not help.
    Hopeless,
}

async fn send(services: &Services, row: &OutboxRow) -> Result<(), Trouble> {
    if row.kind != "sms" {
        return Err(Trouble::Hopeless);
    }
    let plain = services.vault.open("outbox.payload", &row.id, &row.payload_sealed).map_err(|_| Trouble::Hopeless)?;
    let message: OutgoingSms = serde_json::from_slice(&plain).map_err(|_| Trouble::Hopeless)?;
    match tokio::time::timeout(PATIENCE, services.sms.send(&message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            tracing::warn!(outbox = row.id, attempts = row.attempts, %error, "a message did not leave");
            Err(Trouble::Passing)
        }
        Err(_) => {
            tracing::warn!(outbox = row.id, attempts = row.attempts, "a message took too long");
            Err(Trouble::Passing)
        }
    }
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
