//! A verdict on one item.

use domain::answer::{Answer, Notice};
use domain::case::{Action, Mark};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::review::forms::JudgeForm;
use domain::text;
use serde_json::json;
use store::case::round::VerdictRow;

use crate::case::{SubmittedFile, claim, file_of_mark, find, may, moved_on, reviewer, version};
use crate::{Failure, Visit};

const SHORTEST_REASON: u32 = 2;
const LONGEST_REASON: u32 = 200;

enum Opinion {
    Accept,
    Reject(String, Option<Mark>),
    Clear,
}

impl Opinion {
    fn code(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject(..) => "reject",
            Self::Clear => "clear",
        }
    }
}

/// Gives, changes or takes back a verdict on one item of the current round (手册甲 二（五）2: item by item), as it was seen: on what
/// was handed in since then nobody has looked.
///
/// # Errors
/// Faults at `item`, `verdict`, `preset` and `reason`; `NotFound`, `HeldByOther`, `DecidedByOther`, `NotAllowedIn`, `NotYours`, `Stale`.
pub async fn judge(visit: &Visit, form: &JudgeForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let seen = version(&form.version)?;
    let mut reader = visit.services.db.read().await?;
    let (row, role) = find(&mut reader, visit, &CaseId::from(form.case.as_str())).await?;
    may(visit, &row, role, Action::Judge)?;
    if row.version != seen {
        return Err(moved_on(&mut reader, &row).await?);
    }
    let submission = reader.list_submissions(&row.id).await?.pop().ok_or(Failure::Stale)?;
    drop(reader);
    let body = visit.services.kinds.of(row.kind).open(&visit.services, &row.id, &submission)?;
    if !body.items(visit).contains(&form.item) {
        return Err(FieldErrors::one("item", Fault::NotInList).into());
    }
    let opinion = opinion(&visit.line(row.kind).return_reasons, form, body.files())?;
    let (asking, visit, item) = (visit, visit.clone(), form.item.clone());
    asking
        .write(move |tx| {
            Box::pin(async move {
                let row = claim(tx, &visit, &who, &row.id, Action::Judge, Some(seen)).await?;
                let (now, code) = (visit.now(), opinion.code());
                let verdict = |is_accepted, reason, mark: Option<Mark>| VerdictRow {
                    round: row.round,
                    item: item.clone(),
                    is_accepted,
                    reason,
                    mark: mark.map(|mark| mark.code()).unwrap_or_default(),
                    staff_id: who.id.clone(),
                    judged_at: now,
                };
                match opinion {
                    Opinion::Accept => tx.save_verdict(&row.id, &verdict(true, String::new(), None)).await?,
                    Opinion::Reject(reason, mark) => tx.save_verdict(&row.id, &verdict(false, reason, mark)).await?,
                    Opinion::Clear => tx.delete_verdict(&row.id, row.round, &item).await?,
                }
                let detail = json!({ "item": item, "verdict": code, "round": row.round });
                tx.audit(&visit.entry("judge", "case", row.id.as_str(), detail)).await?;
                Ok::<_, Failure>(Answer::say(Notice::Saved { version: row.version, at: now }))
            })
        })
        .await
}

fn opinion(presets: &[String], form: &JudgeForm, files: &[SubmittedFile]) -> Result<Opinion, FieldErrors> {
    match form.verdict.as_str() {
        "accept" => Ok(Opinion::Accept),
        "clear" => Ok(Opinion::Clear),
        "reject" => Ok(Opinion::Reject(reason(presets, form)?, mark(form, files)?)),
        _ => Err(FieldErrors::one("verdict", Fault::NotInList)),
    }
}

/// The rectangle, on a picture of this round.
fn mark(form: &JudgeForm, files: &[SubmittedFile]) -> Result<Option<Mark>, FieldErrors> {
    if form.mark.is_empty() {
        return Ok(None);
    }
    let mark = Mark::parse(&form.mark).filter(|mark| file_of_mark(files, mark).is_some());
    mark.map(Some).ok_or_else(|| FieldErrors::one("mark", Fault::NotInList))
}

/// The reusable reason and the free text as one.
fn reason(presets: &[String], form: &JudgeForm) -> Result<String, FieldErrors> {
    let preset = text::tidy(&form.preset);
    if !preset.is_empty() && !presets.contains(&preset) {
        return Err(FieldErrors::one("preset", Fault::NotInList));
    }
    checked_reason(&format!("{preset}{}", text::tidy(&form.reason)))
}

/// A reason of 2 to 200 characters.
pub(super) fn checked_reason(typed: &str) -> Result<String, FieldErrors> {
    let reason = text::tidy(typed);
    match text::length(&reason) {
        0 => Err(FieldErrors::one("reason", Fault::ReasonMissing)),
        length if length < SHORTEST_REASON => Err(FieldErrors::one("reason", Fault::TooShort(SHORTEST_REASON))),
        length if length > LONGEST_REASON => Err(FieldErrors::one("reason", Fault::TooLong(LONGEST_REASON))),
        _ => Ok(reason),
    }
}
