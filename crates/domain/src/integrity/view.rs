//! What the pages of 诚信 show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::forms::{PenaltyForm, RewardForm};
use super::objection::{CorrectionForm, ObjectionLine};
use super::{Ban, EntryKind, IntegrityRules, Laws, NotRewarded};
use crate::answer::Flash;
use crate::case::view::{CaseSummary, TimelineItem};
use crate::case::{Action, EnteredView, Section, Status};
use crate::id::CaseId;
use crate::limit::Left;
use crate::papers::{Promise, SlotView};
use crate::province::AttachmentRules;

/// 诚信信息查询: what is recorded of the person, what they entered, and the form of a new reward.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IntegrityView {
    /// What things are called, and the levels.
    pub rules: IntegrityRules,
    /// What a reward is called as a kind of case.
    pub reward_name: String,
    /// Whether 信息采集 was approved.
    pub is_collected: bool,
    /// Whether one more reward can be entered.
    pub may_enter: bool,
    /// What is recorded, the newest first.
    pub entries: Vec<EntryLine>,
    /// What a bureau found when it took an approval back, and when, the newest first.
    pub notes: Vec<(String, NaiveDate)>,
    /// What the person said against penalties, the newest first (异议).
    pub objections: Vec<ObjectionLine>,
    /// What the person entered, the newest first (诚信管理).
    pub rewards: Vec<RewardLine>,
    /// What was posted without scripts.
    pub flash: Option<Flash>,
}

/// An entry of the integrity record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    /// The case that recorded it.
    pub case: CaseId,
    /// What it is about.
    pub kind: EntryKind,
    /// The name of a reward, the kinds of a penalty.
    pub title: String,
    /// The label of the level of a reward; empty for a penalty.
    pub level: String,
    /// 授予单位, 处罚决定机关.
    pub body: String,
    /// 文号; empty for none.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// When it was recorded, in China.
    pub recorded_on: NaiveDate,
    /// The law of a penalty with its articles; empty for a reward.
    pub basis: String,
    /// What a penalty keeps the person from, and whether it does so today.
    pub ban: Option<(Ban, bool)>,
    /// Why and when it was taken back; `None` while it stands.
    pub ended: Option<(String, NaiveDate)>,
    /// Whether the person may object to it now.
    pub may_object: bool,
}

/// A reward that the person entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardLine {
    /// Id of the case.
    pub case: CaseId,
    /// 奖励名称.
    pub name: String,
    /// 授予单位.
    pub body: String,
    /// 授予日期.
    pub granted_on: NaiveDate,
    /// 受理编号; empty before the first submission.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// Why it was returned or revoked; may be empty.
    pub reason: String,
}

/// One reward as its person sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RewardView {
    /// What things are called, and the levels.
    pub rules: IntegrityRules,
    /// What a reward is called as a kind of case.
    pub reward_name: String,
    /// The case in a few words.
    pub case: CaseSummary,
    /// The reward as it was kept last.
    pub reward: RewardForm,
    /// The proof.
    pub slots: Vec<SlotView>,
    /// How many more pictures can be sent, when few can.
    pub uploads_left: Option<Left>,
    /// What was handed in; empty while the form is open.
    pub sections: Vec<Section>,
    /// What stands in the way of handing it in.
    pub obstacle: Option<NotRewarded>,
    /// Why it was returned or revoked; may be empty.
    pub reason: String,
    /// What happened.
    pub timeline: Vec<TimelineItem>,
    /// What the person may do now.
    pub actions: Vec<Action>,
    /// The promise, and the sentence at its tick.
    pub promise: (Promise, String),
    /// What was posted without scripts.
    pub flash: Option<Flash>,
    /// Names the next attempt to hand it in.
    pub request_key: String,
}

/// The penalties that a bureau entered, and the form of another one.
pub type PenaltiesView = EnteredView<PenaltyForm, PenaltyLine, Penalties>;

/// What the page of penalties has of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Penalties {
    /// Working days from the decision within which one is recorded.
    pub record_working_days: u32,
    /// The objections that the bureau has to answer, the oldest first.
    pub objections: Vec<ObjectionLine>,
    /// Every version of the law.
    pub laws: Laws,
    /// Today, in China.
    pub today: NaiveDate,
}

/// What the list tells of a penalty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PenaltyLine {
    /// 处罚决定书文号.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// 警告、罚款.
    pub kinds: String,
    /// What it keeps the person from, and whether it does so today, once it is recorded.
    pub ban: Option<(Ban, bool)>,
    /// The last day on which it is to be recorded.
    pub due_on: NaiveDate,
    /// Where the objection of the person stands; empty for none.
    pub objection: String,
}

/// The objections of the person who asks, and the form of one against a penalty.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectionsView {
    /// What an objection is called as a kind of case.
    pub name: String,
    /// What the page of one's own record is called.
    pub page_name: String,
    /// The penalty that the form is about, and the bureau that would answer; `None` where none was asked for or none can be objected to.
    pub of: Option<(EntryLine, String)>,
    /// Working days within which it is answered.
    pub working_days: u32,
    /// The newest first.
    pub lines: Vec<ObjectionLine>,
    /// What is asked of the proof.
    pub proof: AttachmentRules,
    /// Names the next attempt.
    pub request_key: String,
}

/// 更正 of a penalty, as the bureau sees it that decides on an objection.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrectionView {
    /// What an objection is called as a kind of case.
    pub name: String,
    /// The objection.
    pub line: ObjectionLine,
    /// What the person says.
    pub reasons: String,
    /// Every version of the law.
    pub laws: Laws,
    /// The form, with the penalty as it is recorded.
    pub form: CorrectionForm,
}
