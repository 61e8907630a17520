use serde::{Deserialize, Serialize};

use crate::learning::ConversionKind;
use crate::text::tidy_code;

/// `exams` of the rules of 继续教育: by what a pass that the province imported is reckoned, and where people go for their exams.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamRules {
    /// The kind of conversion whose formula, subject and dates hold for an imported pass as well.
    pub kind: String,
    /// Its question for the subject of the exam.
    pub subject: String,
    /// 考试报名, 成绩查询: the ways there.
    #[serde(default)]
    pub links: Vec<ExamLink>,
    /// The exams whose certificate is a 专业技术资格.
    #[serde(default)]
    pub earns: Vec<ExamEarns>,
}

/// An exam whose certificate is a 专业技术资格.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamEarns {
    /// 考试.
    pub exam: String,
    /// 级别, as files and people call it.
    pub level: String,
    /// The level in the list `qualification_level`.
    pub code: String,
}

impl ExamRules {
    /// The 专业技术资格 that somebody has by a result: it has to be a pass with the number of a certificate.
    #[must_use]
    pub fn earned(&self, result: &ExamResult) -> Option<&ExamEarns> {
        let (exam, level) = (tidy_code(&result.exam), tidy_code(&result.level));
        let is_of = |of: &&ExamEarns| {
            let (whole, short) = (tidy_code(&of.exam), tidy_code(&of.level));
            (exam == whole && level == short) || exam == format!("{short}{whole}")
        };
        self.earns.iter().filter(|_| result.passed && !result.certificate.is_empty()).find(is_of)
    }
}

/// A way to a site for exams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamLink {
    /// As people read it.
    pub name: String,
    /// Where it leads.
    pub url: String,
}

/// 考试成绩 as it was imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamResult {
    /// 考试.
    pub exam: String,
    /// 级别; may be empty.
    pub level: String,
    /// 科目.
    pub subject: String,
    /// 年度 of the exam.
    pub year: i32,
    /// 合格.
    pub passed: bool,
    /// 证书编号; may be empty.
    pub certificate: String,
}

/// The sub-option of a kind that an exam and a level name: by the name of the exam with its level, by that alone, or, where the kind
/// is about that exam, by the level. `None` where there is no such one.
pub(super) fn option_of<'a>(kind: &'a ConversionKind, exam: &str, level: &str) -> Option<&'a str> {
    let (exam, level) = (tidy_code(exam), tidy_code(level));
    let names = [format!("{level}{exam}"), exam.clone()];
    let is_about = !level.is_empty() && tidy_code(&kind.name).contains(&exam);
    let fits = |name: &str| names.iter().any(|wanted| wanted == name) || (is_about && name == level);
    kind.options.iter().find(|option| fits(&tidy_code(&option.name))).map(|option| option.code.as_str())
}
