//! A new conversion: a draft of its own, with what was typed already.

use std::collections::BTreeMap;

use domain::answer::Answer;
use domain::case::{Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::form::Typed;
use domain::id::CaseId;
use domain::learning::{NotConverted, OPTION, WindowFor};
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::case::draft::{DraftPlace, NewDraft};
use store::case::file::CaseRow;

use super::file::{Claimed, STEP, YEAR, place};
use super::{KIND, case_path, converting, is_collected, year_of};
use crate::{Failure, Visit};

/// More drafts beside each other are forgotten ones.
const MOST_DRAFTS: u32 = 20;
/// Of all conversions of a person so many are looked at; the most that anybody has in a working life.
pub(super) const MOST: i64 = 500;
/// The questions of the form are of one version.
const FORM: i64 = 1;
/// The most bytes of one answer that are kept.
const LONGEST: usize = 2_000;

/// Opens a conversion for a year and a kind, and keeps what was typed beside them. The same once more leads to the same draft.
///
/// # Errors
/// `Invalid` at `year` and `kind`, `Conversion` with the way out, `NotFound` where the province has no such thing.
pub async fn start_conversion(visit: &Visit, form: &Typed) -> Result<Answer, Failure> {
    visit.account()?;
    let kind = form.0.get("kind").map(|kind| kind.trim().to_owned()).unwrap_or_default();
    // Where every kind is an entry of one page, its code stands before the names of its fields.
    let prefix = format!("{kind}.");
    let is_entry = form.0.keys().any(|field| field.starts_with(&prefix));
    let own = |(field, value): (&String, &String)| Some((field.strip_prefix(&prefix)?.to_owned(), value.clone()));
    let form = if is_entry { Typed(form.0.iter().filter_map(own).collect()) } else { form.clone() };
    match begin(visit, kind, &form).await {
        Err(Failure::Invalid(mut errors)) if is_entry => {
            errors.0.iter_mut().for_each(|error| error.field = format!("{prefix}{}", error.field));
            Err(errors.into())
        }
        other => other,
    }
}

async fn begin(visit: &Visit, kind: String, form: &Typed) -> Result<Answer, Failure> {
    let rules = converting(visit)?;
    let get = |field: &str| form.0.get(field).map(|value| value.trim().to_owned()).unwrap_or_default();
    let (year, mut errors) = (get(YEAR), FieldErrors::default());
    if year.parse::<i32>().ok().is_none_or(|year| rules.year(year).is_none()) {
        errors.push(YEAR, if year.is_empty() { Fault::Missing } else { Fault::NotInList });
    }
    if !rules.kinds.iter().any(|known| known.code == kind) {
        errors.push("kind", if kind.is_empty() { Fault::Missing } else { Fault::NotInList });
    }
    errors.or(())?;
    let year = year.parse::<i32>().unwrap_or_default();
    rules.opening(year, WindowFor::Conversion, visit.services.today()).map_err(|shut| refused(NotConverted::Shut(shut)))?;
    let answers = answers(rules, &kind, form)?;
    let wanted = Wanted { visit: visit.clone(), year, kind, option: get(OPTION), answers };
    visit.write(move |tx| Box::pin(async move { wanted.open(tx).await })).await
}

pub(super) fn refused(why: NotConverted) -> Failure {
    Refusal::Conversion(why).into()
}

/// The answers of a form to the questions that some version of the kind asks.
///
/// # Errors
/// `TooLong` for what no page sends.
pub(super) fn answers(
    rules: &domain::learning::LearningRules,
    kind: &str,
    form: &Typed,
) -> Result<BTreeMap<String, String>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let questions = rules.kinds.iter().filter(|known| known.code == kind).flat_map(|kind| &kind.questions);
    let mut answers = BTreeMap::new();
    for key in questions.map(|question| &question.key) {
        let Some(value) = form.0.get(key).filter(|value| !value.is_empty()) else { continue };
        if value.len() > LONGEST && errors.of(key).is_none() {
            errors.push(key, Fault::TooLong(LONGEST as u32 / 4));
        }
        answers.insert(key.clone(), value.clone());
    }
    errors.or(answers)
}

struct Wanted {
    visit: Visit,
    year: i32,
    kind: String,
    option: String,
    answers: BTreeMap<String, String>,
}

impl Wanted {
    async fn open(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let visit = &self.visit;
        // Two windows that begin at once line up.
        let account = tx.lock_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?;
        is_collected(tx, &account.id).await?;
        let drafts = tx.list_conversions(&account.id, MOST).await?.into_iter().filter(|row| row.status == Status::Draft);
        let mut count = 0;
        for row in drafts {
            count += 1;
            if (year_of(row.year), &row.kind, &row.choice) != (self.year, &self.kind, &self.option) {
                continue;
            }
            let there = Claimed::load(visit, tx, &row.case_id).await?;
            if there.answers == self.answers {
                return Ok(self.go(&row.case_id));
            }
        }
        if count >= MOST_DRAFTS {
            return Err(refused(NotConverted::TooManyDrafts { most: MOST_DRAFTS }));
        }
        let case = self.insert(tx, &account).await?;
        let detail = json!({ "year": self.year, "kind": self.kind });
        tx.audit(&visit.entry("begin", "case", case.id.as_str(), detail)).await?;
        Ok(self.go(&case.id))
    }

    async fn insert(&self, tx: &mut Tx, account: &AccountRow) -> Result<CaseRow, Failure> {
        let (services, now) = (&self.visit.services, self.visit.now());
        let case = CaseRow::new(services.ids.id().into(), KIND, account, FORM, now);
        crate::case::open(tx, &self.visit, &case).await?;
        tx.insert_conversion((&case.id, &account.id), (self.year, &self.kind, &self.option)).await?;
        if !self.answers.is_empty() {
            let sealed = services.vault.seal("draft.body", &place(&case.id), &serde_json::to_vec(&self.answers)?);
            let draft = NewDraft { sealed: &sealed, tab: "", sequence: 0, noted_at: now, noted_by: "" };
            tx.save_draft(DraftPlace { case: &case.id, step: STEP }, draft, 0, now).await?;
        }
        Ok(case)
    }

    fn go(&self, case: &CaseId) -> Answer {
        Answer::go(case_path(&self.visit, case))
    }
}
