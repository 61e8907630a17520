//! What the pages of 撤销登记 show.

use chrono::{DateTime, NaiveDate, Utc};

use super::Ground;
use super::forms::AnnulmentForm;
use crate::case::{EnteredView, Status};
use crate::id::CaseId;
use crate::province::AttachmentRules;

/// What a bureau entered, and the form of another one.
pub type AnnulmentsView = EnteredView<AnnulmentForm, AnnulmentLine, Annulments>;

/// What the page of the staff has of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annulments {
    /// Working days within which the person is heard.
    pub hear_working_days: u32,
    /// The approved application that the form is about; `None` where none is named, or there is none of that number.
    pub found: Option<Found>,
    /// The number that was looked for; may be empty.
    pub number: String,
}

/// An approved application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// 受理编号.
    pub number: String,
    /// What it is called.
    pub kind_name: String,
    /// Whose it is.
    pub name: String,
    /// When it was approved, in China.
    pub approved_on: Option<NaiveDate>,
    /// What taking it back does.
    pub effect: String,
    /// What rests on it, in sentences.
    pub resting: Vec<String>,
}

/// What the list tells of an annulment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnulmentLine {
    /// What is taken back: the kind, and 受理编号.
    pub of: String,
    /// The last day on which the person is heard.
    pub heard_until: NaiveDate,
    /// Whether the person has said something.
    pub has_said: bool,
}

/// What a bureau would take back of the person who asks, or has.
#[derive(Clone, Debug, PartialEq)]
pub struct HeardView {
    /// What it is called as a kind of case.
    pub name: String,
    /// The newest first.
    pub lines: Vec<HeardLine>,
    /// What is asked of a proof.
    pub proof: AttachmentRules,
    /// What is called 信息采集 here, by which a record comes back.
    pub intake: String,
    /// Names the next attempt.
    pub request_key: String,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardLine {
    /// Id of the case.
    pub case: CaseId,
    /// 受理编号.
    pub number: String,
    /// What is taken back: the kind, and 受理编号.
    pub of: String,
    /// The bureau that entered it.
    pub bureau_name: String,
    /// What turned out false, as the bureau says.
    pub ground: Ground,
    /// What is false, and by what that was found.
    pub facts: String,
    /// What taking it back does.
    pub effect: String,
    /// Where the case stands.
    pub status: Status,
    /// Whether it was confirmed, whatever became of it since.
    pub took_effect: bool,
    /// The last day on which the person is heard.
    pub heard_until: NaiveDate,
    /// What the person said, and when, the newest first.
    pub said: Vec<(String, DateTime<Utc>)>,
    /// Whether they may say something now.
    pub may_say: bool,
}

impl HeardLine {
    /// Where it stands, as people read it.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        match self.status {
            Status::Submitted if self.may_say => "等待您提出意见",
            Status::Submitted | Status::Returned | Status::Draft => "财政局正在核查",
            Status::Approved => "已撤销登记",
            Status::Closed if self.took_effect => "撤销登记的决定已经撤回",
            Status::Closed => "核查后没有撤销",
        }
    }
}
