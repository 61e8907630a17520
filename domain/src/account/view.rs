//! What the pages around an account show.

use serde::{Deserialize, Serialize};

use crate::answer::Flash;
use crate::case::view::CaseSummary;
use crate::case::{StaffRole, Status};
use crate::province::Profile;

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
        bureau: String,
        role: StaffRole,
        is_second_factor_done: bool,
        has_second_factor: bool,
    },
}

/// The province's site with whoever is looking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteView {
    pub profile: Profile,
    pub who: Who,
    pub is_demo: bool,
}

/// A page with a form of a visitor: what was typed before, and which challenges are open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EntryView {
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
