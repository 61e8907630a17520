use chrono::{DateTime, Duration};

use super::forms::{AnswerForm, AskForm};
use super::*;
use crate::fault::{Fault, FieldErrors};

fn rules() -> ConfirmationRules {
    ConfirmationRules { link_days: 7, counts_days: 90, slots: vec!["employment_proof".to_owned()] }
}

#[test]
fn a_confirmation_stands_in_for_its_papers_and_for_so_many_days() {
    let (rules, said) = (rules(), DateTime::UNIX_EPOCH);
    assert!(rules.stands_for("employment_proof") && !rules.stands_for("id_front"));
    assert!(rules.counts(said, said) && rules.counts(said, said + Duration::days(90) - Duration::seconds(1)));
    assert!(!rules.counts(said, said + Duration::days(90)));
}

#[test]
fn an_employer_confirms_or_says_why_not_and_takes_nothing_back_for_the_person() {
    let said = |answer: &str, reason: &str| AnswerForm { answer: answer.into(), reason: reason.into() }.check();
    let wrong = |field: &str, fault| Err(FieldErrors::one(field, fault));
    assert_eq!(said("confirmed", "多余的话"), Ok((Said::Confirmed, String::new())));
    assert_eq!(said("refused", " 已经离职 "), Ok((Said::Refused, "已经离职".to_owned())));
    assert_eq!(said("refused", " "), wrong("reason", Fault::Missing));
    assert_eq!(said("refused", &"长".repeat(101)), wrong("reason", Fault::TooLong(100)));
    for other in ["withdrawn", "", "yes"] {
        assert_eq!(said(other, "原因"), wrong("answer", Fault::NotInList), "{other}");
    }
}

#[test]
fn an_employer_is_asked_by_its_code() {
    let code = |code: &str| AskForm { code: code.into() }.check().map(|code| code.as_str().to_owned());
    assert_eq!(code(" 91350100m000100y43 ").as_deref(), Ok("91350100M000100Y43"));
    assert!(code("91350100M000100Y44").unwrap_err().of("code").is_some());
    assert_eq!(code("").unwrap_err().of("code"), Some(&Fault::Missing));
}
