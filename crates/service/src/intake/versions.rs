//! The versions of a record, opened: what each of them says, and what it tells in the timeline.

use std::collections::{BTreeMap, BTreeSet};

use domain::case::{Change, Moment, MomentKind, Section, changes, file_changes};
use domain::id::AccountId;
use domain::intake::{Context, FieldKind, StepKey, display, field_kind};
use store::Reader;
use store::archive::RecordRow;

use super::RecordBody;
use crate::case::{SubmittedFile, bureau_name, fingerprints};
use crate::{Failure, Visit};

/// A version of a record.
pub(crate) struct Version {
    pub row: RecordRow,
    body: RecordBody,
    /// The answers as people read them; telephones are masked.
    pub sections: Vec<Section>,
}

impl Version {
    fn open(visit: &Visit, row: RecordRow) -> Result<Self, Failure> {
        let body = RecordBody::open(&visit.services, &row)?;
        let sections = display(&Context::of(&visit.province, &body.holder, &body.answers, visit.services.today()), &body.answers);
        Ok(Self { row, body, sections })
    }

    /// 受理编号 of the case that wrote it; may be empty.
    pub fn number(&self) -> &str {
        &self.body.case_number
    }

    pub fn files(&self) -> &[SubmittedFile] {
        &self.body.files
    }

    /// The answers that differ from those of a version before, and the name.
    pub fn changes(&self, before: &Self) -> Vec<Change> {
        let hidden = self.hidden_changes(before);
        let mut changes = changes(&before.sections, &self.sections, &hidden);
        let names = (&before.body.holder.name, &self.body.holder.name);
        if names.0 != names.1 && !changes.iter().any(|change| change.item == NAME) {
            let (item, label) = (NAME.to_owned(), "姓名".to_owned());
            changes.insert(0, Change { item, label, before: Some(names.0.clone()), now: Some(names.1.clone()) });
        }
        changes
    }

    /// Whether an answer is the same in another version, also where its mask would not show that it differs.
    pub fn is_same(&self, other: &Self, item: &str) -> bool {
        let shown = |of: &Self| of.rows().find(|row| row.0 == item).map(|row| row.1.to_owned());
        shown(self) == shown(other) && !self.hidden_changes(other).contains(item)
    }

    /// The slots whose files differ from those of a version before.
    pub fn changed_slots(&self, before: &Self) -> Vec<String> {
        let prints = |of: &Self| -> BTreeMap<String, String> { fingerprints(of.files().iter().map(SubmittedFile::print)) };
        file_changes(&prints(before), &prints(self)).into_iter().map(|change| change.slot).collect()
    }

    fn rows(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sections.iter().flat_map(|section| &section.rows).map(|row| (row.item.as_str(), row.value.as_str()))
    }

    fn hidden_changes(&self, before: &Self) -> BTreeSet<&str> {
        let differs = |item: &&str| self.body.answers.get(item) != before.body.answers.get(item);
        self.rows().map(|row| row.0).filter(|item| is_masked(item)).filter(differs).collect()
    }
}

/// The name as it is registered, unless the form asks for it.
const NAME: &str = "person.name";

fn is_masked(item: &str) -> bool {
    let of = item.split_once('.').and_then(|(step, field)| field_kind(StepKey::parse(step)?, field));
    of == Some(FieldKind::Mobile)
}

/// All versions of a person's record, the newest first.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn versions(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Vec<Version>, Failure> {
    let rows = reader.list_records(account).await?;
    rows.into_iter().map(|row| Version::open(visit, row)).collect()
}

/// The versions as the timeline tells them.
///
/// # Errors
/// `Store`.
pub(super) async fn moments(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Vec<Moment>, Failure> {
    let moment = |row: RecordRow| Moment {
        at: row.created_at,
        kind: MomentKind::Record,
        title: if row.version == 1 { "建立档案".to_owned() } else { format!("档案更新为第 {} 版", row.version) },
        action: None,
        said: format!("会计管理部门：{}", bureau_name(&visit.province, &row.bureau)),
        way: format!("record#version-{}", row.version),
    };
    Ok(reader.list_records(account).await?.into_iter().map(moment).collect())
}
