//! Who is reminded when, and never twice, on both engines.

use chrono::Duration;
use domain::case::{Refusal, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::AccountId;
use domain::record::ExpiryForm;
use domain::reminder::ReminderForm;

use super::*;
use crate::employer::stories::{collected, manager_to_be};
use crate::intake::stories::{case, decide, fill, submit, zhang_san};
use crate::notify::deliver;
use crate::record::note_expiry;
use crate::review::stories::{assert_audit_stands, put, refusal};
use crate::testing::{House, both};

/// What somebody was reminded of, the oldest first.
async fn reminded(house: &House, account: &AccountId) -> Vec<String> {
    let rows = house.services.db.read().await.unwrap().list_messages(account, "~", 50).await.unwrap();
    let is_one = |title: &String| ["还没有", "快到有效期"].iter().any(|words| title.contains(words));
    rows.into_iter().rev().map(|row| row.title).filter(is_one).collect()
}

/// How many are told, when it is looked again and again until there is nothing more.
async fn told(services: &Services) -> u64 {
    let mut told = 0;
    loop {
        let round = remind(services).await.unwrap();
        told += round.told;
        if round.is_done {
            return told;
        }
    }
}

async fn days_later(house: &House, days: i64) -> u64 {
    house.clock.forward(Duration::days(days));
    told(&house.services).await
}

/// SMS that remind, of those that have left.
async fn short_messages(house: &House) -> usize {
    while deliver(&house.services).await.unwrap() > 0 {}
    house.sms.0.lock().unwrap().iter().filter(|sms| sms.purpose == "reminder").count()
}

fn choice(sms: &str) -> ReminderForm {
    ReminderForm { sms: sms.into() }
}

async fn whoever_does_not_answer_a_return_is_reminded_twice_and_by_sms_where_they_want_it(house: House) {
    let zhang = zhang_san(&house).await;
    let account = zhang.account().unwrap().clone();
    fill(&zhang).await;
    submit(&zhang).await;
    decide(&house, &zhang, Status::Returned, &[]).await;
    choose_reminders(&zhang, &choice("yes")).await.unwrap();
    // Thirty days after 18 November is 18 December.
    assert_eq!(days_later(&house, 22).await, 0, "10 December");
    assert_eq!(days_later(&house, 1).await, 1, "seven days before");
    assert_eq!((told(&house.services).await, short_messages(&house).await), (0, 1));
    assert_eq!(days_later(&house, 4).await, 0, "15 December");
    let quiet = account.clone();
    let now = house.services.now();
    house.services.db.write(move |tx| Box::pin(async move { tx.choose_reminder_sms(&quiet, false, now).await })).await.unwrap();
    assert_eq!(days_later(&house, 1).await, 1, "two days before");
    assert_eq!(days_later(&house, 3).await, 0, "it is over");
    assert_eq!(reminded(&house, &account).await, ["信息采集退回后还没有重新提交"; 2]);
    assert_eq!(short_messages(&house).await, 1);
    assert_audit_stands(&house).await;
}
both!(whoever_does_not_answer_a_return_is_reminded_twice_and_by_sms_where_they_want_it);

async fn whoever_has_handed_in_again_is_not_reminded_and_nobody_is_at_night(house: House) {
    let zhang = zhang_san(&house).await;
    fill(&zhang).await;
    submit(&zhang).await;
    decide(&house, &zhang, Status::Returned, &[]).await;
    // 22:00 of 11 December, then 10:00 of the day after it.
    house.clock.forward(Duration::hours(12));
    assert_eq!(days_later(&house, 23).await, 0);
    let id = case(&zhang).await.id;
    put(&house, &id, Status::Submitted, None).await;
    house.clock.forward(Duration::hours(12));
    assert_eq!(told(&house.services).await, 0);
    assert!(reminded(&house, zhang.account().unwrap()).await.is_empty());
}
both!(whoever_has_handed_in_again_is_not_reminded_and_nobody_is_at_night);

async fn a_learning_year_is_told_three_times_however_often_and_by_how_many_it_is_looked_for(house: House) {
    let mut people = Vec::new();
    for (number, mobile) in
        [("430111199003079988", "13900001234"), ("430102199003071234", "13900005678"), ("430111198507120011", "13900009012")]
    {
        people.push(collected(&house, number, mobile).await.account().unwrap().clone());
    }
    let other = house.services.with(|rooms| (rooms.waits, rooms.glance) = Default::default());
    // The year 2026 ends on 28 February 2027.
    assert_eq!(days_later(&house, 41).await, 0, "29 December");
    for days in [1, 30, 23] {
        house.clock.forward(Duration::days(days));
        let (one, two) = tokio::join!(told(&house.services), told(&other));
        assert_eq!((one + two, told(&house.services).await, told(&other).await), (3, 0, 0));
    }
    assert_eq!(days_later(&house, 8).await, 0, "1 March");
    for account in &people {
        assert_eq!(reminded(&house, account).await, ["2026 年度继续教育还没有完成"; 3]);
    }
    assert_eq!(short_messages(&house).await, 0);
    assert_audit_stands(&house).await;
}
both!(a_learning_year_is_told_three_times_however_often_and_by_how_many_it_is_looked_for);

async fn a_return_and_a_paper_are_told_once_by_two_servers_that_look_again_and_again(house: House) {
    let zhang = zhang_san(&house).await;
    let account = zhang.account().unwrap().clone();
    fill(&zhang).await;
    submit(&zhang).await;
    decide(&house, &zhang, Status::Returned, &[]).await;
    let file = house.services.db.read().await.unwrap().list_all_files(&account).await.unwrap().remove(0);
    // A paper whose mark falls on the day of the second mark of the return: thirty days before, and two.
    note_expiry(&zhang, &ExpiryForm { paper: file.id, expires_on: "2027-01-15".into() }).await.unwrap();
    let other = house.services.with(|rooms| (rooms.waits, rooms.glance) = Default::default());
    for (days, expected) in [(22, 0), (1, 1), (5, 2), (2, 0)] {
        house.clock.forward(Duration::days(days));
        let (one, two, three) = tokio::join!(told(&house.services), told(&other), told(&other));
        assert_eq!(one + two + three, expected, "after {days} days");
        assert_eq!((told(&house.services).await, told(&other).await), (0, 0));
    }
    let mut found = reminded(&house, &account).await;
    found.sort_unstable();
    assert_eq!(found.len(), 3);
    assert_eq!(found.iter().filter(|title| *title == "信息采集退回后还没有重新提交").count(), 2);
    assert_audit_stands(&house).await;
}
both!(a_return_and_a_paper_are_told_once_by_two_servers_that_look_again_and_again);

async fn whoever_has_completed_the_year_is_not_told(house: House) {
    let house = house.ruling(|rules| {
        for year in &mut rules.years {
            (year.total, year.professional, year.public) = (domain::learning::Credits::whole(0), None, None);
        }
    });
    let account = manager_to_be(&house).await.account().unwrap().clone();
    assert_eq!(days_later(&house, 42).await, 0);
    assert!(reminded(&house, &account).await.is_empty());
}
both!(whoever_has_completed_the_year_is_not_told);

async fn a_paper_is_told_once_before_its_last_day_and_anew_where_that_is_another(house: House) {
    let visit = manager_to_be(&house).await;
    let account = visit.account().unwrap().clone();
    let file = house.services.db.read().await.unwrap().list_all_files(&account).await.unwrap().remove(0);
    let note = async |visit: &Visit, on: &str| {
        note_expiry(visit, &ExpiryForm { paper: file.id.clone(), expires_on: on.into() }).await.unwrap();
    };
    note(&visit, "2026-12-19").await;
    assert_eq!(told(&house.services).await, 0, "a day too early");
    let visit = house.wait_awake(&visit, Duration::days(1)).await;
    assert_eq!((told(&house.services).await, told(&house.services).await), (1, 0));
    note(&visit, "2026-12-18").await;
    assert_eq!((told(&house.services).await, told(&house.services).await), (1, 0), "another day was noted");
    // What is over is not announced, and what was taken back neither.
    for on in ["2026-11-18", ""] {
        note(&visit, on).await;
        assert_eq!(told(&house.services).await, 0);
    }
    assert_eq!(reminded(&house, &account).await.len(), 2);
}
both!(a_paper_is_told_once_before_its_last_day_and_anew_where_that_is_another);

async fn only_the_person_chooses_how_they_are_reminded(house: House) {
    assert_eq!(refusal(choose_reminders(&house.visit(None).await, &choice("yes")).await), Refusal::SignInAgain);
    let zhang = zhang_san(&house).await;
    let wrong = choose_reminders(&zhang, &choice("maybe")).await;
    assert!(matches!(wrong, Err(Failure::Invalid(errors)) if errors == FieldErrors::one("sms", Fault::NotInList)));
    for (sms, expected) in [("yes", true), ("no", false), ("yes", true)] {
        let answer = choose_reminders(&zhang, &choice(sms)).await.unwrap();
        assert_eq!(answer.go.as_deref(), Some("/hunan/settings?done=reminders"));
        assert_eq!(crate::account::settings(&zhang).await.unwrap().reminds_by_sms, expected);
    }
    assert_audit_stands(&house).await;
}
both!(only_the_person_chooses_how_they_are_reminded);
