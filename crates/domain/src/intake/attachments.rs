use super::answers::Answers;
use super::asked::Questions;
use crate::province::{AttachmentRules, Profile, StepRules};

/// The files that the answers call for, in the order of the profile; the others are not asked for and not reviewed.
#[must_use]
pub fn attachments_called_for<'a>(profile: &'a Profile, answers: &Answers) -> Vec<&'a AttachmentRules> {
    called_for(&profile.intake.steps, &profile.intake_line().attachments, answers)
}

/// The same among other slots, of steps that are asked.
pub(crate) fn called_for<'a>(
    steps: &[StepRules],
    attachments: &'a [AttachmentRules],
    answers: &Answers,
) -> Vec<&'a AttachmentRules> {
    let questions = Questions { steps, holder: None, answers };
    let is_called_for = |rules: &&AttachmentRules| rules.when.iter().all(|condition| questions.holds(condition));
    attachments.iter().filter(is_called_for).collect()
}
