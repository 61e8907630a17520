//! Whoever owes a learning year, before it ends: a walk over all records, a page at a time, for each mark once.

use chrono::NaiveDate;
use domain::learning::{LearningRules, WindowFor, last_day};
use domain::reminder::{ReminderKind, mark};
use store::reminder::{ReminderRow, WALKED};

use super::once::Of;
use super::{AT_ONCE, Round, try_once};
use crate::learning::owed;
use crate::{Failure, Visit};

/// A year whose end comes: its last day, and the mark before it that has come.
struct Ending {
    year: i32,
    end: NaiveDate,
    mark_on: NaiveDate,
}

fn endings(visit: &Visit, rules: &LearningRules) -> Vec<Ending> {
    let (today, before) = (visit.services.today(), &visit.province.profile.reminders.learning);
    let mut years = rules.open_years(WindowFor::Study, today);
    years.extend(rules.open_years(WindowFor::Conversion, today));
    years.sort_unstable();
    years.dedup();
    // 补学 is a second chance, not the end of the year.
    let end = |year| last_day(rules, year, today).filter(|last| !last.is_late).and_then(|last| last.on);
    let ending = |year| {
        let end = end(year)?;
        Some(Ending { year, end, mark_on: mark(before, end, None, today)? })
    };
    years.into_iter().filter_map(ending).collect()
}

/// The next page of each year that ends.
///
/// # Errors
/// `Store`.
pub(super) async fn learning(visit: &Visit) -> Result<Round, Failure> {
    let mut round = Round { told: 0, is_done: true };
    let Some(rules) = &visit.province.profile.learning else { return Ok(round) };
    for ending in endings(visit, rules) {
        let name = format!("{}:{}:{}", visit.province_key(), ending.year, ending.mark_on);
        let mut reader = visit.services.db.read().await?;
        let after = reader.walked_to(&name).await?;
        if after == WALKED {
            continue;
        }
        let page = reader.list_with_record(visit.province_key(), &after, AT_ONCE).await?;
        let mut due = Vec::new();
        let end = page.last().filter(|_| i64::try_from(page.len()).is_ok_and(|count| count == AT_ONCE)).map(ToString::to_string);
        for account in page {
            match owed(visit, &mut reader, &account, ending.year).await {
                Ok(Some(_)) => due.push(account),
                Ok(None) => {}
                Err(failure) => tracing::error!(%failure, %account, "nobody knows what somebody owes"),
            }
        }
        drop(reader);
        for account_id in due {
            let (what, about) = (ReminderKind::Learning, ending.year.to_string());
            let reminder = ReminderRow { account_id, what, about, mark_on: ending.mark_on };
            round.told += try_once(visit, Of::Learning { year: ending.year, end: ending.end }, reminder).await;
        }
        let to = end.unwrap_or_else(|| WALKED.to_owned());
        round.is_done &= to == WALKED;
        visit.services.db.write(move |tx| Box::pin(async move { tx.walk_on(&name, &to).await })).await?;
    }
    Ok(round)
}
