//! What a kind of case does, behind two traits: the engine and the desk know nothing else of it.

mod body;
mod given;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{Beside, Moment};
use domain::id::{AccountId, CaseId};
use domain::identity::CreditCode;
use domain::inspection::Inspections;
use domain::papers::{SlotView, UploadAnswer};
use domain::province::{AttachmentRules, Province};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use store::account::AccountRow;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::{SubmittedFile, door::Door, proofs};
use crate::{Failure, Services, Visit};

pub(crate) use body::{Asked, Basis, Body, Decided, labels};
pub(crate) use given::{Annulled, Beginning, OnBehalf, Prepared, Recorded, Revoked};
pub use given::{Kinds, Printed};

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

    /// Whether the person reads what happens to a case; what a bureau prepares about somebody is theirs once it took effect.
    fn is_told(&self) -> bool {
        true
    }

    /// Whether a case goes along when the record goes to another bureau; what is decided elsewhere than where the record is stays there.
    fn goes_along(&self) -> bool {
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

    /// What the line tells in the timeline of a person's record, beside what the engine tells of their cases.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn moments<'a>(&'a self, _: &'a Visit, _: &'a mut Reader, _: &'a AccountId) -> BoxFuture<'a, Result<Vec<Moment>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    /// What everybody who judges a case of a person has to know of them by this kind, in sentences.
    ///
    /// # Errors
    /// `Store`.
    fn warnings<'a>(&'a self, _: &'a Visit, _: &'a mut Reader, _: &'a AccountId) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    /// The page of what keeps a person from a case, such as that their record has left; `None` where nothing of this kind does.
    ///
    /// # Errors
    /// `Store`.
    fn bars<'a>(
        &'a self,
        _: &'a Visit,
        _: &'a mut Reader,
        _: &'a AccountId,
        _: Beginning<'a>,
    ) -> BoxFuture<'a, Result<Option<String>, Failure>> {
        async { Ok(None) }.boxed()
    }

    /// What this kind lays beside a case of whatever kind for whoever reviews that.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn lays_beside<'a>(&'a self, _: &'a Visit, _: &'a mut Reader, _: &'a CaseRow) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
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

    /// What a slot asks for, whether or not it may be filled now.
    fn slot_rules<'a>(&self, visit: &'a Visit, row: &CaseRow, slot: &str) -> Option<&'a AttachmentRules> {
        visit.line(row.kind).attachment(slot)
    }

    /// The pages above a slot of a case, each with its name; the last is the one that has the slot.
    fn slot_trail(&self, visit: &Visit, row: &CaseRow) -> Vec<(String, String)> {
        vec![(visit.line(row.kind).name.clone(), self.page(visit, &row.id))]
    }

    /// A slot of a case as its owner sees it, with what lies in it; `is_open` says whether it may be filled now.
    ///
    /// # Errors
    /// `NotFound` for a slot that is not asked for and for kinds whose files come otherwise; `Store`, `Broken`.
    fn slot_view<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
        slot: &'a str,
    ) -> BoxFuture<'a, Result<SlotView, Failure>> {
        proofs::slot_view(visit, reader, row, slot).boxed()
    }

    /// The slots of a case that its owner may fill now.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn open_slots<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
    ) -> BoxFuture<'a, Result<Vec<AttachmentRules>, Failure>> {
        async move {
            let mut open = Vec::new();
            for slot in self.file_titles(&visit.province).into_keys() {
                match self.slot(visit, reader, row, &slot).await {
                    Ok(rules) => open.push(rules),
                    Err(Failure::NotFound | Failure::Refused(_)) => {}
                    Err(failure) => return Err(failure),
                }
            }
            Ok(open)
        }
        .boxed()
    }

    /// Locks a case of which a slot may be filled by its owner now.
    ///
    /// # Errors
    /// As [`Kind::slot`].
    fn lock_slot<'a>(
        &'a self,
        visit: &'a Visit,
        tx: &'a mut Tx,
        row: &'a CaseRow,
        slot: &'a str,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        proofs::lock_slot(visit, tx, &row.id, slot).boxed()
    }

    /// Puts a picture into a slot by another way than its own page; `named` is the name of the file and the remark.
    ///
    /// # Errors
    /// As for every upload of the kind, and what the way says no with.
    fn bring<'a>(
        &'a self,
        visit: &'a Visit,
        (row, slot): (&'a CaseRow, &'a str),
        named: (&'a str, &'a str),
        bytes: Vec<u8>,
        door: Arc<dyn Door>,
    ) -> BoxFuture<'a, Result<UploadAnswer, Failure>> {
        proofs::upload_by(visit, &row.id, slot, named, bytes, Some(door)).boxed()
    }

    /// What 撤销审核通过 takes back and tells, in the same transaction. Answers what the audit notes.
    ///
    /// # Errors
    /// `NotFound` where the kind knows no such thing, `Store`, `Broken`.
    fn revoke<'a>(&'a self, _: &'a mut Tx, _: &'a Revoked<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }

    /// What 撤销登记 of an approved case of this kind would do, in a sentence; `None` where the kind knows no such thing.
    fn annulment(&self, _: &Visit) -> Option<String> {
        None
    }

    /// Whether a newer approval of the kind takes the place of an older one, so that the older is not annulled; others lie one over the
    /// other.
    fn replaces(&self) -> bool {
        false
    }

    /// Takes back what the approval of a case wrote on record, because it rests on something false. Answers what the audit notes.
    ///
    /// # Errors
    /// `NotFound` where the kind knows no such thing, `Stale` where it stands no longer, `Store`, `Broken`.
    fn annul<'a>(&'a self, _: &'a mut Tx, _: &'a Annulled<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }

    /// Puts it forward again, because taking it back was wrong.
    ///
    /// # Errors
    /// As [`Kind::annul`].
    fn restore<'a>(&'a self, _: &'a mut Tx, _: &'a Annulled<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }

    /// What else ends when the entry that a case made in the integrity record is found to be wrong.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn lifted<'a>(&'a self, _: &'a mut Tx, _: &'a Revoked<'a>) -> BoxFuture<'a, Result<(), Failure>> {
        async { Ok(()) }.boxed()
    }

    /// Whether the time has come to agree to a case; whoever is to be heard first may still have something to say.
    ///
    /// # Errors
    /// `Store`.
    fn is_ripe<'a>(&'a self, _: &'a Visit, _: &'a mut Reader, _: &'a CaseRow) -> BoxFuture<'a, Result<bool, Failure>> {
        async { Ok(true) }.boxed()
    }

    /// Files that the person brought to a case after somebody of the bureau had entered it.
    ///
    /// # Errors
    /// `Store`.
    fn brought<'a>(&'a self, _: &'a mut Reader, _: &'a CaseRow) -> BoxFuture<'a, Result<Vec<SubmittedFile>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    /// Somebody signed in by the identity service of the province, which says that they act for a unit (法人用户登录). Answers the page that
    /// this leads to; `None` where the kind knows no such thing.
    ///
    /// # Errors
    /// `Exists` where the same was done in this moment, `Store`, `Broken`.
    fn vouched<'a>(
        &'a self,
        _: &'a mut Tx,
        _: &'a Visit,
        _: &'a AccountRow,
        _: (&'a CreditCode, &'a str),
    ) -> BoxFuture<'a, Result<Option<String>, Failure>> {
        async { Ok(None) }.boxed()
    }

    /// Which of these levels of 专业技术资格 stand above what is on record of whoever asks, and could be written there by a case of this kind.
    ///
    /// # Errors
    /// `SignInAgain`, `Store`, `Broken`.
    fn higher<'a>(&'a self, _: &'a Visit, _: &'a mut Reader, _: &'a [String]) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
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
