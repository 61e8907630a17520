//! What a package holds. Its names are those of the file (docs/package.schema.json); what changes in it gets another version.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::NotReceived;
use crate::case::Section;

/// What a package says that it is.
pub const FORMAT: &str = "suanpan-record-package";
/// The version that is written, and the only one that is read.
pub const VERSION: u32 = 1;
/// No package is larger, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// The record of somebody on its way to another province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// Names it: one for each departure, however often the file is made.
    pub id: String,
    /// Where it comes from.
    pub origin: Party,
    /// Where it goes, and nowhere else.
    pub destination: Party,
    /// When it was made, in UTC.
    pub issued_at: DateTime<Utc>,
    /// Whose it is.
    pub holder: PackedHolder,
    /// By whom the departure was approved.
    pub departure: Approval,
    /// The newest version of the record.
    pub record: PackedVersion,
    /// Those before it, the newest first.
    pub versions: Vec<PackedVersion>,
    /// 继续教育学分, as they were booked.
    pub ledger: Vec<PackedCredit>,
    /// 诚信档案.
    pub integrity: Vec<PackedEntry>,
}

/// A province, by key and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// As in `provinces/data/places.toml`.
    pub key: String,
    /// As people call it.
    pub name: String,
}

/// Whose record it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedHolder {
    /// 姓名 of the account.
    pub name: String,
    /// 证件类型, as a code.
    pub document_kind: String,
    /// 证件号码, whole: the package is locked.
    pub document_number: String,
}

/// What a bureau approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// 财政局, by name.
    pub bureau_name: String,
    /// In UTC.
    pub approved_at: DateTime<Utc>,
    /// 受理编号; may be empty.
    pub case_number: String,
}

/// A version of the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedVersion {
    /// From 1.
    pub number: i64,
    /// Who approved it.
    pub approval: Approval,
    /// What was typed, by item.
    pub answers: BTreeMap<String, String>,
    /// The same as people read it there.
    pub sections: Vec<Section>,
    /// The files, by their hashes; their bytes stay where they are.
    pub files: Vec<PackedFile>,
}

/// A file of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedFile {
    /// Key of its slot.
    pub slot: String,
    /// What the slot is called.
    pub title: String,
    /// SHA-256 (hex) of the file as it was uploaded.
    pub sha256: String,
}

/// A row of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedCredit {
    /// 培训年份.
    pub year: i32,
    /// 科目类别, in words.
    pub subject: String,
    /// Decimal; below nothing where it takes another row back.
    pub credits: String,
    /// 通过方式, in words.
    pub source: String,
    /// The reckoning, or the reason of a reversal, in words.
    pub reckoned: String,
    /// In China.
    pub booked_on: NaiveDate,
    /// Whether another row takes it back.
    pub taken_back: bool,
}

/// An entry of 诚信档案.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedEntry {
    /// 奖励 or 行政处罚.
    pub kind: String,
    /// The name of a reward, the kinds of a penalty.
    pub title: String,
    /// 授予单位, 处罚决定机关.
    pub body: String,
    /// 文号; may be empty.
    pub number: String,
    /// In China.
    pub decided_on: NaiveDate,
    /// 限制从业, in words; empty for none.
    pub ban: String,
    /// Whether it was taken back.
    pub taken_back: bool,
}

/// What every version of the format says of itself.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

impl Package {
    /// Reads what was signed.
    ///
    /// # Errors
    /// `NotAPackage` for anything else, `OtherVersion`.
    pub fn read(signed: &Value) -> Result<Self, NotReceived> {
        let head = Head::deserialize(signed).map_err(|_| NotReceived::NotAPackage)?;
        if head.format != FORMAT {
            return Err(NotReceived::NotAPackage);
        }
        if head.version != VERSION {
            return Err(NotReceived::OtherVersion);
        }
        Self::deserialize(signed).map_err(|_| NotReceived::NotAPackage)
    }

    /// What an item is called where it comes from, and what it says there; as it was typed where it is shown nowhere.
    #[must_use]
    pub fn words(&self, item: &str) -> (String, String) {
        let mut rows = self.record.sections.iter().flat_map(|section| &section.rows);
        let row = rows.find(|row| row.item == item).map(|row| {
            let group = row.group.as_ref().map(|group| format!("{group}：")).unwrap_or_default();
            (format!("{group}{}", row.label), row.value.clone())
        });
        row.unwrap_or_else(|| (item.to_owned(), self.record.answers.get(item).cloned().unwrap_or_default()))
    }
}
