//! The forms of 撤销登记.

use super::{Annulment, Ground};
use crate::case::is_case_number;
use crate::fault::{Fault, FieldErrors};
use crate::named::{Named, text};
use crate::text::{tidy, tidy_lines};

crate::form! {
    /// An approval that a bureau would take back, or enters once more after a second person refused it.
    pub struct AnnulmentForm {
        /// Id of the case that was refused; empty for a new one.
        case,
        /// 受理编号 of the approved application.
        of,
        /// What turned out false.
        ground,
        /// What is false, and by what that was found.
        facts,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 提出意见 of the person before anything is decided.
    pub struct StatementForm {
        /// Id of the case.
        case,
        /// What they say.
        said,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

/// Characters of the facts.
const FACTS: (u32, u32) = (10, 500);
/// Characters of what the person says.
const SAID: (u32, u32) = (10, 1000);

impl AnnulmentForm {
    /// Everything that is wrong with it, or the annulment. Whom it is about follows from the application.
    ///
    /// # Errors
    /// `NotInList` at `of` and `ground`; `Missing`, `TooShort` and `TooLong` at `facts`.
    pub fn check(&self) -> Result<(Option<Named>, Annulment), FieldErrors> {
        let mut errors = FieldErrors::default();
        let of = tidy(&self.of);
        if !is_case_number(&of) {
            errors.push("of", Fault::NotInList);
        }
        let ground = Ground::from_code(self.ground.trim()).or_else(|| errors.note("ground", Fault::NotInList));
        let facts = text("facts", tidy_lines(&self.facts), FACTS, &mut errors);
        match ground {
            Some(ground) => errors.or((None, Annulment { of, ground, facts })),
            None => Err(errors),
        }
    }
}

impl StatementForm {
    /// What is said.
    ///
    /// # Errors
    /// `Missing`, `TooShort` and `TooLong` at `said`.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let said = text("said", tidy_lines(&self.said), SAID, &mut errors);
        errors.or(said)
    }
}
