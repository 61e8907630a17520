//! `[intake]` of a profile: what only 信息采集 has, but for its steps.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::steps::{StepKey, StepRules};
use super::words::PageWords;

/// What only 信息采集 has, beside its [`LineRules`](super::LineRules).
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

impl IntakeRules {
    /// The rules of a step, if the province asks it.
    #[must_use]
    pub fn step(&self, key: StepKey) -> Option<&StepRules> {
        self.steps.iter().find(|step| step.key == key)
    }
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

fn extract_title() -> String {
    "会计人员信息登记表".to_owned()
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
