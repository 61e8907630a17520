//! 学分显示不全: what somebody sees of what schools reported, and what a school answers.

use domain::school::forms::ChangeForm;
use domain::school::missing::AskForm;
use domain::school::{Cause, Outcome};

use super::*;
use crate::review::stories::{assert_audit_stands, assert_not_found};
use crate::school::{answer, ask_school, change, missing_view, report, requests};
use crate::testing::both;

fn asking_about(enrolment: &str) -> AskForm {
    AskForm { enrolment: enrolment.into(), year: "2026".into() }
}

async fn a_person_sees_what_was_reported_of_them_and_nothing_of_anybody_else(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let visit = collected(&house).await;
    enrolled(&visit, &a, "2026").await;
    let caller = caller(&house, &token).await;
    let me = learner(&house.services, &a, visit.account().unwrap());
    let other = learners(&house, &a, 1).await.remove(0);
    let named = |id: &str, learner: &str, name: &str| {
        let mut row = row(id, learner, "public", 7);
        row["name"] = name.into();
        row
    };
    let last_year = {
        let mut row = row("r-5", &me, "public", 5);
        row["year"] = 2025.into();
        row["completed_on"] = "2026-01-20".into();
        row
    };
    let rows = [
        row("r-1", &me, "professional", 60),
        row("r-2", &me, "public", 31),
        named("r-3", &me, "李四"),
        // Somebody of the same name, whom the school knows by no number.
        named("r-4", "BBBBBBBBBBBBBBBBBBBBBB", "张三"),
        named("r-6", "CCCCCCCCCCCCCCCCCCCCCC", "李四"),
        row("r-7", &other, "public", 8),
        last_year,
        // Their number with another name, for a year of theirs at no school.
        {
            let mut row = named("r-8", &me, "李四");
            row["year"] = 2025.into();
            row["completed_on"] = "2026-01-20".into();
            row
        },
        // A number that the school gave twice.
        row("r-1", &other, "public", 9),
    ];
    let said = report(&caller, "k-1", &body(&rows)).await.unwrap();
    assert_eq!(said.rows[6].cause, Some(Cause::NoEnrolment), "{said:?}");
    let view = missing_view(&house.again(&visit).await, 2026).await.unwrap();
    let found: Vec<_> = view.reported.iter().map(|line| (line.row.as_str(), line.outcome, line.cause)).collect();
    let expected = [
        ("r-3", Outcome::Quarantined, Some(Cause::OtherName)),
        ("r-2", Outcome::Refused, Some(Cause::AboveEnrolled)),
        ("r-1", Outcome::Booked, None),
    ];
    assert_eq!(found, expected);
    assert_eq!(view.reported[0].what, None, "they may be those of somebody else");
    assert_eq!(view.reported[2].what.as_ref().unwrap().1, Credits::whole(60));
    assert_eq!(view.reported[2].phone, "0731-85000001");
    assert_eq!(view.namesakes.len(), 1);
    // What was learnt in 2026 and reported for 2025 is shown on either page.
    assert_eq!(view.elsewhere.iter().map(|line| (line.row.as_str(), line.year)).collect::<Vec<_>>(), [("r-5", 2025)]);
    let before = missing_view(&house.again(&visit).await, 2025).await.unwrap();
    assert_eq!(
        before.reported.iter().map(|line| (line.row.as_str(), line.what.is_some())).collect::<Vec<_>>(),
        [("r-8", false), ("r-5", true)]
    );
    // Mended and reported again, it is booked and waits no more.
    report(&caller, "k-2", &body(&[named("r-3", &me, "张三")])).await.unwrap();
    let view = missing_view(&house.again(&visit).await, 2026).await.unwrap();
    let of_it: Vec<_> = view.reported.iter().filter(|line| line.row == "r-3").map(|line| line.outcome).collect();
    assert_eq!(of_it, [Outcome::Booked]);
    assert_not_found(missing_view(&visit, 1999).await);
}
both!(a_person_sees_what_was_reported_of_them_and_nothing_of_anybody_else);

async fn what_one_year_holds_does_not_hide_another_nor_a_repetition_what_came_before(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let visit = collected(&house).await;
    enrolled(&visit, &a, "2026").await;
    let caller = caller(&house, &token).await;
    let me = learner(&house.services, &a, visit.account().unwrap());
    let old = |id: &str| {
        let mut row = row(id, &me, "public", 5);
        (row["year"], row["completed_on"]) = (2025.into(), "2026-01-20".into());
        row
    };
    let aside = |id: &str| {
        let mut row = row(id, "BBBBBBBBBBBBBBBBBBBBBB", "public", 5);
        row["name"] = "张三".into();
        row
    };
    report(&caller, "k-1", &body(&[old("o-1"), aside("n-1")])).await.unwrap();
    house.clock.forward(chrono::Duration::minutes(5));
    // Many rows of this year, and one that is sent again and again.
    let many: Vec<Value> = (0..250).map(|n| row(&format!("r-{n}"), &me, "public", 91)).collect();
    let again: Vec<Value> = (0..250).map(|_| row("r-0", &me, "public", 92)).collect();
    report(&caller, "k-2", &body(&many)).await.unwrap();
    report(&caller, "k-3", &body(&again)).await.unwrap();
    report(&caller, "k-4", &body(&(0..250).map(|n| aside(&format!("m-{n}"))).collect::<Vec<_>>())).await.unwrap();
    let visit = house.again(&visit).await;
    let before = missing_view(&visit, 2025).await.unwrap();
    assert_eq!(before.reported.iter().map(|line| line.row.as_str()).collect::<Vec<_>>(), ["o-1"]);
    let now = missing_view(&visit, 2026).await.unwrap();
    assert_eq!(now.reported.len(), 200);
    let newest: Vec<_> = now.reported.iter().filter(|line| line.row == "r-0").collect();
    assert_eq!(newest.len(), 1);
    assert_eq!(newest[0].what.as_ref().unwrap().1, Credits::whole(92));
    assert_eq!(now.elsewhere.len(), 1, "what was learnt in the year and reported for another is among those of the year");
    assert_eq!(now.namesakes.len(), 1, "a day of a school is one line");
}
both!(what_one_year_holds_does_not_hide_another_nor_a_repetition_what_came_before);

async fn the_answer_of_a_school_that_was_left_meanwhile_is_on_the_page(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let token = token(&house, &zhao, &a).await;
    let caller = caller(&house, &token).await;
    let visit = collected(&house).await;
    let enrolment = enrolled(&visit, &a, "2026").await.replace("done=", "");
    ask_school(&visit, &asking_about(&enrolment)).await.unwrap();
    change(&house.again(&visit).await, &ChangeForm { enrolment, school: b }).await.unwrap();
    let id = requests(&caller, 0).await.unwrap().requests.remove(0).id;
    answer(&caller, &id, "您还没有学完。").await.unwrap();
    let view = missing_view(&house.again(&visit).await, 2026).await.unwrap();
    let lines: Vec<_> = view
        .reporters
        .iter()
        .map(|line| (line.school_name.as_str(), line.left_on, line.asked.len(), line.may_be_asked()))
        .collect();
    assert_eq!(lines, [("bb网校", None, 0, true), ("aa网校", Some(house.services.today()), 1, false)]);
    assert_eq!(view.reporters[1].asked[0].answer.as_ref().unwrap().0, "您还没有学完。");
    assert!(missing_view(&house.again(&visit).await, 2025).await.unwrap().reporters.is_empty());
}
both!(the_answer_of_a_school_that_was_left_meanwhile_is_on_the_page);

async fn one_press_asks_the_school_whose_answer_the_person_reads(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let (ta, tb) = (token(&house, &zhao, &a).await, token(&house, &zhao, &b).await);
    let (ca, cb) = (caller(&house, &ta).await, caller(&house, &tb).await);
    let visit = collected(&house).await;
    let enrolment = enrolled(&visit, &a, "2026").await.replace("done=", "");
    ask_school(&visit, &asking_about(&enrolment)).await.unwrap();
    ask_school(&house.again(&visit).await, &asking_about(&enrolment)).await.unwrap();
    assert_not_found(ask_school(&visit, &asking_about("nowhere")).await);
    let asked = requests(&ca, 0).await.unwrap();
    assert_eq!((asked.requests.len(), asked.requests[0].enrolment.as_str()), (1, enrolment.as_str()));
    assert!(requests(&cb, 0).await.unwrap().requests.is_empty(), "another school learns nothing");
    let id = &asked.requests[0].id;
    assert_not_found(answer(&cb, id, "不是我们的").await);
    assert!(matches!(answer(&ca, id, " ").await, Err(Failure::Invalid(_))));
    let said = answer(&ca, id, "11 月 20 日前补报。").await.unwrap();
    assert_eq!(answer(&ca, id, "11 月 20 日前补报。").await.unwrap(), said);
    assert!(matches!(answer(&ca, id, "另一个答复").await, Err(Failure::Stale)));
    let news = requests(&ca, asked.cursor).await.unwrap();
    assert_eq!((news.requests.len(), news.requests[0].answer.as_str()), (1, "11 月 20 日前补报。"));
    let view = missing_view(&house.again(&visit).await, 2026).await.unwrap();
    let today = house.services.today();
    assert_eq!(view.reporters[0].asked[0].answer, Some(("11 月 20 日前补报。".into(), today)));
    // Who was answered may ask again, so often a day.
    for _ in 0..9 {
        assert!(missing_view(&house.again(&visit).await, 2026).await.unwrap().reporters[0].may_be_asked());
        ask_school(&visit, &asking_about(&enrolment)).await.unwrap();
        let open = requests(&ca, 0).await.unwrap().requests.into_iter().find(|asked| asked.answered_at.is_none()).unwrap();
        answer(&ca, &open.id, "已补报。").await.unwrap();
    }
    let often = ask_school(&visit, &asking_about(&enrolment)).await;
    assert!(matches!(often, Err(Failure::Refused(domain::case::Refusal::TooOften { .. }))), "{often:?}");
    assert_audit_stands(&house).await;
}
both!(one_press_asks_the_school_whose_answer_the_person_reads);
