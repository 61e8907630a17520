//! 撤销审核通过: what was approved stands no longer. What that takes back is the kind's.

use domain::answer::Answer;
use domain::case::{Action, Member, Refusal, Status, check_reason};
use domain::fault::FieldErrors;
use domain::id::CaseId;
use domain::review::forms::RevokeForm;
use store::Tx;

use crate::case::{By, Revoked, find, is_own, line, may, moved_on, reviewer, version};
use crate::{Failure, Visit};

/// Revokes an approval with a reason, which the person reads: what it did is taken back, the same may be asked for again, and
/// nobody revokes what is their own. Repeating it changes nothing.
///
/// # Errors
/// `ReasonMissing` and other faults at `reason`, `SelfReview`, `NotAllowedIn`, `NotYours`, `NotFound`, `Stale`.
pub async fn revoke(visit: &Visit, form: &RevokeForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let reason = check_reason(&form.reason).map_err(|fault| FieldErrors::one("reason", fault))?;
    let revocation =
        Revocation { visit: visit.clone(), who, case: CaseId::from(form.case.as_str()), seen: version(&form.version)?, reason };
    let answer = visit.write(move |tx| Box::pin(async move { revocation.make(tx).await })).await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

struct Revocation {
    visit: Visit,
    who: Member,
    case: CaseId,
    seen: i64,
    reason: String,
}

impl Revocation {
    async fn make(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let (visit, now) = (&self.visit, self.visit.now());
        tx.lock_case(&self.case).await?;
        let (row, role) = find(tx, visit, &self.case).await?;
        if !visit.kind_rules(row.kind).may_revoke {
            return Err(Failure::NotFound);
        }
        let go = Answer::go(format!("/{}/staff/cases/{}", visit.province_key(), row.id));
        if row.status == Status::Closed && row.decided_by.as_ref() == Some(&self.who.id) && row.version == self.seen + 1 {
            return Ok(go);
        }
        may(visit, &row, role, Action::Revoke)?;
        if row.version != self.seen {
            return Err(moved_on(tx, &row).await?);
        }
        let kind = visit.services.kinds.of(row.kind);
        let round = tx.list_submissions(&row.id).await?.pop();
        let round = round.ok_or_else(|| Failure::Broken("an approval without a round".into()))?;
        if is_own(tx, &row, &*kind.open(&visit.services, &row.id, &round)?, &self.who).await? {
            return Err(Refusal::SelfReview.into());
        }
        let account = tx.lock_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("a case without account".into()))?;
        let of = Revoked { visit, who: &self.who, row: &row, account: &account, reason: &self.reason };
        let detail = kind.revoke(tx, &of).await?;
        let event = line(&visit.services, &row, Action::Revoke, By::staff(&self.who), &self.reason)?;
        tx.move_case(&row, Status::Closed, Some(&self.who.id), now).await?;
        tx.add_event(&event).await?;
        tx.audit(&visit.entry("revoke", "case", row.id.as_str(), detail)).await?;
        Ok(go)
    }
}
