//! The profile of a province as it stands in `provinces/<key>.toml`. Unknown keys are refused.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::line::LineRules;
use super::site::{AccountRules, Portal, Site};
use super::words::PageWords;
use crate::case::CaseKind;
use crate::change::ChangeRules;
use crate::employer::EmployerRules;
use crate::integrity::IntegrityRules;
use crate::learning::LearningRules;

/// What one province says differently from the others. `S` is a step as it is asked, or as it stands in the file.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile<S = StepRules> {
    /// The segment of the address and the name of the file, such as `yunhai`.
    pub key: String,
    /// The division code of the province, such as `430000`.
    pub code: String,
    /// 省份, as people call it.
    pub name: String,
    /// Who runs the site and whom to ask.
    pub site: Site,
    /// How people register and log in.
    pub account: AccountRules,
    /// What the first page shows.
    pub portal: Portal,
    /// The kinds of case that the province has, with what every kind has; see [`Profile::line`].
    #[serde(deserialize_with = "by_kind")]
    pub lines: BTreeMap<CaseKind, LineRules>,
    /// What only 信息采集 has.
    pub intake: IntakeRules<S>,
    /// Where the province has 手机号更换.
    #[serde(default)]
    pub phone_change: Option<PhoneChangeRules>,
    /// 信息变更, where the province has it.
    #[serde(default)]
    pub change: Option<ChangeRules>,
    /// 单位管理, where the province has it.
    #[serde(default)]
    pub employers: Option<EmployerRules>,
    /// 诚信, where the province has it.
    #[serde(default)]
    pub integrity: Option<IntegrityRules>,
    /// How its bureaus review.
    #[serde(default)]
    pub review: ReviewRules,
    /// What the person reads of their own record.
    #[serde(default)]
    pub record: RecordRules,
    /// 继续教育, where the province has it: here or in `learning/<key>.toml`.
    #[serde(default)]
    pub learning: Option<LearningRules>,
}

/// 审核, of every kind of case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewRules {
    /// 撤销: so many seconds a decision waits for its effect and can be undone; 0 for at once.
    pub undo_seconds: u32,
    /// 催办: whoever waits may urge a case past its day once in so many working days.
    pub urge_working_days: u32,
}

impl Default for ReviewRules {
    fn default() -> Self {
        Self { undo_seconds: 0, urge_working_days: 3 }
    }
}

impl ReviewRules {
    /// The longest `undo_seconds`: the hold on a case outlives it.
    pub const LONGEST_UNDO: u32 = 300;

    /// How long a decision can be undone; `None` where it takes effect at once.
    #[must_use]
    pub fn undo(self) -> Option<chrono::Duration> {
        (self.undo_seconds > 0).then(|| chrono::Duration::seconds(self.undo_seconds.into()))
    }
}

/// 个人档案.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordRules {
    /// Whether a person reads who of the staff looked at what is theirs, and not the bureau and the role alone.
    pub names_staff: bool,
    /// 定期核对: so many months after the approval, or after they last said so, people are asked whether the record is still right; 0 for
    /// never.
    pub self_check_months: u32,
}

impl Default for RecordRules {
    fn default() -> Self {
        Self { names_staff: false, self_check_months: 6 }
    }
}

impl RecordRules {
    /// Whether somebody is asked today who was sure of their record on another day.
    #[must_use]
    pub fn is_check_due(self, sure_on: NaiveDate, today: NaiveDate) -> bool {
        let due = sure_on.checked_add_months(Months::new(self.self_check_months));
        self.self_check_months > 0 && due.is_some_and(|due| due <= today)
    }
}

/// By way of text keys, so that a fault within a line is told with the whole way to it.
fn by_kind<'de, D: Deserializer<'de>>(reader: D) -> Result<BTreeMap<CaseKind, LineRules>, D::Error> {
    let lines = BTreeMap::<String, LineRules>::deserialize(reader)?;
    let kinds: Vec<&str> = CaseKind::ALL.iter().map(|kind| kind.code()).collect();
    let known = |code: String| CaseKind::from_code(&code).ok_or(code);
    let of = |code| known(code).map_err(|code| D::Error::custom(format!("unknown variant `{code}`, expected one of {kinds:?}")));
    lines.into_iter().map(|(code, line)| Ok((of(code)?, line))).collect()
}

/// What only 信息采集 has, beside its [`LineRules`].
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeRules<S = StepRules> {
    /// Raised whenever the questions change, so that old drafts can be told.
    pub form_version: u32,
    /// 步骤条, unless the file says otherwise.
    #[serde(default)]
    pub layout: Layout,
    /// What the page of the files is called.
    #[serde(default = "attachments_title")]
    pub attachments_title: String,
    /// What the page is called on which everything is looked through and submitted.
    #[serde(default = "check_title")]
    pub check_title: String,
    /// What the page is called that says where the application stands.
    #[serde(default = "progress_name")]
    pub progress_name: String,
    /// What the archive of an approved person is called: 人员档案, 信息查询, …
    pub record_name: String,
    /// The title of the printed form, where a file of the kind `prints` is asked for.
    #[serde(default)]
    pub form_title: String,
    /// The title of the signed extract of a record.
    #[serde(default = "extract_title")]
    pub extract_title: String,
    /// What its last pages say, where the province has words of its own.
    #[serde(default)]
    pub words: PageWords,
    /// What entries of the common lists are called here, by list and code.
    #[serde(default)]
    pub list_labels: BTreeMap<String, BTreeMap<String, String>>,
    /// Whether 获取单位信息 looks employers up by their code.
    #[serde(default)]
    pub employer_directory: bool,
    /// In the order of the wizard.
    pub steps: Vec<S>,
    /// The rules across fields that it switches on.
    #[serde(default)]
    pub rules: Vec<NamedRule>,
    /// The menu of approved people, in its order.
    #[serde(default)]
    pub after_approval: Vec<MenuItem>,
}

/// 手机号更换: the hours in which the owner of the old number can object.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneChangeRules {
    /// 异议期, in hours after the approval.
    pub cool_off_hours: u32,
}

fn attachments_title() -> String {
    "材料上传".to_owned()
}

fn check_title() -> String {
    "信息核对与提交".to_owned()
}

fn progress_name() -> String {
    "申报进度".to_owned()
}

/// How the steps are shown beside the form: 步骤条 above it, or a navigation at its side.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// 步骤条 above the form.
    #[default]
    Steps,
    /// A navigation at the side of the form.
    Side,
}

/// The steps that exist; their order is the province's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKey {
    /// 个人基本信息.
    Person,
    /// 学历学位信息.
    Education,
    /// 专业技术资格, a row for each category.
    Qualification,
    /// 专业技术资格, the highest one only, with titles and licences.
    Credential,
    /// 工作单位信息.
    Employment,
}

impl StepKey {
    /// Whether its questions are asked again for each row.
    #[must_use]
    pub const fn has_rows(self) -> bool {
        matches!(self, Self::Qualification)
    }

    /// Every step, not in the order of any province.
    pub const ALL: [Self; 5] = [Self::Person, Self::Education, Self::Qualification, Self::Credential, Self::Employment];

    /// The name in addresses, items and profiles, such as `education`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Education => "education",
            Self::Qualification => "qualification",
            Self::Credential => "credential",
            Self::Employment => "employment",
        }
    }

    /// The step of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }
}

/// One page of the wizard.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRules {
    /// Which step it is.
    pub key: StepKey,
    /// As people read it above the page.
    pub title: String,
    /// 温馨提示, at most five lines.
    #[serde(default)]
    pub tips: Vec<String>,
    /// In the order of the page.
    pub fields: Vec<FieldRules>,
}

/// A field that the province asks for. A field that is not listed is not asked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRules {
    /// The key of a field that exists in this step.
    pub key: String,
    /// The question, in the words of the province.
    pub label: String,
    /// What it is called instead while an answer says so (手册丁: 居住地 or 办公场所); the first that holds counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelWhen>,
    /// Required where it is asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Required only while this holds, where a field is a must for some and a choice for others (手册丙 7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<Condition>,
    /// Known from the registration, and open to the person only once the application was given back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// A line beside the question; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// The heading that this field and the following ones stand under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The name of the list that it is chosen from; for a text the list that is suggested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Asked where all of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// A right answer, to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The code that is chosen already when the page is opened first; nothing is saved by that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// The question as one would ask it aloud, for 长者版; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plain: String,
}

/// A label that holds under a condition.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelWhen {
    /// On an answer of the same step.
    pub when: Condition,
    /// The question, in the words of the province.
    pub label: String,
}

/// Holds when the field's answer is one of `is` (if any are named) and none of `is_not`; an empty answer is `""`.
/// The field is one of the same step, or `step.field`; for a field with rows, one row has to fulfil it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// `level`, or `education.level` of another step.
    pub field: String,
    /// Codes of which the answer is one; empty for any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// Codes that the answer is none of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is_not: Vec<String>,
}

impl Condition {
    /// Whether an answer fulfils the condition.
    #[must_use]
    pub fn holds(&self, answer: &str) -> bool {
        (self.is.is_empty() || self.is.iter().any(|code| code == answer)) && !self.is_not.iter().any(|code| code == answer)
    }
}

/// The rules across fields that a province can switch on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedRule {
    /// 全日制学历不能为无 (手册甲 二（二）2).
    FullTimeNotNone,
    /// 全日制学历不能高于非全日制学历, when the latter is given (手册甲 二（二）2).
    FullTimeNotAbovePartTime,
    /// 开始从事会计工作时间不得晚于专业技术职务聘任时间 (手册甲 二（二）4).
    StartedNotAfterAppointed,
    /// 同类型的专业技术资格只填写最高级别 (手册甲 二（二）3).
    OneRowPerCategory,
}

/// An entry of the menu that approved people see: of a page that the province has, or of one that it opens on a day.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// As people read it.
    pub title: String,
    /// The word of its page: `record`, `learning`, `change`, `integrity`.
    pub key: String,
    /// A line about it; may be empty.
    pub note: String,
    /// Of a page that the province does not have yet: when it opens. From that day on nothing is said of it until it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<NaiveDate>,
}

impl IntakeRules {
    /// The rules of a step, if the province asks it.
    #[must_use]
    pub fn step(&self, key: StepKey) -> Option<&StepRules> {
        self.steps.iter().find(|step| step.key == key)
    }
}

impl StepRules {
    /// The rules of a field, if the province asks it.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&FieldRules> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// What most provinces call it.
fn extract_title() -> String {
    "会计人员信息登记表".to_owned()
}
