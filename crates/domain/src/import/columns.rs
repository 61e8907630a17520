use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::learning::SourceKind;

codes! {
    /// What a file holds. The results of classes come with the classes.
    pub enum ImportKind {
        /// 考试成绩: who passed which subject of an exam.
        Exam = "exam",
        /// 公需科目学分.
        Public = "public",
        /// 网校学分, of a school that reports by files.
        School = "school",
        /// 历史学分, of the years before.
        History = "history",
    }
}

/// A column of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is called here.
    pub field: &'static str,
    /// What it is called in the file.
    pub heading: &'static str,
    /// What else people call it.
    pub words: &'static [&'static str],
    /// Whether the file must have it. A cell may still be empty where the row needs nothing there.
    pub is_needed: bool,
}

const fn needed(field: &'static str, heading: &'static str, words: &'static [&'static str]) -> Column {
    Column { field, heading, words, is_needed: true }
}

const fn beside(field: &'static str, heading: &'static str, words: &'static [&'static str]) -> Column {
    Column { field, heading, words, is_needed: false }
}

const NAME: Column = needed("name", "姓名", &["人员姓名", "考生姓名", "学员姓名"]);
const DOCUMENT_KIND: Column = beside("document_kind", "证件类型", &["证件种类", "身份证件类型"]);
const DOCUMENT: Column = needed(
    "document_number",
    "证件号码",
    &["证件号", "身份证号", "身份证号码", "居民身份证号码", "公民身份号码", "身份证件号码", "身份证件号"],
);
const CREDITS: Column = needed("credits", "学分", &["学时", "登记学分", "取得学分", "学分数"]);
const YEAR: Column = needed("year", "年度", &["继续教育年度", "学分年度", "培训年度", "培训年份"]);
const SUBJECT_KIND: Column = needed("subject", "科目类别", &["科目", "学分类别", "课程类别"]);

const EXAM: [Column; 10] = [
    NAME,
    DOCUMENT_KIND,
    DOCUMENT,
    needed("exam", "考试", &["考试名称", "考试项目"]),
    beside("level", "级别", &["考试级别", "报考级别"]),
    needed("subject", "科目", &["考试科目", "科目名称", "通过科目"]),
    needed("year", "年度", &["考试年度", "考试年份"]),
    needed("passed", "合格", &["是否合格", "合格情况", "考试结果", "是否通过"]),
    beside("certificate", "证书编号", &["证书号", "资格证书编号", "合格证编号"]),
    beside("published_on", "成绩公布日期", &["公布日期", "成绩公布时间"]),
];
const PUBLIC: [Column; 7] = [
    NAME,
    DOCUMENT_KIND,
    DOCUMENT,
    YEAR,
    CREDITS,
    needed("completed_on", "完成日期", &["学完日期", "结业日期", "培训结束日期"]),
    beside("project", "培训项目", &["项目", "课程", "培训班"]),
];
const SCHOOL: [Column; 9] = [
    NAME,
    DOCUMENT_KIND,
    DOCUMENT,
    needed("school", "网校", &["网校名称", "网校代码", "培训机构"]),
    YEAR,
    SUBJECT_KIND,
    CREDITS,
    needed("completed_on", "学完日期", &["完成日期", "结业日期"]),
    needed("number", "报送编号", &["编号", "流水号", "记录编号"]),
];
const HISTORY: [Column; 8] = [
    NAME,
    DOCUMENT_KIND,
    DOCUMENT,
    YEAR,
    SUBJECT_KIND,
    CREDITS,
    needed("completed_on", "登记日期", &["完成日期", "审核日期", "登记时间"]),
    beside("project", "来源", &["来源说明", "登记方式", "培训形式"]),
];

impl ImportKind {
    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Exam => "考试成绩",
            Self::Public => "公需科目学分",
            Self::School => "网校学分",
            Self::History => "历史学分",
        }
    }

    /// The columns, in the order of the template; those of a file may stand in any.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Exam => &EXAM,
            Self::Public => &PUBLIC,
            Self::School => &SCHOOL,
            Self::History => &HISTORY,
        }
    }

    /// The heading of a column.
    #[must_use]
    pub fn heading(self, field: &str) -> &'static str {
        self.columns().iter().find(|column| column.field == field).map_or("内容", |column| column.heading)
    }

    /// What books the credits, as the ledger says it.
    #[must_use]
    pub const fn source(self) -> SourceKind {
        match self {
            Self::Exam => SourceKind::Exam,
            Self::School => SourceKind::School,
            Self::Public | Self::History => SourceKind::Import,
        }
    }
}
