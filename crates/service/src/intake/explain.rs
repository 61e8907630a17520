//! 内容无误: a rejected item that was right stays as it is, with what the person says to that. The reviewer reads it at the item.

use std::collections::BTreeMap;

use domain::answer::Answer;
use domain::case::{Action, check_explanation};
use domain::id::CaseId;
use domain::intake::forms::ExplainForm;
use domain::intake::view::{ExplainView, Words};
use domain::intake::{Back, display};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::case::draft::{DraftPlace, DraftRow, NewDraft};

use super::load::{Folder, back_path, path};
use super::show;
use super::turn::{lock_and_load, turn};
use crate::case::note_typing;
use crate::{Failure, Services, Visit};

/// Where the explanations lie, beside the steps of the draft.
pub(super) const EXPLANATIONS: &str = "explanations";

/// What was said to the items of one return.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Explained {
    round: i64,
    items: BTreeMap<String, String>,
    /// That of the row; 0 before the first.
    #[serde(skip)]
    version: i64,
}

impl Explained {
    /// Opens the row of a draft that holds them.
    ///
    /// # Errors
    /// `Broken`.
    pub fn open(services: &Services, case: &CaseId, row: &DraftRow) -> Result<Self, Failure> {
        let plain = services.vault.open("draft.body", &place(case), &row.body_sealed)?;
        Ok(Self { version: row.version, ..serde_json::from_slice(&plain)? })
    }

    /// By item, for a round; those of an earlier one have been read.
    pub fn of(&self, round: i64) -> BTreeMap<String, String> {
        if self.round == round { self.items.clone() } else { BTreeMap::new() }
    }
}

/// A rejected item, with what was said to it so far.
///
/// # Errors
/// `NotFound` for an item that is not rejected, or that was changed; `SignInAgain`, `Store`, `Broken`.
pub async fn explain_view(visit: &Visit, item: &str) -> Result<ExplainView, Failure> {
    let folder = Folder::to_fill_in(visit, &mut visit.services.db.read().await?).await?;
    let only = [item.to_owned()];
    let rejected = show::rejected(visit, &folder, Some(&only)).pop().filter(|item| item.explain_link.is_some());
    let before = folder.last.as_ref().ok_or(Failure::NotFound)?;
    let rows = display(&folder.cx().with(&before.answers), &before.answers).into_iter().flat_map(|section| section.rows);
    Ok(ExplainView {
        words: Words::of(&visit.province.profile),
        item: rejected.ok_or(Failure::NotFound)?,
        value: rows.filter(|row| row.item == item).map(|row| row.value).next(),
        version: folder.explained.version,
        flash: visit.take_flash("explain").await?,
    })
}

/// Says that a rejected item is right as it is, or takes that back.
///
/// # Errors
/// `Invalid` at `remark`; `NotFound` for an item that is not rejected, or that was changed; `Stale` when another window was
/// faster; `NotAllowedIn` when the application has not been returned.
pub async fn explain(visit: &Visit, form: &ExplainForm) -> Result<Answer, Failure> {
    visit.filling_in()?;
    let remark = if form.how == "take_back" { None } else { Some(check_explanation(&form.remark)?) };
    let seen: i64 = form.version.trim().parse().map_err(|_| Failure::Stale)?;
    let back = Back::parse(&form.back);
    let (work, item, _turn) = (visit.clone(), form.item.clone(), turn(visit).await?);
    visit.write(move |tx| Box::pin(async move { keep(&work, tx, item, remark, (seen, back)).await })).await
}

async fn keep(
    visit: &Visit,
    tx: &mut Tx,
    item: String,
    remark: Option<String>,
    (seen, back): (i64, Option<Back>),
) -> Result<Answer, Failure> {
    let folder = lock_and_load(visit, tx).await?;
    folder.permit(Action::Resubmit)?;
    let case = folder.case.as_ref().filter(|_| folder.as_they_were().contains(&item)).ok_or(Failure::NotFound)?;
    let page = if visit.is_acting() { "intake" } else { "intake/progress" };
    let answer = Answer::go(back.map_or_else(|| path(visit, page), |back| back_path(visit, back)));
    let mut items = folder.explained.of(case.round);
    if items.get(&item) == remark.as_ref() {
        return Ok(answer);
    }
    match &remark {
        Some(remark) => drop(items.insert(item.clone(), remark.clone())),
        None => drop(items.remove(&item)),
    }
    let now = visit.now();
    let explained = Explained { round: case.round, items, version: 0 };
    let sealed = visit.services.vault.seal("draft.body", &place(&case.id), &serde_json::to_vec(&explained)?);
    let new = NewDraft { sealed: &sealed, tab: "", sequence: 0, noted_at: now, noted_by: "" };
    tx.save_draft(DraftPlace { case: &case.id, step: EXPLANATIONS }, new, seen, now).await?;
    note_typing(tx, visit, case).await?;
    let detail = json!({ "item": item, "round": case.round });
    let action = if remark.is_some() { "explain_item" } else { "take_back_explanation" };
    tx.audit(&visit.entry(action, "case", case.id.as_str(), detail)).await?;
    Ok(answer)
}

fn place(case: &CaseId) -> String {
    format!("{case}|{EXPLANATIONS}")
}
