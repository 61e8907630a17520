//! Giving a code: compared and spent on the memo as it is inside the write.

use domain::account::forms::CodePurpose;
use domain::fault::{Fault, FieldErrors};
use store::Tx;

use super::code_hash;
use crate::account::Judged;
use crate::vault::same;
use crate::visit::{Kept, Process};
use crate::{Failure, Visit};

impl Kept {
    /// Compares a code with those of the process that the session is in now. A wrong one is counted and kept so; after too
    /// many all codes of the process are void. `bound` is what was typed, where something was.
    pub(in crate::account) async fn compare(
        &mut self,
        tx: &mut Tx,
        visit: &Visit,
        (purpose, bound): (CodePurpose, Option<&str>),
        typed: &str,
    ) -> Judged<Process> {
        let (wrong, max) = (|fault| Ok(Err(FieldErrors::one("sms_code", fault))), visit.province.profile.account.sms.max_tries);
        let Some(process) = self.memo.process.as_mut() else { return wrong(Fault::CodeNotSent) };
        let is_meant = process.purpose == purpose.code() && bound.is_none_or(|bound| bound == process.bound);
        if !is_meant || !process.has_sent {
            return wrong(Fault::CodeNotSent);
        }
        let mut open = tx.list_open_codes(&process.id, visit.now()).await?;
        // One of a clock that ran ahead would live longer than it should.
        open.retain(|row| row.sent_at <= visit.now() + store::clock::SKEW);
        if open.is_empty() {
            return wrong(Fault::CodeExpired);
        }
        let given = code_hash(visit, process, typed);
        if open.iter().any(|row| same(&row.code_hash, &given)) {
            return Ok(Ok(process.clone()));
        }
        process.wrong += 1;
        let (id, left) = (process.id.clone(), max.saturating_sub(process.wrong));
        if left == 0 {
            tx.void_codes(&id).await?;
        }
        self.save(tx, visit).await?;
        wrong(Fault::CodeWrong(left))
    }

    /// Ends the process by the right code: its codes are void, and the session is in no process any more.
    pub(in crate::account) async fn spend(
        &mut self,
        tx: &mut Tx,
        visit: &Visit,
        what: (CodePurpose, Option<&str>),
        typed: &str,
    ) -> Judged<Process> {
        let process = match self.compare(tx, visit, what, typed).await? {
            Ok(process) => process,
            Err(errors) => return Ok(Err(errors)),
        };
        tx.void_codes(&process.id).await?;
        self.memo.process = None;
        self.save(tx, visit).await?;
        Ok(Ok(process))
    }
}

/// Compares the code of the session's process without spending it. A wrong one counts.
pub(in crate::account) async fn compare_code(
    tx: &mut Tx,
    visit: &Visit,
    what: (CodePurpose, Option<&str>),
    typed: &str,
) -> Judged<Process> {
    match Kept::open(tx, visit).await {
        Ok(mut kept) => kept.compare(tx, visit, what, typed).await,
        Err(Failure::Stale) => Ok(Err(FieldErrors::one("sms_code", Fault::CodeNotSent))),
        Err(failure) => Err(failure),
    }
}

/// Spends the code of the session's process, once, however many ask at once.
pub(crate) async fn spend_code(tx: &mut Tx, visit: &Visit, what: (CodePurpose, Option<&str>), typed: &str) -> Judged<Process> {
    match Kept::open(tx, visit).await {
        Ok(mut kept) => kept.spend(tx, visit, what, typed).await,
        Err(Failure::Stale) => Ok(Err(FieldErrors::one("sms_code", Fault::CodeNotSent))),
        Err(failure) => Err(failure),
    }
}
