//! 学习进度 that schools tell.

use domain::learning::Credits;
use domain::school::forms::ChangeForm;
use domain::school::view::ProgressLine;
use domain::school::{Cause, MOST_PROGRESS, Measure, Noting};

use super::*;
use crate::school::{change, end_token, report_progress, schools_view};
use crate::testing::both;

fn far(learner: &str, percent: u32, at: &str) -> Value {
    json!({ "learner": learner, "year": 2026, "percent": percent, "at": at })
}

async fn told(house: &House, visit: &Visit) -> Option<ProgressLine> {
    schools_view(&house.again(visit).await).await.unwrap().enrolments[0].progress.clone()
}

async fn the_newest_progress_is_shown_to_the_person_and_books_nothing(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let visit = collected(&house).await;
    enrolled(&visit, &a, "2026").await;
    assert_eq!(told(&house, &visit).await, None);
    let caller = caller(&house, &token).await;
    let me = learner(&house.services, &a, visit.account().unwrap());
    let rows = [
        far(&me, 60, "2026-11-10T01:00:00Z"),
        far(&me, 40, "2026-11-09T01:00:00Z"),
        far(&me, 70, "2026-11-10T01:00:00Z"),
        far("BBBBBBBBBBBBBBBBBBBBBB", 1, "2026-11-10T01:00:00Z"),
        json!({ "learner": me, "year": 2026, "hours": true, "at": "2026-11-10T01:00:00Z" }),
        json!(7),
    ];
    let said = report_progress(&caller, &body(&rows)).await.unwrap();
    let found: Vec<_> = said.rows.iter().map(|row| (row.outcome, row.field, row.cause)).collect();
    let expected = [
        (Noting::Noted, None, None),
        (Noting::Older, None, None),
        (Noting::Refused, Some("at"), Some(Cause::OtherContents)),
        (Noting::Refused, Some("learner"), Some(Cause::NoEnrolment)),
        (Noting::Refused, Some("hours"), Some(Cause::Malformed)),
        (Noting::Refused, Some("learner"), Some(Cause::Missing)),
    ];
    assert_eq!(found, expected);
    let on = house.services.today();
    let line = Some(ProgressLine { measure: Measure::Percent, amount: Credits::whole(60), on });
    assert_eq!(told(&house, &visit).await, line);
    assert_eq!(report_progress(&caller, &body(&rows)).await.unwrap(), said, "sent again, one effect and one answer");
    let older = report_progress(&caller, &body(&[far(&me, 50, "2026-11-10T00:59:59Z")])).await.unwrap();
    assert_eq!((older.rows[0].outcome, told(&house, &visit).await), (Noting::Older, line));
    let hours = json!({ "learner": me, "year": "2026", "hours": "22.5", "at": "2026-11-10T09:00:01+08:00" });
    report_progress(&caller, &body(&[hours])).await.unwrap();
    let line = ProgressLine { measure: Measure::Hours, amount: Credits::of_hundredths(2250), on };
    assert_eq!(told(&house, &visit).await, Some(line));
    assert_eq!(ledger(&house, &visit).await, []);
}
both!(the_newest_progress_is_shown_to_the_person_and_books_nothing);

async fn progress_is_no_credit_so_that_one_can_still_go_over_to_another_school(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let token = token(&house, &zhao, &a).await;
    let visit = collected(&house).await;
    let enrolment = enrolled(&visit, &a, "2026").await.replace("done=", "");
    let caller = caller(&house, &token).await;
    let me = learner(&house.services, &a, visit.account().unwrap());
    report_progress(&caller, &body(&[far(&me, 30, "2026-11-10T01:00:00Z")])).await.unwrap();
    change(&visit, &ChangeForm { enrolment, school: b }).await.unwrap();
    assert_eq!(told(&house, &visit).await, None, "what the other school told went with it");
    let late = report_progress(&caller, &body(&[far(&me, 40, "2026-11-11T01:00:00Z")])).await.unwrap();
    assert_eq!((late.rows[0].outcome, late.rows[0].cause), (Noting::Refused, Some(Cause::EnrolmentEnded)));
}
both!(progress_is_no_credit_so_that_one_can_still_go_over_to_another_school);

async fn what_is_no_list_of_so_many_rows_is_refused_and_an_ended_token_tells_nothing(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let caller = caller(&house, &token).await;
    let one = far("BBBBBBBBBBBBBBBBBBBBBB", 1, "2026-11-10T01:00:00Z");
    for wrong in [b"{}".to_vec(), b"[]".to_vec(), body(&[]), body(&vec![one.clone(); MOST_PROGRESS + 1])] {
        assert!(matches!(report_progress(&caller, &wrong).await, Err(Failure::Invalid(_))));
    }
    let many = learners(&house, &a, MOST_PROGRESS as u64).await;
    let rows: Vec<Value> = many.iter().map(|learner| far(learner, 10, "2026-11-10T01:00:00Z")).collect();
    let said = report_progress(&caller, &body(&rows)).await.unwrap();
    assert!(said.rows.iter().all(|row| row.outcome == Noting::Noted));
    let id = kept_school(&house.again(&zhao).await, &a).await.unwrap().tokens[0].id.clone();
    end_token(&zhao, &TokenForm { school: a, id, ..TokenForm::default() }).await.unwrap();
    assert!(matches!(report_progress(&caller, &body(&[one])).await, Err(Failure::Refused(_))));
}
both!(what_is_no_list_of_so_many_rows_is_refused_and_an_ended_token_tells_nothing);
