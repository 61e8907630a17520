//! A change whose place belongs to another bureau: one application, decided by both, with which record and cases go there.

mod ways;

use chrono::NaiveDate;
use domain::id::CaseId;
use domain::portal::forms::ContactForm;
use domain::review::forms::{DecideForm, ForwardForm};

use super::*;
use crate::case::{may_begin, open_beside};
use crate::portal::save_contact;
use crate::review::stories::{SIBLING, assert_not_found, audited};

/// A third bureau of the city.
const THIRD: &str = "430103";

/// Another employer in the district of the neighbour, as it is typed.
async fn typed(visit: &Visit) {
    begin(visit).await;
    let answers = [
        ("division", SIBLING),
        ("employer_name", "长沙另一有限公司"),
        ("credit_code", "91430100MA4L00000F"),
        ("joined_on", "2025-03-03"),
    ];
    save(visit, StepKey::Employment, &answers).await;
}

/// The same, handed in.
async fn waiting(visit: &Visit) -> CaseId {
    typed(visit).await;
    prove(visit, 20).await;
    submit(visit).await.unwrap();
    newest(visit).await.id
}

/// Where a case is: its status, its seat and its bureau.
fn place(row: &CaseRow) -> (Status, i64, &str) {
    (row.status, row.seat, row.bureau.as_ref().unwrap().as_str())
}

async fn agree(house: &House, visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    decide(visit, id, row(house, id).await.version, "approve").await
}

/// The place is rejected with a reason, and the whole with it.
async fn refuse(house: &House, visit: &Visit, id: &CaseId, reason: &str) {
    judge(visit, id, "employment.division", "reject", reason).await.unwrap();
    let version = row(house, id).await.version.to_string();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: reason.into() };
    crate::review::decide(visit, &form).await.unwrap();
}

/// Bureau and version of the record, and the place that it names.
async fn recorded(visit: &Visit) -> (String, i64, String) {
    let mut reader = visit.services.db.read().await.unwrap();
    let record = reader.find_record(visit.account().unwrap()).await.unwrap().unwrap();
    drop(reader);
    (record.bureau.to_string(), record.version, answer_on_file(visit, "employment.division").await)
}

fn at(bureau: &str, version: i64) -> (String, i64, String) {
    (bureau.to_owned(), version, bureau.to_owned())
}

async fn titles(visit: &Visit) -> Vec<String> {
    let mut reader = visit.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 50).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

fn said(view: &ChangeView, words: &str) -> bool {
    view.moves.iter().any(|line| line.contains(words))
}

fn day(text: &str) -> Option<NaiveDate> {
    domain::date::parse_date(text)
}

async fn one_application_is_change_and_transfer_and_both_bureaus_decide_it(house: House) {
    let (wang, zhao) = (reviewer(&house, DISTRICT, "王审核").await, reviewer(&house, SIBLING, "赵审核").await);
    let contact = ContactForm {
        bureau: SIBLING.into(),
        version: "0".into(),
        phone: "0731-85000002".into(),
        address: String::new(),
        hours: "工作日 9:00–17:00".into(),
        wants: "请携带劳动合同原件".into(),
    };
    save_contact(&zhao, &contact).await.unwrap();
    let visit = approved(&house).await;
    let intake = intake::case(&visit).await.id;
    typed(&visit).await;
    let page = view(&visit).await;
    for words in [
        "由长沙市芙蓉区财政局管理，这次变更同时办理市内调转，只需要提交一次",
        "先由长沙市雨花区财政局在 10 个工作日内审核是否同意调出，再由长沙市芙蓉区财政局在 10 个工作日内审核是否调入",
        "咨询电话：0731-85000002，办公时间：工作日 9:00–17:00",
        "调入要求：请携带劳动合同原件",
        "从“长沙某某有限公司”调出，调入“长沙另一有限公司”",
    ] {
        assert!(said(&page, words), "{words}: {:?}", page.moves);
    }
    assert_eq!((page.stays, page.days), (None, 20));
    assert_eq!(page.bureau_name, "长沙市雨花区财政局和长沙市芙蓉区财政局先后");
    prove(&visit, 20).await;
    submit(&visit).await.unwrap();
    let id = newest(&visit).await.id;
    let waits = row(&house, &id).await;
    assert_eq!((place(&waits), waits.due_on), ((Status::Submitted, 0, DISTRICT), day("2026-12-02")));
    assert_not_found(crate::review::case(&zhao, &id).await.map(drop));
    let seen = crate::review::case(&wang, &id).await.unwrap();
    assert_eq!(seen.seats.map(|seats| (seats.seats, seats.agreed.len())), Some((2, 0)));
    let beside = seen.beside.iter().find(|beside| beside.title == "市内调转").unwrap();
    assert_eq!(beside.rows[0], ["财政局", "长沙市雨花区财政局", "长沙市芙蓉区财政局"]);
    assert_eq!(beside.rows[1], ["工作单位", "长沙某某有限公司", "长沙另一有限公司"]);

    agree(&house, &wang, &id).await.unwrap();
    let waits = row(&house, &id).await;
    assert_eq!((place(&waits), waits.due_on), ((Status::Submitted, 1, SIBLING), day("2026-12-02")));
    assert_eq!(recorded(&visit).await, at(DISTRICT, 1), "until it is done the person stays with the origin");
    assert!(titles(&visit).await.contains(&"信息变更：已同意调出".to_owned()));
    let page = view(&visit).await;
    assert!(said(&page, "长沙市雨花区财政局已同意调出，等待长沙市芙蓉区财政局审核是否调入"), "{:?}", page.moves);
    assert_eq!(page.bureau_name, "长沙市芙蓉区财政局");
    agree(&house, &zhao, &id).await.unwrap();

    assert_eq!(recorded(&visit).await, at(SIBLING, 2), "the answers and the bureau in one version");
    assert_eq!(answer_on_file(&visit, "employment.employer_name").await, "长沙另一有限公司");
    assert_eq!(place(&row(&house, &intake).await), (Status::Approved, 0, SIBLING), "what was decided goes along");
    assert_eq!(crate::review::case(&wang, &id).await.unwrap().actions, [domain::case::Action::Look]);
    assert!(titles(&visit).await.contains(&"信息变更审核通过".to_owned()));
    assert_eq!((audited(&house, &id, "endorse").await.len(), audited(&house, &id, "approve").await.len()), (1, 1));
    assert_audit_stands(&house).await;
}
both!(one_application_is_change_and_transfer_and_both_bureaus_decide_it);

async fn refused_by_either_it_comes_back_and_with_the_place_taken_back_it_is_an_ordinary_change(house: House) {
    let visit = approved(&house).await;
    let id = waiting(&visit).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    refuse(&house, &wang, &id, "新单位不在芙蓉区").await;
    assert_eq!(place(&row(&house, &id).await), (Status::Returned, 0, DISTRICT));
    let page = view(&visit).await;
    assert_eq!((page.reason.as_str(), recorded(&visit).await), ("新单位不在芙蓉区", at(DISTRICT, 1)));
    let left = refusal(submit(&visit).await);
    assert_eq!(left, Refusal::NotAllAmended { items: vec!["employment.division".to_owned()] });

    // Amended to a third bureau it begins with the origin again, and the third one refuses.
    save(&visit, StepKey::Employment, &[("division", THIRD)]).await;
    submit(&visit).await.unwrap();
    assert_eq!((place(&row(&house, &id).await), row(&house, &id).await.round), ((Status::Submitted, 0, DISTRICT), 2));
    agree(&house, &wang, &id).await.unwrap();
    let zhou = reviewer(&house, THIRD, "周审核").await;
    refuse(&house, &zhou, &id, "新单位不在本区").await;
    assert_eq!(place(&row(&house, &id).await), (Status::Returned, 1, THIRD));
    assert_eq!(recorded(&visit).await, at(DISTRICT, 1));

    // Without the place it is what it was before: a change that the bureau of the record decides alone.
    undo_change(&visit, &UndoForm { item: "employment.division".into() }).await.unwrap();
    let page = view(&visit).await;
    assert_eq!(page.moves, ["从“长沙某某有限公司”调出，调入“长沙另一有限公司”。"]);
    assert_eq!((page.bureau_name.as_str(), page.days), ("长沙市雨花区财政局", 10));
    submit(&visit).await.unwrap();
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 1, DISTRICT));
    assert_eq!(crate::review::case(&wang, &id).await.unwrap().seats, None, "one person decides");
    agree(&house, &wang, &id).await.unwrap();
    assert_eq!((row(&house, &id).await.status, recorded(&visit).await), (Status::Approved, at(DISTRICT, 2)));
    assert_eq!(answer_on_file(&visit, "employment.employer_name").await, "长沙另一有限公司");
    assert_audit_stands(&house).await;
}
both!(refused_by_either_it_comes_back_and_with_the_place_taken_back_it_is_an_ordinary_change);

async fn of_two_of_each_bureau_who_decide_at_once_one_is_heard(house: House) {
    let visit = approved(&house).await;
    let id = waiting(&visit).await;
    for (bureau, then) in [(DISTRICT, (Status::Submitted, 1, SIBLING)), (SIBLING, (Status::Approved, 1, SIBLING))] {
        let (one, other) = (reviewer(&house, bureau, "王审核").await, reviewer(&house, bureau, "刘审核").await);
        let seen = row(&house, &id).await.version;
        let (first, second) = tokio::join!(decide(&one, &id, seen, "approve"), decide(&other, &id, seen, "approve"));
        assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
        assert_eq!(place(&row(&house, &id).await), then);
    }
    assert_eq!(recorded(&visit).await, at(SIBLING, 2));
    assert_audit_stands(&house).await;
}
both!(of_two_of_each_bureau_who_decide_at_once_one_is_heard);

async fn while_it_waits_at_either_bureau_nothing_else_of_the_record_is_decided(house: House) {
    let visit = approved(&house).await;
    let id = waiting(&visit).await;
    let account = visit.account().unwrap();
    for (bureau, name) in [(DISTRICT, "王审核"), (SIBLING, "赵审核")] {
        let mut reader = house.services.db.read().await.unwrap();
        let beside = open_beside(&mut reader, account, CaseKind::Transfer).await.unwrap();
        assert_eq!(beside.map(|case| case.id), Some(id.clone()), "{bureau}");
        assert!(may_begin(&mut reader, &visit, account, (CaseKind::Conversion, None)).await.is_ok(), "继续教育 goes on");
        drop(reader);
        begin(&visit).await;
        assert_eq!(newest(&visit).await.id, id, "no second change begins");
        agree(&house, &reviewer(&house, bureau, name).await, &id).await.unwrap();
    }
    let mut reader = house.services.db.read().await.unwrap();
    assert!(open_beside(&mut reader, account, CaseKind::Transfer).await.unwrap().is_none());
}
both!(while_it_waits_at_either_bureau_nothing_else_of_the_record_is_decided);

async fn a_destination_that_got_it_by_mistake_hands_it_on_and_the_record_goes_to_whoever_decided(house: House) {
    let visit = approved(&house).await;
    let id = waiting(&visit).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let hand_on = async |by: &Visit, to: &str| {
        let version = row(&house, &id).await.version.to_string();
        let form = ForwardForm { case: id.to_string(), version, bureau: to.into(), reason: "单位地址不在本区".into() };
        crate::review::forward(by, &form).await
    };
    let early = faults(hand_on(&wang, SIBLING).await);
    assert_eq!(early.of("bureau"), Some(&Fault::NotInList), "the destination does not agree in the place of the origin");
    agree(&house, &wang, &id).await.unwrap();
    hand_on(&reviewer(&house, SIBLING, "赵审核").await, THIRD).await.unwrap();
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 1, THIRD));
    agree(&house, &reviewer(&house, THIRD, "周审核").await, &id).await.unwrap();
    assert_eq!(recorded(&visit).await, at(THIRD, 2));
}
both!(a_destination_that_got_it_by_mistake_hands_it_on_and_the_record_goes_to_whoever_decided);

async fn another_employer_of_one_bureau_is_called_so_and_another_name_of_the_same_is_not(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    save(&visit, StepKey::Employment, &[("employer_name", "长沙另一有限公司")]).await;
    assert!(view(&visit).await.moves.is_empty(), "the code is the same, and so the employer");
    save(&visit, StepKey::Employment, &[("credit_code", "91430100MA4L00000F")]).await;
    assert_eq!(view(&visit).await.moves, ["从“长沙某某有限公司”调出，调入“长沙另一有限公司”。"]);
    prove(&visit, 20).await;
    submit(&visit).await.unwrap();
    let id = newest(&visit).await.id;
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 1, DISTRICT));
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let seen = crate::review::case(&wang, &id).await.unwrap();
    let beside = seen.beside.iter().find(|beside| beside.title == "工作单位变动").unwrap();
    assert_eq!(beside.rows, [["工作单位", "长沙某某有限公司", "长沙另一有限公司"]]);
    assert_eq!(seen.seats, None);
    agree(&house, &wang, &id).await.unwrap();
    assert_eq!(recorded(&visit).await, at(DISTRICT, 2));
}
both!(another_employer_of_one_bureau_is_called_so_and_another_name_of_the_same_is_not);
