//! What the pages of 单位管理 show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Consent, EmployerRules, NotClaimed, Vouched};
use crate::answer::Flash;
use crate::case::view::{CaseSummary, TimelineItem};
use crate::case::{Action, Section, Status};
use crate::id::CaseId;
use crate::limit::Left;
use crate::papers::{Promise, SlotView};

/// 单位管理: what somebody was asked, manages and claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmployersView {
    /// What things are called.
    pub rules: EmployerRules,
    /// What a claim is called.
    pub claim_name: String,
    /// Whether 信息采集 was approved.
    pub is_collected: bool,
    /// Whether one more employer can be claimed.
    pub may_claim: bool,
    /// What the person was asked.
    pub employments: Vec<EmploymentLine>,
    /// The employers that they manage.
    pub managed: Vec<ManagedLine>,
    /// Their claims, the newest first.
    pub claims: Vec<ClaimLine>,
    /// What classes of the employer are called, where it may file them.
    pub classes: Option<String>,
    /// What was posted without scripts.
    pub flash: Option<Flash>,
}

/// What the manager of an employer asks of somebody whose record names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmploymentLine {
    /// Id of the employment.
    pub id: String,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称.
    pub name: String,
    /// Who manages it.
    pub manager: String,
    /// When it was asked, in China.
    pub asked_on: NaiveDate,
    /// What was answered, and when.
    pub answer: Option<(Consent, NaiveDate)>,
    /// What the manager said to it, and when.
    pub word: Option<(Vouched, NaiveDate)>,
}

/// An employer that somebody manages, with whom they may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedLine {
    /// What names the manager.
    pub id: String,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称.
    pub name: String,
    /// Since when, in China.
    pub since: NaiveDate,
    /// Those who confirmed.
    pub people: Vec<EmployedLine>,
}

/// Somebody who confirmed that they work there: nothing else of them is told but, where the profile says so, what they read before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployedLine {
    /// Id of the employment.
    pub id: String,
    /// 姓名.
    pub name: String,
    /// When they confirmed, in China.
    pub since: NaiveDate,
    /// What the manager said to it.
    pub word: Option<Vouched>,
    /// Until when they may not work as accountants, where the profile says that it is told; empty for almost everybody.
    pub ban: String,
}

/// A claim of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimLine {
    /// Id of the case.
    pub case: CaseId,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称.
    pub name: String,
    /// 受理编号; empty before the first submission.
    pub number: String,
    /// Where it stands.
    pub status: Status,
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimView {
    /// What things are called.
    pub rules: EmployerRules,
    /// What a claim is called.
    pub claim_name: String,
    /// The case in a few words.
    pub case: CaseSummary,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称.
    pub name: String,
    /// Licence and mandate.
    pub slots: Vec<SlotView>,
    /// How many more pictures can be sent, when few can.
    pub uploads_left: Option<Left>,
    /// What was handed in; empty while the form is open.
    pub sections: Vec<Section>,
    /// What stands in the way of handing it in.
    pub obstacle: Option<NotClaimed>,
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
