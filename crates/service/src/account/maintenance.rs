//! What a timer clears away.

use chrono::Duration;

use crate::visit::WAITS;
use crate::{Failure, Services, china_date};

/// Batches of schools whose rows are forgotten at once.
const FORGOTTEN: i64 = 20;

/// Deletes ended sessions (those of people stay a while, to tell whose a late form is), forms that nobody came back for, spent
/// challenges and codes, slots that are lent no more, links that freeze nothing any more, tickets, what came to nothing of reports of schools whose time is over, and counted events that no limit looks at; answers how many rows.
///
/// # Errors
/// `Store`.
pub async fn sweep(services: &Services) -> Result<u64, Failure> {
    let now = services.now();
    let swept = services.db.write(move |tx| {
        Box::pin(async move {
            let sessions = tx.delete_sessions_unused_since(now - Duration::minutes(30), now - WAITS).await?;
            let forms = tx.forget_left_forms(now - WAITS).await?;
            let bare = tx.delete_bare_sessions(now - Duration::minutes(10)).await?;
            let challenges = tx.delete_expired_challenges(now - Duration::hours(1)).await?;
            // Their page says for a while that they have expired.
            let handovers = tx.delete_expired_handovers(now - Duration::hours(1)).await?;
            let tickets = tx.delete_expired_tickets(now - Duration::hours(1)).await?;
            let reports = tx.forget_reports(china_date(now), FORGOTTEN).await?;
            // The longest window is a day.
            let events = tx.delete_rates_before(now - Duration::hours(25)).await?;
            let links = tx.delete_old_freeze_links(now).await?;
            let addresses = tx.forget_staff_addresses(now - Duration::days(180)).await?;
            Ok::<_, Failure>(links + addresses + sessions + forms + bare + challenges + handovers + tickets + reports + events)
        })
    });
    swept.await
}
