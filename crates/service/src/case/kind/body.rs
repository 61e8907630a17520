//! What was submitted in one round of a case, and what a decision about it does.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::case::{Beside, Check, Member, Section, Verdicts};
use domain::correction::{Correctable, Credits};
use domain::id::{AccountId, BureauCode};
use domain::province::Bureaus;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use store::account::AccountRow;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::super::SubmittedFile;
use super::super::submitted::fingerprints;
use crate::{Failure, Visit};

/// What was submitted in one round.
pub(crate) trait Body: Send + Sync {
    /// In the order in which they are shown.
    fn files(&self) -> &[SubmittedFile];

    /// The answers as the bureau reads them; numbers are masked.
    fn sections(&self, visit: &Visit) -> Vec<Section>;

    /// The whole of an answer that is shown masked.
    fn hidden(&self, item: &str) -> Option<String>;

    /// The items that a reviewer may judge; none where the whole is judged.
    fn items(&self, visit: &Visit) -> Vec<String>;

    /// The year that it is for, where the kind knows one.
    fn year(&self) -> Option<i32> {
        None
    }

    /// The last day by a rule of its own; `None` where the working days of the line count from the submission.
    fn due_on(&self, _: &Visit) -> Option<NaiveDate> {
        None
    }

    /// Where the seats begin for it; those before are not asked.
    fn first_seat(&self) -> usize {
        0
    }

    /// The last day of the next seat, counted from today; `None` where all seats have one day together.
    fn next_due_on(&self, _: &Visit) -> Option<NaiveDate> {
        None
    }

    /// Whom its approval gives something beside the one whose case it is: none of them decides on it.
    fn people(&self) -> Vec<&AccountId> {
        Vec::new()
    }

    /// Whether a bureau must not get it, such as the one whose own entry it is about.
    fn is_kept_from(&self, _: &Bureaus, _: &CaseRow, _: &BureauCode) -> bool {
        false
    }

    /// The bureau of the next seat, where the kind has such a one.
    fn next_bureau(&self) -> Option<&BureauCode> {
        None
    }

    /// A number beside that of the account, with its words, for whoever may see numbers whole.
    fn further_mobile(&self) -> Option<String> {
        None
    }

    /// 备注 of the person to the reviewer; may be empty.
    fn remark(&self) -> &str {
        ""
    }

    /// What the person says to items that were rejected and stay as they are (内容无误), by item.
    fn explanations(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// What its answers and files are compared with; `None` where that is the round before.
    fn basis(&self, _: &Visit) -> Option<Basis> {
        None
    }

    /// What a machine can tell about it.
    ///
    /// # Errors
    /// `Store`.
    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>>;

    /// What else whoever reviews it looks at beside it, as it is now.
    ///
    /// # Errors
    /// `Store`.
    fn beside<'a>(&'a self, _: &'a mut Reader, _: (&'a Visit, &'a CaseRow)) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    /// What an approval would book now and a reviewer may put another amount in the place of (更正); `None` where the kind books
    /// nothing, or nothing can be booked.
    ///
    /// # Errors
    /// `Store`.
    fn correctable<'a>(
        &'a self,
        _: &'a mut Reader,
        _: (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Option<Correctable>, Failure>> {
        async { Ok(None) }.boxed()
    }

    /// Takes what its approval will write of another case, before the account is locked: whoever writes to a case takes the case first.
    ///
    /// # Errors
    /// `Store`.
    fn line_up<'a>(&'a self, _: &'a mut Tx, _: &'a CaseRow) -> BoxFuture<'a, Result<(), Failure>> {
        async { Ok(()) }.boxed()
    }

    /// What is told when a seat that is not the last has agreed; `due_on` is the day by which the next answers.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn handed_on<'a>(&'a self, _: &'a mut Tx, _: &'a Decided<'a>, _: Option<NaiveDate>) -> BoxFuture<'a, Result<(), Failure>> {
        async { Ok(()) }.boxed()
    }

    /// What the approval of the last seat does and tells, in the same transaction. Answers what the audit notes.
    ///
    /// # Errors
    /// Whatever keeps it from taking effect.
    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>>;

    /// What a return tells. Answers what the audit notes.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>>;
}

/// What was true before a case, where it is about a change of it.
pub(crate) struct Basis {
    pub sections: Vec<Section>,
    pub files: Vec<SubmittedFile>,
}

/// What the checks of a case are made from.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub visit: &'a Visit,
    pub row: &'a CaseRow,
    pub account: &'a AccountRow,
    /// The number of the account's document.
    pub document: &'a str,
    pub sections: &'a [Section],
}

/// A decision that is being made.
pub(crate) struct Decided<'a> {
    pub visit: &'a Visit,
    pub who: &'a Member,
    /// The case as it was before.
    pub row: &'a CaseRow,
    /// Locked with the decision.
    pub account: &'a AccountRow,
    /// Those of this round.
    pub verdicts: &'a Verdicts,
    /// The overall reason of a return, or of a corrected amount; may be empty.
    pub reason: &'a str,
    /// What is booked in the place of what is reckoned; [`Body::correctable`] permits it.
    pub amount: Option<Credits>,
}

impl Decided<'_> {
    /// The label and the reason of each rejected item, in the order of `labels`.
    pub fn rejected(&self, labels: Vec<(String, String)>) -> Vec<(String, String)> {
        let reason = |item: &str| Some(self.verdicts.of(item).filter(|verdict| !verdict.is_accepted)?.reason.clone());
        labels.into_iter().filter_map(|(item, label)| Some((label, reason(&item)?))).collect()
    }

    /// The rejected items.
    pub fn rejected_items(&self) -> Vec<&str> {
        self.verdicts.rejected().map(|verdict| verdict.item.as_str()).collect()
    }
}

impl dyn Body {
    /// What each slot holds, for comparing.
    pub fn hashes(&self) -> BTreeMap<String, String> {
        fingerprints(self.files().iter().map(SubmittedFile::print))
    }

    /// The items of the application that differ from another round where the mask may not show it.
    pub fn hidden_changes<'a>(&self, before: &dyn Body, sections: &'a [Section]) -> BTreeSet<&'a str> {
        let items = sections.iter().flat_map(|section| &section.rows).map(|row| row.item.as_str());
        items.filter(|item| self.hidden(item) != before.hidden(item)).collect()
    }
}

/// What each answer is called, with the heading of its row where rows repeat.
pub(crate) fn labels(sections: Vec<Section>) -> Vec<(String, String)> {
    let rows = sections.into_iter().flat_map(|section| section.rows);
    rows.map(|row| match row.group.filter(|_| row.item.contains(".rows.")) {
        Some(group) => (row.item, format!("{group}：{}", row.label)),
        None => (row.item, row.label),
    })
    .collect()
}
