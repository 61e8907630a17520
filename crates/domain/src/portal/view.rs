//! What the pages of the portal show, to visitors and to those who keep it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::forms::{ContactForm, NoticeForm};
use crate::answer::Flash;
use crate::province::{Bureau, RegistrationWay};

/// A line of a list of notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    pub id: String,
    pub title: String,
    pub on: Option<NaiveDate>,
}

/// A page of notices, newest first; `next` is where the following page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesView {
    pub lines: Vec<NoticeLine>,
    pub next: Option<String>,
}

/// A notice. Every line of `body` is a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    pub title: String,
    pub on: Option<NaiveDate>,
    pub body: String,
}

/// 咨询电话: the bureaus by city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotlinesView {
    pub text: String,
    pub search: String,
    /// (name of the city, its bureau and those of its counties); the province's own bureau is the first group.
    pub cities: Vec<(String, Vec<Bureau>)>,
}

/// Whether visitors see a notice today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    Yes,
    /// It was never published, or withdrawn.
    Hidden,
    /// Its day has not come.
    Later,
    /// Its last day has passed.
    Over,
}

/// A line of the list of those who keep the notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLine {
    pub id: String,
    pub title: String,
    pub on: NaiveDate,
    pub shown: Shown,
}

/// A page of that list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextsView {
    pub lines: Vec<TextLine>,
    pub next: Option<String>,
}

/// Who changed something last, and when.
pub type Changed = Option<(String, DateTime<Utc>)>;

/// A notice under the pen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextView {
    /// What is in the database, or what was typed when that has a fault.
    pub form: NoticeForm,
    /// What was typed while somebody else was faster.
    pub typed: Option<NoticeForm>,
    pub changed: Changed,
    pub flash: Option<Flash>,
}

/// The bureaus whose contact may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactsView {
    pub search: String,
    pub lines: Vec<Bureau>,
}

/// The contact of a bureau under the pen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactView {
    pub bureau_name: String,
    pub form: ContactForm,
    /// What was typed while somebody else was faster.
    pub typed: Option<ContactForm>,
    pub changed: Changed,
    pub flash: Option<Flash>,
}

/// The first page of a province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrontView {
    /// The newest, first of all.
    pub notices: Vec<NoticeLine>,
    /// Whether every line of business has its entry here (手册乙 3).
    pub has_modules: bool,
    /// The text of 咨询电话.
    pub hotlines: String,
    pub tips: Vec<String>,
    /// What is called 须知, and all of it.
    pub briefing: String,
    pub paragraphs: Vec<String>,
    pub registration: RegistrationWay,
    pub has_legacy_holders: bool,
    pub has_phone_change: bool,
}
