//! What the pages of the portal show, to visitors and to those who keep it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::forms::{ContactForm, NoticeForm};
use crate::answer::Flash;
use crate::case::Status;
use crate::id::BureauCode;
use crate::province::Bureau;

/// A line of a list of notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// What names it in addresses.
    pub id: String,
    /// One line, as written.
    pub title: String,
    /// The day that stands beside it, in China.
    pub on: Option<NaiveDate>,
}

/// A page of notices, newest first; `next` is where the following page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesView {
    /// Newest first.
    pub lines: Vec<NoticeLine>,
    /// `None` on the last page.
    pub next: Option<String>,
}

/// A notice. Every line of `body` is a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// One line, as written.
    pub title: String,
    /// The day that stands beside it, in China.
    pub on: Option<NaiveDate>,
    /// Paragraphs, one a line.
    pub body: String,
}

/// 咨询电话: the bureaus by city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotlinesView {
    /// What the province says above the list.
    pub text: String,
    /// What was searched for; may be empty.
    pub search: String,
    /// The cities to choose from, by the code of their bureau; the province is the first.
    pub choices: Vec<(BureauCode, String)>,
    /// The chosen one.
    pub city: Option<BureauCode>,
    /// The bureaus of the chosen city, as they are called.
    pub counties: Vec<(BureauCode, String)>,
    /// The chosen one.
    pub county: Option<BureauCode>,
    /// (name of the city, its bureau and those of its counties); the province's own bureau is the first group. Without a search
    /// and a choice only those of which something is known.
    pub cities: Vec<(String, Vec<Bureau>)>,
}

/// Whether visitors see a notice today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// It is shown.
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
    /// What names it in addresses.
    pub id: String,
    /// One line, as written.
    pub title: String,
    /// The first day on which it is shown, in China.
    pub on: NaiveDate,
    /// Whether visitors see it today, or why not.
    pub shown: Shown,
}

/// A page of that list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextsView {
    /// Hidden ones as well.
    pub lines: Vec<TextLine>,
    /// `None` on the last page.
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
    /// `None` for something new.
    pub changed: Changed,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// The bureaus whose contact may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactsView {
    /// What was searched for; may be empty.
    pub search: String,
    /// The bureaus that were found, with their contacts.
    pub lines: Vec<Bureau>,
}

/// The contact of a bureau under the pen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactView {
    /// With the city before it.
    pub bureau_name: String,
    /// What is kept, or what was typed when that has a fault.
    pub form: ContactForm,
    /// What was typed while somebody else was faster.
    pub typed: Option<ContactForm>,
    /// `None` before the first change.
    pub changed: Changed,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// What somebody who does not sign in hears of a case: what it is and where it stands, and nothing of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedUp {
    /// What the province calls this line of business.
    pub line: String,
    /// Where the case stands.
    pub status: Status,
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
    /// 温馨提示 of the site.
    pub tips: Vec<String>,
    /// What is called 须知, and all of it.
    pub briefing: String,
    /// The lines of the 须知.
    pub paragraphs: Vec<String>,
    /// Whether 原有用户 were imported and may set a password.
    pub has_legacy_holders: bool,
    /// Whether the province has 手机号更换.
    pub has_phone_change: bool,
    /// Whether the box of the sign-in stands on this page.
    pub has_login_box: bool,
    /// How many cases were approved in this month of China.
    pub settled: u32,
    /// The cities to choose from, by the code of their bureau; the province is the first.
    pub cities: Vec<(BureauCode, String)>,
}
