//! 更正: the bureau that decides on an objection records the penalty as it should have been, in the place of what was wrong.

use domain::answer::Answer;
use domain::case::{Action, Member, Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::integrity::objection::CorrectionForm;
use domain::integrity::view::CorrectionView;
use domain::integrity::{Ban, Ending, EntryKind, Outcome, Penalty, PenaltyKind};
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;
use store::integrity::entry::IntegrityEntryRow;

use super::super::{OBJECTION, rules};
use super::decide::{answered, end_penalty, may_answer};
use super::list::line as listed;
use super::{ObjectionBody, standing};
use crate::case::{By, claim, find, line, may, open_body, reviewer, version};
use crate::{Failure, Visit};

/// The objection, and the form with the penalty as it is recorded.
///
/// # Errors
/// `NotFound` for what is no objection or nobody of this bureau's, and where nothing is left to correct; `NotAllowedIn` for one that was
/// answered, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`, `Broken`.
pub async fn correction_view(visit: &Visit, case: &CaseId) -> Result<CorrectionView, Failure> {
    reviewer(visit)?;
    rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let (row, role) = find(&mut reader, visit, case).await?;
    let objection = reader.find_objection(&row.id).await?.ok_or(Failure::NotFound)?;
    may(visit, &row, role, Action::Approve)?;
    let entry = standing(&mut reader, &row.account_id, &objection.of_case).await?;
    let entry = entry.filter(|entry| entry.kind == EntryKind::Penalty).ok_or(Failure::NotFound)?;
    let round = reader.list_submissions(&row.id).await?.pop().ok_or(Failure::NotFound)?;
    let body = open_body::<ObjectionBody>(&visit.services, &row.id, &round)?;
    drop(reader);
    Ok(CorrectionView {
        name: visit.line(OBJECTION).name.clone(),
        line: listed(visit, objection),
        reasons: body.reasons,
        laws: visit.province.laws.clone(),
        form: recorded(visit, &row, entry),
    })
}

/// The form of what is recorded, whose words are those of the law.
fn recorded(visit: &Visit, row: &CaseRow, entry: IntegrityEntryRow) -> CorrectionForm {
    let kinds = entry.title.split('、').filter_map(|term| PenaltyKind::ALL.iter().find(|kind| kind.term() == term));
    let law = visit.province.laws.in_force(entry.decided_on);
    let named = law.and_then(|law| entry.basis.strip_prefix(law.name.as_str())).unwrap_or_default();
    let named: Vec<&str> = named.split('、').collect();
    let articles = law.into_iter().flat_map(|law| &law.articles).filter(|article| named.contains(&article.label.as_str()));
    CorrectionForm {
        case: row.id.to_string(),
        version: row.version.to_string(),
        kinds: kinds.map(|kind| kind.code()).collect::<Vec<_>>().join(","),
        articles: articles.map(|article| article.code.as_str()).collect::<Vec<_>>().join(","),
        decided_on: entry.decided_on.to_string(),
        body: entry.body,
        number: entry.number,
        answer: String::new(),
    }
}

/// Records the penalty as it should have been, ends what was wrong, and tells the person the answer. Repeating it changes nothing.
///
/// # Errors
/// The faults of the form; `NotInList` at `kinds` and `decided_on` for what would be heavier than it was; `SelfReview`, `SecondPersonNeeded`, `NotYours`, `HeldByOther`, `Staged`, `DecidedByOther`, `NotAllowedIn`,
/// `NotFound`, `Stale`, `Store`.
pub async fn correct_penalty(visit: &Visit, form: &CorrectionForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    rules(visit)?;
    let (penalty, answer) = form.check(&visit.province.laws, visit.services.today())?;
    let correcting = Correcting {
        visit: visit.clone(),
        who,
        case: CaseId::from(form.case.as_str()),
        seen: version(&form.version)?,
        penalty,
        answer,
    };
    let answer = visit.write(move |tx| Box::pin(async move { correcting.write(tx).await })).await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

struct Correcting {
    visit: Visit,
    who: Member,
    case: CaseId,
    seen: i64,
    penalty: Penalty,
    answer: String,
}

impl Correcting {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let (visit, who) = (&self.visit, &self.who);
        tx.lock_case(&self.case).await?;
        let (row, _) = find(tx, visit, &self.case).await?;
        let objection = tx.find_objection(&row.id).await?.ok_or(Failure::NotFound)?;
        let go = Answer::go(format!("/{}/staff/cases/{}", visit.province_key(), row.id));
        let is_done = row.status == Status::Approved && row.decided_by.as_ref() == Some(&who.id);
        if is_done && row.version == self.seen + 1 && objection.outcome() == Some(Outcome::Corrected) {
            return Ok(go);
        }
        let row = claim(tx, visit, who, &self.case, Action::Approve, Some(self.seen)).await?;
        // As every answer does: first what recorded the penalty, then the account.
        tx.lock_case(&objection.of_case).await?;
        let account = tx.lock_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("a case without account".into()))?;
        let entry = standing(tx, &account.id, &objection.of_case).await?;
        let entry = entry.filter(|entry| entry.kind == EntryKind::Penalty);
        let entry = entry.ok_or(Refusal::NotAllowedIn { status: row.status, action: Action::Approve })?;
        may_answer(tx, visit, &entry, who).await?;
        self.is_no_heavier(&entry)?;
        end_penalty(tx, (visit, who), &entry, (Ending::Corrected, self.answer.as_str())).await?;
        let corrected = self.entry(&row);
        tx.insert_integrity_entry(&corrected).await?;
        let event = line(&visit.services, &row, Action::Approve, By::staff(who), &self.answer)?;
        tx.move_case(&row, Status::Approved, Some(&who.id), visit.now()).await?;
        tx.add_event(&event).await?;
        tx.settle_objection(&row.id, Outcome::Corrected, &self.answer).await?;
        let of = (EntryKind::Penalty, objection.body.as_str(), objection.number.as_str());
        let told = answered(visit, &row, of, (Outcome::Corrected, self.answer.as_str()));
        told.tell(tx, &visit.services, &account, &row).await?;
        let detail = json!({ "round": row.round, "outcome": Outcome::Corrected, "entry": corrected.id, "was": entry.id });
        tx.audit(&visit.entry("correct_penalty", "case", row.id.as_str(), detail)).await?;
        Ok(go)
    }

    /// One alone adds nothing to what two recorded: what should have been heavier is taken down and entered anew.
    fn is_no_heavier(&self, entry: &IntegrityEntryRow) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        let before: Vec<&str> = entry.title.split('、').collect();
        if !self.penalty.kinds.iter().all(|kind| before.contains(&kind.term())) {
            errors.push("kinds", Fault::NotInList);
        }
        if !Ban::lasts_no_longer(self.penalty.ban(), entry.ban()) {
            errors.push("decided_on", Fault::NotInList);
        }
        errors.or(())
    }

    fn entry(&self, row: &CaseRow) -> IntegrityEntryRow {
        let (penalty, who) = (&self.penalty, &self.who);
        let (ban, ban_until) = Ban::kept(penalty.ban());
        IntegrityEntryRow {
            id: self.visit.services.ids.id(),
            account_id: row.account_id.clone(),
            province: row.province.clone(),
            kind: EntryKind::Penalty,
            case_id: row.id.clone(),
            title: penalty.kinds_words(),
            level: String::new(),
            body: penalty.body.clone(),
            number: penalty.number.clone(),
            decided_on: penalty.decided_on,
            basis: penalty.basis(),
            ban: ban.to_owned(),
            ban_until,
            bureau: who.bureau.clone(),
            entered_by: Some(who.id.clone()),
            confirmed_by: who.id.clone(),
            recorded_at: self.visit.now(),
            reverses: None,
            ending: String::new(),
            reason: String::new(),
        }
    }
}
