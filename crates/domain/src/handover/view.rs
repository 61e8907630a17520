//! What the pages of 手机传图 show: that of the PC, and that of the telephone, which nobody has signed in on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::answer::Flash;
use crate::case::Refusal;
use crate::case::view::FileView;
use crate::fault::Fault;
use crate::papers::SlotView;
use crate::province::AttachmentRules;

/// The page of the PC: the 二维码 while it is good, and what lies in the slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LentView {
    /// The pages above it, each with its name; the last is the one that has the slot.
    pub trail: Vec<(String, String)>,
    /// The slot, with what lies in it.
    pub slot: SlotView,
    /// How far it is.
    pub stage: Stage,
    /// What was posted without scripts; `None` on a fresh page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flash: Option<Flash>,
}

/// How far the lending of a slot is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stage {
    /// Never lent in this session, or long ago.
    New,
    /// Lent until its time was over.
    Over,
    /// Lent now.
    Open(Code),
}

/// A 二维码 that is good.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What names it to the page that watches it.
    pub id: String,
    /// The whole address that it carries.
    pub address: String,
    /// As an `svg` element.
    pub svg: String,
    /// When it is good for nothing any more, in UTC.
    pub until: DateTime<Utc>,
    /// Seconds until then.
    pub seconds: i64,
}

crate::shown!(Code { id, until });

/// What the page of the PC asks for every few seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArrivedView {
    /// The 二维码 that is good now; `None` when none is.
    pub id: Option<String>,
    /// What lies in the slot.
    pub files: Vec<FileView>,
}

/// The page of the telephone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PhoneView {
    /// The code serves nothing, whatever the reason.
    Void,
    /// Another telephone has brought pictures by it.
    Elsewhere,
    /// Pictures may be brought.
    Open(Box<PhoneSlot>),
}

/// The slot as a telephone sees it: nothing of the person but the 姓, and of the pictures only those that it brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhoneSlot {
    /// What the province asks of the file.
    pub rules: AttachmentRules,
    /// `张*`.
    pub name: String,
    /// What is being done at the PC, as the province calls it.
    pub line: String,
    /// When it ends, in UTC.
    pub until: DateTime<Utc>,
    /// What came from this telephone and lies in the slot, without its ids.
    pub files: Vec<FileView>,
    /// How many pictures more the slot takes; 1 where another takes the place of the one that is there.
    pub room: u32,
    /// What was wrong with the last try, without scripts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Fault>,
    /// What the rules said no to with the last try, without scripts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}
