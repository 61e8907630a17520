//! Everything of one person's intake, loaded at once: what the pages show and what the actions decide on.

mod rounds;
mod says;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::{Action, CaseKind, Mark, Refusal, Status};
use domain::id::{AccountId, CaseId};
use domain::identity::{DocumentKind, DocumentNumber};
use domain::intake::{Answers, Back, Holder, StepForm, StepKey, Task};
use domain::national::Doing;
use domain::province::Province;
use store::Reader;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::draft::DraftRow;
use store::case::file::CaseRow;

use super::Submitted;
use super::explain::{EXPLANATIONS, Explained};
use super::turn::standing;
use crate::account::email_of;
use crate::case::done_here;
use crate::{Failure, Services, Visit};

pub(super) const KIND: CaseKind = CaseKind::Intake;

/// When a step was saved, and the version that the next save must name.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    pub version: i64,
    pub at: DateTime<Utc>,
    /// Which page saved it, and which of its saves that was.
    pub tab: String,
    pub sequence: i64,
    /// When a save was last written into the audit trail, and whose it was.
    pub noted: (DateTime<Utc>, String),
}

/// A person's intake as it is now.
pub(super) struct Folder {
    pub account: AccountRow,
    /// The normalised number of the document.
    pub document: String,
    pub holder: Holder,
    pub case: Option<CaseRow>,
    /// The drafts; after a return item by item with every locked answer as it was submitted.
    pub answers: Answers,
    pub saved: BTreeMap<StepKey, Saved>,
    /// The files of each slot; after a return item by item the submitted ones where the slot is locked.
    pub files: BTreeMap<String, Vec<AttachmentRow>>,
    /// Whether the promise was made to the text that is in force.
    pub is_pledged: bool,
    /// The newest submission of the case.
    pub last: Option<Submitted>,
    /// What was rejected in the round that was returned, with the reasons; empty in every other status.
    pub rejected: BTreeMap<String, String>,
    /// What the reviewer ringed round on a picture, by rejected item.
    pub marks: BTreeMap<String, Mark>,
    /// What the person said to rejected items that stay as they are.
    pub explained: Explained,
    /// After a return item by item: what may be changed.
    pub open: Option<BTreeSet<String>>,
    province: std::sync::Arc<Province>,
    today: NaiveDate,
}

impl Folder {
    /// Puts what is known already into questions that nobody has answered yet: the name as registered, where it may be
    /// corrected, the number for questions (手册丙 6), and the 电子邮箱 of the account.
    fn prefill(&mut self, services: &Services) -> Result<(), Failure> {
        if self.has_fixed_name() {
            self.answers.set("person.name", self.account.name.clone());
        }
        if self.saved.contains_key(&StepKey::Person) {
            return Ok(());
        }
        let asks = |field| self.province.profile.intake.step(StepKey::Person).is_some_and(|step| step.field(field).is_some());
        if asks("name") {
            self.answers.set("person.name", self.account.name.clone());
        }
        if asks("mobile") {
            let mobile = services.vault.open_text("account.mobile", self.account.id.as_str(), &self.account.mobile_sealed)?;
            self.answers.set("person.mobile", mobile);
        }
        if asks("email") {
            self.answers.set("person.email", email_of(services, &self.account)?);
        }
        Ok(())
    }

    /// Whether the name is the one of the registration, which nobody has looked at yet: what a return opens is the person's again.
    pub fn has_fixed_name(&self) -> bool {
        let name = self.province.profile.intake.step(StepKey::Person).and_then(|step| step.field("name"));
        name.is_some_and(|name| name.fixed) && self.round() == 0
    }

    /// Loads it for the accountant who is asking.
    ///
    /// # Errors
    /// `SignInAgain`, `Store`, `Broken`.
    pub async fn load(visit: &Visit, reader: &mut Reader) -> Result<Self, Failure> {
        Self::load_for(visit, reader, visit.account()?).await
    }

    /// Loads it for whoever fills it in: the accountant, or a clerk for them.
    ///
    /// # Errors
    /// `SignInAgain`, `ActingOver`, `Elsewhere`, `Store`, `Broken`.
    pub async fn to_fill_in(visit: &Visit, reader: &mut Reader) -> Result<Self, Failure> {
        let folder = Self::load_for(visit, reader, visit.filling_in()?).await?;
        folder.may_still_be_filled_in(visit)?;
        folder.stays_open(visit)?;
        Ok(folder)
    }

    /// What nobody has handed in is filled in where it can still be.
    fn may_still_be_filled_in(&self, visit: &Visit) -> Result<(), Failure> {
        match self.case.as_ref().map(|case| case.status) {
            None => done_here(visit, KIND, Doing::Open),
            Some(Status::Draft) => done_here(visit, KIND, Doing::HandIn),
            Some(_) => Ok(()),
        }
    }

    /// A clerk sees it as long as there is something to fill in.
    fn stays_open(&self, visit: &Visit) -> Result<(), Failure> {
        if visit.is_acting() { self.permit(Action::Save).map_err(|_| Refusal::ActingOver.into()) } else { Ok(()) }
    }

    /// Loads that of somebody whom the staff at a counter serve; that they may is asked before.
    ///
    /// # Errors
    /// `SignInAgain` for nobody's account, `Store`, `Broken`.
    pub async fn load_for(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Self, Failure> {
        let case = reader.find_latest_case(account, KIND).await?;
        let case = standing(reader, case).await?;
        let mut folder = Self::of_account(visit, reader, account, case).await?;
        folder.read_files(reader).await?;
        Ok(folder)
    }

    /// The same for a case that was read, without the files where nothing but their own page needs them.
    ///
    /// # Errors
    /// `SignInAgain`, `Store`, `Broken`.
    pub async fn of(visit: &Visit, reader: &mut Reader, case: Option<CaseRow>) -> Result<Self, Failure> {
        Self::of_account(visit, reader, visit.filling_in()?, case).await
    }

    /// [`Self::of`] for an account that is not the one that is asking.
    ///
    /// # Errors
    /// `SignInAgain` for nobody's account, `Store`, `Broken`.
    pub async fn of_account(
        visit: &Visit,
        reader: &mut Reader,
        account: &AccountId,
        case: Option<CaseRow>,
    ) -> Result<Self, Failure> {
        let found = reader.find_account_with_drafts(account, case.as_ref().map(|case| &case.id)).await?;
        Self::of_rows(visit, reader, case, found.ok_or(Refusal::SignInAgain)?).await
    }

    /// The same of rows that were read.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn of_rows(
        visit: &Visit,
        reader: &mut Reader,
        case: Option<CaseRow>,
        (account, drafts): (AccountRow, Vec<DraftRow>),
    ) -> Result<Self, Failure> {
        let services = &visit.services;
        let (document, holder) = holder(services, &account)?;
        let in_force = &visit.province.profile.intake_line().briefing.pledge_version;
        let is_pledged = case.as_ref().is_some_and(|case| case.pledge_version == *in_force);
        let mut folder = Self {
            document,
            holder,
            case,
            answers: Answers::default(),
            saved: BTreeMap::new(),
            files: BTreeMap::new(),
            is_pledged,
            last: None,
            rejected: BTreeMap::new(),
            marks: BTreeMap::new(),
            explained: Explained::default(),
            open: None,
            province: visit.province.clone(),
            today: services.today(),
            account,
        };
        folder.open_drafts(services, drafts)?;
        folder.prefill(services)?;
        folder.read_rounds(services, reader).await?;
        folder.lock_items();
        Ok(folder)
    }

    /// The files as they are now; after a return item by item the submitted ones where the slot is locked.
    ///
    /// # Errors
    /// `Store`.
    pub async fn read_files(&mut self, reader: &mut Reader) -> Result<(), Failure> {
        let Some(case) = self.case.as_ref().map(|case| case.id.clone()) else { return Ok(()) };
        self.files.clear();
        for row in reader.list_attachments(&case).await? {
            self.files.entry(row.slot.clone()).or_default().push(row);
        }
        let (Some(before), Some(open)) = (&self.last, &self.open) else { return Ok(()) };
        let mut locked = BTreeMap::<String, Vec<AttachmentRow>>::new();
        for file in before.files.iter().filter(|file| !open.contains(&format!("attachment.{}", file.slot))) {
            let current = self.files.get(&file.slot).and_then(|rows| rows.iter().find(|row| row.id == file.id));
            let row = match current {
                Some(row) => Some(row.clone()),
                None => reader.find_attachment(&file.id).await?,
            };
            locked.entry(file.slot.clone()).or_default().extend(row);
        }
        self.files.extend(locked);
        Ok(())
    }

    /// What was typed for the case; a case that begins has nothing of one before it.
    fn open_drafts(&mut self, services: &Services, drafts: Vec<DraftRow>) -> Result<(), Failure> {
        let Some(case) = self.case.as_ref().map(|case| case.id.clone()) else { return Ok(()) };
        for row in drafts {
            if row.step == EXPLANATIONS {
                self.explained = Explained::open(services, &case, &row)?;
                continue;
            }
            let Some(step) = StepKey::parse(&row.step) else { continue };
            let plain = services.vault.open("draft.body", &draft_place(&case, step), &row.body_sealed)?;
            self.answers.put(serde_json::from_slice::<StepForm>(&plain)?);
            self.saved.insert(
                step,
                Saved {
                    version: row.version,
                    at: row.updated_at,
                    tab: row.tab,
                    sequence: row.sequence,
                    noted: (row.noted_at, row.noted_by),
                },
            );
        }
        Ok(())
    }
}

/// The person as the document tells, and the number of the document.
///
/// # Errors
/// `Broken`.
pub(crate) fn holder(services: &Services, account: &AccountRow) -> Result<(String, Holder), Failure> {
    let number = services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    let kind = DocumentKind::from_code(&account.document_kind).ok_or_else(|| Failure::Broken("kind of a document".into()))?;
    let checked = DocumentNumber::check(kind, &number, services.today()).ok();
    let holder = Holder {
        document_kind: kind,
        name: account.name.clone(),
        sex: checked.as_ref().and_then(DocumentNumber::sex),
        born_on: checked.as_ref().and_then(DocumentNumber::born_on),
    };
    Ok((number, holder))
}

/// The row that a sealed draft is bound to.
pub(super) fn draft_place(case: &CaseId, step: StepKey) -> String {
    format!("{case}|{}", step.as_str())
}

/// A path inside the site.
pub(super) fn path(visit: &Visit, rest: &str) -> String {
    format!("/{}/{rest}", visit.province_key())
}

/// The page that a finished step leads back to.
pub(super) fn back_path(visit: &Visit, back: Back) -> String {
    path(visit, &format!("intake/{}", back.as_str()))
}

/// The page of a task.
pub(super) fn task_path(visit: &Visit, task: Task) -> String {
    match task {
        Task::Briefing => path(visit, "intake/briefing"),
        Task::Step(step) => path(visit, &format!("intake/{}", step.as_str())),
        Task::Attachments => path(visit, "intake/files"),
        Task::Check => path(visit, "intake/check"),
    }
}
