//! What the pages of 调转 show. They are drawn by the server alone.

use chrono::NaiveDate;

use super::forms::TransferForm;
use super::{TransferReason, TransferWay};
use crate::case::Section;
use crate::case::view::{CaseSummary, TimelineItem};
use crate::id::{BureauCode, CaseId};
use crate::papers::Promise;
use crate::province::AttachmentRules;

/// 调转 as its person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferView {
    /// What it is called.
    pub name: String,
    /// The bureau that has the record; empty where there is none.
    pub bureau_name: String,
    /// Whether there is a record that could be transferred.
    pub is_collected: bool,
    /// What is open beside it and has to end before: its name and 受理编号, and the page where it is.
    pub beside: Option<(String, String, String)>,
    /// The transfer that is open, or the one that was decided last.
    pub case: Option<TransferCase>,
    /// Where one may go, by city.
    pub bureaus: Vec<CityChoice>,
    /// The destination that was chosen, with what it wants.
    pub to: Option<Destination>,
    /// The form: of what was returned, or empty.
    pub form: TransferForm,
    /// What is asked of the proof.
    pub proof: AttachmentRules,
    /// Whether a proof was handed in before, and stays where none is sent.
    pub has_proof: bool,
    /// Whether the new employer may be asked to confirm in the place of the proof.
    pub asks_employers: bool,
    /// The employers that have confirmed, each with the day; no proof is asked of whoever goes there.
    pub confirmed: Vec<(String, NaiveDate)>,
    /// The promise, and the sentence at its tick.
    pub promise: (Promise, String),
}

/// The bureaus of a city to which one may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityChoice {
    /// The bureau of the city.
    pub city: String,
    /// 财政局代码 and name of each.
    pub bureaus: Vec<(BureauCode, String)>,
}

/// A transfer that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferCase {
    /// The case in a few words.
    pub case: CaseSummary,
    /// Whether it can still be cancelled.
    pub may_cancel: bool,
    /// 调出财政局.
    pub from: String,
    /// 调入财政局.
    pub to: String,
    /// Whether the origin has agreed, or is not asked.
    pub is_let_go: bool,
    /// Whether the origin is asked at all.
    pub asks_origin: bool,
    /// What was handed in.
    pub sections: Vec<Section>,
    /// Why it was returned; may be empty.
    pub reason: String,
    /// What happened.
    pub timeline: Vec<TimelineItem>,
}

/// A bureau to which somebody wants to go.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination {
    /// 财政局代码.
    pub code: BureauCode,
    /// With its city before it.
    pub name: String,
    /// 咨询电话; may be empty.
    pub phone: String,
    /// May be empty.
    pub address: String,
    /// When the telephone is answered; may be empty.
    pub hours: String,
    /// What it wants beside what everybody hands in, in its own words; may be empty.
    pub wants: String,
    /// Who has to agree, and within which time.
    pub way: TransferWay,
    /// The reasons that fit.
    pub reasons: Vec<TransferReason>,
}

/// 已调出: what a bureau may still read of people who went to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftView {
    /// The bureau that is asking.
    pub bureau_name: String,
    /// The newest first.
    pub lines: Vec<LeftLine>,
}

/// A case that has left the bureau.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftLine {
    /// Id of the case.
    pub case: CaseId,
    /// 受理编号.
    pub number: String,
    /// What it is about, as it is called here.
    pub kind_name: String,
    /// 姓名 of the applicant.
    pub applicant: String,
    /// The bureau that has it now.
    pub bureau_name: String,
    /// When it left, in China.
    pub left_on: NaiveDate,
}
