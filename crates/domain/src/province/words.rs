//! What the last pages of 信息采集 say, where a manual names their parts. Words that are left out are those of the product.

use serde::{Deserialize, Serialize};

/// The words of 材料上传, 信息核对 and 申报进度.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PageWords {
    /// The button under the files that leads on (手册丙 10, 手册丁 附件上传: 提交).
    pub files_next: String,
    /// The button under the sheet that is looked through (手册丁 表单信息提交确认: 确认).
    pub check_submit: String,
    /// The way back beside it; empty where there is none (手册丁 表单信息提交确认: 返回).
    pub check_back: String,
    /// Those of 申报进度.
    pub progress: ProgressWords,
    /// Those of each file.
    pub slot: SlotWords,
}

impl Default for PageWords {
    fn default() -> Self {
        Self {
            files_next: "下一步".to_owned(),
            check_submit: "确认并提交审核".to_owned(),
            check_back: String::new(),
            progress: ProgressWords::default(),
            slot: SlotWords::default(),
        }
    }
}

/// What can be done at a file, besides uploading it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlotWords {
    /// The paper that is filled in by hand (手册丙 10, 手册丁 附件上传: 模板下载).
    pub template: String,
    /// The form that is printed here (手册丙 10: 打印专业技术人员基本信息).
    pub print: String,
    /// A right and a wrong picture (手册丁 附件上传: 正确上传示例).
    pub example: String,
    /// The picture that was uploaded, large (手册丁 附件上传: 预览).
    pub preview: String,
}

impl Default for SlotWords {
    fn default() -> Self {
        Self {
            template: "下载模板".to_owned(),
            print: "打印基本信息表".to_owned(),
            example: "查看示例和要求".to_owned(),
            preview: "查看大图".to_owned(),
        }
    }
}

/// The stages of a case where the province names none.
pub const STAGES: [&str; 4] = ["填写", "提交", "审核", "办结"];

/// The words of the page that says where the application stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProgressWords {
    /// Above the number and the status (手册丙 11: 申报进度).
    pub heading: String,
    /// Before the status (手册丙 11: 审核状态).
    pub status: String,
    /// Before the bureau (手册丙 11: 申报管理部门).
    pub reviewed_by: String,
    /// While nobody decided (手册丁 登记进度); empty for the words of the product.
    pub waiting: String,
    /// 温馨提示 meanwhile (手册丁 登记进度); may be empty.
    pub waiting_tip: String,
    /// The four stages of a case, from filling in to its end; or three, where reading what to know is the first and the word of
    /// the bureau the last (手册丙 5: 阅读须知, 填写申报信息, 申报告知).
    pub stages: Vec<String>,
}

impl Default for ProgressWords {
    fn default() -> Self {
        Self {
            heading: "申请已提交".to_owned(),
            status: "审核状态".to_owned(),
            reviewed_by: "审核机关".to_owned(),
            waiting: String::new(),
            waiting_tip: String::new(),
            stages: STAGES.map(str::to_owned).to_vec(),
        }
    }
}
