//! 咨询: a question of somebody to their own bureau, and its answer.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::fault::{Fault, FieldErrors};
use crate::portal::Subject;
use crate::text::{length, tidy_lines};

/// The most pictures that come with a question.
pub const MOST_PICTURES: u8 = 3;
/// The fewest characters of a question: fewer tell nobody what is meant.
const SHORTEST: u32 = 5;
/// The most characters of a question.
pub const LONGEST: u32 = 500;
/// The most characters of an answer.
pub const LONGEST_ANSWER: u32 = 1000;

codes! {
    /// The page that a question concerns.
    pub enum AboutPage {
        /// 信息采集.
        Intake = "intake",
        /// 材料上传.
        Files = "files",
        /// 申报进度.
        Progress = "progress",
        /// 个人档案.
        Record = "record",
        /// 继续教育.
        Learning = "learning",
        /// 诚信.
        Integrity = "integrity",
        /// 账号设置.
        Settings = "settings",
        /// Anything else.
        Other = "other",
    }
}

impl AboutPage {
    /// As people read it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Intake => "信息采集和信息变更",
            Self::Files => "材料上传",
            Self::Progress => "申报进度",
            Self::Record => "个人档案",
            Self::Learning => "继续教育",
            Self::Integrity => "诚信信息",
            Self::Settings => "登录和账号设置",
            Self::Other => "其他",
        }
    }
}

impl From<AboutPage> for Subject {
    /// What a 常见问题 made of a question is about.
    fn from(page: AboutPage) -> Self {
        match page {
            AboutPage::Intake | AboutPage::Files | AboutPage::Progress => Self::Intake,
            AboutPage::Record => Self::Change,
            AboutPage::Learning => Self::Learning,
            AboutPage::Integrity => Self::Integrity,
            AboutPage::Settings => Self::Account,
            AboutPage::Other => Self::Other,
        }
    }
}

/// How a province answers questions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuestionRules {
    /// Within so many working days.
    pub answer_working_days: u32,
}

impl Default for QuestionRules {
    fn default() -> Self {
        Self { answer_working_days: 5 }
    }
}

crate::form! {
    /// A question.
    pub struct QuestionForm {
        /// One key for this attempt, so that a repeated post has one effect.
        request_key,
        /// A code of [`AboutPage`].
        page,
        /// Paragraphs, one a line.
        text,
    }
}

crate::form! {
    /// The answer to a question.
    pub struct AnswerForm {
        /// Id of the question.
        question,
        /// Paragraphs, one a line.
        text,
    }
}

impl QuestionForm {
    /// Everything that is wrong with it, or what is kept.
    ///
    /// # Errors
    /// `NotInList`, `Missing`, `TooShort`, `TooLong` at their fields.
    pub fn check(&self) -> Result<(AboutPage, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let page = AboutPage::from_code(&self.page);
        if page.is_none() {
            errors.push("page", Fault::NotInList);
        }
        let text = within(&self.text, SHORTEST, LONGEST).map_err(|fault| errors.push("text", fault)).unwrap_or_default();
        errors.or((page.unwrap_or(AboutPage::Other), text))
    }
}

impl AnswerForm {
    /// What is answered, as it is kept.
    ///
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong` at `text`.
    pub fn check(&self) -> Result<String, FieldErrors> {
        within(&self.text, 2, LONGEST_ANSWER).map_err(|fault| FieldErrors::one("text", fault))
    }
}

fn within(typed: &str, min: u32, max: u32) -> Result<String, Fault> {
    let text = tidy_lines(typed);
    match length(&text) {
        0 => Err(Fault::Missing),
        n if n < min => Err(Fault::TooShort(min)),
        n if n > max => Err(Fault::TooLong(max)),
        _ => Ok(text),
    }
}

/// A question, as whoever asked and the bureau read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionLine {
    /// What names it in addresses.
    pub id: String,
    /// The page that it concerns.
    pub page: AboutPage,
    /// Who asked; empty for whoever asked.
    pub name: String,
    /// Paragraphs, one a line.
    pub text: String,
    /// The places of its pictures.
    pub pictures: Vec<i64>,
    /// When it was asked, in UTC.
    pub asked_at: DateTime<Utc>,
    /// The day by which it is answered, in China.
    pub due_on: NaiveDate,
    /// The answer and when it was given, in UTC; `None` while there is none.
    pub answer: Option<(String, DateTime<Utc>)>,
}

/// 咨询 of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionsView {
    /// Who answers.
    pub bureau_name: String,
    /// The telephone of that bureau; may be empty.
    pub phone: String,
    /// When the telephone is answered; may be empty.
    pub hours: String,
    /// Within so many working days.
    pub answer_working_days: u32,
    /// One key for the next question.
    pub request_key: String,
    /// The newest first.
    pub lines: Vec<QuestionLine>,
}

/// 咨询 of a bureau.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedView {
    /// The own bureau.
    pub bureau_name: String,
    /// Today in China.
    pub today: NaiveDate,
    /// What is not answered, the first due first.
    pub open: Vec<QuestionLine>,
    /// What was answered last, the newest first.
    pub answered: Vec<QuestionLine>,
}

/// What bureaus answered, for whoever keeps the texts of the portal: nothing of it names a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledView {
    /// The newest first.
    pub lines: Vec<SettledLine>,
}

/// A question that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledLine {
    /// What names it.
    pub id: String,
    /// The page that it concerns.
    pub page: AboutPage,
    /// The bureau that answered.
    pub bureau_name: String,
    /// Paragraphs, one a line, without what names a person.
    pub text: String,
    /// The answer, likewise.
    pub answer: String,
    /// When it was given, in UTC.
    pub answered_at: DateTime<Utc>,
    /// The draft that was made of it; empty where none was.
    pub draft: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_says_enough_and_names_a_page_and_an_answer_says_something() {
        let form = |page: &str, text: &str| QuestionForm { page: page.into(), text: text.into(), ..QuestionForm::default() };
        let right = form("files", " 照片总是上传失败。\r\n\r\n提示太大。 ").check().unwrap();
        assert_eq!(right, (AboutPage::Files, "照片总是上传失败。\n\n提示太大。".to_owned()));
        for (form, field, fault) in [
            (form("/../x", "照片总是上传失败。"), "page", Fault::NotInList),
            (form("files", "  "), "text", Fault::Missing),
            (form("files", "你好？"), "text", Fault::TooShort(5)),
            (form("files", &"问".repeat(501)), "text", Fault::TooLong(500)),
        ] {
            assert_eq!(form.check().unwrap_err(), FieldErrors::one(field, fault));
        }
        let answer = |text: &str| AnswerForm { text: text.into(), ..AnswerForm::default() }.check();
        assert_eq!(answer(" 可以。"), Ok("可以。".to_owned()));
        assert_eq!(answer(""), Err(FieldErrors::one("text", Fault::Missing)));
        assert_eq!(answer(&"答".repeat(1001)), Err(FieldErrors::one("text", Fault::TooLong(1000))));
    }
}
