//! Another amount than was reckoned, within the bounds of the rule and of the cap.

use super::claim::Claim;
use super::credits::Credits;
use super::kind::Question;
use super::reckon::{Reckoning, rule_name, subject};
use super::rules::LearningRules;
use crate::correction::{Ceiling, Correctable};

impl Reckoning {
    /// What a reviewer may put in the place of what was reckoned: no more than the rule gives to anything of the kind and its
    /// sub-option, and no more than the cap of the year has left.
    #[must_use]
    pub fn correctable(&self, rules: &LearningRules, claim: &Claim) -> Correctable {
        let given = claim.kind_in(rules).and_then(|kind| {
            let formula = kind.formula_of(claim.option)?;
            let question = formula.question().and_then(|name| kind.question(name));
            Some(formula.largest(question.map_or(1, Question::most)))
        });
        let given = given.unwrap_or_default();
        let (most, by) = match self.room {
            Some(room) if room < given => (room, Ceiling::Cap),
            _ => (given, Ceiling::Rule),
        };
        Correctable { unit: rules.unit.clone(), reckoned: self.amount, most, by }
    }

    /// The same with the amount that a reviewer puts in its place, and the reason, which the person sees. Whether the amount may
    /// be booked is asked of [`Correctable::permits`] before.
    #[must_use]
    pub fn corrected(self, rules: &LearningRules, amount: Credits, reason: &str) -> Self {
        let own = rules.kinds.iter().find(|kind| rule_name(kind) == self.rule).map_or(self.subject, |kind| kind.subject);
        let subject = rules.year(self.year).map_or(own, |year| subject(rules, year, own, amount));
        let arithmetic = format!("{}；审核更正为 {amount} {}：{reason}", self.arithmetic, rules.unit);
        Self { amount, subject, arithmetic, cap: None, ..self }
    }

    /// What it is worth before the cap of the year: by the formula, or as it was corrected.
    #[must_use]
    pub fn worth(&self) -> Credits {
        self.cap.as_ref().map_or(self.amount, |cap| cap.reckoned)
    }
}
