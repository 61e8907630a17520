//! 咨询: a question to one's own bureau with up to three pictures, answered in 站内信 (docs/adr/0057).

mod answer;
mod ask;
mod list;
mod settled;
#[cfg(test)]
mod stories;

pub use answer::answer_question;
pub use ask::ask_question;
pub use list::{asked_view, question_picture, questions_view};
pub use settled::{draft_of_question, settled_view};

use domain::case::{Member, Power, holder};

use crate::{Failure, Visit};

/// Of all questions of a person, or of a bureau, so many are shown.
const MOST: i64 = 50;

/// Who answers for a bureau.
fn answering(visit: &Visit) -> Result<Member, Failure> {
    Ok(holder(&visit.actor, Power::AnswerQuestions, &visit.province.bureaus)?.clone())
}

/// What names a picture to the vault.
fn picture_name(question: &str, place: i64) -> String {
    format!("{question}:{place}")
}
