//! What was submitted in one round, whatever the kind of case: its answers in sections, and its files.

use std::collections::BTreeMap;

use domain::identity::{DocumentKind, mask};
use domain::intake::{Row, Section, display};
use domain::province::StepKey;
use domain::review::phone_change::FILES;
use domain::review::{CaseKind, Check, phone_change};
use store::Reader;
use store::account::AccountRow;
use store::review::case::{CaseRow, SubmissionRow};

use super::access::context;
use super::case::intake_checks;
use crate::account::PhoneChangeBody;
use crate::intake::{Submitted, SubmittedFile};
use crate::{Failure, Visit};

/// An opened submission.
pub(super) enum Body {
    Intake(Box<Submitted>),
    PhoneChange(Box<PhoneChangeBody>),
}

impl Body {
    pub fn open(visit: &Visit, row: &CaseRow, round: &SubmissionRow) -> Result<Self, Failure> {
        Ok(match row.kind {
            CaseKind::Intake => Self::Intake(Box::new(Submitted::open(&visit.services, &row.id, round)?)),
            CaseKind::PhoneChange => Self::PhoneChange(Box::new(PhoneChangeBody::open(&visit.services, &row.id, round)?)),
        })
    }

    pub fn files(&self) -> &[SubmittedFile] {
        match self {
            Self::Intake(submitted) => &submitted.files,
            Self::PhoneChange(body) => &body.files,
        }
    }

    /// The SHA-256 of each file by slot.
    pub fn hashes(&self) -> BTreeMap<String, String> {
        self.files().iter().map(|file| (file.slot.clone(), file.sha256.clone())).collect()
    }

    pub fn sections(&self, visit: &Visit) -> Vec<Section> {
        match self {
            Self::Intake(submitted) => display(&context(&visit.province, submitted, visit.services.today()), &submitted.answers),
            Self::PhoneChange(body) => vec![phone_section(visit, body)],
        }
    }

    pub async fn checks(
        &self,
        reader: &mut Reader,
        visit: &Visit,
        row: &CaseRow,
        (account, document): (&AccountRow, &str),
        sections: &[Section],
    ) -> Result<Vec<Check>, Failure> {
        match self {
            Self::Intake(submitted) => intake_checks(reader, visit, row, account, document, (submitted.as_ref(), sections)).await,
            Self::PhoneChange(body) => {
                let hash = visit.services.vault.keyed_hash("mobile", &body.new_mobile);
                let holder = reader.find_account_of_mobile(&row.province, &hash).await?;
                Ok(phone_change::check(phone_change::Compared {
                    is_same_name: body.name == account.name,
                    is_same_document: body.document_number == document && body.document_kind == account.document_kind,
                    is_mobile_free: holder.is_none_or(|holder| holder.id == account.id),
                }))
            }
        }
    }
}

/// The title of each slot of a kind.
pub(super) fn file_titles(visit: &Visit, kind: CaseKind) -> BTreeMap<String, String> {
    match kind {
        CaseKind::Intake => {
            let rules = visit.province.profile.intake.attachments.iter();
            rules.map(|rules| (rules.slot.clone(), rules.title.clone())).collect()
        }
        CaseKind::PhoneChange => FILES.map(|(slot, title)| (slot.to_owned(), title.to_owned())).into(),
    }
}

/// The application as the bureau reads it; numbers are masked. It stands where a person's particulars do.
fn phone_section(visit: &Visit, body: &PhoneChangeBody) -> Section {
    let options = &visit.province.profile.account.document_kinds;
    let kind = DocumentKind::from_code(&body.document_kind);
    let label = options.iter().find(|option| Some(option.kind) == kind).map(|option| option.label.clone());
    let row = |key: &str, label: &str, value: String| Row {
        item: format!("phone_change.{key}"),
        group: None,
        label: label.to_owned(),
        value,
    };
    Section {
        step: StepKey::Person,
        title: "手机号更换申请".to_owned(),
        rows: vec![
            row("name", "姓名", body.name.clone()),
            row("document_kind", "证件类型", label.unwrap_or_default()),
            row("document_number", "证件号码", mask::document(&body.document_number)),
            row("old_mobile", "原手机号码", mask::mobile(&body.old_mobile)),
            row("new_mobile", "新手机号码", mask::mobile(&body.new_mobile)),
            row("note", "说明", body.note.clone()),
        ],
    }
}
