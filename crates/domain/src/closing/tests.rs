//! What a closing asks for, and what it means.

use chrono::NaiveDate;

use super::forms::ClosingForm;
use super::{Closed, Closing, ClosingCause};
use crate::fault::Fault;
use crate::identity::DocumentKind;

const KINDS: [DocumentKind; 2] = [DocumentKind::ResidentId, DocumentKind::Passport];

fn day(text: &str) -> NaiveDate {
    crate::date::parse_date(text).unwrap()
}

fn form() -> ClosingForm {
    ClosingForm {
        document_kind: "passport".into(),
        document_number: "E00000000".into(),
        name: "张三".into(),
        cause: "retired".into(),
        since: "20261031".into(),
        request_key: "k".into(),
        ..ClosingForm::default()
    }
}

#[test]
fn a_closing_names_the_person_the_cause_and_a_day_that_is_over() {
    let today = day("2026-11-15");
    let (of, closing) = form().check(&KINDS, today).unwrap();
    assert_eq!(of.unwrap().name, "张三");
    assert_eq!(closing, Closing { cause: ClosingCause::Retired, since: day("2026-10-31"), note: String::new() });
    type Spoil = fn(&mut ClosingForm);
    let table: [(&str, Fault, Spoil); 10] = [
        ("document_kind", Fault::NotInList, |form| form.document_kind = "other".into()),
        ("document_number", Fault::Missing, |form| form.document_number.clear()),
        ("name", Fault::Missing, |form| form.name.clear()),
        ("cause", Fault::NotInList, |form| form.cause = "tired".into()),
        ("cause", Fault::NotInList, |form| form.cause = "annulled".into()),
        ("since", Fault::Missing, |form| form.since.clear()),
        ("since", Fault::NotADate, |form| form.since = "去年".into()),
        ("since", Fault::InTheFuture, |form| form.since = "20261116".into()),
        ("since", Fault::TooEarly, |form| form.since = "18991231".into()),
        ("note", Fault::TooLong(200), |form| form.note = "长".repeat(201)),
    ];
    for (field, fault, spoil) in table {
        let mut form = form();
        spoil(&mut form);
        assert_eq!(form.check(&KINDS, today).unwrap_err().of(field), Some(&fault), "{field}");
    }
    let again = ClosingForm { case: "7".into(), document_number: String::new(), name: String::new(), ..form() };
    assert!(again.check(&KINDS, today).unwrap().0.is_none(), "whose it is is not asked again");
}

#[test]
fn what_closes_a_record_does_not_happen_before_its_person_was_born() {
    let closing = |since: &str| Closing { cause: ClosingCause::Left, since: day(since), note: String::new() };
    let born = Some(day("1990-03-07"));
    assert_eq!(closing("1990-03-06").of_somebody_born(born).unwrap_err().of("since"), Some(&Fault::TooEarly));
    assert!(closing("1990-03-07").of_somebody_born(born).is_ok());
    assert!(closing("1990-03-06").of_somebody_born(None).is_ok(), "nobody knows");
}

#[test]
fn every_cause_says_what_it_is_and_which_way_leads_out() {
    for cause in ClosingCause::ALL.iter().copied() {
        let closed = Closed { cause, since: day("2026-10-31"), bureau_name: "某区财政局".into() };
        let said = closed.words("信息采集");
        assert!(said.contains(cause.term()) && said.contains("联系某区财政局"), "{said}");
        assert_eq!(said.contains("重新办理信息采集"), cause.may_return(), "{said}");
    }
}
