//! 学分显示不全: what came of the classes of an employer for somebody, and the question to its manager.

use domain::learning::class::forms::{AnswerEmployeeForm, AskEmployerForm};
use domain::learning::class::view::{ClassOutcome, EmployerLine};

use super::*;
use crate::learning::{answer_employee, ask_employer};
use crate::school::missing_view;

async fn employer_of(visit: &Visit) -> EmployerLine {
    missing_view(visit, 2026).await.unwrap().employers.remove(0)
}

async fn ask(visit: &Visit, employment: &str, year: &str) -> Result<Answer, Failure> {
    ask_employer(visit, &AskEmployerForm { employment: employment.into(), year: year.into() }).await
}

async fn say(visit: &Visit, request: &str, answer: &str) -> Result<Answer, Failure> {
    let form = AnswerEmployeeForm { manager: String::new(), request: request.into(), answer: answer.into() };
    answer_employee(visit, &form).await
}

async fn a_person_asks_the_manager_of_their_employer_who_answers_once(house: House) {
    let (boss, manager, person) = town(&house).await;
    let line = employer_of(&person).await;
    assert_eq!((line.name.as_str(), line.manager.as_str(), line.has_agreed), ("长沙某某有限公司", "张三", true));
    assert!(line.classes.is_empty() && line.may_be_asked());
    assert!(missing_view(&boss, 2026).await.unwrap().employers.is_empty(), "nobody asks themselves");
    assert_not_found(ask(&boss, &line.employment, "2026").await);
    assert_not_found(ask(&person, &line.employment, "1999").await);

    for _ in 0..2 {
        ask(&person, &line.employment, "2026").await.unwrap();
    }
    assert!(!employer_of(&person).await.may_be_asked());
    let requests = view_of(&boss, &manager).await.requests;
    assert_eq!(requests.len(), 1, "a repetition has no second effect");
    assert_eq!((requests[0].name.as_str(), requests[0].year, &requests[0].asked.answer), ("张三", 2026, &None));
    let told = titles(&house, &boss).await.into_iter().filter(|title| title == "本单位会计人员询问学分").count();
    assert_eq!(told, 1);
    let shown = serde_json::to_string(&requests).unwrap();
    assert!(!shown.contains(NUMBERS[1]) && !shown.contains(person.account().unwrap().as_str()), "{shown}");

    let id = &requests[0].id;
    let empty = say(&boss, id, " ").await;
    assert!(matches!(&empty, Err(Failure::Invalid(errors)) if errors.of("answer") == Some(&Fault::Missing)), "{empty:?}");
    assert_not_found(say(&person, id, "下周补报。").await);
    for _ in 0..2 {
        say(&boss, id, "下周补报。").await.unwrap();
    }
    assert!(matches!(say(&boss, id, "没有参加。").await, Err(Failure::Stale)), "it is answered once");
    let asked = employer_of(&person).await.asked.remove(0);
    assert_eq!(asked.answer.map(|(text, on)| (text, on.to_string())), Some(("下周补报。".into(), "2026-11-18".into())));
    let told = titles(&house, &person).await.into_iter().filter(|title| title == "单位答复了您的学分询问").count();
    assert_eq!(told, 1);

    // Whoever lets nothing be seen any more is seen with no question either, and asks nothing.
    ask(&person, &line.employment, "2026").await.unwrap();
    let employment = EmploymentForm { employment: line.employment.clone(), act: "refused".into() };
    answer_employment(&person, &employment).await.unwrap();
    assert!(view_of(&boss, &manager).await.requests.is_empty());
    assert!(!employer_of(&person).await.may_be_asked());
    assert_not_found(ask(&person, &line.employment, "2025").await);
    assert_audit_stands(&house).await;
}
both!(a_person_asks_the_manager_of_their_employer_who_answers_once);

async fn whoever_works_there_reads_what_came_of_a_class_for_them_alone(house: House) {
    let (boss, manager, person) = town(&house).await;
    file(&boss, class(&manager, "2026-11-25")).await.unwrap();
    assert!(employer_of(&person).await.classes.is_empty(), "the bureau has not agreed");
    let case = view_of(&boss, &manager).await.classes[0].filing.case.clone();
    approve(&house, &case).await.unwrap();
    let (boss, person) = (after_the_class(&house, &boss).await, after_the_class(&house, &person).await);
    let outcome = async |visit: &Visit| employer_of(visit).await.classes.remove(0).outcome;
    assert_eq!(outcome(&person).await, ClassOutcome::NotReported);
    let mut rows = both_passed();
    rows[1].result = "不合格".into();
    report_results(&boss, &case, Ok(rows)).await.unwrap();
    assert_eq!(outcome(&person).await, ClassOutcome::Waiting);
    let results = results_of(&boss, &manager).await;
    approve(&house, &results).await.unwrap();
    assert_eq!(outcome(&person).await, ClassOutcome::NotIn);

    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &results).await.version.to_string();
    let form = RevokeForm { case: results.to_string(), version, reason: "名单不实".into() };
    crate::review::revoke(&li, &form).await.unwrap();
    assert_eq!(outcome(&person).await, ClassOutcome::NotReported);
    report_results(&boss, &case, Ok(both_passed())).await.unwrap();
    approve(&house, &results_of(&boss, &manager).await).await.unwrap();
    let class = employer_of(&person).await.classes.remove(0);
    assert_eq!((class.title.as_str(), class.outcome, class.on.is_some()), ("收入准则", ClassOutcome::Booked, true));
}
both!(whoever_works_there_reads_what_came_of_a_class_for_them_alone);
