//! Which papers of a record serve in another province as well.

use crate::province::AttachmentRules;

/// What is said where somebody works or lives: it is of before.
const OF_BEFORE: [&str; 2] = ["employment.", "person.residence"];

/// Whether a paper of the record may lie in this slot of another province. A form that was printed there is another one here.
#[must_use]
pub fn travels(slot: &AttachmentRules) -> bool {
    let is_of_before = |pattern: &String| OF_BEFORE.iter().any(|begin| pattern.starts_with(begin));
    !slot.prints && !slot.proves.iter().any(is_of_before)
}
