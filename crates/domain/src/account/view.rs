//! What the pages around an account show.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::answer::Flash;
use crate::case::view::CaseSummary;
use crate::case::{CaseKind, StaffRole, Status};
use crate::national::ENTRY;
use crate::national::view::Elsewhere;
use crate::province::{AccountRules, Bureau, IdentityService, MenuItem, Profile, Site};

/// Who is looking, for the frame of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// Nobody has signed in.
    #[default]
    Visitor,
    /// 会计人员, with an account of this province.
    Accountant {
        /// 姓名, as registered.
        name: String,
        /// How many 站内信 were not read yet.
        unread: i64,
    },
    /// 工作人员 at the counter who fills in for a person.
    Acting {
        /// 姓名 of the person, masked.
        name: String,
    },
    /// 工作人员 of a bureau.
    Staff {
        /// As the administrator entered it.
        name: String,
        /// With the city before it.
        bureau_name: String,
        /// 审核人员 or 管理员.
        role: StaffRole,
        /// Whether 动态口令 was given in this session.
        is_second_factor_done: bool,
        /// Whether a second factor is set up at all.
        has_second_factor: bool,
    },
}

/// What the frame of every page shows of a province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvinceWords {
    /// The first segment of every address.
    pub key: String,
    /// 省份, such as people call it.
    pub name: String,
    /// Of the whole site, above every page.
    pub title: String,
    /// The title where there is little room.
    pub short: String,
    /// Who runs the site: the 会计管理部门 of the province.
    pub authority: String,
    /// What the footer says beside it, a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footer: Vec<String>,
    /// The telephone of the authority; may be empty.
    pub hotline: String,
    /// When the telephone is answered.
    pub hours: String,
    /// What to say where a bureau has no known telephone.
    pub hotline_fallback: String,
    /// 统一身份认证; `None` where people have their account here.
    pub identity_service: Option<IdentityService>,
    /// What the kinds of case are called that have another name than everywhere: each page carries it.
    pub lines: Vec<(CaseKind, String)>,
    /// What the archive of an approved person is called.
    pub record: String,
    /// What the page is called where the application stands.
    pub progress: String,
    /// Whether the province has 继续教育.
    #[serde(default)]
    pub has_learning: bool,
    /// Whether the province has 信息变更.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_change: bool,
    /// The menu of approved people.
    pub after_approval: Vec<MenuItem>,
}

impl ProvinceWords {
    /// Those of a province, as its menu stands today.
    #[must_use]
    pub fn of(profile: &Profile, today: NaiveDate) -> Self {
        let Site { title, authority, short, hotline, hours, hotline_fallback, tips: _, footer } = profile.site.clone();
        let line = |kind: &CaseKind| (*kind, profile.line(*kind).name.clone());
        let mut words = Self {
            key: profile.key.clone(),
            name: profile.name.clone(),
            title,
            short,
            authority,
            footer: footer.lines(),
            hotline,
            hours,
            hotline_fallback,
            identity_service: profile.account.identity_service.clone(),
            lines: CaseKind::ALL.iter().filter(|kind| profile.line(**kind).name != kind.term()).map(line).collect(),
            record: profile.intake.record_name.clone(),
            progress: profile.intake.progress_name.clone(),
            has_learning: profile.learning.is_some(),
            has_change: profile.change.is_some(),
            after_approval: Vec::new(),
        };
        let national = profile.national.as_ref();
        let entry = |item: &MenuItem| national.map_or_else(|| item.clone(), |rules| rules.entry(item, today));
        let entries = profile.intake.after_approval.iter().map(entry);
        // What was to be open by now and is not says nothing.
        let is_said = |item: &MenuItem| words.page_of(item).is_some() || item.opens.is_some_and(|on| today < on);
        words.after_approval = entries.filter(is_said).collect();
        // Nobody changes a copy.
        words.has_change &= national.is_none_or(|rules| rules.standing(today).is_none());
        words
    }

    /// The page below the province of an item of the menu of approved people; `None` for what opens later.
    #[must_use]
    pub fn page_of(&self, item: &MenuItem) -> Option<&'static str> {
        match item.key.as_str() {
            "record" => Some("record"),
            "learning" if self.has_learning => Some("learning"),
            "change" if self.has_change => Some("intake?change=all"),
            // Pages without the program; only a province that has them lists them.
            "transfer" => Some("transfer"),
            ENTRY => Some(ENTRY),
            // Without an address of its own, which every visitor would have to fetch; only a province that has it lists it.
            "integrity" => Some("learning?integrity=all"),
            _ => None,
        }
    }

    /// What a kind of case is called.
    #[must_use]
    pub fn line(&self, kind: CaseKind) -> &str {
        self.lines.iter().find(|(of, _)| *of == kind).map_or(kind.term(), |(_, name)| name)
    }
}

/// How the word for a visitor begins, that is for whoever has not signed in.
pub const VISITOR: &str = "v";

/// The province's site with whoever is looking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteView {
    /// What the frame says of the province.
    pub province: ProvinceWords,
    /// Whoever is looking.
    pub who: Who,
    /// Names them to their own browser, which keeps under it what they typed and did not send. That of a visitor begins with
    /// [`VISITOR`], and is another one after every sign-in and sign-out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub typist: String,
    /// Whether the site says that it is a demonstration.
    pub is_demo: bool,
    /// Whom to call, which stands above every page of 长者版; `None` in 标准版.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elder: Option<Call>,
}

/// A telephone of people (ux O2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Who answers, or why it is this number; may be empty.
    pub name: String,
    /// The number, or where to find one.
    pub phone: String,
    /// When it is answered; may be empty.
    pub hours: String,
}

/// A page with a form of a visitor: what was typed before, and which challenges are open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntryView {
    /// How people register and log in here.
    pub account: AccountRules,
    /// What to know before one begins, and what it is called.
    pub tips: Vec<String>,
    /// What is called 须知 here.
    pub briefing: String,
    /// Working days of 手机号更换, where the province has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_change_days: Option<u32>,
    /// What was posted without scripts; `None` on a fresh page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flash: Option<Flash>,
    /// A code was sent in this session; so many seconds until another may be asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resend_seconds: Option<u32>,
    /// The picture was read correctly for the code that was sent, and is not asked for again.
    pub is_captcha_passed: bool,
    /// How far a forgotten password has come, or a first one on its own pages.
    pub reset: ResetStage,
    /// The mobile number that the code went to, masked; only after a code was asked for.
    pub mobile: String,
    /// Whether the account that is signed in has a number on file; true where nobody is.
    pub has_mobile: bool,
}

/// How far a forgotten password has come (手册甲 一「忘记密码功能」).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResetStage {
    /// Nothing proven yet: number and picture.
    #[default]
    Start,
    /// The code from the telephone is awaited.
    Prove,
    /// The code was right: a new password may be set.
    Password,
    /// The code was given too long ago: it begins anew.
    Over,
}

/// The slider as the page draws it; all numbers in logical pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SliderView {
    /// Of the whole picture.
    pub width: u32,
    /// Of the whole picture.
    pub height: u32,
    /// Of the piece that is moved.
    pub piece_width: u32,
    /// Of the piece that is moved.
    pub piece_height: u32,
    /// How far the piece lies below the upper edge.
    pub y: u32,
    /// Changes with every new picture, so that the browser fetches it.
    pub nonce: u32,
}

/// 个人中心: the one next thing, what runs, and what is known of the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HomeView {
    /// 姓名, as registered.
    pub name: String,
    /// Masked.
    pub document: String,
    /// 证件类型, in the words of the province.
    pub document_label: String,
    /// Masked.
    pub mobile: String,
    /// 原证书号 of an imported holder who has begun nothing yet, masked; empty for everybody else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub certificate: String,
    /// What the person does next.
    pub next: Next,
    /// 信息采集; `None` before it was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<CaseSummary>,
    /// A 手机号更换 that is not over, beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_change: Option<CaseSummary>,
    /// What the stages of 信息采集 are called: three or four.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<String>,
    /// The archive of an approved person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordCard>,
    /// The newest 站内信.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<MessageLine>,
    /// The bureau of the person, as far as the case or the answers say which one it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bureau: Option<Bureau>,
    /// Whether the province has 跨省调转.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_relocation: bool,
    /// What approved people find beside the menu of the manual: pages without the program, by their addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<MenuItem>,
    /// What restricts the person today, in sentences; nothing for almost everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Whether an approval of theirs is taken back, or about to be, so that there is something to read and to do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_annulled: bool,
    /// That records are made and changed on the national platform, now or soon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
}

impl HomeView {
    /// Whether the person is in the register, by an approval or by a copy.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.status() == Some(Status::Approved) || self.record.is_some()
    }

    /// Where 信息采集 stands; `None` before it was begun.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.intake.as_ref().map(|case| case.status)
    }
}

/// The one next thing of a person, the most urgent first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Next {
    /// What was returned waits to be amended.
    Amend {
        /// How many items were rejected; 0 where the whole was returned.
        items: usize,
        /// How many of them are still as they were.
        left: usize,
        /// The first of those, with its reason; or the reason of the whole under an empty name.
        first: (String, String),
        /// When it was returned, in UTC.
        at: Option<DateTime<Utc>>,
    },
    /// A draft waits to be gone on with.
    GoOn {
        /// What is still to be done, in the words of the province.
        left: Vec<String>,
        /// A path inside the site, to the first of them.
        link: String,
        /// When something was saved last, in UTC.
        saved_at: Option<DateTime<Utc>>,
    },
    /// Nothing was begun.
    Begin,
    /// Nothing is to be done.
    Nothing,
}

/// The archive of an approved person in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordCard {
    /// The highest 专业技术资格; empty without one.
    pub level: String,
    /// 受理编号 of the case that was approved.
    pub number: String,
    /// When it was approved, in UTC.
    pub at: DateTime<Utc>,
    /// The file of the photograph that was accepted, where the province asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// Whether the person is to say that it is still right (定期核对).
    #[serde(default)]
    pub is_check_due: bool,
}

/// A 站内信 in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageLine {
    /// The line in the list of 站内信.
    pub title: String,
    /// When it was written, in UTC.
    pub at: DateTime<Utc>,
    /// Not read before.
    pub is_new: bool,
}

/// A message (站内信).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    /// What names it in addresses.
    pub id: String,
    /// The line in the list of 站内信.
    pub title: String,
    /// The whole text.
    pub body: String,
    /// When it was written, in UTC.
    pub at: DateTime<Utc>,
    /// Not read before.
    pub is_new: bool,
    /// Where what it asks for is done, below the province; empty where it asks for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to_do: String,
    /// The page of what it speaks of; empty where that is no case.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
}
