//! What the rounds of a case say of what may be changed.

use domain::case::{Mark, Status};
use domain::intake::{StepKey, keep_locked, opened};
use store::Reader;

use super::Folder;
use crate::intake::Submitted;
use crate::{Failure, Services};

impl Folder {
    /// The newest submission, and after a return what was rejected of it.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub(super) async fn read_rounds(&mut self, services: &Services, reader: &mut Reader) -> Result<(), Failure> {
        let Some(case) = self.case.as_ref().filter(|case| case.round > 0) else { return Ok(()) };
        let newest = reader.list_submissions(&case.id).await?.pop();
        self.last = newest.map(|row| Submitted::open(services, &case.id, &row)).transpose()?;
        if case.status == Status::Returned {
            let verdicts = reader.list_verdicts(&case.id).await?.into_iter();
            for verdict in verdicts.filter(|verdict| verdict.round == case.round && !verdict.is_accepted) {
                self.marks.extend(Mark::parse(&verdict.mark).map(|mark| (verdict.item.clone(), mark)));
                self.rejected.insert(verdict.item, verdict.reason);
            }
        }
        Ok(())
    }

    /// A change of an open item may open another, and be taken back later: what is locked then is as it was submitted.
    pub(super) fn lock_items(&mut self) {
        let Some(before) = self.last.as_ref().filter(|_| self.is_returned()).cloned() else { return };
        let rejected = self.rejected_set();
        let mut answers = self.answers.clone();
        for step in StepKey::ALL {
            answers.put(keep_locked(&rejected, &before.answers, &self.answers, self.answers.form(step), &self.cx()));
        }
        self.answers = answers;
        self.open = Some(opened(&rejected, &before.answers, &self.answers, &self.cx()));
    }
}
