//! Everything of one person's change, loaded at once: what is on record, and what it would be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::case::{Action, Refusal, Role, Status, permitted};
use domain::change::{apply, changed, moves_to};
use domain::confirmation::ConfirmationRules;
use domain::id::CaseId;
use domain::intake::{Answers, Context, Holder, StepForm, StepKey, items};
use domain::province::{AttachmentRules, Bureau, Province};
use domain::text;
use store::Reader;
use store::account::AccountRow;
use store::archive::RecordRow;
use store::archive::closing::ClosingRow;
use store::case::attachment::AttachmentRow;
use store::case::draft::DraftRow;
use store::case::file::CaseRow;

use super::begin::is_over;
use super::body::ChangeBody;
use super::{KIND, rules};
use crate::case::{fingerprints, open_body};
use crate::confirmation::{Confirmed, confirmed};
use crate::intake::{RecordBody, holder, on_record};
use crate::{Failure, Visit};

/// A person's record with the change of it that is open, or was decided last.
pub(super) struct Folder {
    pub account: AccountRow,
    pub holder: Holder,
    /// The newest version.
    pub record: RecordRow,
    pub filed: RecordBody,
    pub case: Option<CaseRow>,
    /// By what the record is closed, so that nothing of it is changed.
    pub closing: Option<ClosingRow>,
    /// On record.
    pub before: Answers,
    /// As they would be; while nothing is open the same.
    pub answers: Answers,
    /// Of the forms that were saved, by step.
    pub versions: BTreeMap<StepKey, i64>,
    pub files: Vec<AttachmentRow>,
    /// The employers whose word stands in for a paper.
    confirmed: Vec<Confirmed>,
    /// The newest round.
    pub last: Option<ChangeBody>,
    /// What was rejected in the round that was returned, with the reasons; empty in every other status.
    pub rejected: BTreeMap<String, String>,
    province: Arc<Province>,
    today: NaiveDate,
}

/// The code of the employer that a record names; empty for none, as for whoever is in no post.
pub(super) fn employer_code(cx: &Context, answers: &Answers) -> String {
    let asked = items(cx, answers);
    let is_asked = |item: &&str| asked.iter().any(|of| of == item);
    let codes = ["employment.employer_code", "employment.credit_code"].into_iter().filter(is_asked);
    let mut codes = codes.map(|item| text::tidy_digits(answers.get(item).unwrap_or_default()));
    codes.find(|code| !code.is_empty()).unwrap_or_default()
}

/// The row that a sealed form is bound to.
pub(super) fn place(case: &CaseId, step: StepKey) -> String {
    format!("{case}|{}", step.as_str())
}

impl Folder {
    /// Loads it for the person who asks; `None` where they have no record.
    ///
    /// # Errors
    /// `SignInAgain`, `Store`, `Broken`.
    pub async fn load(visit: &Visit, reader: &mut Reader) -> Result<Option<Self>, Failure> {
        let case = reader.find_latest_case(visit.account()?, KIND).await?;
        Self::of(visit, reader, case).await
    }

    /// The same with a case that was read, or locked.
    ///
    /// # Errors
    /// The same.
    pub async fn of(visit: &Visit, reader: &mut Reader, case: Option<CaseRow>) -> Result<Option<Self>, Failure> {
        let asking = visit.account()?;
        let open = case.as_ref().filter(|case| !is_over(case.status)).map(|case| case.id.clone());
        let found = reader.find_account_with_drafts(asking, open.as_ref()).await?;
        let (account, drafts) = found.ok_or(Refusal::SignInAgain)?;
        let Some(record) = reader.find_record(asking).await? else { return Ok(None) };
        let filed = RecordBody::open(&visit.services, &record)?;
        let closing = reader.find_closing(asking).await?;
        let (_, holder) = holder(&visit.services, &account)?;
        let before = on_record(&visit.province, &account, &filed);
        let mut folder = Self {
            answers: before.clone(),
            before,
            holder,
            record,
            filed,
            case,
            closing,
            versions: BTreeMap::new(),
            files: Vec::new(),
            confirmed: Vec::new(),
            last: None,
            rejected: BTreeMap::new(),
            province: visit.province.clone(),
            today: visit.services.today(),
            account,
        };
        if let Some(open) = open {
            folder.files = reader.list_attachments(&open).await?;
            folder.confirmed = confirmed(reader, visit, asking).await?;
            folder.read_rounds(visit, reader).await?;
            folder.open_drafts(visit, &open, drafts)?;
        }
        Ok(Some(folder))
    }

    async fn read_rounds(&mut self, visit: &Visit, reader: &mut Reader) -> Result<(), Failure> {
        let Some(case) = self.case.as_ref().filter(|case| case.round > 0) else { return Ok(()) };
        let newest = reader.list_submissions(&case.id).await?.pop();
        self.last = newest.map(|row| open_body(&visit.services, &case.id, &row)).transpose()?;
        if case.status == Status::Returned {
            let verdicts = reader.list_verdicts(&case.id).await?.into_iter();
            let rejected = verdicts.filter(|verdict| verdict.round == case.round && !verdict.is_accepted);
            self.rejected = rejected.map(|verdict| (verdict.item, verdict.reason)).collect();
        }
        Ok(())
    }

    /// What was typed, over what is on record by now.
    fn open_drafts(&mut self, visit: &Visit, case: &CaseId, drafts: Vec<DraftRow>) -> Result<(), Failure> {
        let rules = rules(visit)?;
        for row in drafts {
            let Some(step) = StepKey::parse(&row.step) else { continue };
            let plain = visit.services.vault.open("draft.body", &place(case, step), &row.body_sealed)?;
            self.answers.put(rules.keep(&self.before, serde_json::from_slice::<StepForm>(&plain)?));
            self.versions.insert(step, row.version);
        }
        Ok(())
    }

    /// The rules' view of the record as it would be.
    pub fn cx(&self) -> Context<'_> {
        Context::of(&self.province, &self.holder, &self.answers, self.today)
    }

    /// Whether a change is open that its person may do this with now.
    ///
    /// # Errors
    /// Why not; `NotComplete` where none is begun, `NotAllowedIn` of a closed record.
    pub fn permit(&self, visit: &Visit, action: Action) -> Result<&CaseRow, Failure> {
        if self.closing.is_some() {
            return Err(Refusal::NotAllowedIn { status: Status::Closed, action }.into());
        }
        let case = self.case.as_ref().filter(|case| !is_over(case.status)).ok_or(Refusal::NotComplete)?;
        permitted(case.status, Role::Owner, action, &visit.kind_rules(KIND))?;
        Ok(case)
    }

    /// What differs from the record.
    pub fn changed(&self) -> Vec<String> {
        changed(&self.cx(), &self.before, &self.answers)
    }

    /// 资料上传, each with the answers that call for it.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn slots<'a>(&self, visit: &'a Visit, items: &[String]) -> Result<Vec<(&'a AttachmentRules, Vec<String>)>, Failure> {
        let mut called = self.called(visit, items)?;
        if let Some((rules, _)) = self.confirmed(visit) {
            called.retain(|(slot, _)| !rules.stands_for(&slot.slot));
        }
        Ok(called)
    }

    /// The same with those that the word of the employer stands in for.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn called<'a>(&self, visit: &'a Visit, items: &[String]) -> Result<Vec<(&'a AttachmentRules, Vec<String>)>, Failure> {
        Ok(rules(visit)?.calls_for(&visit.line(KIND).attachments, items, &self.cx()))
    }

    /// What the employer has confirmed that the record would name, with the papers that this stands in for.
    pub fn confirmed<'a>(&'a self, visit: &'a Visit) -> Option<(&'a ConfirmationRules, &'a Confirmed)> {
        let (rules, code) = (visit.province.profile.confirmation.as_ref()?, employer_code(&self.cx(), &self.answers));
        Some((rules, self.confirmed.iter().find(|of| of.code == code)?))
    }

    /// The bureau to which the record would go; a record that was forwarded before may lead to the one that has it.
    pub fn moves_to(&self) -> Option<&Bureau> {
        moves_to(&self.cx(), &self.before, &self.answers).filter(|bureau| bureau.code != self.record.bureau)
    }

    /// The record with these items as they would be.
    pub fn with(&self, items: &[String]) -> Answers {
        apply(&self.cx(), &self.before, items, &self.answers)
    }

    /// The rejected items that are still as they were handed in. What is on record again is no longer asked for.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn as_they_were(&self, visit: &Visit) -> Result<Vec<String>, Failure> {
        let Some(last) = &self.last else { return Ok(Vec::new()) };
        let items = self.changed();
        let slots: BTreeSet<String> = self.slots(visit, &items)?.into_iter().map(|(slot, _)| slot.slot.clone()).collect();
        let then = fingerprints(last.files.iter().map(crate::case::SubmittedFile::print));
        let now = fingerprints(self.files.iter().map(|row| (row.slot.as_str(), row.sha256.as_str())));
        let value = |answers: &Answers, item: &str| text::tidy(answers.get(item).unwrap_or_default());
        let is_same = |item: &String| match item.strip_prefix("attachment.") {
            Some(slot) => slots.contains(slot) && then.get(slot) == now.get(slot),
            None => items.contains(item) && value(&last.answers, item) == value(&self.answers, item),
        };
        Ok(self.rejected.keys().filter(|item| is_same(item)).cloned().collect())
    }
}
