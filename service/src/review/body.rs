//! What was submitted in one round, whatever the kind of case: its answers in sections, and its files.

use std::collections::{BTreeMap, BTreeSet};

use domain::identity::{DocumentKind, mask};
use domain::intake::{FieldKind, Row, Section, display, field_kind};
use domain::province::StepKey;
use domain::review::phone_change::FILES;
use domain::review::{CaseKind, Check, phone_change};
use domain::text;
use store::Reader;
use store::account::AccountRow;
use store::review::case::CaseRow;
use store::review::round::SubmissionRow;

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

    /// The items of the application that differ from another round where the mask may not show it.
    pub fn hidden_changes<'a>(&self, before: &Self, sections: &'a [Section]) -> BTreeSet<&'a str> {
        let items = sections.iter().flat_map(|section| &section.rows).map(|row| row.item.as_str());
        items.filter(|item| self.hidden(item) != before.hidden(item)).collect()
    }

    /// The whole of an answer that is shown masked.
    fn hidden(&self, item: &str) -> Option<String> {
        match self {
            Self::Intake(submitted) => {
                let (step, field) = item.split_once('.')?;
                let is_masked = field_kind(StepKey::parse(step)?, field) == Some(FieldKind::Mobile);
                submitted.answers.get(item).filter(|_| is_masked).map(text::tidy)
            }
            Self::PhoneChange(body) => match item {
                "phone_change.document_number" => Some(body.document_number.clone()),
                "phone_change.old_mobile" => Some(body.old_mobile.clone()),
                "phone_change.new_mobile" => Some(body.new_mobile.clone()),
                _ => None,
            },
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

#[cfg(test)]
mod tests {
    use domain::intake::{Answers, Holder};

    use super::*;

    fn intake(mobile: &str) -> Body {
        let mut answers = Answers::default();
        assert!(answers.set("person.mobile", mobile.into()));
        let holder = Holder { document_kind: DocumentKind::Passport, name: "张三丰".into(), sex: None, born_on: None };
        Body::Intake(Box::new(Submitted {
            answers,
            files: Vec::new(),
            form_version: 1,
            pledge_version: String::new(),
            pledge_hash: String::new(),
            holder,
        }))
    }

    #[test]
    fn a_number_that_differs_under_its_mask_is_a_change_and_one_typed_with_spaces_is_none() {
        let row = |key: &str| Row { item: format!("person.{key}"), group: None, label: String::new(), value: String::new() };
        let rows = vec![row("mobile"), row("postcode")];
        let sections = [Section { step: StepKey::Person, title: String::new(), rows }];
        let before = intake("13800000001");
        assert_eq!(intake("13811110001").hidden_changes(&before, &sections), BTreeSet::from(["person.mobile"]));
        assert_eq!(intake(" 13800000001 ").hidden_changes(&before, &sections), BTreeSet::new());
    }
}
