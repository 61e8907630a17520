//! What a kind of case does, behind two traits: the engine and the desk know nothing else of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{Beside, CaseKind, Check, Member, Section, Verdicts};
use domain::correction::{Correctable, Credits};
use domain::date::Dated;
use domain::id::{AccountId, BureauCode, CaseId, StaffId};
use domain::inspection::Inspections;
use domain::province::{AttachmentRules, Province};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use store::account::AccountRow;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::SubmittedFile;
use super::submitted::fingerprints;
use crate::{Failure, Services, Visit};

/// From a kind of case to what it does. The house is built with it, so that nothing here has to know the lines.
#[derive(Clone, Copy)]
pub struct Kinds(pub(crate) fn(CaseKind) -> &'static dyn Kind);

impl Kinds {
    pub(crate) fn of(self, kind: CaseKind) -> &'static dyn Kind {
        (self.0)(kind)
    }
}

/// A kind of case.
pub(crate) trait Kind: Send + Sync {
    /// Opens what was submitted in a round.
    ///
    /// # Errors
    /// `Broken` when the body cannot be opened or read.
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure>;

    /// The title of each slot.
    fn file_titles(&self, province: &Province) -> BTreeMap<String, String>;

    /// The years that a case of this kind may be for, the newest first; none where it is for no year.
    fn years(&self, _: &Province, _: NaiveDate) -> Vec<i32> {
        Vec::new()
    }

    /// Whether the files are the owner's to look at; what somebody sent from outside the login may not even be theirs.
    fn is_owners(&self) -> bool {
        true
    }

    /// Whether a slot takes what the bureau asks for after an approval (备查): whatever lies in it now was sent to the bureau.
    fn is_for_bureau(&self, _: &Province, _: &str) -> bool {
        false
    }

    /// What a page says of the originals of an approved case (备查); `None` where there is nothing to say.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn inspections<'a>(
        &'a self,
        _: &'a Visit,
        _: &'a mut Reader,
        _: &'a CaseRow,
    ) -> BoxFuture<'a, Result<Option<Inspections>, Failure>> {
        async { Ok(None) }.boxed()
    }

    /// When what was approved takes effect, while it has not.
    ///
    /// # Errors
    /// `Store`.
    fn effective_at<'a>(&'a self, _: &'a mut Reader, _: &'a CaseId) -> BoxFuture<'a, Result<Option<DateTime<Utc>>, Failure>> {
        async { Ok(None) }.boxed()
    }

    /// The page to which signing in leads, by where one stands with a case of this kind; 个人中心 where the kind has none.
    ///
    /// # Errors
    /// `SignInAgain`, `Store`, `Broken`.
    fn landing<'a>(&'a self, visit: &'a Visit, _: &'a mut Reader) -> BoxFuture<'a, Result<String, Failure>> {
        async move { Ok(format!("/{}/home", visit.province_key())) }.boxed()
    }

    /// What the record of a person says that other kinds lean on; `None` for somebody who has no record.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn recorded<'a>(
        &'a self,
        _: &'a Visit,
        _: &'a mut Reader,
        _: &'a AccountId,
    ) -> BoxFuture<'a, Result<Option<Recorded>, Failure>> {
        async { Ok(None) }.boxed()
    }

    /// The page where the owner of a case has it.
    fn page(&self, visit: &Visit, _: &CaseId) -> String {
        format!("/{}/home", visit.province_key())
    }

    /// The rules of a slot that the owner of a case may fill or empty now.
    ///
    /// # Errors
    /// `NotFound` for a slot that is not asked for and for kinds whose files come otherwise; why not, `Store`, `Broken`.
    fn slot<'a>(
        &'a self,
        _: &'a Visit,
        _: &'a mut Reader,
        _: &'a CaseRow,
        _: &'a str,
    ) -> BoxFuture<'a, Result<AttachmentRules, Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }

    /// What 撤销审核通过 takes back and tells, in the same transaction. Answers what the audit notes.
    ///
    /// # Errors
    /// `NotFound` where the kind knows no such thing, `Store`, `Broken`.
    fn revoke<'a>(&'a self, _: &'a mut Tx, _: &'a Revoked<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }

    /// What somebody has typed and not handed in; `None` where there is no such thing.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn prepared<'a>(
        &'a self,
        _: &'a Visit,
        _: &'a mut Reader,
        _: &'a AccountId,
    ) -> BoxFuture<'a, Result<Option<Prepared>, Failure>> {
        async { Ok(None) }.boxed()
    }

    /// Whether something of somebody may be filled in for them at a counter now, as they could themselves.
    ///
    /// # Errors
    /// `NotFound` where the kind has no such thing, why not, `Store`.
    fn may_fill_in<'a>(&'a self, _: &'a Visit, _: &'a mut Reader, _: &'a AccountId) -> BoxFuture<'a, Result<(), Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }

    /// The form of somebody as it stands now, with whole numbers. Who may have it and what is written down is asked before.
    ///
    /// # Errors
    /// `NotFound` where there is none, `Busy`, `Store`, `Broken`.
    fn form<'a>(&'a self, _: &'a Visit, _: &'a AccountId) -> BoxFuture<'a, Result<Printed, Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }

    /// Hands in for somebody what they have prepared, and tells them. `None` when it is no longer as it was agreed to.
    ///
    /// # Errors
    /// `NotFound` where there is no such thing, `NoSecondPerson` where nobody could decide it, and whatever keeps the person from
    /// handing it in.
    fn take_in<'a>(&'a self, _: &'a mut Tx, _: OnBehalf<'a>) -> BoxFuture<'a, Result<Option<CaseRow>, Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }
}

/// An approval that the bureau takes back. Case and account are locked.
pub(crate) struct Revoked<'a> {
    pub visit: &'a Visit,
    pub who: &'a Member,
    pub row: &'a CaseRow,
    pub account: &'a AccountRow,
    pub reason: &'a str,
}

/// What a record says that other kinds lean on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Recorded {
    /// 取得会计专业技术资格, the first one.
    pub qualified: Option<Dated>,
    /// 开始从事会计工作.
    pub started: Option<Dated>,
}

/// What somebody has prepared and not handed in yet, as the staff at a counter find it.
pub(crate) struct Prepared {
    /// A keyed hash (hex) of all that would be handed in now.
    pub print: String,
    /// The bureau that would get it, as far as the answers say so.
    pub bureau: Option<BureauCode>,
    pub is_complete: bool,
}

/// What two of the staff hand in for somebody.
#[derive(Clone, Copy)]
pub(crate) struct OnBehalf<'a> {
    pub visit: &'a Visit,
    pub account: &'a AccountRow,
    /// [`Prepared::print`] as both of them agreed to it.
    pub print: &'a str,
    /// Id and name of who took it in.
    pub taken_in_by: (&'a StaffId, &'a str),
    pub confirmed_by: &'a Member,
    pub reason: &'a str,
}

/// What came of printing; all but [`Failure`] can be told to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The document and its title.
    Pdf {
        /// Title of the form.
        title: String,
        /// The PDF.
        bytes: Vec<u8>,
    },
    /// Nothing can be printed on this server yet.
    NoFonts,
}

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
