//! The part of a profile that is not about any business: the site, the accounts, the first page.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::account::password::PasswordPolicy;
use crate::identity::document::DocumentKind;

/// Who runs the site and whom to ask.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub title: String,
    pub authority: String,
    /// The title where there is little room.
    pub short: String,
    /// The telephone of the authority; may be empty.
    #[serde(default)]
    pub hotline: String,
    pub hours: String,
    /// What to say where a bureau has no known telephone.
    pub hotline_fallback: String,
    #[serde(default)]
    pub tips: Vec<String>,
}

/// How people register and log in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountRules {
    pub document_kinds: Vec<DocumentOption>,
    pub password: PasswordPolicy,
    pub sms: SmsRules,
    pub logins: Vec<LoginWay>,
}

/// A kind of identity document that the province offers, with the province's word for it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentOption {
    pub kind: DocumentKind,
    pub label: String,
}

/// The messages with codes: seconds until the next may be sent, minutes that a code lives, tries that it has.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsRules {
    /// Without the brackets 【】.
    pub signature: String,
    pub resend_seconds: u32,
    pub code_minutes: u32,
    pub max_tries: u32,
}

/// A way to log in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginWay {
    PasswordAndSlider,
    MobileAndSlider,
}

/// What the first page shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    #[serde(default)]
    pub notices: Vec<NoticeItem>,
    /// The text of 咨询电话.
    pub hotlines: String,
}

/// A 通知公告.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeItem {
    pub title: String,
    pub on: NaiveDate,
    pub body: String,
}
