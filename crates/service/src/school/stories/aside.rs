//! What schools reported that belongs to nobody, under the eyes of the province.

use domain::case::Refusal;
use domain::school::aside::{AsideForm, AsideQuery, AsideView};
use domain::school::{Cause, Outcome};

use super::*;
use crate::review::stories::{assert_audit_stands, assert_not_found};
use crate::school::{answer_row, aside_view, batch, day, report, try_row};
use crate::testing::both;

async fn seen(house: &House, who: &Visit, query: AsideQuery) -> AsideView {
    aside_view(&house.again(who).await, &query).await.unwrap()
}

fn of(view: &AsideView, row: &str) -> AsideForm {
    let line = view.lines.iter().find(|line| line.row == row).unwrap_or_else(|| panic!("{row} in {:?}", view.lines));
    AsideForm { batch: line.batch.clone(), place: line.place.to_string(), ..AsideForm::default() }
}

fn named(id: &str, learner: &str, name: &str) -> Value {
    let mut row = row(id, learner, "public", 5);
    row["name"] = name.into();
    row
}

async fn rows_of_nobody_are_listed_with_their_reason_masked_and_in_pages(house: House) {
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let token = token(&house, &zhao, &a).await;
    let caller = caller(&house, &token).await;
    let known = learners(&house, &a, 1).await;
    let mut unread = row("r-4", &known[0], "public", 1);
    unread["learner"] = "nobody".into();
    let mut yearless = row("r-5", &known[0], "public", 1);
    yearless["year"] = "next".into();
    let rows = [
        row("r-1", &known[0], "professional", 60),
        row("r-2", "BBBBBBBBBBBBBBBBBBBBBB", "public", 7),
        named("r-3", &known[0], "李四"),
        unread,
        yearless,
        json!({ "id": "行六" }),
        // Hers, and wrong for her: she sees it herself.
        row("r-7", &known[0], "public", 60),
    ];
    report(&caller, "k-1", &body(&rows)).await.unwrap();
    // Sent once more the same number is one line, and what is mended is none.
    report(&caller, "k-2", &body(&[row("r-2", "BBBBBBBBBBBBBBBBBBBBBB", "public", 7), named("r-3", &known[0], "王小明")]))
        .await
        .unwrap();
    let view = seen(&house, &zhao, AsideQuery::default()).await;
    let lines: Vec<_> = view.lines.iter().map(|line| (line.row.as_str(), line.cause, line.year, line.may_try)).collect();
    let expected = [
        ("r-2", Some(Cause::NoEnrolment), Some(2026), true),
        ("", Some(Cause::Malformed), None, false),
        ("r-5", Some(Cause::Malformed), None, false),
        ("r-4", Some(Cause::Malformed), None, false),
    ];
    assert_eq!(lines, expected);
    assert_eq!((view.lines[0].learner.as_str(), view.lines[0].school_name.as_str()), ("BBB…BB", "aa网校"));
    assert_eq!(view.lines[0].what.as_ref().unwrap().1, Credits::whole(7));
    assert_eq!(view.lines[3].what, None, "of what is wrong nothing is kept");
    let count = async |query: AsideQuery| seen(&house, &zhao, query).await.lines.len();
    let by = |cause: &str, year: &str, school: &str| AsideQuery {
        cause: cause.into(),
        year: year.into(),
        school: school.into(),
        after: String::new(),
    };
    assert_eq!(count(by("no_enrolment", "", "")).await, 1);
    assert_eq!(count(by("", "2026", "")).await, 1);
    assert_eq!(count(by("", "0", "")).await, 3);
    assert_eq!(count(by("", "", &b)).await, 0);
    assert_eq!(count(by("", "", &a)).await, 4);
    let many: Vec<Value> = (0..60).map(|n| row(&format!("m-{n}"), "CCCCCCCCCCCCCCCCCCCCCC", "public", 1)).collect();
    report(&caller, "k-3", &body(&many)).await.unwrap();
    let (mut found, mut query) = (Vec::new(), by("", "", &a));
    loop {
        let page = seen(&house, &zhao, query.clone()).await;
        assert!(page.lines.len() <= 30);
        found.extend(page.lines.into_iter().map(|line| (line.batch, line.place)));
        let Some(next) = page.next else { break };
        query.after = next;
    }
    let each: std::collections::BTreeSet<_> = found.iter().collect();
    assert_eq!((found.len(), each.len()), (64, 64));
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert!(matches!(aside_view(&li, &AsideQuery::default()).await, Err(Failure::Refused(Refusal::NotYours))));
}
both!(rows_of_nobody_are_listed_with_their_reason_masked_and_in_pages);

async fn a_row_is_answered_to_the_school_once_and_read_in_its_batch(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let caller = caller(&house, &token).await;
    let known = learners(&house, &a, 1).await;
    let sent = body(&[row("r-1", &known[0], "professional", 60), row("r-2", "BBBBBBBBBBBBBBBBBBBBBB", "public", 7)]);
    let said = report(&caller, "k-1", &sent).await.unwrap();
    let form =
        AsideForm { answer: "请核对学员编号。".into(), ..of(&seen(&house, &zhao, AsideQuery::default()).await, "r-2") };
    let empty = answer_row(&zhao, &AsideForm { answer: " ".into(), ..form.clone() }).await;
    assert!(matches!(empty, Err(Failure::Invalid(_))));
    let done = answer_row(&zhao, &form).await.unwrap();
    assert_eq!(led(&done), "aside=1&done=answered");
    answer_row(&zhao, &form).await.unwrap();
    let other = answer_row(&zhao, &AsideForm { answer: "另一个说明".into(), ..form.clone() }).await;
    assert!(matches!(other, Err(Failure::Stale)), "{other:?}");
    let read = batch(&caller, &said.id).await.unwrap();
    assert_eq!((read.rows[1].outcome, read.rows[1].answer.as_str()), (Outcome::Quarantined, "请核对学员编号。"));
    let line = &seen(&house, &zhao, AsideQuery::default()).await.lines[0];
    assert_eq!((line.may_try, line.answer.as_ref().unwrap().1), (false, house.services.today()));
    assert!(matches!(try_row(&zhao, &form).await, Err(Failure::Stale)));
    // What is booked is nobody's business here.
    assert_not_found(answer_row(&zhao, &AsideForm { place: "0".into(), ..form.clone() }).await);
    assert_not_found(try_row(&zhao, &AsideForm { place: "0".into(), ..form }).await);
    assert_audit_stands(&house).await;
}
both!(a_row_is_answered_to_the_school_once_and_read_in_its_batch);

async fn what_fits_an_enrolment_by_now_is_booked_by_the_ordinary_check_and_nothing_else_is(house: House) {
    let zhao = administrator(&house).await;
    let a = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &a).await;
    let caller = caller(&house, &token).await;
    let visit = collected(&house).await;
    let me = learner(&house.services, &a, visit.account().unwrap());
    let rows = [
        named("r-1", &me, "张三"),
        named("r-2", &me, "李四"),
        row("r-3", &me, "professional", 91),
        row("r-4", "BBBBBBBBBBBBBBBBBBBBBB", "public", 7),
    ];
    let said = report(&caller, "k-1", &body(&rows)).await.unwrap();
    assert_eq!(said.counts.quarantined, 4);
    let view = seen(&house, &zhao, AsideQuery::default()).await;
    let again = async |row: &str| led(&try_row(&zhao, &of(&view, row)).await.unwrap());
    assert_eq!(again("r-1").await, "aside=1&done=same");
    enrolled(&visit, &a, "2026").await;
    assert_eq!(again("r-1").await, "aside=1&done=booked");
    assert_not_found(try_row(&zhao, &of(&view, "r-1")).await);
    assert_eq!(again("r-2").await, "aside=1&done=same", "another name fits as little as before");
    assert_eq!(again("r-3").await, "aside=1&done=refused");
    assert_eq!(again("r-4").await, "aside=1&done=same");
    let entries = ledger(&house, &visit).await;
    assert_eq!((entries.len(), entries[0].amount), (1, Credits::whole(5)));
    assert_eq!(entries[0].booked_by, a, "it is the school that reported it");
    let read = batch(&caller, &said.id).await.unwrap();
    let found: Vec<_> = read.rows.iter().map(|row| (row.outcome, row.cause)).collect();
    let expected = [
        (Outcome::Booked, None),
        (Outcome::Quarantined, Some(Cause::OtherName)),
        (Outcome::Refused, Some(Cause::AboveEnrolled)),
        (Outcome::Quarantined, Some(Cause::NoEnrolment)),
    ];
    assert_eq!(found, expected);
    assert_eq!((read.counts.booked, read.counts.quarantined, read.counts.refused), (1, 2, 1));
    let told = day(&caller, house.services.today(), "").await.unwrap();
    assert_eq!((told.counts, told.booked_credits), (read.counts, Credits::whole(5)));
    // The school sends it again, and it is booked already.
    assert_eq!(report(&caller, "k-2", &body(&rows[..1])).await.unwrap().counts.repeated, 1);
    assert_eq!(ledger(&house, &visit).await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(what_fits_an_enrolment_by_now_is_booked_by_the_ordinary_check_and_nothing_else_is);
