//! Where the programs of a school call from.

use std::net::IpAddr;

use domain::case::Refusal;
use domain::fault::Fault;
use domain::school::ApprovalKind;

use super::*;
use crate::review::stories::assert_audit_stands;
use crate::school::{day, report, school_of};
use crate::testing::both;

fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

async fn calls_come_from_the_networks_that_two_administrators_agreed_to(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let id = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &id).await;
    let known = learners(&house, &id, 1).await;
    let begin = async |from: &str| Caller::begin(&house.services, &token, address(from), "test".into()).await;
    begin("198.51.100.7").await.unwrap();
    let seen = kept_school(&house.again(&zhao).await, &id).await.unwrap().form;
    let wrong = save_school(&zhao, &SchoolForm { ranges: "203.0.113.0/40".into(), ..seen.clone() }).await;
    assert!(matches!(wrong, Err(Failure::Invalid(errors)) if errors.of("ranges") == Some(&Fault::NotInList)));
    save_school(&zhao, &SchoolForm { ranges: "203.0.113.9/24、2001:db8:0:0:8000::/65".into(), ..seen }).await.unwrap();
    let waiting = kept_school(&house.again(&qian).await, &id).await.unwrap().waiting;
    assert_eq!((waiting[0].kind, waiting[0].wanted.as_str()), (ApprovalKind::Ranges, "203.0.113.0/24,2001:db8:0:0:8000::/65"));
    begin("198.51.100.7").await.unwrap();
    let early = begin("198.51.100.7").await.unwrap();
    let own = say(&house, &zhao, &id, "agree").await;
    assert!(matches!(own, Err(Failure::Refused(Refusal::NotYours))), "nobody alone: {own:?}");
    say(&house, &qian, &id, "agree").await.unwrap();
    let is_elsewhere = |failure: Option<Failure>| matches!(failure, Some(Failure::Refused(Refusal::NotYours)));
    for (from, is_taken) in [
        ("203.0.113.77", true),
        ("2001:db8::8000:0:0:7", true),
        // Of the same 2^64 addresses, which limits count as one.
        ("2001:db8::7", false),
        ("198.51.100.7", false),
        ("unknown", false),
    ] {
        assert_eq!(begin(from).await.is_ok(), is_taken, "{from}");
        assert_eq!(school_of(&house.services, &token, address(from)).await.is_ok(), is_taken, "{from}");
    }
    assert!(is_elsewhere(begin("198.51.100.7").await.err()));
    // Whoever called before that does nothing more from there.
    let sent = body(&[row("r-1", &known[0], "professional", 10)]);
    assert!(is_elsewhere(report(&early, "k-1", &sent).await.err()));
    let here = begin("203.0.113.77").await.unwrap();
    assert!(day(&here, house.services.today(), "").await.unwrap().batches.is_empty());
    // What is asked for is in the form of who asked, what stands in that of everybody else.
    let form = kept_school(&house.again(&zhao).await, &id).await.unwrap().form;
    assert_eq!(form.ranges, "203.0.113.0/24, 2001:db8:0:0:8000::/65");
    save_school(&zhao, &SchoolForm { ranges: String::new(), ..form }).await.unwrap();
    let of = async |who: &Visit| kept_school(&house.again(who).await, &id).await.unwrap();
    assert_eq!(
        (of(&zhao).await.form.ranges.as_str(), of(&zhao).await.ranges.as_str()),
        ("", "203.0.113.0/24, 2001:db8:0:0:8000::/65")
    );
    assert_eq!(of(&qian).await.form.ranges, "203.0.113.0/24, 2001:db8:0:0:8000::/65");
    assert!(begin("198.51.100.7").await.is_err(), "as long as nobody agreed");
    say(&house, &qian, &id, "agree").await.unwrap();
    begin("198.51.100.7").await.unwrap();
    assert_audit_stands(&house).await;
}
both!(calls_come_from_the_networks_that_two_administrators_agreed_to);

async fn a_token_that_was_stolen_keeps_its_school_from_nothing(house: House) {
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let id = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &id).await;
    let seen = kept_school(&house.again(&zhao).await, &id).await.unwrap().form;
    save_school(&zhao, &SchoolForm { ranges: "203.0.113.0/24".into(), ..seen }).await.unwrap();
    say(&house, &qian, &id, "agree").await.unwrap();
    for _ in 0..130 {
        assert!(Caller::begin(&house.services, &token, address("198.51.100.7"), "test".into()).await.is_err());
    }
    Caller::begin(&house.services, &token, address("203.0.113.1"), "test".into()).await.unwrap();
}
both!(a_token_that_was_stolen_keeps_its_school_from_nothing);
