//! The decision: approval or return of the whole, with everything that follows from it in one transaction.

use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::intake::{Application, display};
use domain::review::forms::DecideForm;
use domain::review::{Action, CaseKind, Status, Verdict, Verdicts, decide_approve, decide_return};
use domain::text;
use serde_json::json;
use store::account::AccountRow;
use store::review::case::CaseRow;
use store::review::round::EventRow;
use store::{StoreError, Tx};

use super::access::{Reviewer, bureau_name, claim, context, find, may, moved_on, reviewer, version};
use super::double::DoubleDecision;
use super::hold::after_decision;
use super::news::{approved, returned};
use super::record::record_of;
use crate::intake::{Submitted, remember};
use crate::{Failure, Visit};

/// Approves or returns a case that is still as it was seen. An approval writes the record; both tell the person. Where two
/// persons decide, the first one's approval is an opinion. Then the next case is taken. Whoever is too late hears who decided, when and what.
///
/// # Errors
/// `RejectedItems`, `NothingRejected`, `SecondPersonNeeded`, faults at the items or at `reason`; `DecidedByOther`, `HeldByOther`, `NotAllowedIn`,
/// `NotYours`, `NotFound`, `Stale`.
pub async fn decide(visit: &Visit, form: &DecideForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let seen = version(&form.version)?;
    let action = match form.decision.as_str() {
        "approve" => Action::Approve,
        "return" => Action::Return,
        _ => return Err(FieldErrors::one("decision", Fault::NotInList).into()),
    };
    let mut reader = visit.services.db.read().await?;
    let (row, role) = find(&mut reader, visit, &form.case).await?;
    may(visit, &CaseRow { status: Status::Submitted, ..row.clone() }, role, action)?;
    if row.version != seen {
        return Err(moved_on(&mut reader, &row).await?);
    }
    may(visit, &row, role, action)?;
    let submission = reader.list_submissions(&row.id).await?.pop().ok_or(Failure::Stale)?;
    let account = reader.find_account(&row.account_id).await?;
    drop(reader);
    if row.kind == CaseKind::PhoneChange {
        let reason = text::tidy(&form.reason);
        let decision = DoubleDecision { visit: visit.clone(), who: who.clone(), action, seen, reason, submission };
        visit.write(move |tx| Box::pin(async move { decision.make(tx, &row.id).await })).await?;
        visit.services.outbox.notify_one();
        return Ok(after_decision(visit, &who, &form.case).await);
    }
    let decision = Decision {
        visit: visit.clone(),
        who: who.clone(),
        action,
        seen,
        reason: text::tidy(&form.reason),
        submitted: Submitted::open(&visit.services, &row.id, &submission)?,
        account: account.ok_or_else(|| Failure::Broken("a case without account".into()))?,
    };
    visit.write(move |tx| Box::pin(async move { decision.make(tx, &row.id).await })).await?;
    visit.services.outbox.notify_one();
    Ok(after_decision(visit, &who, &form.case).await)
}

struct Decision {
    visit: Visit,
    who: Reviewer,
    action: Action,
    seen: i64,
    /// The overall reason of a return.
    reason: String,
    submitted: Submitted,
    account: AccountRow,
}

impl Decision {
    async fn make(&self, tx: &mut Tx, case: &str) -> Result<(), Failure> {
        let row = claim(tx, &self.visit, &self.who, case, self.action, Some(self.seen)).await?;
        let verdicts = tx.list_verdicts(case).await?.into_iter().filter(|verdict| verdict.round == row.round);
        let verdicts: Verdicts = verdicts
            .map(|verdict| Verdict { item: verdict.item, is_accepted: verdict.is_accepted, reason: verdict.reason })
            .collect();
        let detail = match self.action {
            Action::Approve => self.approve(tx, &row, &verdicts).await?,
            _ => self.give_back(tx, &row, &verdicts).await?,
        };
        Ok(tx.audit(&self.visit.entry(self.action.code(), "case", case, detail)).await?)
    }

    async fn approve(&self, tx: &mut Tx, row: &CaseRow, verdicts: &Verdicts) -> Result<serde_json::Value, Failure> {
        decide_approve(verdicts)?;
        self.move_to(tx, row, Status::Approved, "").await?;
        let version = tx.add_record(&record_of(&self.visit, row, &self.submitted)?).await?;
        let cx = context(&self.visit.province, &self.submitted, self.visit.services.today());
        if let Ok(application) = self.submitted.answers.check(&cx) {
            self.correct_name(tx, &application).await?;
            remember(&self.visit, tx, &application.employment).await?;
        }
        let profile = &self.visit.province.profile;
        approved(row, &self.bureau(row), profile).tell(tx, &self.visit.services, &self.account, row).await?;
        Ok(json!({ "round": row.round, "record": version }))
    }

    /// Where the form may correct the name as registered, its approval does (手册丙 6: 申报人姓名可修改).
    async fn correct_name(&self, tx: &mut Tx, application: &Application) -> Result<(), Failure> {
        match application.person.name.as_ref().filter(|name| **name != self.account.name) {
            Some(name) => Ok(tx.save_name(&self.account.id, name, self.visit.now()).await?),
            None => Ok(()),
        }
    }

    async fn give_back(&self, tx: &mut Tx, row: &CaseRow, verdicts: &Verdicts) -> Result<serde_json::Value, Failure> {
        decide_return(verdicts, self.visit.province.profile.intake.returns, &self.reason)?;
        self.move_to(tx, row, Status::Returned, &self.reason).await?;
        let labels = self.labels();
        let rejected: Vec<(String, String)> = labels
            .into_iter()
            .filter_map(|(item, label)| Some((label, verdicts.of(&item).filter(|verdict| !verdict.is_accepted)?.reason.clone())))
            .collect();
        let profile = &self.visit.province.profile;
        returned(row, &self.bureau(row), profile, &rejected, &self.reason)
            .tell(tx, &self.visit.services, &self.account, row)
            .await?;
        let items: Vec<&str> = verdicts.rejected().map(|verdict| verdict.item.as_str()).collect();
        Ok(json!({ "round": row.round, "rejected": items }))
    }

    /// Moves the case and notes it in the timeline.
    async fn move_to(&self, tx: &mut Tx, row: &CaseRow, to: Status, note: &str) -> Result<(), Failure> {
        let now = self.visit.now();
        match tx.move_case(row, to, Some(&self.who.id), now).await {
            Err(StoreError::Stale { .. }) => {
                let (row, _) = find(tx, &self.visit, &row.id).await?;
                return Err(moved_on(tx, &row).await?);
            }
            done => done?,
        }
        let event = EventRow {
            id: self.visit.services.ids.id(),
            case_id: row.id.clone(),
            round: row.round,
            action: self.action.code().to_owned(),
            status_before: row.status.code().to_owned(),
            status_after: to.code().to_owned(),
            actor_kind: "staff".to_owned(),
            actor_id: self.who.id.clone(),
            actor_name: self.who.name.clone(),
            note: note.to_owned(),
            at: now,
        };
        Ok(tx.add_event(&event).await?)
    }

    /// The bureau as the person knows it.
    fn bureau(&self, row: &CaseRow) -> String {
        bureau_name(&self.visit.province, &row.bureau)
    }

    /// What each item is called, in the order of the form, with the heading of its row where rows repeat.
    fn labels(&self) -> Vec<(String, String)> {
        let cx = context(&self.visit.province, &self.submitted, self.visit.services.today());
        let answers = display(&cx, &self.submitted.answers).into_iter().flat_map(|section| section.rows);
        let answers = answers.map(|row| match row.group.filter(|_| row.item.contains(".rows.")) {
            Some(group) => (row.item, format!("{group}：{}", row.label)),
            None => (row.item, row.label),
        });
        let files = self.visit.province.profile.intake.attachments.iter();
        answers.chain(files.map(|rules| (format!("attachment.{}", rules.slot), rules.title.clone()))).collect()
    }
}
