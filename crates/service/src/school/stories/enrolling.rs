//! 报名, 更换网校 and 登录网校.

use chrono::Duration;
use domain::answer::Flash;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::school::forms::ChangeForm;

use super::*;
use crate::review::stories::assert_not_found;
use crate::school::{change, enrolments, give_ticket, leaving, report, schools_view, verify_ticket};
use crate::testing::both;

async fn nobody_enrols_before_their_record_is_approved(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let visit = intake::zhang_san(&house).await;
    assert!(!schools_view(&visit).await.unwrap().is_collected);
    assert_eq!(enrolled(&visit, &a, "2026").await, "not=not_collected");
    let wrong = match enrol(&visit, &EnrolForm::default()).await {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    };
    assert_eq!((wrong.of("year"), wrong.of("school")), (Some(&Fault::Missing), Some(&Fault::Missing)));
}
both!(nobody_enrols_before_their_record_is_approved);

async fn one_enrols_once_a_year_and_goes_over_to_another_school_while_nothing_was_reported(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let visit = collected(&house).await;
    let shown = schools_view(&visit).await.unwrap();
    assert_eq!((shown.schools.len(), shown.years.first().map(|(year, _)| *year)), (2, Some(2026)));
    assert_eq!(enrolled(&visit, &a, "2025").await, "not=shut");
    assert_eq!(enrolled(&visit, "nowhere", "2026").await, "not=closed");
    let first = enrolled(&visit, &a, "2026").await;
    assert!(first.starts_with("done="), "{first}");
    assert_eq!(enrolled(&visit, &a, "2026").await, first, "once more is the same");
    assert_eq!(enrolled(&visit, &b, "2026").await, "not=taken");
    let shown = schools_view(&visit).await.unwrap();
    assert!(shown.years.is_empty());
    assert_eq!(shown.enrolments[0].others.len(), 1);
    let form = ChangeForm { enrolment: first.replace("done=", ""), school: b.clone() };
    let second = led(&change(&visit, &form).await.unwrap());
    assert!(second.starts_with("done=") && second != first);
    assert_eq!(led(&change(&visit, &form).await.unwrap()), second, "once more is the same");
    let other = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert_not_found(change(&other, &form).await);
    // Each school learns of it behind its cursor, under another name for the person.
    let (ta, tb) = (token(&house, &zhao, &a).await, token(&house, &zhao, &b).await);
    let (ca, cb) = (caller(&house, &ta).await, caller(&house, &tb).await);
    let (at_a, at_b) = (enrolments(&ca, 0).await.unwrap(), enrolments(&cb, 0).await.unwrap());
    assert!(at_a.enrolments[0].ended_at.is_some() && at_b.enrolments[0].ended_at.is_none());
    let names = [&at_a, &at_b].map(|of| of.enrolments[0].name.clone());
    assert_eq!(names, ["", "张三"], "a school that was left learns no name");
    assert_ne!(at_a.enrolments[0].learner, at_b.enrolments[0].learner);
    assert!(enrolments(&ca, at_a.cursor).await.unwrap().enrolments.is_empty());
    // What was reported stays where it was learnt.
    let learner = &at_b.enrolments[0].learner;
    let said = report(&cb, "k-1", &body(&[row("r-1", learner, "professional", 10)])).await.unwrap();
    assert_eq!(said.counts.booked, 1);
    let back = ChangeForm { enrolment: second.replace("done=", ""), school: a.clone() };
    assert_eq!(led(&change(&visit, &back).await.unwrap()), "not=reported");
    // To the first school nobody of this number learns any more.
    let said = report(&ca, "k-1", &body(&[row("r-1", &at_a.enrolments[0].learner, "professional", 10)])).await.unwrap();
    assert_eq!((said.counts.quarantined, said.rows[0].field.as_str()), (1, "learner"));
    assert_eq!(ledger(&house, &visit).await.len(), 1);
}
both!(one_enrols_once_a_year_and_goes_over_to_another_school_while_nothing_was_reported);

async fn a_change_that_was_refused_is_shown_at_its_form(house: House) {
    let zhao = administrator(&house).await;
    let (a, _) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let visit = collected(&house).await;
    let enrolment = enrolled(&visit, &a, "2026").await.replace("done=", "");
    let form = ChangeForm { enrolment, school: String::new() };
    let errors = match change(&visit, &form).await {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    };
    visit.keep_flash(Flash::of("change", &form, errors.into())).await.unwrap();
    let flash = schools_view(&house.again(&visit).await).await.unwrap().flash.unwrap();
    assert_eq!((flash.form.as_str(), flash.answer.errors.of("school")), ("change", Some(&Fault::Missing)));
    assert!(schools_view(&house.again(&visit).await).await.unwrap().flash.is_none(), "shown once");
}
both!(a_change_that_was_refused_is_shown_at_its_form);

async fn of_many_windows_that_enrol_at_once_one_enrolment_comes(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let visit = collected(&house).await;
    let tries = (0..12).map(|n| {
        let (visit, school) = (visit.clone(), if n % 2 == 0 { a.clone() } else { b.clone() });
        async move { enrolled(&visit, &school, "2026").await }
    });
    let outcomes = futures::future::join_all(tries).await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "not=taken").count(), 6, "{outcomes:?}");
    assert_eq!(schools_view(&visit).await.unwrap().enrolments.len(), 1);
}
both!(of_many_windows_that_enrol_at_once_one_enrolment_comes);

async fn a_ticket_is_good_for_a_minute_once_and_at_its_school_alone(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let (ta, tb) = (token(&house, &zhao, &a).await, token(&house, &zhao, &b).await);
    let visit = collected(&house).await;
    let enrolment = enrolled(&visit, &a, "2026").await.replace("done=", "");
    let before = leaving(&visit, &enrolment).await.unwrap();
    assert_eq!((before.origin.as_str(), before.ticket), ("https://aa.example.com", None));
    let given = async || give_ticket(&visit, &enrolment, "https://kj.example.gov.cn").await.unwrap().ticket.unwrap();
    let ticket = given().await;
    assert!(!verify_ticket(&caller(&house, &tb).await, &ticket).await.unwrap().valid, "for another school");
    let first = verify_ticket(&caller(&house, &ta).await, &ticket).await.unwrap();
    assert_eq!((first.valid, first.year, first.enrolment), (true, Some(2026), Some(enrolment.clone())));
    assert_eq!(first.learner, Some(learner(&house.services, &a, visit.account().unwrap())));
    assert!(!verify_ticket(&caller(&house, &ta).await, &ticket).await.unwrap().valid, "a second time");
    let late = given().await;
    house.clock.forward(Duration::seconds(61));
    assert!(!verify_ticket(&caller(&house, &ta).await, &late).await.unwrap().valid, "too late");
    let (head, _) = late.rsplit_once('.').unwrap();
    for forged in ["", "x.y.z", &format!("{head}.AAAA")] {
        assert!(!verify_ticket(&caller(&house, &ta).await, forged).await.unwrap().valid, "{forged}");
    }
    let other = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert_not_found(give_ticket(&other, &enrolment, "https://kj.example.gov.cn").await);
}
both!(a_ticket_is_good_for_a_minute_once_and_at_its_school_alone);

async fn a_ticket_ends_with_its_enrolment_and_going_over_has_a_limit(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let ta = token(&house, &zhao, &a).await;
    let visit = collected(&house).await;
    let mut enrolment = enrolled(&visit, &a, "2026").await.replace("done=", "");
    let ticket = give_ticket(&visit, &enrolment, "https://kj.example.gov.cn").await.unwrap().ticket.unwrap();
    for nth in 0..10 {
        let school = if nth % 2 == 0 { b.clone() } else { a.clone() };
        let done = led(&change(&visit, &ChangeForm { enrolment, school }).await.unwrap());
        enrolment = done.replace("done=", "");
    }
    assert!(!verify_ticket(&caller(&house, &ta).await, &ticket).await.unwrap().valid, "of an enrolment that ended");
    let more = change(&visit, &ChangeForm { enrolment: enrolment.clone(), school: b.clone() }).await;
    assert!(matches!(more, Err(Failure::Refused(Refusal::TooOften { .. }))), "{more:?}");
    for _ in 0..29 {
        give_ticket(&visit, &enrolment, "https://kj.example.gov.cn").await.unwrap();
    }
    assert!(give_ticket(&visit, &enrolment, "https://kj.example.gov.cn").await.is_err());
    house.clock.forward(Duration::minutes(11));
    assert!(give_ticket(&visit, &enrolment, "https://kj.example.gov.cn").await.is_ok());
}
both!(a_ticket_ends_with_its_enrolment_and_going_over_has_a_limit);
