//! 撤销审核通过: the bureau takes an approved conversion back whose proof is false or missing; the ledger gets a reversal.

use domain::answer::Answer;
use domain::case::{Action, Member, Refusal, Status, check_reason};
use domain::fault::FieldErrors;
use domain::id::CaseId;
use domain::learning::forms::RevokeForm;
use domain::learning::{CreditEntry, Credits, Source, SourceKind, booked_by};
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;
use store::learning::integrity::IntegrityNoteRow;

use super::inspect::fail_open;
use super::top_up::top_up;
use super::{KIND, rules};
use crate::case::{By, Told, bureau_name, find, line, may, moved_on, reviewer, short, version};
use crate::certificate::settle_for;
use crate::{Failure, Visit};

/// Revokes an approval with a reason, which the person reads: the credits are taken back by a further row, a note goes to
/// the integrity record, the same may be asked for again, and nobody revokes what is their own. Repeating it changes nothing.
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

/// What a revocation took back, and 受理编号 and amount of what others got by it.
#[derive(Default)]
struct Taken {
    amount: Credits,
    more: Vec<(String, Credits)>,
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
        if row.kind != KIND {
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
        if tx.is_same_person(&row.account_id, &self.who.id).await? {
            return Err(Refusal::SelfReview.into());
        }
        let account = tx.lock_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("a case without account".into()))?;
        let taken = self.take_back(tx, &row).await?;
        tx.release_conversion(&row.id).await?;
        fail_open(tx, visit, &row.id).await?;
        tx.insert_integrity_note(&self.note(&row)).await?;
        let event = line(&visit.services, &row, Action::Revoke, By::staff(&self.who), &self.reason)?;
        tx.move_case(&row, Status::Closed, Some(&self.who.id), now).await?;
        tx.add_event(&event).await?;
        self.told(&row, &taken)?.tell(tx, &visit.services, &account, &row).await?;
        let detail = json!({ "round": row.round, "hundredths": taken.amount.hundredths() });
        tx.audit(&visit.entry("revoke", "case", row.id.as_str(), detail)).await?;
        Ok(go)
    }

    /// For the integrity record of the person.
    fn note(&self, row: &CaseRow) -> IntegrityNoteRow {
        IntegrityNoteRow {
            id: self.visit.services.ids.id(),
            account_id: row.account_id.clone(),
            case_id: row.id.clone(),
            reason: self.reason.clone(),
            staff_id: self.who.id.clone(),
            noted_at: self.visit.now(),
        }
    }

    /// The reversals of what the case has booked, and what others get by the room that is left. Answers how much was taken.
    async fn take_back(&self, tx: &mut Tx, row: &CaseRow) -> Result<Taken, Failure> {
        let entries = tx.list_credits(&row.account_id).await?;
        let source = Source { kind: SourceKind::Conversion, id: row.id.to_string() };
        let Some(first) = booked_by(&entries, &source).cloned() else { return Ok(Taken::default()) };
        let mut taken = Credits::ZERO;
        for own in entries.iter().filter(|entry| entry.is_of_case(&row.id)) {
            let new = self.visit.services.ids.id().into();
            let by = (self.who.id.as_str(), self.visit.now(), self.reason.as_str());
            // A reversal, and what was taken back before, are left as they are.
            let Ok(reversal) = CreditEntry::reversing(&entries, &own.id, new, by) else { continue };
            tx.book_credit(&row.account_id, &row.province, &reversal).await?;
            taken = taken + own.amount;
        }
        let more = top_up(tx, &self.visit, row, &first, self.who.id.as_str()).await?;
        settle_for(tx, &self.visit, &row.account_id, first.year).await?;
        Ok(Taken { amount: taken, more })
    }

    fn told(&self, row: &CaseRow, taken: &Taken) -> Result<Told, Failure> {
        let visit = &self.visit;
        let (name, unit) = (&visit.line(KIND).name, &rules(visit)?.unit);
        let (bureau, number) = (bureau_name(&visit.province, row.bureau.as_ref()), row.number.as_deref().unwrap_or_default());
        let (site, reason) = (&visit.province.profile.site.title, &self.reason);
        let Taken { amount, more } = taken;
        let more: String = more
            .iter()
            .map(|(number, more)| format!("\n您的另一件{name}（编号 {number}）因此不再受上限限制，补登记 {more} {unit}。"))
            .collect();
        let body = format!(
            "{bureau}撤销了您的{name}（编号 {number}）的审核通过，已登记的 {amount} {unit}相应扣回。\n原因：{reason}{more}\n有异议的，请联系{bureau}。"
        );
        let sms = format!("{}，您好。您的{name}已被撤销审核通过：{}请登录{site}查看。", row.applicant, short(reason));
        Ok(Told { title: format!("{name}已撤销"), body, sms: Some(("revoked", sms)) })
    }
}
