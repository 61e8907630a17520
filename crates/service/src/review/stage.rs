//! 撤销: a decision waits some seconds for its effect, and whoever gave it can take it back before (docs/adr/0032).

use chrono::Duration;
use domain::answer::Answer;
use domain::case::{Action, Member, Refusal, Status, decide_approve, decide_return};
use domain::correction::Credits;
use domain::id::CaseId;
use domain::identity::mask;
use domain::review::Lapse;
use domain::review::forms::UndoForm;
use domain::review::view::StagedView;
use serde_json::json;
use store::case::file::CaseRow;
use store::case::staged::{StagedFilter, StagedLine, StagedRow};
use store::{Reader, Tx};

use super::decide::{Decision, verdicts};
use super::hold::case_path;
use super::seats;
use crate::case::{find, hold_of, may, reviewer, version};
use crate::{Failure, Visit};

/// What did not take effect is told for so long.
pub(super) const TOLD: Duration = Duration::days(1);

impl Decision {
    /// Keeps it until its time has come: the case stays as it is, and held. The same decision once more changes nothing.
    pub(super) async fn stage(&self, tx: &mut Tx, case: &CaseId, undo: Duration) -> Result<(), Failure> {
        let before = tx.find_staged(case).await?;
        if before.as_ref().is_some_and(|staged| self.is_the_same(staged)) {
            return Ok(());
        }
        // Such a one was refused when its time had come, and would be again: whoever gives it once more hears why at once.
        if before.is_some_and(|staged| staged.version == self.seen && staged.lapse.as_deref() == Some(Lapse::Refused.code())) {
            return self.make(tx, case).await;
        }
        let row = self.claim(tx, case).await?;
        self.examine(tx, &row).await?;
        let now = self.visit.now();
        let staged = StagedRow {
            case_id: row.id.clone(),
            version: row.version,
            action: self.action.code().to_owned(),
            reason: self.reason.clone(),
            amount: self.amount.map(Credits::hundredths),
            staff_id: self.who.id.clone(),
            request_id: self.visit.request_id.clone(),
            staged_at: now,
            due_at: now + undo,
            lapse: None,
            lapsed_at: None,
        };
        tx.stage_decision(&staged).await?;
        let detail = json!({ "decision": self.action.code(), "round": row.round, "seat": row.seat });
        Ok(tx.audit(&self.visit.entry("stage_decision", "case", case.as_str(), detail)).await?)
    }

    fn is_the_same(&self, staged: &StagedRow) -> bool {
        let given = (self.action.code(), self.seen, &self.who.id, self.reason.as_str(), self.amount.map(Credits::hundredths));
        let before = (staged.action.as_str(), staged.version, &staged.staff_id, staged.reason.as_str(), staged.amount);
        staged.is_waiting() && before == given
    }

    /// What the rules say to it already now; they are asked again when its time has come.
    async fn examine(&self, tx: &mut Tx, row: &CaseRow) -> Result<(), Failure> {
        let verdicts = verdicts(tx, row).await?;
        if self.action == Action::Approve {
            seats::is_free(tx, row, &self.who).await?;
            seats::is_ripe(tx, &self.visit, row).await?;
            self.note(tx, row).await?;
            return Ok(decide_approve(&verdicts)?);
        }
        Ok(decide_return(&verdicts, self.visit.line(row.kind).returns, &self.reason)?)
    }
}

/// 撤销: takes back a decision that waits, and goes to its case, which is still held. Repeating it changes nothing: a later decision is
/// not taken back by the post that meant an earlier one.
///
/// # Errors
/// `UndoOver` when its time has come, `NotYours` for another reviewer, `Stale` when another one waits by now, `NotFound`.
pub async fn undo(visit: &Visit, form: &UndoForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let (seen, id) = (version(&form.version)?, CaseId::from(form.case.as_str()));
    let (asking, visit) = (visit, visit.clone());
    asking.write(move |tx| Box::pin(async move { undo_in(tx, &visit, &who, &id, seen).await })).await
}

async fn undo_in(tx: &mut Tx, visit: &Visit, who: &Member, id: &CaseId, seen: i64) -> Result<Answer, Failure> {
    tx.lock_case(id).await?;
    let (row, role) = find(tx, visit, id).await?;
    may(visit, &CaseRow { status: Status::Submitted, ..row.clone() }, role, Action::Approve)?;
    let go = Answer::go(case_path(visit, id));
    let is_open = row.status == Status::Submitted;
    match tx.find_staged(id).await? {
        Some(staged) if staged.is_waiting() && staged.staff_id != who.id => return Err(Refusal::NotYours.into()),
        // An earlier one is meant.
        Some(staged) if staged.is_waiting() && staged.version != seen => return Err(Failure::Stale),
        Some(staged) if staged.is_waiting() && staged.due_at <= visit.now() => return Err(Refusal::UndoOver.into()),
        Some(staged) if staged.is_waiting() => tx.undo_staged(id, visit.now()).await?,
        // Undone before, or it did not take effect.
        Some(staged) if is_open && staged.version == seen => return Ok(go),
        None if is_open && row.version == seen => return Ok(go),
        Some(_) | None => return Err(Refusal::UndoOver.into()),
    }
    tx.hold_case(id, hold_of(who, visit.now())).await?;
    tx.audit(&visit.entry("undo_decision", "case", id.as_str(), json!({ "round": row.round }))).await?;
    Ok(go)
}

/// What the pages of the desk say about decisions that wait or did not take effect.
pub(super) async fn staged(reader: &mut Reader, visit: &Visit, who: &Member) -> Result<Vec<StagedView>, Failure> {
    let since = visit.now() - TOLD;
    let filter = StagedFilter { province: visit.province_key(), staff: &who.id, bureau: &who.bureau, since };
    Ok(reader.list_staged(filter).await?.into_iter().map(|line| view(visit, line)).collect())
}

fn view(visit: &Visit, line: StagedLine) -> StagedView {
    StagedView {
        case: line.case_id,
        version: line.version,
        name: mask::name(&line.applicant),
        is_approval: line.action == Action::Approve.code(),
        seconds: (line.due_at - visit.now()).num_seconds().max(0),
        lapse: line.lapse.as_deref().and_then(Lapse::from_code),
    }
}
