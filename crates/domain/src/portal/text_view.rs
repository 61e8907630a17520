//! What the pages of the texts show, to readers and to those who keep them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Force, Subject, TextAct, TextForm, TextKind, TextStage};

/// What the profile says in the place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// One line.
    pub title: String,
    /// The day that stands beside it, in China.
    pub on: Option<NaiveDate>,
    /// Paragraphs, as Markdown.
    pub body: String,
}

/// A line of a list of texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLine {
    /// Which list it belongs to.
    pub kind: TextKind,
    /// What names it in addresses.
    pub id: String,
    /// One line, as written.
    pub title: String,
    /// The day that stands beside it, in China.
    pub on: Option<NaiveDate>,
    /// 置顶.
    pub is_pinned: bool,
    /// 发文机关 and 文号 of a regulation; empty for the others.
    pub about: String,
    /// Whether a regulation is in force today; `None` for the others.
    pub force: Option<Force>,
}

/// A page of texts of a kind; `next` is where the following page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextsView {
    /// Of which kind.
    pub kind: TextKind,
    /// The subject that was chosen; `None` for all.
    pub subject: Option<Subject>,
    /// 置顶 first, then the newest.
    pub lines: Vec<TextLine>,
    /// `None` on the last page.
    pub next: Option<String>,
}

/// What a regulation says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegulationView {
    /// 文号; may be empty.
    pub number: String,
    /// 发文机关.
    pub issuer: String,
    /// 发文日期.
    pub issued_on: NaiveDate,
    /// 施行日期.
    pub effective_on: NaiveDate,
    /// 废止日期.
    pub repealed_on: Option<NaiveDate>,
    /// What repealed it; empty while nothing did.
    pub repealed_by: String,
    /// The text of that, where it is here.
    pub repealed_by_id: Option<String>,
    /// Whether it is in force today.
    pub force: Force,
}

/// A file beside a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFile {
    /// What names it in addresses.
    pub id: String,
    /// With its ending.
    pub name: String,
    /// How large it is.
    pub bytes: i64,
    /// Whether it is a picture, which stands within the text.
    pub is_picture: bool,
}

/// One text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextView {
    /// Of which kind.
    pub kind: TextKind,
    /// What names it in addresses.
    pub id: String,
    /// One line, as written.
    pub title: String,
    /// The day on which it was published here, in China.
    pub on: Option<NaiveDate>,
    /// Drawn from Markdown by the server, without anything that runs or comes from elsewhere.
    pub html: String,
    /// `None` for the other kinds.
    pub regulation: Option<RegulationView>,
    /// 附件.
    pub files: Vec<TextFile>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    /// As they were looked for; empty where nothing was.
    pub words: String,
    /// Those whose title has them first.
    pub lines: Vec<TextLine>,
    /// Whether there are more than are shown.
    pub has_more: bool,
}

/// A line of the list of those who keep the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLine {
    /// What names it in addresses.
    pub id: String,
    /// Of the newest version.
    pub title: String,
    /// Where the newest version stands.
    pub stage: TextStage,
    /// The first day of the newest version, in China.
    pub from: NaiveDate,
    /// Its last day.
    pub until: Option<NaiveDate>,
    /// Whether a version of it can be read today.
    pub is_shown: bool,
    /// Who wrote the newest version.
    pub author: String,
    /// How many found it useful, and how many did not.
    pub useful: (i64, i64),
}

/// A page of that list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTextsView {
    /// Of which kind.
    pub kind: TextKind,
    /// The newest text first.
    pub lines: Vec<KeptLine>,
    /// `None` on the last page.
    pub next: Option<String>,
    /// What readers see today.
    pub today: NaiveDate,
}

/// A version of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    /// Which one; 1 is the first.
    pub nth: i64,
    /// Its title.
    pub title: String,
    /// Who wrote it, and when.
    pub written: (String, DateTime<Utc>),
    /// Who published it, and when; `None` while nobody did.
    pub published: Option<(String, DateTime<Utc>)>,
    /// The day from which another version, or nothing, is in its place.
    pub replaced_on: Option<NaiveDate>,
}

/// A text under the pen.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptTextView {
    /// Of which kind.
    pub kind: TextKind,
    /// Empty for something new.
    pub id: String,
    /// The newest version; of something new an empty one.
    pub form: TextForm,
    /// `None` for something new.
    pub stage: Option<TextStage>,
    /// What may be done about it.
    pub acts: Vec<TextAct>,
    /// Whether the province wants two persons for its kind.
    pub is_reviewed: bool,
    /// Whether whoever asks wrote the newest version.
    pub is_author: bool,
    /// Why it was given back; empty where it was not.
    pub note: String,
    /// The newest version as readers would see it.
    pub html: String,
    /// The files of the newest version.
    pub files: Vec<TextFile>,
    /// The newest first.
    pub versions: Vec<VersionLine>,
}

/// A version that was kept, as readers saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldVersionView {
    /// Of which kind.
    pub kind: TextKind,
    /// What names the text in addresses.
    pub id: String,
    /// Which one; 1 is the first.
    pub nth: i64,
    /// Its title.
    pub title: String,
    /// Drawn from Markdown.
    pub html: String,
}
