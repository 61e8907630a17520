//! A penalty is entered by one and confirmed by another; a ban holds until its day, and ends by itself.

use chrono::{Duration, NaiveDate};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::integrity::Ban;
use domain::review::Due;
use domain::review::forms::RevokeForm;

use super::*;
use crate::review::stories::{CITY, SIBLING, assert_audit_stands, assert_not_found, audited, refusal, reviewer_with, staff};
use crate::testing::both;

fn day(text: &str) -> NaiveDate {
    domain::date::parse_date(text).unwrap()
}

async fn what_one_enters_another_confirms_and_the_person_is_told(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let before = titles(&house, &visit).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let answer = enter_penalty(&li, &penalty(), decision(20)).await.unwrap();
    assert_eq!(enter_penalty(&li, &penalty(), decision(20)).await.unwrap(), answer, "a repetition has no second effect");
    let id = entered(&li).await;
    let waits = row(&house, &id).await;
    assert_eq!((waits.status, waits.seat, waits.due_on), (Status::Submitted, 1, Some(day("2026-11-24"))));
    assert_eq!(penalties_view(&li, "").await.unwrap().lines.len(), 1);

    // Nothing of it is the person's before somebody else has confirmed it.
    assert!(record(&visit).await.entries.is_empty());
    assert_eq!(titles(&house, &visit).await, before);
    assert_eq!(refusal(decide(&li, &id, waits.version, "approve").await), Refusal::SecondPersonNeeded);
    house.clock.forward(Duration::minutes(11));
    approve(&house, &id).await.unwrap();

    let seen = record(&visit).await;
    let entry = &seen.entries[0];
    assert_eq!(entry.title, "罚款、五年内不得从事会计工作");
    assert_eq!(entry.basis, "《中华人民共和国会计法》（2024年修正）第四十一条");
    assert_eq!(entry.ban, Some((Ban::Until(day("2031-11-10")), true)));
    assert!(seen.rewards.is_empty());
    assert!(titles(&house, &visit).await.contains(&"诚信档案有新的记录".to_owned()));
    let rows = house.services.db.read().await.unwrap().list_integrity_entries(visit.account().unwrap()).await.unwrap();
    assert_ne!(rows[0].entered_by.as_ref(), Some(&rows[0].confirmed_by), "two persons");
    assert!(rows[0].entered_by.is_some());
    assert_eq!(audited(&house, &id, "enter_penalty").await.len(), 1);
    assert_eq!(audited(&house, &id, "approve").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(what_one_enters_another_confirms_and_the_person_is_told);

async fn what_was_refused_is_entered_again_without_asking_whose_it_is(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    enter_penalty(&li, &penalty(), decision(20)).await.unwrap();
    let id = entered(&li).await;
    give_back(&house, &id, "决定日期与决定书不一致").await;
    assert!(
        record(&visit).await.entries.is_empty() && !titles(&house, &visit).await.contains(&"行政处罚登记需要修改".to_owned())
    );

    let list = penalties_view(&li, id.as_str()).await.unwrap();
    assert_eq!((list.lines[0].status, list.lines[0].reason.as_str()), (Status::Returned, "决定日期与决定书不一致"));
    assert_eq!(
        (list.of.as_deref(), list.form.articles.as_str(), list.form.kinds.as_str()),
        (Some("张三"), "2024-41", "fine,ban_five")
    );
    let again = PenaltyForm { decided_on: "2026-11-11".into(), request_key: "k2".into(), ..list.form };
    assert_eq!(faults(enter_penalty(&li, &again, None).await).of("proof"), Some(&Fault::FileMissing), "always with the decision");
    enter_penalty(&li, &again, decision(40)).await.unwrap();
    assert_eq!((row(&house, &id).await.round, row(&house, &id).await.due_on), (2, Some(day("2026-11-25"))));
    let files = house.services.db.read().await.unwrap().list_attachments(&id).await.unwrap();
    assert_eq!(files.len(), 1, "the new decision in the place of the old one");
    house.clock.forward(Duration::minutes(11));
    approve(&house, &id).await.unwrap();
    assert_eq!(record(&visit).await.entries[0].decided_on, day("2026-11-11"));
    // What is recorded is not entered again.
    assert_not_found(penalties_view(&li, id.as_str()).await);
    let late = PenaltyForm { request_key: "k3".into(), ..again };
    assert!(matches!(enter_penalty(&li, &late, decision(41)).await, Err(Failure::Stale)));
    assert_audit_stands(&house).await;
}
both!(what_was_refused_is_entered_again_without_asking_whose_it_is);

async fn ten_working_days_after_the_decision_it_is_overdue_whenever_it_was_entered(house: House) {
    let house = honest(house);
    person(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    enter_penalty(&li, &PenaltyForm { decided_on: "2026-10-09".into(), ..penalty() }, decision(20)).await.unwrap();
    // 2026-10-10 is worked; the tenth working day after the ninth is the twenty-second.
    let list = penalties_view(&li, "").await.unwrap();
    assert_eq!(list.lines[0].own.due_on, day("2026-10-22"));
    let desk = crate::review::desk(&li).await.unwrap();
    assert!(desk.due.contains(&(Due::Overdue, 1)), "{:?}", desk.due);
}
both!(ten_working_days_after_the_decision_it_is_overdue_whenever_it_was_entered);

async fn a_ban_warns_at_every_case_of_the_person_until_its_day_and_ends_by_itself(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let old = PenaltyForm { decided_on: "2021-11-20".into(), articles: "2017-43".into(), kinds: "ban_five".into(), ..penalty() };
    enter_penalty(&li, &old, decision(20)).await.unwrap();
    approve(&house, &entered(&li).await).await.unwrap();
    house.clock.forward(Duration::minutes(11));
    let visit = house.again(&visit).await;
    let other = waiting(&visit, &reward(), 30).await;

    let ban = Ban::Until(day("2026-11-20"));
    assert_eq!(record(&visit).await.entries[0].ban, Some((ban, true)));
    assert_eq!(crate::record::own_record(&visit).await.unwrap().warnings.len(), 1, "the record is marked");
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    let shown = crate::review::case(&zhao, &other).await.unwrap();
    assert_eq!(shown.beside[0].title, "申请人正在受到限制");
    assert!(shown.beside[0].said[0].contains("至 2026年11月20日"), "{:?}", shown.beside[0].said);

    // 2026-11-18 at ten; on the twentieth it still holds, on the twenty-first it does not.
    house.clock.forward(Duration::days(2));
    assert_eq!(record(&visit).await.entries[0].ban, Some((ban, true)));
    house.clock.forward(Duration::days(1));
    assert_eq!(record(&visit).await.entries[0].ban, Some((ban, false)));
    assert!(crate::record::own_record(&visit).await.unwrap().warnings.is_empty());
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let shown = crate::review::case(&wang, &other).await.unwrap();
    assert!(shown.beside.iter().all(|of| of.title != "申请人正在受到限制"));
    assert_eq!(penalties_view(&wang, "").await.unwrap().lines[0].own.ban, Some((ban, false)));
}
both!(a_ban_warns_at_every_case_of_the_person_until_its_day_and_ends_by_itself);

async fn a_penalty_is_entered_by_the_bureau_of_the_person_or_one_above_and_nobody_else(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let enter = async |by: &Visit, form: PenaltyForm| enter_penalty(by, &form, decision(20)).await;
    assert_eq!(refusal(enter(&visit, penalty()).await), Refusal::NotYours);
    let beside = reviewer(&house, SIBLING, "周审核").await;
    assert_eq!(refusal(enter(&beside, penalty()).await), Refusal::NotYours);
    let administrator = staff(&house, "430000", "管理员", "administrator", true).await;
    assert_eq!(refusal(enter(&administrator, penalty()).await), Refusal::NotYours);
    let own = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    assert_eq!(refusal(enter(&own, penalty()).await), Refusal::SelfReview);

    let li = reviewer(&house, DISTRICT, "李审核").await;
    for form in [
        PenaltyForm { name: "李四".into(), ..penalty() },
        PenaltyForm { document_number: "430111198505231244".into(), ..penalty() },
    ] {
        assert_eq!(faults(enter(&li, form).await).of("document_number"), Some(&Fault::NotInList));
    }
    let broken = Some(Proof { name: "x.txt".into(), bytes: Ok(b"no picture".to_vec()) });
    assert_eq!(faults(enter_penalty(&li, &penalty(), broken).await).of("proof"), Some(&Fault::FileKind));
    assert!(matches!(enter(&li, PenaltyForm { request_key: String::new(), ..penalty() }).await, Err(Failure::Stale)));

    // The city is above the district: what it enters is its own, and the same decision is not entered twice.
    let city = reviewer(&house, CITY, "赵审核").await;
    reviewer(&house, CITY, "钱审核").await;
    enter(&city, penalty()).await.unwrap();
    assert_eq!(row(&house, &entered(&city).await).await.bureau.unwrap().as_str(), CITY);
    let twice = PenaltyForm { request_key: "k2".into(), number: "长财监 〔2026〕3号".into(), ..penalty() };
    assert_eq!(faults(enter(&li, twice).await).of("number"), Some(&Fault::DuplicateRow));
    assert!(penalties_view(&li, "").await.unwrap().lines.is_empty(), "the city's own");
    assert_not_found(penalties_view(&li, entered(&city).await.as_str()).await);
    assert_audit_stands(&house).await;
}
both!(a_penalty_is_entered_by_the_bureau_of_the_person_or_one_above_and_nobody_else);

async fn a_wrong_penalty_is_taken_back_by_a_third_and_its_ban_with_it(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    enter_penalty(&li, &penalty(), decision(20)).await.unwrap();
    let id = entered(&li).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    decide(&wang, &id, row(&house, &id).await.version, "approve").await.unwrap();
    let version = row(&house, &id).await.version.to_string();
    let form = RevokeForm { case: id.to_string(), version, reason: "处罚决定已被复议撤销".into() };
    for had_part in [&li, &wang] {
        assert_eq!(refusal(crate::review::revoke(had_part, &form).await), Refusal::SecondPersonNeeded);
    }
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    crate::review::revoke(&zhao, &form).await.unwrap();
    let entry = &record(&visit).await.entries[0];
    assert_eq!(entry.ended.as_ref().unwrap().0, "处罚决定已被复议撤销");
    assert_eq!(entry.ban, Some((Ban::Until(day("2031-11-10")), false)));
    assert!(titles(&house, &visit).await.contains(&"诚信档案的记录已撤销".to_owned()));
    // It may be entered again as it should have been.
    enter_penalty(&li, &PenaltyForm { request_key: "k2".into(), ..penalty() }, decision(50)).await.unwrap();
    assert_audit_stands(&house).await;
}
both!(a_wrong_penalty_is_taken_back_by_a_third_and_its_ban_with_it);
