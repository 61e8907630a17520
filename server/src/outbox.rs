//! `outbox`: what waits to leave the house, without a word about whom it concerns.

use anyhow::anyhow;
use service::notify::{release, waiting};

use crate::config::Place;
use crate::start;

/// `outbox`.
///
/// # Errors
/// When the database does not answer.
pub async fn run(place: Place, is_release: bool) -> anyhow::Result<()> {
    let services = start::services(&place.completed()?, false).await?;
    if is_release {
        let released = release(&services).await.map_err(|failure| anyhow!("{failure}"))?;
        println!("taken up again: {released}");
    }
    let seen = waiting(&services).await.map_err(|failure| anyhow!("{failure}"))?;
    for (state, count) in seen.counts {
        println!("{state}: {count}");
    }
    println!("parked, or waiting for more than 15 minutes: {}", seen.stuck);
    for row in seen.oldest {
        println!("{} {} {} since {}, tried {} times", row.id, row.kind, row.state, row.created_at.to_rfc3339(), row.attempts);
    }
    services.db.close().await;
    Ok(())
}
