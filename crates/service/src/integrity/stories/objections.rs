//! A person objects to a penalty, and the bureau above answers: it is taken down, corrected, or stays.

use chrono::{Duration, NaiveDate};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::integrity::objection::{CorrectionForm, ObjectionForm, WithdrawObjectionForm};
use domain::integrity::{Ban, Outcome};
use domain::review::forms::{ForwardForm, RevokeForm};

use super::*;
use crate::case::Proof;
use crate::review::stories::{CITY, PROVINCE, SIBLING, assert_audit_stands, assert_not_found, audited, refusal, staff};
use crate::testing::both;

fn day(text: &str) -> NaiveDate {
    domain::date::parse_date(text).unwrap()
}

/// A penalty that two of the district recorded; answers its case.
pub(crate) async fn recorded(house: &House) -> CaseId {
    let li = reviewer(house, DISTRICT, "李审核").await;
    enter_penalty(&li, &penalty(), decision(20)).await.unwrap();
    let id = entered(&li).await;
    approve(house, &id).await.unwrap();
    house.clock.forward(Duration::minutes(11));
    id
}

fn against(of: &CaseId, key: &str) -> ObjectionForm {
    let reasons = "处罚决定书是另一人的，\n本人当时不在该单位工作。".into();
    ObjectionForm { of: of.to_string(), reasons, request_key: key.into() }
}

fn proofs(shades: &[u8]) -> Vec<Proof> {
    let of = |shade: &u8| Proof { name: "证明.jpg".into(), bytes: Ok(intake::picture(*shade)) };
    shades.iter().map(of).collect()
}

/// Objects, and answers the case of that.
pub(crate) async fn object(visit: &Visit, of: &CaseId) -> CaseId {
    raise_objection(visit, &against(of, "o1"), proofs(&[70, 80])).await.unwrap();
    objections_view(visit, "").await.unwrap().lines[0].case.clone()
}

async fn answer(house: &House, by: &Visit, case: &CaseId, decision: &str, reason: &str) -> Result<Answer, Failure> {
    let version = row(house, case).await.version.to_string();
    let form = DecideForm { case: case.to_string(), version, decision: decision.into(), reason: reason.into() };
    crate::review::decide(by, &form).await
}

async fn entries(visit: &Visit) -> Vec<domain::integrity::view::EntryLine> {
    record(visit).await.entries
}

async fn chain(house: &House, visit: &Visit) -> usize {
    let mut reader = house.services.db.read().await.unwrap();
    reader.list_integrity_entries(visit.account().unwrap()).await.unwrap().len()
}

async fn an_objection_goes_to_the_bureau_above_and_what_was_wrong_is_shown_no_longer(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let zhou = reviewer(&house, CITY, "周审核").await;
    let of = recorded(&house).await;
    let visit = house.again(&visit).await;
    assert!(entries(&visit).await[0].may_object);
    let (entry, bureau) = objections_view(&visit, of.as_str()).await.unwrap().of.unwrap();
    assert_eq!((entry.case, bureau.contains("长沙市")), (of.clone(), true));

    let errors =
        faults(raise_objection(&visit, &ObjectionForm { reasons: "不对".into(), ..against(&of, "o1") }, proofs(&[])).await);
    assert_eq!(errors.of("reasons"), Some(&Fault::TooShort(10)));
    let broken = vec![Proof { name: "x.txt".into(), bytes: Ok(b"no picture".to_vec()) }];
    assert_eq!(faults(raise_objection(&visit, &against(&of, "o1"), broken).await).of("proof"), Some(&Fault::FileKind));
    let ten: Vec<u8> = (70..80).collect();
    assert_eq!(faults(raise_objection(&visit, &against(&of, "o1"), proofs(&ten)).await).of("proof"), Some(&Fault::SlotFull(9)));
    assert!(matches!(raise_objection(&visit, &against(&of, ""), proofs(&[])).await, Err(Failure::Stale)));

    let done = raise_objection(&visit, &against(&of, "o1"), proofs(&[70, 80])).await.unwrap();
    assert_eq!(
        raise_objection(&visit, &against(&of, "o1"), proofs(&[70, 80])).await.unwrap(),
        done,
        "a repetition has no second effect"
    );
    let seen = objections_view(&visit, of.as_str()).await.unwrap();
    assert_eq!((seen.lines.len(), seen.of, seen.lines[0].state()), (1, None, "等待答复"));
    let case = seen.lines[0].case.clone();
    // Fifteen working days from Wednesday, 2026-11-18.
    assert_eq!(seen.lines[0].due_on, day("2026-12-09"));
    let waits = row(&house, &case).await;
    assert_eq!((waits.status, waits.bureau.unwrap().as_str()), (Status::Submitted, CITY));
    assert!(!entries(&visit).await[0].may_object, "once at a time");
    raise_objection(&visit, &against(&of, "o2"), proofs(&[])).await.unwrap();
    assert_eq!(objections_view(&visit, "").await.unwrap().lines.len(), 1);

    // The district sees that there is one, and does not answer it.
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_eq!(penalties_view(&li, "").await.unwrap().lines[0].own.objection, "等待答复");
    assert_not_found(answer(&house, &li, &case, "approve", "").await);
    assert_eq!(penalties_view(&zhou, "").await.unwrap().own.objections[0].case, case);
    let shown = crate::review::case(&zhou, &case).await.unwrap();
    assert_eq!(shown.beside[0].title, "申请人正在受到限制");
    assert!(shown.beside.iter().any(|of| of.title == "怎样答复"));

    answer(&house, &zhou, &case, "approve", "").await.unwrap();
    assert!(entries(&visit).await.is_empty(), "it is shown no longer");
    assert_eq!(chain(&house, &visit).await, 2, "and stays in the chain");
    assert!(crate::record::own_record(&visit).await.unwrap().warnings.is_empty(), "the ban with it");
    let line = record(&visit).await.objections.remove(0);
    assert_eq!((line.outcome, line.answer.as_str()), (Some(Outcome::Removed), "经核实，异议成立。"));
    assert_eq!(row(&house, &of).await.status, Status::Closed, "the case that recorded it ends");
    assert!(titles(&house, &visit).await.contains(&"处罚异议已答复".to_owned()));
    // It may be entered again as it should have been.
    let li = house.again(&li).await;
    enter_penalty(&li, &PenaltyForm { request_key: "k2".into(), ..penalty() }, decision(50)).await.unwrap();
    assert_eq!(audited(&house, &case, "submit").await.len(), 1);
    assert_eq!(audited(&house, &case, "approve").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(an_objection_goes_to_the_bureau_above_and_what_was_wrong_is_shown_no_longer);

/// The objection on its way to another bureau.
pub(crate) async fn forwarded(house: &House, by: &Visit, case: &CaseId, bureau: &str) -> Result<Answer, Failure> {
    let version = row(house, case).await.version.to_string();
    let form = ForwardForm { case: case.to_string(), version, bureau: bureau.into(), reason: "由该局核对更合适".into() };
    crate::review::forward(by, &form).await
}

async fn no_objection_is_forwarded_to_the_bureau_that_entered_the_penalty(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let zhou = reviewer(&house, CITY, "周审核").await;
    let of = recorded(&house).await;
    let visit = house.again(&visit).await;
    let case = object(&visit, &of).await;
    let offered = crate::review::case(&zhou, &case).await.unwrap().bureaus;
    let is_offered = |bureau: &str| offered.iter().any(|(code, _)| code.as_str() == bureau);
    assert_eq!([SIBLING, DISTRICT].map(is_offered), [true, false]);
    assert_eq!(faults(forwarded(&house, &zhou, &case, DISTRICT).await).of("bureau"), Some(&Fault::NotInList));
    assert_eq!(row(&house, &case).await.bureau.unwrap().as_str(), CITY);
    forwarded(&house, &zhou, &case, SIBLING).await.unwrap();
    let sun = reviewer(&house, SIBLING, "孙审核").await;
    assert_eq!(faults(forwarded(&house, &sun, &case, DISTRICT).await).of("bureau"), Some(&Fault::NotInList));
    answer(&house, &sun, &case, "return", "与处罚决定书一致，维持原记录。").await.unwrap();
    assert_audit_stands(&house).await;
}
both!(no_objection_is_forwarded_to_the_bureau_that_entered_the_penalty);

async fn what_is_upheld_stays_with_the_answer_and_is_not_objected_to_again(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let zhou = reviewer(&house, CITY, "周审核").await;
    let of = recorded(&house).await;
    let visit = house.again(&visit).await;
    let case = object(&visit, &of).await;
    assert_eq!(faults(answer(&house, &zhou, &case, "return", "").await).of("reason"), Some(&Fault::ReasonMissing));
    answer(&house, &zhou, &case, "return", "与处罚决定书一致，维持原记录。").await.unwrap();
    let ended = row(&house, &case).await;
    assert_eq!((ended.status, ended.decided_by.is_some()), (Status::Closed, true));
    let seen = record(&visit).await;
    assert_eq!((seen.entries.len(), seen.entries[0].may_object, seen.entries[0].ban.unwrap().1), (1, false, true));
    assert_eq!(
        (seen.objections[0].state(), seen.objections[0].answer.as_str()),
        ("维持原记录", "与处罚决定书一致，维持原记录。")
    );
    raise_objection(&visit, &against(&of, "o2"), proofs(&[])).await.unwrap();
    assert_eq!(objections_view(&visit, "").await.unwrap().lines.len(), 1, "the answer is the last");
    let late = WithdrawObjectionForm { case: case.to_string(), version: ended.version.to_string() };
    assert!(matches!(refusal(withdraw_objection(&visit, &late).await), Refusal::NotAllowedIn { .. }));
    assert_audit_stands(&house).await;
}
both!(what_is_upheld_stays_with_the_answer_and_is_not_objected_to_again);

async fn a_correction_stands_in_the_place_of_what_was_wrong_and_is_never_heavier(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let zhou = reviewer(&house, CITY, "周审核").await;
    let of = recorded(&house).await;
    let visit = house.again(&visit).await;
    let case = object(&visit, &of).await;
    let view = correction_view(&zhou, &case).await.unwrap();
    let form = view.form;
    assert_eq!(
        (form.kinds.as_str(), form.articles.as_str(), form.decided_on.as_str()),
        ("fine,ban_five", "2024-41", "2026-11-10")
    );
    assert!(view.reasons.contains("本人当时不在该单位工作"));

    let with =
        |form: &CorrectionForm| CorrectionForm { answer: "决定书上没有限制从业，已更正。".into(), ..form.clone() };
    assert_eq!(faults(correct_penalty(&zhou, &form).await).of("answer"), Some(&Fault::ReasonMissing));
    let longer = CorrectionForm { decided_on: "2026-11-11".into(), ..with(&form) };
    assert_eq!(faults(correct_penalty(&zhou, &longer).await).of("decided_on"), Some(&Fault::NotInList));
    let heavier = CorrectionForm { kinds: "warning,fine".into(), ..with(&form) };
    assert_eq!(faults(correct_penalty(&zhou, &heavier).await).of("kinds"), Some(&Fault::NotInList));

    let right = CorrectionForm { kinds: "fine".into(), ..with(&form) };
    let done = correct_penalty(&zhou, &right).await.unwrap();
    assert_eq!(correct_penalty(&zhou, &right).await.unwrap(), done, "a repetition has no second effect");
    let seen = record(&visit).await;
    assert_eq!(seen.entries.len(), 1);
    assert_eq!((seen.entries[0].title.as_str(), seen.entries[0].ban, &seen.entries[0].case), ("罚款", None, &case));
    assert_eq!(seen.objections[0].state(), "异议成立，记录已更正");
    assert_eq!(chain(&house, &visit).await, 3);
    assert_eq!((row(&house, &of).await.status, row(&house, &case).await.status), (Status::Closed, Status::Approved));
    assert_eq!(audited(&house, &case, "correct_penalty").await.len(), 1);

    // What was corrected is objected to at the bureau above the one that corrected it, and taken back by another.
    house.clock.forward(Duration::minutes(11));
    reviewer(&house, PROVINCE, "吴审核").await;
    let visit = house.again(&visit).await;
    assert!(entries(&visit).await[0].may_object);
    raise_objection(&visit, &against(&case, "o3"), proofs(&[])).await.unwrap();
    let second = objections_view(&visit, "").await.unwrap().lines.into_iter().find(|line| line.outcome.is_none()).unwrap().case;
    assert_eq!(row(&house, &second).await.bureau.unwrap().as_str(), PROVINCE);
    let version = row(&house, &case).await.version.to_string();
    let form = RevokeForm { case: case.to_string(), version, reason: "处罚决定已被撤销".into() };
    let zhou = house.again(&zhou).await;
    assert_eq!(refusal(crate::review::revoke(&zhou, &form).await), Refusal::SecondPersonNeeded);
    let zheng = reviewer(&house, CITY, "郑审核").await;
    crate::review::revoke(&zheng, &form).await.unwrap();
    assert_eq!(entries(&visit).await[0].ended.as_ref().unwrap().0, "处罚决定已被撤销");
    assert_audit_stands(&house).await;
}
both!(a_correction_stands_in_the_place_of_what_was_wrong_and_is_never_heavier);

async fn whoever_recorded_a_penalty_never_answers_and_where_nobody_is_above_another_does(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let zhao = reviewer(&house, CITY, "赵审核").await;
    let qian = reviewer(&house, CITY, "钱审核").await;
    let sun = reviewer(&house, CITY, "孙审核").await;
    enter_penalty(&zhao, &penalty(), decision(20)).await.unwrap();
    let of = entered(&zhao).await;
    decide(&qian, &of, row(&house, &of).await.version, "approve").await.unwrap();
    let case = object(&visit, &of).await;
    assert_eq!(row(&house, &case).await.bureau.unwrap().as_str(), CITY, "nobody works at the province");
    for had_part in [&zhao, &qian] {
        assert_eq!(refusal(answer(&house, had_part, &case, "approve", "").await), Refusal::SecondPersonNeeded);
        assert_eq!(refusal(answer(&house, had_part, &case, "return", "维持原记录。").await), Refusal::SecondPersonNeeded);
        let form = correction_view(had_part, &case).await.unwrap().form;
        let form = CorrectionForm { answer: "已更正。".into(), ..form };
        assert_eq!(refusal(correct_penalty(had_part, &form).await), Refusal::SecondPersonNeeded);
    }
    answer(&house, &sun, &case, "return", "维持原记录。").await.unwrap();
    assert_eq!(record(&visit).await.objections[0].outcome, Some(Outcome::Upheld));
    assert_audit_stands(&house).await;
}
both!(whoever_recorded_a_penalty_never_answers_and_where_nobody_is_above_another_does);

async fn nobody_objects_for_another_and_what_waits_may_be_cancelled_and_raised_again(house: House) {
    let hubei = house.services.province("hubei").unwrap();
    let mut house = honest(house);
    let both = [("hunan".to_owned(), house.services.province("hunan").unwrap()), ("hubei".to_owned(), hubei)];
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new(both.into()));
    let visit = person(&house).await;
    reviewer(&house, CITY, "周审核").await;
    let of = recorded(&house).await;
    let visit = house.again(&visit).await;
    // Somebody else here, and the same person with their account at another province.
    let other = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    let elsewhere = intake::person_of(&house, "hubei", NUMBER, "13900001234").await;
    for stranger in [&other, &elsewhere] {
        assert_not_found(objections_view(stranger, of.as_str()).await);
        assert_not_found(raise_objection(stranger, &against(&of, "o1"), proofs(&[])).await);
        assert!(objections_view(stranger, "").await.unwrap().lines.is_empty());
    }
    let case = object(&visit, &of).await;
    let form = WithdrawObjectionForm { case: case.to_string(), version: row(&house, &case).await.version.to_string() };
    for stranger in [&other, &elsewhere] {
        assert_not_found(withdraw_objection(stranger, &form).await);
    }
    let stale = WithdrawObjectionForm { version: "99".into(), ..form.clone() };
    assert!(matches!(withdraw_objection(&visit, &stale).await, Err(Failure::Stale)));
    withdraw_objection(&visit, &form).await.unwrap();
    withdraw_objection(&visit, &form).await.unwrap();
    let seen = record(&visit).await;
    assert_eq!((seen.objections[0].state(), seen.entries[0].may_object), ("已取消", true));
    raise_objection(&visit, &against(&of, "o2"), proofs(&[])).await.unwrap();
    assert_eq!(objections_view(&visit, "").await.unwrap().lines.len(), 2);

    // Only the reviewers of the bureau that has it correct anything.
    let administrator = staff(&house, "430000", "管理员", "administrator", true).await;
    assert_eq!(refusal(correction_view(&administrator, &case).await), Refusal::NotYours);
    let form = CorrectionForm { case: case.to_string(), version: "1".into(), ..CorrectionForm::default() };
    assert_eq!(refusal(correct_penalty(&administrator, &form).await), Refusal::NotYours);
    assert_eq!(refusal(correct_penalty(&visit, &form).await), Refusal::NotYours);
    assert_audit_stands(&house).await;
}
both!(nobody_objects_for_another_and_what_waits_may_be_cancelled_and_raised_again);

async fn what_the_bureau_took_back_itself_meanwhile_leaves_only_the_answer(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let zhou = reviewer(&house, CITY, "周审核").await;
    let of = recorded(&house).await;
    let visit = house.again(&visit).await;
    let case = object(&visit, &of).await;
    let zhao = reviewer(&house, DISTRICT, "赵审核").await;
    let version = row(&house, &of).await.version.to_string();
    let form = RevokeForm { case: of.to_string(), version, reason: "登记有误".into() };
    crate::review::revoke(&zhao, &form).await.unwrap();
    assert_not_found(correction_view(&zhou, &case).await);
    answer(&house, &zhou, &case, "approve", "登记的财政局已经撤销。").await.unwrap();
    let seen = record(&visit).await;
    assert_eq!(seen.entries[0].ended.as_ref().unwrap().0, "登记有误");
    assert_eq!((seen.objections[0].answer.as_str(), chain(&house, &visit).await), ("登记的财政局已经撤销。", 2));
    assert_eq!(seen.entries[0].ban, Some((Ban::Until(day("2031-11-10")), false)));
    assert_audit_stands(&house).await;
}
both!(what_the_bureau_took_back_itself_meanwhile_leaves_only_the_answer);
