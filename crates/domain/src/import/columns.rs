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
        /// 奖励, as entries of the integrity record.
        Reward = "reward",
        /// 行政处罚, as entries of the integrity record.
        Penalty = "penalty",
        /// 人员档案 of the national platform.
        Record = "record",
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
const REWARD: [Column; 8] = [
    NAME,
    DOCUMENT_KIND,
    DOCUMENT,
    needed("reward", "奖励名称", &["奖项名称", "荣誉名称", "表彰名称"]),
    needed("level", "级别", &["奖励级别", "表彰级别"]),
    needed("body", "授予单位", &["授予机关", "表彰单位", "颁发单位"]),
    needed("decided_on", "授予日期", &["授予时间", "表彰日期", "获奖日期"]),
    beside("number", "文号", &["文件号", "表彰文号"]),
];
const PENALTY: [Column; 9] = [
    NAME,
    DOCUMENT_KIND,
    DOCUMENT,
    needed("body", "处罚决定机关", &["处罚机关", "决定机关"]),
    needed("number", "处罚决定书文号", &["决定书文号", "处罚文号", "文号"]),
    needed("decided_on", "处罚决定日期", &["决定日期", "处罚日期"]),
    needed("kinds", "处罚种类", &["处罚类别", "处罚内容"]),
    needed("articles", "法律依据", &["处罚依据", "依据条款"]),
    needed("facts", "违法事实", &["违法行为", "主要违法事实"]),
];
const RECORD: [Column; 19] = [
    NAME,
    DOCUMENT_KIND,
    DOCUMENT,
    needed("updated_on", "更新日期", &["数据更新日期", "最后更新日期", "更新时间"]),
    needed("bureau", "财政局", &["所属财政局", "会计管理部门", "所属会计管理部门"]),
    beside("level", "专业技术资格级别", &["资格级别", "会计专业技术资格级别", "职称级别"]),
    beside("category", "资格类型", &["资格类别", "专业技术资格类型"]),
    beside("method", "取得方式", &["资格取得方式"]),
    beside("obtained_on", "资格取得日期", &["取得日期", "取得时间", "资格取得时间"]),
    beside("certificate", "资格证书编号", &["证书编号", "证书号", "管理号"]),
    beside("full_time_level", "全日制学历", &["全日制最高学历", "学历"]),
    beside("full_time_degree", "全日制学位", &["学位"]),
    beside("full_time_school", "毕业院校", &["毕业学校", "全日制毕业院校"]),
    beside("full_time_major", "所学专业", &["专业", "全日制所学专业"]),
    beside("graduated_on", "毕业日期", &["毕业时间"]),
    beside("post_status", "在岗状态", &["人员状态"]),
    beside("employer", "工作单位", &["单位名称", "所在单位"]),
    beside("employer_code", "统一社会信用代码", &["单位代码", "信用代码"]),
    beside("started_on", "开始从事会计工作日期", &["开始从事会计工作时间", "从事会计工作起始日期"]),
];
/// Rows of entries of a file: each is a case of its own, and all of them take effect in one transaction.
const MOST_ENTRIES: usize = 2_000;

impl ImportKind {
    /// Whether its rows become entries of the integrity record, and not credits.
    #[must_use]
    pub const fn holds_entries(self) -> bool {
        matches!(self, Self::Reward | Self::Penalty)
    }

    /// Whether its rows become records.
    #[must_use]
    pub const fn copies_records(self) -> bool {
        matches!(self, Self::Record)
    }

    /// Whether two administrators always agree to it, also where whoever runs the server hands it in.
    #[must_use]
    pub const fn is_of_two(self) -> bool {
        self.holds_entries() || self.copies_records()
    }

    /// The kinds of a province, with or without the integrity record.
    pub fn offered(has_integrity: bool) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |kind| has_integrity || !kind.holds_entries())
    }

    /// The most rows of a file; `None` where there is no such bound.
    #[must_use]
    pub const fn most_rows(self) -> Option<usize> {
        if self.holds_entries() { Some(MOST_ENTRIES) } else { None }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Exam => "考试成绩",
            Self::Public => "公需科目学分",
            Self::School => "网校学分",
            Self::History => "历史学分",
            Self::Reward => "奖励",
            Self::Penalty => "行政处罚",
            Self::Record => "人员档案",
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
            Self::Reward => &REWARD,
            Self::Penalty => &PENALTY,
            Self::Record => &RECORD,
        }
    }

    /// The heading of a column.
    #[must_use]
    pub fn heading(self, field: &str) -> &'static str {
        self.columns().iter().find(|column| column.field == field).map_or("内容", |column| column.heading)
    }

    /// What books the credits, as the ledger says it; what holds entries or records books none.
    #[must_use]
    pub const fn source(self) -> SourceKind {
        match self {
            Self::Exam => SourceKind::Exam,
            Self::School => SourceKind::School,
            Self::Public | Self::History | Self::Reward | Self::Penalty | Self::Record => SourceKind::Import,
        }
    }
}
