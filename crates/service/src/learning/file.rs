//! One conversion of a person with what was typed for it, loaded at once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::case::{Action, Role, Status, permitted};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::learning::{Claim, ConversionKind, Credits, LearningRules, OPTION, Reckoning, Unreckoned, booked_of, reckon};
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::learning::conversion::ConversionRow;
use store::{Reader, Tx};

use super::{ConversionBody, KIND, year_of};
use crate::case::open_body;
use crate::{Failure, Visit};

/// The name of the one step of the form.
pub(super) const STEP: &str = "claim";
/// The year among the answers of the form.
pub(super) const YEAR: &str = "year";

/// When the form was saved, and by which page.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    pub version: i64,
    pub at: DateTime<Utc>,
    pub tab: String,
    pub sequence: i64,
    pub noted: (DateTime<Utc>, String),
}

/// A conversion of the person who asks.
pub(super) struct Claimed {
    pub account: AccountRow,
    pub case: CaseRow,
    pub row: ConversionRow,
    /// As typed, without year and 子选项.
    pub answers: BTreeMap<String, String>,
    pub saved: Option<Saved>,
    pub files: Vec<AttachmentRow>,
    /// Whether the bureau asks for the originals (备查).
    pub is_inspected: bool,
}

/// What the sealed draft is bound to.
pub(super) fn place(case: &CaseId) -> String {
    format!("{case}|{STEP}")
}

impl Claimed {
    /// Loads it for the person whose it is.
    ///
    /// # Errors
    /// `NotFound` for that of somebody else, `SignInAgain`, `Store`, `Broken`.
    pub async fn load(visit: &Visit, reader: &mut Reader, id: &CaseId) -> Result<Self, Failure> {
        let asking = visit.account()?;
        let case = reader.find_case(id).await?.filter(|case| case.kind == KIND && case.account_id == *asking);
        Self::of(visit, reader, case.ok_or(Failure::NotFound)?).await
    }

    /// The same, locked until the end of the write.
    ///
    /// # Errors
    /// The same.
    pub async fn lock(visit: &Visit, tx: &mut Tx, id: &CaseId) -> Result<Self, Failure> {
        let asking = visit.account()?;
        let case = tx.lock_case(id).await?.filter(|case| case.kind == KIND && case.account_id == *asking);
        Self::of(visit, tx, case.ok_or(Failure::NotFound)?).await
    }

    /// The same of a case that was found already.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn of(visit: &Visit, reader: &mut Reader, case: CaseRow) -> Result<Self, Failure> {
        let missing = |what: &str| Failure::Broken(format!("a conversion without {what}"));
        let account = reader.find_account(&case.account_id).await?.ok_or_else(|| missing("account"))?;
        let row = reader.find_conversion(&case.id).await?.ok_or_else(|| missing("its row"))?;
        let (mut answers, mut saved) = (BTreeMap::new(), None);
        for draft in reader.list_drafts(&case.id).await?.into_iter().filter(|draft| draft.step == STEP) {
            let plain = visit.services.vault.open("draft.body", &place(&case.id), &draft.body_sealed)?;
            answers = serde_json::from_slice(&plain)?;
            let (version, at, tab, sequence) = (draft.version, draft.updated_at, draft.tab, draft.sequence);
            saved = Some(Saved { version, at, tab, sequence, noted: (draft.noted_at, draft.noted_by) });
        }
        let files = reader.list_attachments(&case.id).await?;
        let asked = match case.status {
            Status::Approved => reader.list_inspections(&case.id).await?,
            _ => Vec::new(),
        };
        let is_inspected = asked.iter().any(|of| of.outcome.is_empty());
        Ok(Self { account, case, row, answers, saved, files, is_inspected })
    }

    /// Whether its person may do this now.
    ///
    /// # Errors
    /// Why not.
    pub fn permit(&self, visit: &Visit, action: Action) -> Result<(), Failure> {
        Ok(permitted(self.case.status, Role::Owner, action, &visit.kind_rules(KIND))?)
    }

    pub fn claim(&self) -> Claim<'_> {
        Claim { year: year_of(self.row.year), kind: &self.row.kind, option: &self.row.choice, answers: &self.answers }
    }

    /// The version of the kind that the answers lead to.
    ///
    /// # Errors
    /// `NotFound` for a kind that the province does not have any more.
    pub fn kind<'a>(&self, rules: &'a LearningRules) -> Result<&'a ConversionKind, Failure> {
        self.claim().kind_in(rules).ok_or(Failure::NotFound)
    }

    /// `year`, `option` and the answers, as the form has them.
    pub fn values(&self) -> BTreeMap<String, String> {
        let mut values = self.answers.clone();
        values.insert(YEAR.to_owned(), self.row.year.to_string());
        values.insert(OPTION.to_owned(), self.row.choice.clone());
        values
    }

    /// The year that it was handed in for last; `None` before.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn year_before(&self, visit: &Visit, reader: &mut Reader) -> Result<Option<i32>, Failure> {
        let last = reader.list_submissions(&self.case.id).await?.pop();
        let body = last.map(|round| open_body::<ConversionBody>(&visit.services, &self.case.id, &round)).transpose()?;
        Ok(body.map(|body| body.year))
    }

    /// The version of the saved answers; 0 before the first save.
    pub fn version(&self) -> i64 {
        self.saved.as_ref().map_or(0, |saved| saved.version)
    }

    /// What it gives as it stands.
    ///
    /// # Errors
    /// `Store`; inside, why there is nothing to convert.
    pub async fn reckon(
        &self,
        visit: &Visit,
        reader: &mut Reader,
        rules: &LearningRules,
    ) -> Result<Result<Reckoning, Unreckoned>, Failure> {
        let claim = self.claim();
        if claim.is_registered(rules) {
            return Ok(Err(Unreckoned::Faults(FieldErrors::one(OPTION, Fault::NotInList))));
        }
        let booked = booked(reader, &self.case, &claim).await?;
        Ok(reckon(rules, &visit.province.lists, &claim, booked, visit.services.today()))
    }
}

/// What the ledger of the person holds of the kind for the year.
pub(super) async fn booked(reader: &mut Reader, case: &CaseRow, claim: &Claim<'_>) -> Result<Credits, Failure> {
    let entries = reader.list_credits_of_year(&case.account_id, claim.year).await?;
    Ok(booked_of(&entries, claim.kind, claim.year))
}
