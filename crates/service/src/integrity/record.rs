//! 诚信信息查询: what is recorded of somebody, and what they entered.

use domain::case::{Member, Status};
use domain::id::StaffId;
use domain::integrity::view::{EntryLine, IntegrityView, RewardLine};
use domain::integrity::{Ending, IntegrityRules};
use store::integrity::RewardRow;
use store::integrity::entry::IntegrityEntryRow;
use store::integrity::objection::ObjectionRow;
use store::{Reader, Tx};

use super::objection::{is_barred, line as objection_line};
use super::reward::obstacle;
use super::{MOST, REWARD, rules};
use crate::case::{Revoked, newest_reason};
use crate::{Failure, Services, Visit, china_date};

/// The record of the person who asks, and their rewards.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`.
pub async fn integrity_view(visit: &Visit) -> Result<IntegrityView, Failure> {
    let account = visit.account()?.clone();
    let rules = rules(visit)?;
    let flash = visit.take_flash("reward").await?;
    let mut reader = visit.services.db.read().await?;
    let is_collected = reader.find_record(&account).await?.is_some();
    let rows = reader.list_integrity_entries(&account).await?;
    let notes = reader.list_integrity_notes(&account).await?;
    let objections = reader.list_objections(&account).await?;
    let mut rewards = Vec::new();
    for row in reader.list_rewards(&account, MOST).await? {
        rewards.push(line(&mut reader, row).await?);
    }
    let may_enter = obstacle(visit, &mut reader, &account, (None, None)).await?.is_none();
    drop(reader);
    Ok(IntegrityView {
        rules: rules.clone(),
        reward_name: visit.line(REWARD).name.clone(),
        is_collected,
        may_enter,
        entries: entries(visit, rules, rows).into_iter().map(|line| open_to(&objections, line)).collect(),
        notes: notes.into_iter().map(|note| (note.reason, china_date(note.noted_at))).collect(),
        objections: objections.into_iter().map(|row| objection_line(visit, row)).collect(),
        rewards,
        flash,
    })
}

async fn line(reader: &mut Reader, row: RewardRow) -> Result<RewardLine, Failure> {
    let reason = match row.status {
        Status::Returned | Status::Closed => newest_reason(&reader.list_events(&row.case_id).await?, row.status),
        Status::Draft | Status::Submitted | Status::Approved => String::new(),
    };
    Ok(RewardLine {
        case: row.case_id,
        name: row.name,
        body: row.body,
        granted_on: row.granted_on,
        number: row.case_number.unwrap_or_default(),
        status: row.status,
        reason,
    })
}

/// Takes back what the approval of a case recorded, by a further row; answers that.
///
/// # Errors
/// `Broken` where nothing was recorded, `Store`.
pub(crate) async fn take_back(tx: &mut Tx, of: &Revoked<'_>) -> Result<IntegrityEntryRow, Failure> {
    let entry = tx.find_integrity_entry_of(&of.row.id).await?;
    let entry = entry.ok_or_else(|| Failure::Broken("an approval that was not recorded".into()))?;
    end_entry(tx, (of.visit, of.who), &entry, (Ending::Revoked, of.reason)).await
}

/// Ends an entry by a further row; answers that.
///
/// # Errors
/// `Store`.
pub(super) async fn end_entry(
    tx: &mut Tx,
    (visit, who): (&Visit, &Member),
    entry: &IntegrityEntryRow,
    how: (Ending, &str),
) -> Result<IntegrityEntryRow, Failure> {
    end_entry_by(tx, (&visit.services, &who.id), entry, how).await
}

/// The same for what the house does that somebody agreed to.
///
/// # Errors
/// `Store`.
pub(super) async fn end_entry_by(
    tx: &mut Tx,
    (services, who): (&Services, &StaffId),
    entry: &IntegrityEntryRow,
    (ending, reason): (Ending, &str),
) -> Result<IntegrityEntryRow, Failure> {
    let end = IntegrityEntryRow {
        id: services.ids.id(),
        entered_by: None,
        confirmed_by: who.clone(),
        recorded_at: services.now(),
        reverses: Some(entry.id.clone()),
        ending: ending.code().to_owned(),
        reason: reason.to_owned(),
        ..entry.clone()
    };
    tx.insert_integrity_entry(&end).await?;
    Ok(end)
}

/// An entry, with whether its person may object to it.
fn open_to(objections: &[ObjectionRow], line: EntryLine) -> EntryLine {
    let may_object = line.kind.may_be_objected_to() && line.ended.is_none() && !is_barred(objections, &line.case);
    EntryLine { may_object, ..line }
}

/// Every entry that is shown, with what became of it. What takes one back is told with that one.
pub(super) fn entries(visit: &Visit, rules: &IntegrityRules, rows: Vec<IntegrityEntryRow>) -> Vec<EntryLine> {
    let today = visit.services.today();
    let (ends, entries): (Vec<_>, Vec<_>) = shown(rows).into_iter().partition(|row| row.reverses.is_some());
    let line = |row: IntegrityEntryRow| {
        let end = ends.iter().find(|end| end.reverses.as_deref() == Some(row.id.as_str()));
        EntryLine {
            case: row.case_id.clone(),
            kind: row.kind,
            level: rules.level(&row.level).map_or_else(|| row.level.clone(), |level| level.label.clone()),
            decided_on: row.decided_on,
            recorded_on: china_date(row.recorded_at),
            ban: row.ban().map(|ban| (ban, end.is_none() && ban.is_active(today))),
            ended: end.map(|end| (end.reason.clone(), china_date(end.recorded_at))),
            title: row.title,
            body: row.body,
            number: row.number,
            basis: row.basis,
            may_object: false,
        }
    };
    entries.into_iter().map(line).collect()
}

/// Without what was found to be wrong, and what ended it: that stays in the chain alone.
pub(super) fn shown(rows: Vec<IntegrityEntryRow>) -> Vec<IntegrityEntryRow> {
    let is_hidden = |row: &IntegrityEntryRow| row.ending().is_some_and(|ending| !ending.is_shown());
    let wrong: Vec<String> = rows.iter().filter(|row| is_hidden(row)).filter_map(|row| row.reverses.clone()).collect();
    rows.into_iter().filter(|row| !is_hidden(row) && !wrong.contains(&row.id)).collect()
}
