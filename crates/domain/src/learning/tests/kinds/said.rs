//! What the sources say of each kind.

use crate::learning::Within;

/// What a source says of a kind. Of everything that was learnt in the year 2026.
pub struct Said {
    pub source: &'static str,
    pub kind: &'static str,
    pub option: &'static str,
    pub answers: &'static [(&'static str, &'static str)],
    /// The reckoning with those answers.
    pub arithmetic: &'static str,
    pub cap: Option<u32>,
    /// The question whose date decides the year.
    pub dated_by: &'static str,
    /// What makes two of them the same.
    pub same: (&'static [&'static str], Within),
}

pub const EXAM: &[(&str, &str)] = &[("subject", "财务成本管理"), ("published_on", "2026-11-20")];
pub const SELECTION: &[(&str, &str)] = &[("programme", "企业类三期"), ("admitted_on", "2026-06-10")];
pub const MEETING: &[(&str, &str)] =
    &[("meeting", "会计学术年会"), ("host", "会计学会"), ("days", "3"), ("ended_on", "2026-09-18")];
pub const DEGREE: &[(&str, &str)] =
    &[("school", "财经大学"), ("major", "会计学"), ("course", "审计学"), ("passed_on", "2026-06")];
pub const PROJECT: &[(&str, &str)] =
    &[("project", "管理会计应用"), ("number", "KT-7"), ("role", "leader"), ("closed_on", "2026-10")];
pub const PAPER: &[(&str, &str)] =
    &[("title", "论内部控制"), ("journal", "财务与会计"), ("cn", "CN11-1177/F"), ("role", "other"), ("published_on", "2026-06")];
pub const BOOK: &[(&str, &str)] =
    &[("title", "成本会计"), ("isbn", "978-7-5000-0000-0"), ("role", "other"), ("published_on", "2026-06")];
pub const OTHER: &[(&str, &str)] =
    &[("what", "讲座"), ("document", "财会〔2026〕9号"), ("credits", "7.5"), ("recognised_on", "2026-06-01")];

const SUBJECT_ONCE: (&[&str], Within) = (&["option", "subject"], Within::Life);
const ADMITTED_ONCE: (&[&str], Within) = (&["option", "programme"], Within::Life);
const MEETING_ONCE: (&[&str], Within) = (&["meeting", "ended_on"], Within::Life);
const SCHOOL_EACH_YEAR: (&[&str], Within) = (&["option", "school"], Within::Year);

/// The national seven (the exam and the admission are one item there) and what the province decides, by the numbers of 财会〔2018〕10号.
pub const HUNAN: [Said; 8] = [
    Said {
        source: "第1项 通过一科",
        kind: "exam",
        option: "cpa",
        answers: EXAM,
        arithmetic: "考试折算：注册会计师全国统一考试 90 学分",
        cap: None,
        dated_by: "成绩公布日期",
        same: SUBJECT_ONCE,
    },
    Said {
        source: "第1项 被录取",
        kind: "selection",
        option: "provincial",
        answers: SELECTION,
        arithmetic: "录取折算：省级高端会计人才培养 90 学分",
        cap: None,
        dated_by: "录取文件日期",
        same: ADMITTED_ONCE,
    },
    Said {
        source: "第2项 10 学分/天",
        kind: "meeting",
        option: "",
        answers: MEETING,
        arithmetic: "会议折算：3 天 × 10 学分 = 30 学分",
        cap: None,
        dated_by: "会议结束日期",
        same: MEETING_ONCE,
    },
    Said {
        source: "第3项 当年度一门课程",
        kind: "degree",
        option: "master",
        answers: DEGREE,
        arithmetic: "学历教育折算：硕士 90 学分",
        cap: Some(90),
        dated_by: "成绩单日期",
        same: SCHOOL_EACH_YEAR,
    },
    Said {
        source: "第4项 主持人 90",
        kind: "project",
        option: "",
        answers: PROJECT,
        arithmetic: "课题折算：课题主持人 90 学分",
        cap: None,
        dated_by: "结项日期",
        same: (&["number"], Within::Life),
    },
    Said {
        source: "第5项 其他作者 10",
        kind: "paper",
        option: "",
        answers: PAPER,
        arithmetic: "论文折算：其他作者 10 学分",
        cap: None,
        dated_by: "出版日期",
        same: (&["title"], Within::Life),
    },
    Said {
        source: "第6项 其他作者 60",
        kind: "book",
        option: "",
        answers: BOOK,
        arithmetic: "书籍折算：其他作者 60 学分",
        cap: None,
        dated_by: "出版日期",
        same: (&["isbn"], Within::Life),
    },
    Said {
        source: "第7项 其他形式",
        kind: "other",
        option: "",
        answers: OTHER,
        arithmetic: "其他形式折算：按认定 7.5 学分",
        cap: Some(90),
        dated_by: "认定日期",
        same: (&["document"], Within::Life),
    },
];

/// 手册乙 7.2 counts the entries and names none: `ce_credit_rules.json`, `proposed_14_kinds_for_hubei_profile`; the eleventh is
/// another one, because a class of an employer is 面授 and reported by the employer (手册乙 1.3（4）).
pub const HUBEI: [Said; 14] = [
    Said {
        source: "1",
        kind: "exam",
        option: "senior",
        answers: EXAM,
        arithmetic: "考试折算：高级 90 学分",
        cap: None,
        dated_by: "成绩公布日期",
        same: SUBJECT_ONCE,
    },
    Said {
        source: "2",
        kind: "related_exam",
        option: "audit",
        answers: EXAM,
        arithmetic: "相关考试折算：审计专业技术资格 90 学分",
        cap: None,
        dated_by: "成绩公布日期",
        same: SUBJECT_ONCE,
    },
    Said {
        source: "3",
        kind: "selection",
        option: "national",
        answers: SELECTION,
        arithmetic: "录取折算：全国高端会计人才培养工程 90 学分",
        cap: None,
        dated_by: "录取文件日期",
        same: ADMITTED_ONCE,
    },
    Said {
        source: "4",
        kind: "talent",
        option: "",
        answers: &[("programme", "总会计师素质提升"), ("finished_on", "2026-10")],
        arithmetic: "培养项目折算：90 学分",
        cap: Some(90),
        dated_by: "证书日期",
        same: (&["programme"], Within::Year),
    },
    Said {
        source: "5",
        kind: "meeting",
        option: "",
        answers: MEETING,
        arithmetic: "会议折算：3 天 × 10 学分 = 30 学分",
        cap: None,
        dated_by: "会议结束日期",
        same: MEETING_ONCE,
    },
    Said {
        source: "6",
        kind: "degree",
        option: "secondary",
        answers: DEGREE,
        arithmetic: "学历教育折算：中专 90 学分",
        cap: Some(90),
        dated_by: "成绩单日期",
        same: SCHOOL_EACH_YEAR,
    },
    Said {
        source: "7",
        kind: "project",
        option: "",
        answers: PROJECT,
        arithmetic: "课题折算：课题主持人 90 学分",
        cap: None,
        dated_by: "结项日期",
        same: (&["number"], Within::Life),
    },
    Said {
        source: "8",
        kind: "paper",
        option: "",
        answers: PAPER,
        arithmetic: "论文折算：其他作者 10 学分",
        cap: None,
        dated_by: "出版日期",
        same: (&["title"], Within::Life),
    },
    Said {
        source: "9",
        kind: "book",
        option: "",
        answers: BOOK,
        arithmetic: "书籍折算：其他作者 60 学分",
        cap: None,
        dated_by: "出版日期",
        same: (&["isbn"], Within::Life),
    },
    Said {
        source: "10",
        kind: "association",
        option: "tax_agent",
        answers: &[("finished_on", "2026-10-12")],
        arithmetic: "行业继续教育折算：税务师 90 学分",
        cap: Some(90),
        dated_by: "证明日期",
        same: (&["option"], Within::Year),
    },
    Said {
        source: "11",
        kind: "case_study",
        option: "",
        answers: &[("title", "某厂成本案例"), ("library", "省案例库"), ("role", "other"), ("selected_on", "2026-08")],
        arithmetic: "案例折算：其他作者 10 学分",
        cap: None,
        dated_by: "入选日期",
        same: (&["title"], Within::Life),
    },
    Said {
        source: "12",
        kind: "contest",
        option: "provincial",
        answers: &[("contest", "会计知识大赛"), ("award", "一等奖"), ("awarded_on", "2026-11")],
        arithmetic: "竞赛折算：省部级 90 学分",
        cap: None,
        dated_by: "获奖日期",
        same: (&["contest", "awarded_on"], Within::Life),
    },
    Said {
        source: "13",
        kind: "expert",
        option: "examiner",
        answers: &[("employer", "省财政厅"), ("worked_on", "2026-10")],
        arithmetic: "专家工作折算：命题、阅卷 90 学分",
        cap: Some(90),
        dated_by: "工作完成日期",
        same: (&["option"], Within::Year),
    },
    Said {
        source: "14",
        kind: "other",
        option: "",
        answers: OTHER,
        arithmetic: "其他形式折算：按认定 7.5 学分",
        cap: Some(90),
        dated_by: "认定日期",
        same: (&["document"], Within::Life),
    },
];
