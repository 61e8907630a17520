//! A question about credits that are missing, as whoever asked reads it, and what may be answered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::text::{length, tidy_lines};

/// The most characters of an answer.
const LONGEST_ANSWER: u32 = 500;

/// A question, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedLine {
    /// The day on which it was asked, in China.
    pub asked_on: NaiveDate,
    /// The answer and its day; `None` while there is none.
    pub answer: Option<(String, NaiveDate)>,
}

/// What is answered, as it is kept and shown.
///
/// # Errors
/// `Missing`, `TooLong`.
pub fn answer_of(sent: &str) -> Result<String, Fault> {
    let text = tidy_lines(sent);
    match length(&text) {
        0 => Err(Fault::Missing),
        n if n > LONGEST_ANSWER => Err(Fault::TooLong(LONGEST_ANSWER)),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_text_of_some_length() {
        assert_eq!(answer_of(" 已补报。\r\n"), Ok("已补报。".to_owned()));
        assert_eq!(answer_of(" \n"), Err(Fault::Missing));
        assert_eq!(answer_of(&"字".repeat(501)), Err(Fault::TooLong(500)));
    }
}
