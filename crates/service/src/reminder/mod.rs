//! 提醒: who is reminded of a deadline, once for each mark before it, however often and on however many servers it is looked for
//! (docs/adr/0057).

mod choice;
mod once;
#[cfg(test)]
mod stories;
mod walk;

pub use choice::choose_reminders;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::Timelike;
use domain::calendar::{china_midnight, china_time};
use domain::province::Province;
use domain::reminder::{ReminderKind, is_answered_by_its_person, mark};
use store::reminder::ReminderRow;

use crate::visit::{Arrival, Role};
use crate::{Failure, Services, Visit, china_date};
use once::{Of, once};

/// Hours of China in which people are reminded: nobody is woken up.
const HOURS: Range<u32> = 8..20;
/// Rows that are read at once.
const AT_ONCE: i64 = 200;

/// What came of looking once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// How many reminders were sent.
    pub told: u64,
    /// Whether there is nothing more to look at today.
    pub is_done: bool,
}

/// Reminds whoever is to be reminded now. Of those who owe a learning year some are looked at each time: call it again while it is not
/// done.
///
/// # Errors
/// `Store`, `Broken`. One person of whom something is broken keeps nobody else waiting.
pub async fn remind(services: &Services) -> Result<Round, Failure> {
    if !HOURS.contains(&china_time(services.now()).hour()) {
        return Ok(Round { told: 0, is_done: true });
    }
    let mut nobody = BTreeMap::new();
    for (key, province) in services.provinces.iter() {
        nobody.insert(key.clone(), visit_of_nobody(services, province).await?);
    }
    let mut round = Round { told: papers(services, &nobody).await?, is_done: true };
    for visit in nobody.values() {
        round.told += returned(visit).await?;
        let walked = walk::learning(visit).await?;
        round.told += walked.told;
        round.is_done &= walked.is_done;
    }
    Ok(round)
}

/// What the house does by itself it does as somebody who has not signed in, and may nothing.
async fn visit_of_nobody(services: &Services, province: &Arc<Province>) -> Result<Visit, Failure> {
    let arrival = Arrival::new(Role::Accountant, &[]);
    Visit::begin(services, province.clone(), arrival, String::new(), "reminders".to_owned()).await
}

/// Tells somebody, or notes in the log why not; answers how many were told.
async fn try_once(visit: &Visit, of: Of, row: ReminderRow) -> u64 {
    let (account, what) = (row.account_id.clone(), row.what);
    match once(visit, of, row).await {
        Ok(is_told) => u64::from(is_told),
        Err(failure) => {
            tracing::error!(%failure, %account, what = what.code(), "somebody could not be reminded");
            0
        }
    }
}

/// Whoever has not answered a return, before the days for it are over.
async fn returned(visit: &Visit) -> Result<u64, Failure> {
    let (rules, today) = (&visit.province.profile.reminders, visit.services.today());
    let Some((first, last)) = rules.returned_between(today) else { return Ok(0) };
    let before = china_midnight(last.succ_opt().unwrap_or(last));
    let (mut told, mut after) = (0, (china_midnight(first), String::new()));
    loop {
        let mut reader = visit.services.db.read().await?;
        let page = reader.list_returned(visit.province_key(), (after.0, &after.1), before, AT_ONCE).await?;
        drop(reader);
        let Some(row) = page.last() else { return Ok(told) };
        after = (row.decided_at, row.id.to_string());
        for row in page.into_iter().filter(|row| is_answered_by_its_person(row.kind)) {
            let on = china_date(row.decided_at);
            let Some(end) = rules.amend_until(on) else { continue };
            let Some(mark_on) = mark(&rules.returned, end, Some(on), today) else { continue };
            let about = row.id.to_string();
            let reminder = ReminderRow { account_id: row.account_id, what: ReminderKind::Returned, about, mark_on };
            told += try_once(visit, Of::Returned { case: row.id, at: row.decided_at, end }, reminder).await;
        }
    }
}

/// Whoever noted the last day of a paper, before it comes.
async fn papers(services: &Services, nobody: &BTreeMap<String, Visit>) -> Result<u64, Failure> {
    let today = services.today();
    let farthest = nobody.values().filter_map(|visit| visit.province.profile.reminders.papers_until(today)).max();
    let Some(farthest) = farthest else { return Ok(0) };
    let (mut told, mut after) = (0, (today, String::new(), String::new()));
    loop {
        let mut reader = services.db.read().await?;
        let page = reader.list_expiring((after.0, &after.1, &after.2), farthest, AT_ONCE).await?;
        let Some(row) = page.last() else { return Ok(told) };
        after = (row.expires_on, row.account_id.to_string(), row.sha256.clone());
        let mut due = Vec::new();
        for row in page {
            let account = reader.find_account(&row.account_id).await?;
            let Some(visit) = account.and_then(|account| nobody.get(&account.province)) else { continue };
            let Some(mark_on) = mark(&visit.province.profile.reminders.paper, row.expires_on, None, today) else { continue };
            let (what, about) = (ReminderKind::Paper, row.sha256.clone());
            let reminder = ReminderRow { account_id: row.account_id, what, about, mark_on };
            due.push((visit, Of::Paper { sha256: row.sha256, end: row.expires_on }, reminder));
        }
        drop(reader);
        for (visit, of, reminder) in due {
            told += try_once(visit, of, reminder).await;
        }
    }
}
