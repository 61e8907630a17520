use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::credits::Credits;
use super::rules::{LearningRules, Subject};
use crate::calendar::china_time;
use crate::case::codes;
use crate::id::{CaseId, EntryId};

codes! {
    /// 通过方式: where credits come from.
    pub enum SourceKind {
        /// 网络培训: a school reported it.
        School = "school",
        /// 面授、单位内部培训: the results of a class.
        Class = "class",
        /// 学分折算.
        Conversion = "conversion",
        /// 考试: the province loaded who passed.
        Exam = "exam",
        /// 历史记录 and what else the staff imported.
        Import = "import",
    }
}

impl SourceKind {
    /// The standard term.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::School => "网络培训",
            Self::Class => "面授培训",
            Self::Conversion => "学分折算",
            Self::Exam => "考试合格",
            Self::Import => "财政部门登记",
        }
    }
}

/// What booked something. A source books once, however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// What it is.
    pub kind: SourceKind,
    /// The case, the row of a batch, the line of an import.
    pub id: String,
}

/// Stands between what booked a row first and what freed room for more of it.
const FREED: char = '+';

impl Source {
    /// What books more of `first`, because the row `freed` was taken back and left room under their cap.
    #[must_use]
    pub fn topping_up(first: &Self, freed: &EntryId) -> Self {
        Self { kind: first.kind, id: format!("{}{FREED}{freed}", first.first_id()) }
    }

    /// What booked the first row of it: the source itself, or the one that it tops up.
    #[must_use]
    pub fn first_id(&self) -> &str {
        self.id.split_once(FREED).map_or(&self.id, |(first, _)| first)
    }

    /// Whether it tops another one up.
    #[must_use]
    pub fn tops_up(&self) -> bool {
        self.id.contains(FREED)
    }
}

/// A row of the ledger of one person. It is never changed or taken away; what is taken back is a further row that names the
/// first (docs/adr/0036).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditEntry {
    /// The row.
    pub id: EntryId,
    /// 培训年份: the learning year that it counts for.
    pub year: i32,
    /// 科目类别.
    pub subject: Subject,
    /// Below nothing where it takes another row back.
    pub amount: Credits,
    /// What booked it; of a reversal, what the first row was booked by.
    pub source: Source,
    /// The rule and its version, by which it was reckoned.
    pub rule: String,
    /// The reckoning, or the reason of a reversal, in words.
    pub arithmetic: String,
    /// Which date decided 培训年份, in words: 出版日期：2026年9月. Empty where none did, or where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decided: String,
    /// Who booked it: a member of the staff, a school, or the house itself.
    pub booked_by: String,
    /// When, in UTC.
    pub booked_at: DateTime<Utc>,
    /// The row that it takes back.
    pub reverses: Option<EntryId>,
}

impl CreditEntry {
    /// The day on which it was booked, in China.
    #[must_use]
    pub fn booked_on(&self) -> NaiveDate {
        china_time(self.booked_at).date()
    }

    /// Whether a conversion booked it, at its approval or because room was left later.
    #[must_use]
    pub fn is_of_case(&self, case: &CaseId) -> bool {
        self.source.kind == SourceKind::Conversion && self.source.first_id() == case.as_str()
    }

    /// 登记年份: the learning year in which it was booked, which may be another one than 培训年份.
    #[must_use]
    pub fn registered_in(&self, rules: &LearningRules) -> Option<i32> {
        rules.year_of(self.booked_on())
    }
}

/// The row by which a source was booked, whether or not it was taken back since: a source that is sent again books nothing.
#[must_use]
pub fn booked_by<'a>(entries: &'a [CreditEntry], source: &Source) -> Option<&'a CreditEntry> {
    entries.iter().find(|entry| entry.reverses.is_none() && entry.source == *source)
}

/// The row that takes another one back.
#[must_use]
pub fn reversal_of<'a>(entries: &'a [CreditEntry], id: &EntryId) -> Option<&'a CreditEntry> {
    entries.iter().find(|entry| entry.reverses.as_ref() == Some(id))
}

/// The rows that stand: booked, and not taken back.
pub fn standing_entries(entries: &[CreditEntry]) -> impl Iterator<Item = &CreditEntry> {
    entries.iter().filter(|entry| entry.reverses.is_none() && reversal_of(entries, &entry.id).is_none())
}

/// The code of the kind of conversion in the name of a rule.
#[must_use]
pub fn kind_of(rule: &str) -> &str {
    rule.split_once('/').map_or(rule, |(kind, _)| kind)
}

/// What the ledger holds of a kind of conversion for a learning year, whatever the version of its rule.
#[must_use]
pub fn booked_of(entries: &[CreditEntry], kind: &str, year: i32) -> Credits {
    let is_of =
        |entry: &&CreditEntry| entry.year == year && entry.source.kind == SourceKind::Conversion && kind_of(&entry.rule) == kind;
    entries.iter().filter(is_of).map(|entry| entry.amount).sum()
}

/// Why a row cannot be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Irreversible {
    /// The ledger of this person has no such row.
    #[error("no such row")]
    Unknown,
    /// The row takes another one back itself.
    #[error("a reversal is not reversed")]
    IsReversal,
    /// It has been taken back before, which is as it should be where the request is repeated.
    #[error("reversed already")]
    Already,
}

impl CreditEntry {
    /// The row that takes another one back: the same year, subject, source and rule, and the amount below nothing.
    ///
    /// # Errors
    /// Where there is nothing to take back.
    pub fn reversing(
        entries: &[Self],
        id: &EntryId,
        new: EntryId,
        (by, at, reason): (&str, DateTime<Utc>, &str),
    ) -> Result<Self, Irreversible> {
        let first = entries.iter().find(|entry| entry.id == *id).ok_or(Irreversible::Unknown)?;
        if first.reverses.is_some() {
            return Err(Irreversible::IsReversal);
        }
        if reversal_of(entries, id).is_some() {
            return Err(Irreversible::Already);
        }
        Ok(Self {
            id: new,
            amount: -first.amount,
            arithmetic: reason.to_owned(),
            booked_by: by.to_owned(),
            booked_at: at,
            reverses: Some(first.id.clone()),
            ..first.clone()
        })
    }
}
