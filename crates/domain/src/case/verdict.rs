//! Verdicts on single items, and what they allow the reviewer to decide.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::remark::reason_fault;
use super::{Judged, Mark, Refusal};
use crate::fault::FieldErrors;

/// The reviewer's opinion of one item: a field (`person.name`) or a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// 项目: a field or a file, such as `person.name` or `attachment.photo`.
    pub item: String,
    /// Otherwise rejected, with a reason.
    pub is_accepted: bool,
    /// What the person reads when the item is rejected; empty for an accepted one.
    pub reason: String,
    /// What is wrong, ringed round on a picture; only with a rejection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// All verdicts of one round by item. An item without a verdict has not been judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdicts(BTreeMap<String, Verdict>);

/// Why a decision cannot be made: the rules say no, or a reason has to be mended first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Objection {
    /// The rules say no.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// A reason has to be mended first.
    #[error(transparent)]
    Faults(#[from] FieldErrors),
}

impl FromIterator<Verdict> for Verdicts {
    fn from_iter<I: IntoIterator<Item = Verdict>>(verdicts: I) -> Self {
        Self(verdicts.into_iter().map(|verdict| (verdict.item.clone(), verdict)).collect())
    }
}

impl Verdicts {
    /// Gives a verdict, in place of an earlier one on the same item.
    pub fn judge(&mut self, verdict: Verdict) {
        self.0.insert(verdict.item.clone(), verdict);
    }

    /// The verdict on an item.
    pub fn of(&self, item: &str) -> Option<&Verdict> {
        self.0.get(item)
    }

    /// Every verdict, by item.
    pub fn iter(&self) -> impl Iterator<Item = &Verdict> {
        self.0.values()
    }

    /// The rejected items with their reasons.
    pub fn rejected(&self) -> impl Iterator<Item = &Verdict> {
        self.0.values().filter(|verdict| !verdict.is_accepted)
    }

    /// Whether every rejected item has a reason of 2 to 200 characters.
    ///
    /// # Errors
    /// A fault at the item that lacks it.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for verdict in self.rejected() {
            if let Some(fault) = reason_fault(&verdict.reason) {
                errors.push(&verdict.item, fault);
            }
        }
        errors.or(())
    }
}

/// Whether the case may be returned: per item with at least one rejected item, as a whole with an overall reason of 2 to 200
/// characters. Per item the overall reason is optional.
///
/// # Errors
/// `NothingRejected`, or the faults of the reasons; that of the overall one is at `reason`.
pub fn decide_return(verdicts: &Verdicts, mode: Judged, overall_reason: &str) -> Result<(), Objection> {
    // Without a red item nothing would be open to the person, who could then never resubmit.
    if mode == Judged::PerItem && verdicts.rejected().next().is_none() {
        return Err(Refusal::NothingRejected.into());
    }
    verdicts.check()?;
    let is_needed = mode == Judged::Whole || !overall_reason.trim().is_empty();
    match reason_fault(overall_reason).filter(|_| is_needed) {
        Some(fault) => Err(FieldErrors::one("reason", fault).into()),
        None => Ok(()),
    }
}

/// Whether the case may be approved: no item is rejected. Items without a verdict count as accepted, because the reviewer
/// approves the whole.
///
/// # Errors
/// `RejectedItems`.
pub fn decide_approve(verdicts: &Verdicts) -> Result<(), Refusal> {
    verdicts.rejected().next().map_or(Ok(()), |_| Err(Refusal::RejectedItems))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

    fn verdicts(list: &[(&str, bool, &str)]) -> Verdicts {
        let verdict = |(item, is_accepted, reason): &(&str, bool, &str)| Verdict {
            item: (*item).to_owned(),
            is_accepted: *is_accepted,
            reason: (*reason).to_owned(),
            mark: None,
        };
        list.iter().map(verdict).collect()
    }

    #[test]
    fn a_rejected_item_needs_a_reason_of_2_to_200_characters() {
        let fault = |reason: &str| verdicts(&[("person.name", false, reason)]).check().err();
        let at = |fault| Some(FieldErrors::one("person.name", fault));
        assert_eq!(fault("  "), at(Fault::ReasonMissing));
        assert_eq!(fault("错 "), at(Fault::TooShort(2)));
        assert_eq!(fault(&"错".repeat(201)), at(Fault::TooLong(200)));
        assert_eq!(fault("模糊"), None);
        assert_eq!(verdicts(&[("person.name", true, "")]).check(), Ok(()));
    }

    #[test]
    fn a_return_per_item_needs_a_rejected_item_even_with_an_overall_reason() {
        let none = verdicts(&[("person.name", true, "")]);
        assert_eq!(decide_return(&none, Judged::PerItem, "请修改"), Err(Refusal::NothingRejected.into()));
        let one = verdicts(&[("person.name", false, "与身份证不一致")]);
        assert_eq!(decide_return(&one, Judged::PerItem, ""), Ok(()));
        assert!(decide_return(&one, Judged::PerItem, "请").is_err());
    }

    #[test]
    fn a_return_of_the_whole_needs_an_overall_reason() {
        let missing = FieldErrors::one("reason", Fault::ReasonMissing);
        assert_eq!(decide_return(&Verdicts::default(), Judged::Whole, " "), Err(missing.into()));
        assert_eq!(decide_return(&Verdicts::default(), Judged::Whole, "材料不清晰"), Ok(()));
    }

    #[test]
    fn an_approval_accepts_what_was_not_judged_but_nothing_rejected() {
        assert_eq!(decide_approve(&Verdicts::default()), Ok(()));
        assert_eq!(decide_approve(&verdicts(&[("a", true, ""), ("b", false, "模糊")])), Err(Refusal::RejectedItems));
    }

    #[test]
    fn a_later_verdict_replaces_an_earlier_one() {
        let mut verdicts = verdicts(&[("a", false, "模糊"), ("b", false, "模糊")]);
        verdicts.judge(Verdict { item: "a".to_owned(), is_accepted: true, reason: String::new(), mark: None });
        assert_eq!(verdicts.rejected().map(|verdict| verdict.item.as_str()).collect::<Vec<_>>(), ["b"]);
        assert_eq!(verdicts.of("a").map(|verdict| verdict.is_accepted), Some(true));
        assert_eq!(verdicts.of("c"), None);
    }
}
