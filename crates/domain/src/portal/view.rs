//! What the pages of the portal show, to visitors and to those who keep it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::forms::ContactForm;
use super::text_view::TextLine;
use crate::answer::Flash;
use crate::case::{Status, Waits};
use crate::id::BureauCode;
use crate::national::view::Elsewhere;
use crate::province::Bureau;

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
    /// How long those of them take of which that is known, in a sentence.
    pub waits: Vec<(BureauCode, String)>,
}

/// Who changed something last, and when.
pub type Changed = Option<(String, DateTime<Utc>)>;

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

/// How far people are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serving {
    /// They can look and hand in.
    Fully,
    /// They can look, and hand nothing in.
    Reading,
    /// They can do nothing.
    Down,
}

/// How long a bureau takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitLine {
    /// What the bureau is called.
    pub name: String,
    /// What its people waited.
    pub waits: Waits,
}

/// 服务状态: what anybody may know of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusView {
    /// When it was looked, in UTC.
    pub at: DateTime<Utc>,
    /// How far people are served.
    pub serving: Serving,
    /// How many cases were approved today in China, and how many wait; `None` while nobody can say.
    pub counts: Option<(u32, u32)>,
    /// The bureaus of which there are figures, by city.
    pub cities: Vec<(String, Vec<WaitLine>)>,
}

/// The first page of a province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrontView {
    /// The newest, first of all.
    pub notices: Vec<TextLine>,
    /// Whether every line of business has its entry here (手册乙 3).
    pub has_modules: bool,
    /// Whether the province has 跨省调转.
    pub has_relocation: bool,
    /// That records are made and changed on the national platform, now or soon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
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
    /// What the picture of characters in it is called.
    pub captcha: String,
    /// How many cases were approved in this month of China.
    pub settled: u32,
    /// The cities to choose from, by the code of their bureau; the province is the first.
    pub cities: Vec<(BureauCode, String)>,
}
