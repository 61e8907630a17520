//! The words of codes, and of amounts.

use domain::learning::view::{LearningWords, YearView};
use domain::learning::{SourceKind, Subject};

/// 通过方式.
pub fn source(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::School => "网络培训",
        SourceKind::Class => "面授培训",
        SourceKind::Conversion => "学分折算",
        SourceKind::Exam => "考试合格",
        SourceKind::Import => "财政部门登记",
    }
}

/// 科目类别.
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Professional => "专业科目",
        Subject::Public => "公需科目",
        Subject::Both => "专业和公需科目",
    }
}

/// What a year asks: 不少于 90 学分，其中专业科目不少于 60 学分.
pub fn asks(words: &LearningWords, year: &YearView) -> String {
    let (standard, unit) = (&year.state.standard, &words.unit);
    let part = |name: &str, asked: Option<domain::learning::Credits>| {
        asked.map(|asked| format!("，其中{name}不少于 {asked} {unit}")).unwrap_or_default()
    };
    format!("不少于 {} {unit}{}{}", standard.total, part("专业科目", standard.professional), part("公需科目", standard.public))
}

/// What is missing: 还差 30 学分，其中专业科目 12 学分.
pub fn missing(words: &LearningWords, year: &YearView) -> String {
    let (missing, unit) = (&year.state.standing.missing, &words.unit);
    let part = |name: &str, amount: domain::learning::Credits| {
        if amount.is_some() { format!("，{name}还差 {amount} {unit}") } else { String::new() }
    };
    let (professional, public) = (part("专业科目", missing.professional), part("公需科目", missing.public));
    match missing.total.is_some() {
        true => format!("还差 {} {unit}{professional}{public}", missing.total),
        false => format!("总{unit}已够{professional}{public}"),
    }
}
