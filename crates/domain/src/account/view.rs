//! What the pages around an account show.

use serde::{Deserialize, Serialize};

use crate::answer::Flash;
use crate::case::view::CaseSummary;
use crate::case::{CaseKind, StaffRole, Status};
use crate::province::{AccountRules, IdentityService, MenuItem, Profile, Site};

/// Who is looking, for the frame of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    #[default]
    Visitor,
    Accountant {
        name: String,
        unread: i64,
    },
    Staff {
        name: String,
        bureau_name: String,
        role: StaffRole,
        is_second_factor_done: bool,
        has_second_factor: bool,
    },
}

/// What the frame of every page shows of a province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvinceWords {
    /// The first segment of every address.
    pub key: String,
    pub name: String,
    pub title: String,
    /// The title where there is little room.
    pub short: String,
    pub authority: String,
    /// The telephone of the authority; may be empty.
    pub hotline: String,
    pub hours: String,
    /// What to say where a bureau has no known telephone.
    pub hotline_fallback: String,
    pub identity_service: Option<IdentityService>,
    /// What the kinds of case are called.
    pub lines: Vec<(CaseKind, String)>,
    /// What the archive of an approved person is called.
    pub record: String,
    /// The menu of approved people.
    pub after_approval: Vec<MenuItem>,
}

impl ProvinceWords {
    /// Those of a province.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        let Site { title, authority, short, hotline, hours, hotline_fallback, tips: _ } = profile.site.clone();
        let line = |kind: &CaseKind| (*kind, profile.line(*kind).name.clone());
        Self {
            key: profile.key.clone(),
            name: profile.name.clone(),
            title,
            short,
            authority,
            hotline,
            hours,
            hotline_fallback,
            identity_service: profile.account.identity_service.clone(),
            lines: CaseKind::ALL.iter().map(line).collect(),
            record: profile.intake.record_name.clone(),
            after_approval: profile.intake.after_approval.clone(),
        }
    }

    /// What a kind of case is called.
    #[must_use]
    pub fn line(&self, kind: CaseKind) -> &str {
        self.lines.iter().find(|(of, _)| *of == kind).map_or("", |(_, name)| name)
    }
}

/// The province's site with whoever is looking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteView {
    pub province: ProvinceWords,
    pub who: Who,
    pub is_demo: bool,
}

/// A page with a form of a visitor: what was typed before, and which challenges are open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntryView {
    pub account: AccountRules,
    /// What to know before one begins, and what it is called.
    pub tips: Vec<String>,
    pub briefing: String,
    /// Working days of 手机号更换, where the province has it.
    pub phone_change_days: Option<u32>,
    pub flash: Option<Flash>,
    /// A code was sent in this session; so many seconds until another may be asked for.
    pub resend_seconds: Option<u32>,
    /// The picture was read correctly for the code that was sent, and is not asked for again.
    pub is_captcha_passed: bool,
    /// How far a forgotten password has come, or a first one on its own pages.
    pub reset: ResetStage,
    /// The mobile number that the code went to, masked; only after a code was asked for.
    pub mobile: String,
}

/// How far a forgotten password has come (手册甲 一「忘记密码功能」).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResetStage {
    #[default]
    Start,
    Prove,
    Password,
    /// The code was given too long ago: it begins anew.
    Over,
}

/// The slider as the page draws it; all numbers in logical pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SliderView {
    pub width: u32,
    pub height: u32,
    pub piece_width: u32,
    pub piece_height: u32,
    pub y: u32,
    /// Changes with every new picture, so that the browser fetches it.
    pub nonce: u32,
}

/// 个人中心.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HomeView {
    pub name: String,
    /// Masked.
    pub document: String,
    pub document_label: String,
    /// Masked.
    pub mobile: String,
    pub intake: Option<CaseSummary>,
    pub intake_status: Option<Status>,
    pub unread: i64,
}

/// A message (站内信).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    pub id: String,
    pub title: String,
    pub body: String,
    pub at: chrono::DateTime<chrono::Utc>,
    pub is_new: bool,
}
