//! A form that came after its session had ended waits, sealed, for the person of that session, and for nobody else.

use chrono::{DateTime, Duration, Utc};
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::session::SessionRow;
use store::session::left::LeftFormRow;

use super::memo::{FLASHES, trim};
use super::wanted::name_of_page;
use super::{Memo, Visit};
use crate::Failure;
use crate::clock::is_recent;

/// How long after its last use a session that ended still tells whose form came, and how long the form then waits.
pub(crate) const WAITS: Duration = Duration::hours(4);

const PLACE: &str = "left_form.sealed";

/// What is sealed of a form.
#[derive(Serialize, Deserialize)]
struct Left {
    /// Where it is filled in, with the place on the page.
    page: String,
    flash: Flash,
}

/// Whose a session was, where a clerk filled in for somebody that of both of them; `None` for visitors,
/// and for staff who had not given their second factor.
fn person(row: &SessionRow) -> Option<String> {
    match (&row.account_id, &row.staff_id) {
        (Some(account), Some(staff)) => Some(format!("acting:{account}:{staff}")),
        (Some(account), None) => Some(format!("account:{account}")),
        (None, Some(staff)) => row.is_second_factor_done.then(|| format!("staff:{staff}")),
        (None, None) => None,
    }
}

/// Whether a session that ended may still leave a form behind.
pub(super) fn may_leave(row: &SessionRow, now: DateTime<Utc>) -> bool {
    is_recent(row.seen_at, now, WAITS) && person(row).is_some()
}

impl Visit {
    /// Keeps a form that came after its session had ended, for the person of that session; `page` is where it is filled in.
    /// `false` when nobody knows whose it was. Secrets are not in a [`Flash`].
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn leave_form(&self, page: &str, mut flash: Flash) -> Result<bool, Failure> {
        // It may have ended while the request was on its way.
        let over = self.over.as_ref().or(self.session.as_ref());
        let Some((over, person)) = over.and_then(|row| Some((row.id.clone(), person(row)?))) else {
            return Ok(false);
        };
        trim(&mut flash, if person.starts_with("staff:") { FLASHES } else { FLASHES / 2 });
        let (named, place) = (name_of_page(page), page.split_once('#').map_or("", |(_, place)| place));
        let page = if place.is_empty() { named } else { format!("{named}#{place}") };
        let form = flash.form.clone();
        let sealed = serde_json::to_vec(&Left { page, flash })?;
        let sealed = self.services.vault.seal(PLACE, &format!("{person}|{form}"), &sealed);
        let row = LeftFormRow { form, sealed, left_at: self.now() };
        let entry = self.entry("leave_form", "session", &over, json!({ "form": row.form }));
        let write = self.services.db.write(move |tx| {
            Box::pin(async move {
                tx.leave_form(&person, &row).await?;
                tx.audit(&entry).await?;
                Ok::<_, Failure>(())
            })
        });
        write.await?;
        Ok(true)
    }
}

/// What a session that begins finds of its person: the forms, for its memo, and the page of the last one. Inside the sign-in.
///
/// # Errors
/// `Store`.
pub(crate) async fn take_left(tx: &mut Tx, visit: &Visit, new: &SessionRow) -> Result<Option<(Memo, String)>, Failure> {
    let Some(person) = person(new) else { return Ok(None) };
    let mut rows = tx.take_left_forms(&person).await?;
    rows.retain(|row| is_recent(row.left_at, visit.now(), WAITS));
    rows.sort_by_key(|row| row.left_at);
    let (mut memo, mut last) = (Memo::default(), None);
    for row in rows {
        let opened = visit.services.vault.open(PLACE, &format!("{person}|{}", row.form), &row.sealed);
        // What cannot be read shuts nobody out.
        let Some(left) = opened.ok().and_then(|plain| serde_json::from_slice::<Left>(&plain).ok()) else {
            tracing::error!(form = row.form, "a form that was left cannot be read");
            continue;
        };
        let flash = Flash { answer: Answer::from(Refusal::GivenBack), ..left.flash };
        memo.flashes.insert(row.form, flash);
        last = Some(left.page);
    }
    Ok(last.map(|page| (memo, page)))
}
