//! What was handed in, as it lies sealed in the submission: the touched answers over the record as it was.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::case::{Beside, Check, Row, Section};
use domain::id::BureauCode;
use domain::intake::{Answers, Context, Facts, Holder, check, display};
use domain::province::{Bureaus, Province};
use domain::text;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::KIND;
use super::effect::{give_back, take_effect};
use super::file::employer_code;
use super::moves::{Moving, beside};
use crate::case::{Asked, Basis, Body, Decided, SubmittedFile, let_go, line_up_others};
use crate::confirmation::{Employer, beside_named};
use crate::{Failure, Visit};

/// The seat of a bureau that decides alone.
const LAST_SEAT: usize = 1;

/// A round of a change. It is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ChangeBody {
    /// The record as it was.
    pub before: Answers,
    /// The record as it would be.
    pub answers: Answers,
    /// What the bureau reviews.
    pub items: Vec<String>,
    /// What took effect when it was handed in.
    pub at_once: Vec<String>,
    /// The proofs, in the order of the profile.
    pub files: Vec<SubmittedFile>,
    /// What is on record in their slots.
    pub filed: Vec<SubmittedFile>,
    /// The person as registered when it was handed in.
    pub holder: Holder,
    /// 备注 to the reviewer; may be empty.
    pub remark: String,
    /// Where the record goes to another bureau with it.
    pub moving: Option<Moving>,
}

impl ChangeBody {
    fn context<'a>(&'a self, province: &'a Province, today: NaiveDate) -> Context<'a> {
        Context::of(province, &self.holder, &self.answers, today)
    }

    /// What is shown: what is reviewed, or, where nothing is, what took effect at once.
    fn shown(&self) -> BTreeSet<&str> {
        let of = if self.items.is_empty() { &self.at_once } else { &self.items };
        of.iter().map(String::as_str).collect()
    }

    /// The questions that are shown, as one of both records answers them.
    pub(super) fn of_record(&self, visit: &Visit, answers: &Answers) -> Vec<Section> {
        let (cx, shown) = (self.context(&visit.province, visit.services.today()), self.shown());
        let mut sections = display(&cx.with(answers), answers);
        sections.iter_mut().for_each(|section| section.rows.retain(|row| shown.contains(row.item.as_str())));
        sections
    }
}

impl Body for ChangeBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    /// Only what is new; what is no longer asked stands there empty, so that it can be judged as well.
    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let (was, mut now) = (self.of_record(visit, &self.before), self.of_record(visit, &self.answers));
        for (section, was) in now.iter_mut().zip(was) {
            let there: BTreeSet<String> = section.rows.iter().map(|row| row.item.clone()).collect();
            let gone = was.rows.into_iter().filter(|row| !there.contains(&row.item));
            section.rows.extend(gone.map(|row| Row { value: String::new(), ..row }));
        }
        now.retain(|section| !section.rows.is_empty());
        now
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        let slots: BTreeSet<&str> = self.files.iter().map(|file| file.slot.as_str()).collect();
        self.items.iter().cloned().chain(slots.into_iter().map(|slot| format!("attachment.{slot}"))).collect()
    }

    /// The destination does not agree in the place of the origin.
    fn is_kept_from(&self, _: &Bureaus, row: &CaseRow, bureau: &BureauCode) -> bool {
        row.seat == 0 && self.next_bureau() == Some(bureau)
    }

    fn first_seat(&self) -> usize {
        self.moving.as_ref().map_or(LAST_SEAT, Moving::first_seat)
    }

    fn next_bureau(&self) -> Option<&BureauCode> {
        self.moving.as_ref().map(|moving| &moving.to)
    }

    fn due_on(&self, visit: &Visit) -> Option<NaiveDate> {
        self.moving.as_ref().map(|moving| moving.first_due_on(visit))
    }

    fn next_due_on(&self, visit: &Visit) -> Option<NaiveDate> {
        self.moving.as_ref().map(|moving| moving.last_due_on(visit))
    }

    fn remark(&self) -> &str {
        &self.remark
    }

    fn basis(&self, visit: &Visit) -> Option<Basis> {
        Some(Basis { sections: self.of_record(visit, &self.before), files: self.filed.clone() })
    }

    /// From where to where it goes, and the employer that it names, where that has confirmed.
    fn beside<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move {
            let mut laid = beside(visit, self);
            if self.items.iter().any(|item| item.starts_with("employment.")) {
                let employer = employer_code(&self.context(&visit.province, visit.services.today()), &self.answers);
                laid.extend(beside_named(reader, visit, &row.account_id, Employer::Code(&employer)).await?);
            }
            Ok(laid)
        }
        .boxed()
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move {
            let mut same_certificates = Vec::new();
            for item in self.items.iter().filter(|item| item.ends_with("certificate_number")) {
                let number = text::tidy_code(self.answers.get(item).unwrap_or_default());
                if !number.is_empty() {
                    let hash = of.visit.services.vault.keyed_hash("certificate", &number);
                    same_certificates.push((item.clone(), reader.list_same_certificate(&hash, &of.row.id).await?));
                }
            }
            let line = of.visit.line(KIND);
            let title = |slot: &str| line.attachment(slot).map(|rules| rules.title.clone()).unwrap_or_default();
            let files = self.files.iter().map(|file| (file.slot.clone(), title(&file.slot), file.sha256.clone()));
            let facts = Facts {
                name: &self.holder.name,
                document_kind: self.holder.document_kind,
                document_number: of.document,
                born_on: self.holder.born_on,
                sex: self.holder.sex,
                answers: &self.answers,
                same_document: 0,
                same_certificates: &same_certificates,
                files: &files.collect::<Vec<_>>(),
                today: of.visit.services.today(),
            };
            // Of what stays as it is on record everything was looked at before.
            let is_new = |check: &Check| self.items.contains(&check.item) || check.item.starts_with("attachment");
            Ok(check(&facts).into_iter().filter(is_new).collect())
        }
        .boxed()
    }

    fn line_up<'a>(&'a self, tx: &'a mut Tx, row: &'a CaseRow) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            match &self.moving {
                Some(_) => line_up_others(tx, row).await,
                None => Ok(()),
            }
        }
        .boxed()
    }

    fn handed_on<'a>(
        &'a self,
        tx: &'a mut Tx,
        of: &'a Decided<'a>,
        due_on: Option<NaiveDate>,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            match &self.moving {
                Some(moving) => let_go(tx, of, &moving.to, due_on).await,
                None => Ok(()),
            }
        }
        .boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        take_effect(self, tx, of).boxed()
    }

    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        give_back(self, tx, of).boxed()
    }
}

/// What two lists of files hold together, the newer in the place of the older of the same slot.
pub(super) fn over(old: &[SubmittedFile], new: &[SubmittedFile]) -> Vec<SubmittedFile> {
    let replaced: BTreeSet<&str> = new.iter().map(|file| file.slot.as_str()).collect();
    let kept = old.iter().filter(|file| !replaced.contains(file.slot.as_str()));
    kept.chain(new).cloned().collect()
}
