//! What the pages of 网校 show.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::approval::{ApprovalKind, Verdict};
use super::enrol::NotEnrolled;
use super::forms::SchoolForm;
use super::progress::Measure;
use crate::answer::Flash;
use crate::fault::Fault;
use crate::learning::Credits;

/// A school as people choose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolCard {
    /// Its id.
    pub id: String,
    /// 网校名称.
    pub name: String,
    /// 简介; may be empty.
    pub intro: String,
    /// 收费说明; may be empty.
    pub fees: String,
    /// 网址.
    pub site: String,
    /// 咨询电话.
    pub phone: String,
    /// 开放年度 that are studied today, the newest first.
    pub years: Vec<i32>,
    /// Mark of its 标志, where it has one.
    pub logo: Option<String>,
}

/// An enrolment of the person, in 网络继续教育报名信息.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentLine {
    /// The enrolment.
    pub id: String,
    /// 继续教育年度.
    pub year: i32,
    /// The school's id.
    pub school: String,
    /// Its name.
    pub school_name: String,
    /// Its telephone.
    pub phone: String,
    /// What the school has reported.
    pub booked: Credits,
    /// The most that it can report.
    pub credits: Credits,
    /// In China.
    pub enrolled_on: NaiveDate,
    /// 学习进度, where the school has told it.
    pub progress: Option<ProgressLine>,
    /// The schools that the person can go over to: id and name.
    pub others: Vec<(String, String)>,
}

/// 学习进度.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressLine {
    /// In what it is told.
    pub measure: Measure,
    /// How much.
    pub amount: Credits,
    /// When the school told it, in China.
    pub on: NaiveDate,
}

/// 继续教育网络培训.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchoolsView {
    /// What an amount is called: 学分.
    pub unit: String,
    /// Whether 信息采集 is approved.
    pub is_collected: bool,
    /// With how many schools somebody can enrol for one year.
    pub most: Option<u32>,
    /// The years for which the person can enrol today, the newest first, with the last day.
    pub years: Vec<(i32, Option<NaiveDate>)>,
    /// Those that are open for one of the years, like for like.
    pub schools: Vec<SchoolCard>,
    /// 网络继续教育报名信息, the newest first.
    pub enrolments: Vec<EnrolmentLine>,
    /// What restricts the person today, in sentences; empty for almost everybody.
    pub warnings: Vec<String>,
    /// What was posted without scripts.
    pub flash: Option<Flash>,
}

/// 登录网校: what the confirming page says, and the ticket where one was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeavingView {
    /// The enrolment.
    pub enrolment: String,
    /// 网校名称.
    pub school_name: String,
    /// Where the ticket is posted to.
    pub entry: String,
    /// Who that belongs to.
    pub origin: String,
    /// 咨询电话.
    pub phone: String,
    /// 姓名, which the school is told.
    pub name: String,
    /// The signed ticket; `None` while it was not asked for.
    pub ticket: Option<String>,
}

/// What came of an attempt to enrol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolling {
    /// The enrolment, new or that of before.
    Enrolled(String),
    /// Why not.
    Not(NotEnrolled),
}

/// A school in the list of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSchool {
    /// Its id.
    pub id: String,
    /// 网校代码.
    pub code: String,
    /// 网校名称.
    pub name: String,
    /// 咨询电话.
    pub phone: String,
    /// 开放年度.
    pub years: String,
    /// Whether something waits for a second administrator.
    pub waits: bool,
}

/// The schools of the province, for those who keep them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSchoolsView {
    /// Whether the province admits institutions beside them.
    pub has_institutions: bool,
    /// By code.
    pub lines: Vec<KeptSchool>,
}

/// A token that is good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLine {
    /// Its id.
    pub id: String,
    /// When it was issued, in UTC.
    pub at: DateTime<Utc>,
    /// When a program called with it first, in UTC: before that nobody may have written it down.
    pub used_at: Option<DateTime<Utc>>,
}

/// What was asked for a school and waits for a second administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingLine {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: ApprovalKind,
    /// 登录地址 or the networks that are asked for; empty for a token, and for any network.
    pub wanted: String,
    /// 姓名 of who asked.
    pub by: String,
    /// Whether that is whoever looks.
    pub is_mine: bool,
    /// When it was asked for, in UTC.
    pub at: DateTime<Utc>,
    /// Until when somebody can agree, in UTC.
    pub until: DateTime<Utc>,
    /// What whoever looks can do about it.
    pub verdicts: Vec<Verdict>,
}

/// A school under the pen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptSchoolView {
    /// What stands there, or what was typed.
    pub form: SchoolForm,
    /// Whether somebody else wrote in between: what was typed is shown over the newest version.
    pub is_stale: bool,
    /// The tokens that are good, the newest first.
    pub tokens: Vec<TokenLine>,
    /// What waits for a second administrator.
    pub waiting: Vec<WaitingLine>,
    /// 登录地址 that tickets are posted to now; empty while nobody agreed to one.
    pub entry: String,
    /// The networks that its programs call from now; empty for any.
    pub ranges: String,
    /// Mark of its 标志, where it has one.
    pub logo: Option<String>,
    /// What was wrong with the picture that was sent.
    pub logo_fault: Option<Fault>,
    /// The token that was just issued, shown this once to who agreed to it.
    pub new_token: Option<String>,
    /// What was posted.
    pub flash: Option<Flash>,
    /// What was refused of what is done beside the form.
    pub refused: Option<Flash>,
}
