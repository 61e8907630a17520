//! 保存 of a conversion: saved first, checked after, so that nothing typed is lost.

use chrono::Duration;
use domain::answer::{Answer, Notice};
use domain::case::{Action, Status};
use domain::fault::{Fault, FieldErrors};
use domain::form::Typed;
use domain::id::CaseId;
use domain::learning::{NotConverted, OPTION};
use serde_json::json;
use store::Tx;
use store::case::draft::{DraftPlace, NewDraft};

use super::file::{Claimed, STEP, Saved, YEAR, place};
use super::start::{answers, refused};
use super::{case_path, converting, year_of};
use crate::{Failure, Visit};

/// Saves that come by themselves are written into the audit trail once in this time.
const QUIET: Duration = Duration::minutes(10);

/// What the page that saves had seen, and how it saves.
#[derive(Clone, Debug, Default)]
pub struct Saving {
    /// The version that it had loaded or saved last.
    pub version: i64,
    /// Chosen anew by every page that runs; empty without scripts.
    pub tab: String,
    /// Which of its saves this is.
    pub sequence: i64,
    /// Whether it saves by itself.
    pub is_auto: bool,
}

impl Saving {
    /// As a form says it. A number that no page sends is none that can be saved with.
    #[must_use]
    pub fn read(version: i64, tab: String, sequence: &str, how: &str) -> Self {
        let sequence = if sequence.is_empty() { 0 } else { sequence.parse().unwrap_or(-1) };
        Self { version, tab, sequence, is_auto: how == "auto" }
    }
}

/// Keeps what is typed. Of one page the later save stands, whatever the order of arrival. Pressed, it leads to the page as it
/// is saved, or says what is wrong.
///
/// # Errors
/// `Stale` when another page saved in between, `Conversion` for another year than the one that was given back, `AlreadySubmitted`, `NotFound`, faults at `year` and of answers too long.
pub async fn save_conversion(visit: &Visit, case: &CaseId, form: &Typed, saving: Saving) -> Result<Answer, Failure> {
    visit.account()?;
    converting(visit)?;
    let (id, work, form) = (case.clone(), visit.clone(), form.clone());
    visit.write(move |tx| Box::pin(async move { save_in(tx, &work, &id, &form, &saving).await })).await
}

async fn save_in(tx: &mut Tx, visit: &Visit, id: &CaseId, form: &Typed, saving: &Saving) -> Result<Answer, Failure> {
    let rules = converting(visit)?;
    let mut claimed = Claimed::lock(visit, tx, id).await?;
    claimed.permit(visit, Action::Save)?;
    let before = claimed.saved.clone();
    let own = before.as_ref().filter(|saved| !saving.tab.is_empty() && saved.tab == saving.tab);
    if let Some(saved) = own.filter(|saved| saving.sequence <= saved.sequence) {
        return Ok(Answer::say(Notice::Saved { version: saved.version, at: saved.at }));
    }
    let year = match form.0.get(YEAR).map(|typed| typed.trim().parse::<i32>()) {
        None => year_of(claimed.row.year),
        Some(Ok(year)) if rules.year(year).is_some() => year,
        Some(_) => return Err(FieldErrors::one(YEAR, Fault::NotInList).into()),
    };
    // What was in time for one year is so for no other one.
    if claimed.case.status == Status::Returned
        && let Some(before) = claimed.year_before(visit, tx).await?.filter(|before| *before != year)
    {
        return Err(refused(NotConverted::YearStays { year: before }));
    }
    claimed.answers = answers(rules, &claimed.row.kind, form)?;
    claimed.row.year = year.into();
    claimed.row.choice = form.0.get(OPTION).map(|option| option.trim().to_owned()).unwrap_or_default();
    tx.save_conversion(id, (year, &claimed.row.kind, &claimed.row.choice)).await?;
    let saved = write(tx, visit, &claimed, own, saving).await?;
    let notice = Some(Notice::Saved { version: saved.version, at: saved.at });
    if saving.is_auto {
        return Ok(Answer { notice, ..Answer::default() });
    }
    let errors = match claimed.reckon(visit, tx, rules).await?.map_err(domain::learning::Unreckoned::faults) {
        Err(Ok(errors)) => errors,
        _ => FieldErrors::default(),
    };
    let go = errors.is_empty().then(|| case_path(visit, id));
    Ok(Answer { errors, notice, go, ..Answer::default() })
}

async fn write(tx: &mut Tx, visit: &Visit, claimed: &Claimed, own: Option<&Saved>, saving: &Saving) -> Result<Saved, Failure> {
    let (now, case) = (visit.now(), &claimed.case.id);
    let entry = visit.entry("save_draft", "case", case.as_str(), json!({ "step": STEP }));
    let noted = claimed.saved.as_ref().map(|saved| &saved.noted).filter(|(at, by)| *by == entry.actor_id && now - *at < QUIET);
    let noted_at = noted.map(|(at, _)| *at).filter(|_| saving.is_auto);
    let sealed = visit.services.vault.seal("draft.body", &place(case), &serde_json::to_vec(&claimed.answers)?);
    let over = own.map_or(saving.version, |saved| saved.version);
    let (tab, sequence) = (saving.tab.as_str(), saving.sequence);
    let noted = (noted_at.unwrap_or(now), entry.actor_id.clone());
    let new = NewDraft { sealed: &sealed, tab, sequence, noted_at: noted.0, noted_by: &noted.1 };
    let version = tx.save_draft(DraftPlace { case, step: STEP }, new, over, now).await?;
    if noted_at.is_none() {
        tx.audit(&entry).await?;
    }
    Ok(Saved { version, at: now, tab: tab.to_owned(), sequence, noted })
}
