use super::answers::Answers;
use super::asked::Questions;
use crate::province::{AttachmentRules, Profile};

/// The files that the answers call for, in the order of the profile; the others are not asked for and not reviewed.
#[must_use]
pub fn attachments_called_for<'a>(profile: &'a Profile, answers: &Answers) -> Vec<&'a AttachmentRules> {
    let questions = Questions { profile, holder: None, answers };
    let is_called_for = |rules: &&AttachmentRules| rules.when.iter().all(|condition| questions.holds(condition));
    profile.intake.attachments.iter().filter(is_called_for).collect()
}
