//! The words of what a year asks and of what is missing.

use domain::learning::SourceKind;
use domain::learning::view::{LearningWords, YearView};

/// 通过方式, where the province calls it something else.
pub fn source(words: &LearningWords, kind: SourceKind) -> String {
    match kind {
        SourceKind::Conversion => format!("{}{}", words.unit, words.converting),
        _ => kind.term().to_owned(),
    }
}

/// What a year asks: 不少于 90 学分，其中专业科目不少于 60 学分.
pub fn asks(words: &LearningWords, year: &YearView) -> String {
    year.state.standard.words(&words.unit)
}

/// What is missing: 还差 30 学分，专业科目还差 12 学分.
pub fn missing(words: &LearningWords, year: &YearView) -> String {
    year.state.standing.missing.words_of_missing(&words.unit)
}
