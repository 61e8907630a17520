//! 继续教育完成记录: the years, the duty, and what is missing.

use domain::learning::{Credits, Trigger, Way};

use super::*;
use crate::learning::{calendar, learning_card, learning_view};
use crate::review::stories::assert_not_found;
use crate::testing::both;

async fn the_years_go_back_to_the_first_of_the_duty_and_say_what_is_missing(house: House) {
    let visit = collected(&house).await;
    let shown = learning_view(&visit).await.unwrap();
    assert_eq!(shown.duty, Some((2013, Trigger::Work, "2012年7月16日".to_owned())));
    let years: Vec<i32> = shown.years.iter().map(|year| year.state.year).collect();
    assert_eq!(years, (2013..=2026).rev().collect::<Vec<_>>());
    let now = &shown.years[0];
    assert_eq!(
        (now.state.standing.missing.total, now.state.standing.missing.professional),
        (Credits::whole(90), Credits::whole(60))
    );
    assert_eq!(now.state.last_day.unwrap().on, "2027-02-28".parse().ok());
    assert!(matches!(now.ways[0], Way::Study { .. }));
    let file = calendar(&visit, 2026).await.unwrap();
    assert!(file.contains("DTSTART;VALUE=DATE:20270228\r\n") && file.contains("BEGIN:VALARM\r\n"), "{file}");
    assert_not_found(calendar(&visit, 2024).await);

    let paper = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &paper).await.unwrap();
    assert_eq!(learning_view(&visit).await.unwrap().years[0].pending, Credits::whole(30));
    approve(&house, &paper).await.unwrap();
    house.clock.forward(chrono::Duration::minutes(1));
    let degree = ready(&visit, "degree", DEGREE).await;
    hand_in(&visit, &degree).await.unwrap();
    approve(&house, &degree).await.unwrap();
    let done = learning_view(&visit).await.unwrap().years.remove(0);
    assert!(done.state.standing.is_complete() && done.ways.is_empty());
    assert_eq!(done.state.standing.completed_on, "2026-11-18".parse().ok());
    // How many credits an hour gives is not known of the province since 2019.
    assert_eq!((done.entries.len(), done.hours), (2, None));
    assert_eq!(done.entries[0].case.as_ref(), Some(&paper));
    assert_not_found(calendar(&visit, 2026).await);
}
both!(the_years_go_back_to_the_first_of_the_duty_and_say_what_is_missing);

async fn a_credit_that_is_booked_in_another_year_says_which_date_decided_and_its_rule_in_words(house: House) {
    let visit = collected(&house).await;
    let degree = ready(&visit, "degree", DEGREE).await;
    hand_in(&visit, &degree).await.unwrap();
    approve(&house, &degree).await.unwrap();
    let paper = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &paper).await.unwrap();
    let visit = much_later(&house, &visit).await;
    approve(&house, &paper).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    revoking(&house, &li, &paper, "证明材料不实").await.unwrap();
    let years = learning_view(&visit).await.unwrap().years;
    let entries = years.into_iter().find(|year| year.state.year == 2026).unwrap().entries;
    let said: Vec<_> = entries.iter().map(|of| (of.registered_in, of.year_by.as_str())).collect();
    let later = (Some(2027), "按出版日期：2026年9月确定");
    assert_eq!(said, [(None, ""), later, later], "also of what takes it back");
    assert_eq!(entries[0].entry.decided, "成绩单日期：2026年7月10日");
    assert!(entries[1..].iter().all(|of| of.rule == "论文折算规则（2019 版）"), "{entries:?}");
}
both!(a_credit_that_is_booked_in_another_year_says_which_date_decided_and_its_rule_in_words);

async fn somebody_without_a_record_sees_no_years_and_what_to_do_first(house: House) {
    let visit = intake::zhang_san(&house).await;
    let shown = learning_view(&visit).await.unwrap();
    assert!(!shown.words.is_collected && shown.years.is_empty() && shown.duty.is_none());
    assert_eq!(learning_card(&visit).await.unwrap(), None, "nobody owes anything who has no record");
}
both!(somebody_without_a_record_sees_no_years_and_what_to_do_first);

async fn the_card_of_the_home_page_says_what_this_year_still_asks_until_it_asks_nothing(house: House) {
    let visit = collected(&house).await;
    let card = async || learning_card(&visit).await.unwrap().unwrap();
    let shown = card().await;
    let missing = |of: &domain::learning::view::LearningCard| of.year.state.standing.missing.total;
    assert_eq!((shown.year.state.year, missing(&shown)), (2026, Credits::whole(90)));
    assert_eq!((shown.today, shown.year.pending), (house.services.today(), Credits::ZERO));
    let paper = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &paper).await.unwrap();
    assert_eq!((card().await.year.pending, missing(&card().await)), (Credits::whole(30), Credits::whole(90)));
    approve(&house, &paper).await.unwrap();
    assert_eq!((card().await.year.pending, missing(&card().await)), (Credits::ZERO, Credits::whole(60)));
    house.clock.forward(chrono::Duration::minutes(11));
    let degree = ready(&visit, "degree", DEGREE).await;
    hand_in(&visit, &degree).await.unwrap();
    approve(&house, &degree).await.unwrap();
    assert!(card().await.year.state.standing.is_complete());
    // Where there is no 继续教育 there is no card, and no fault.
    let liaoning = intake::person_of(&house, "liaoning", "430111199003079988", "13900001234").await;
    assert_eq!(learning_card(&liaoning).await.unwrap(), None);
}
both!(the_card_of_the_home_page_says_what_this_year_still_asks_until_it_asks_nothing);
