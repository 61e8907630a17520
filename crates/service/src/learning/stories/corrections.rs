//! 更正: a reviewer books another amount than was reckoned.

use chrono::Duration;
use domain::correction::{Ceiling, CorrectForm, TooMuch};
use domain::fault::{Fault, FieldErrors};
use domain::learning::Credits;
use domain::review::Lapse;
use domain::review::forms::UndoForm;

use super::*;
use crate::review::stories::{assert_audit_stands, assert_not_found, audited, staff_id, submitted};
use crate::review::{case, correct, desk, settle_decisions, undo};
use crate::testing::both;

async fn correcting(house: &House, visit: &Visit, id: &CaseId, amount: &str, reason: &str) -> Result<Answer, Failure> {
    let version = row(house, id).await.version.to_string();
    let form = CorrectForm { case: id.to_string(), version, amount: amount.into(), reason: reason.into() };
    correct(visit, &form).await
}

fn faults<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> FieldErrors {
    match outcome {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    }
}

async fn waiting_paper(visit: &Visit) -> CaseId {
    let id = ready(visit, "paper", PAPER).await;
    hand_in(visit, &id).await.unwrap();
    id
}

/// 其他形式: assessed credits, of which a year takes 90.
async fn waiting_other(visit: &Visit, document: &str, credits: &str) -> CaseId {
    let values = [("what", "志愿服务"), ("document", document), ("credits", credits), ("recognised_on", "2026-06-01")];
    let id = ready(visit, "other", &values).await;
    hand_in(visit, &id).await.unwrap();
    id
}

async fn the_person_reads_what_was_reckoned_what_is_booked_instead_and_why(house: House) {
    let visit = collected(&house).await;
    let id = waiting_paper(&visit).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let offered = case(&li, &id).await.unwrap().correctable.unwrap();
    assert_eq!((offered.reckoned, offered.most, offered.by), (Credits::whole(30), Credits::whole(30), Ceiling::Rule));

    let errors = faults(correcting(&house, &li, &id, "", " ").await);
    assert_eq!((errors.of("amount"), errors.of("reason")), (Some(&Fault::Missing), Some(&Fault::ReasonMissing)));
    let above = TooMuch { most: Credits::whole(30), by: Ceiling::Rule };
    let errors = faults(correcting(&house, &li, &id, "30.01", "按国家级期刊").await);
    assert_eq!(errors.of("amount"), Some(&Fault::AmountAbove(above)));
    assert!(ledger(&house, &visit).await.is_empty() && row(&house, &id).await.status == Status::Submitted);

    correcting(&house, &li, &id, " 8.50 ", "实际为第三作者").await.unwrap();
    let entries = ledger(&house, &visit).await;
    let arithmetic = "论文折算：独立作者 30 学分；审核更正为 8.5 学分：实际为第三作者";
    assert_eq!((entries.len(), entries[0].amount, entries[0].arithmetic.as_str()), (1, Credits::of_hundredths(850), arithmetic));
    let shown = view(&visit, &id).await;
    assert_eq!(shown.booked, [(entries[0].clone(), "论文折算规则（2019 版）".to_owned())]);
    assert!(shown.timeline.iter().any(|item| item.note == "学分由 30 更正为 8.5：实际为第三作者"), "{:?}", shown.timeline);
    let told = body(&house, &visit, "继续教育学分折算审核通过").await;
    assert!(told.contains("登记 8.5 学分") && told.contains(arithmetic), "{told}");
    assert!(audited(&house, &id, "approve").await[0].detail.contains("\"corrected\":true"));
    assert_eq!(super::super::conversions_view(&visit).await.unwrap().lines[0].amount, Credits::of_hundredths(850));
    // Decided is decided.
    assert!(matches!(correcting(&house, &li, &id, "9", "实际为第三作者").await, Err(Failure::Refused(_) | Failure::Stale)));
    assert_eq!(ledger(&house, &visit).await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(the_person_reads_what_was_reckoned_what_is_booked_instead_and_why);

async fn a_correction_never_passes_the_cap_of_the_year(house: House) {
    let visit = collected(&house).await;
    let (one, other) = (waiting_other(&visit, "1号", "60").await, waiting_other(&visit, "2号", "20").await);
    approve(&house, &one).await.unwrap();
    house.clock.forward(Duration::minutes(11));
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let offered = case(&li, &other).await.unwrap().correctable.unwrap();
    assert_eq!((offered.reckoned, offered.most, offered.by), (Credits::whole(20), Credits::whole(30), Ceiling::Cap));
    let above = TooMuch { most: Credits::whole(30), by: Ceiling::Cap };
    let errors = faults(correcting(&house, &li, &other, "31", "文件上为 31 学分").await);
    assert_eq!(errors.of("amount"), Some(&Fault::AmountAbove(above)));
    correcting(&house, &li, &other, "30", "文件上为 30 学分").await.unwrap();
    let amounts: Vec<_> = ledger(&house, &visit).await.iter().map(|entry| entry.amount).collect();
    assert_eq!(amounts, [Credits::whole(60), Credits::whole(30)]);
}
both!(a_correction_never_passes_the_cap_of_the_year);

async fn a_correction_waits_as_any_decision_and_can_be_undone(house: House) {
    let visit = collected(&house).await;
    let id = waiting_paper(&visit).await;
    let house = house.undoing(30);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &id).await.version;
    let above = faults(correcting(&house, &li, &id, "31", "实际为第三作者").await);
    assert!(above.of("amount").is_some(), "what the rules say is said before it waits");
    correcting(&house, &li, &id, "10", "实际为第三作者").await.unwrap();
    correcting(&house, &li, &id, "10", "实际为第三作者").await.unwrap();
    assert!(correcting(&house, &li, &id, "12", "实际为第三作者").await.is_err(), "another one waits");
    assert!(ledger(&house, &visit).await.is_empty());
    undo(&li, &UndoForm { case: id.to_string(), version: version.to_string() }).await.unwrap();

    correcting(&house, &li, &id, "12", "实际为第二作者").await.unwrap();
    house.clock.forward(Duration::seconds(30));
    assert_eq!(settle_decisions(&house.services).await.unwrap(), 1);
    let entries = ledger(&house, &visit).await;
    assert_eq!(
        (entries.len(), entries[0].amount, entries[0].booked_by.as_str()),
        (1, Credits::whole(12), staff_id(&li).as_str())
    );
    assert!(entries[0].arithmetic.ends_with("；审核更正为 12 学分：实际为第二作者"), "{}", entries[0].arithmetic);
    assert_eq!(audited(&house, &id, "stage_decision").await.len(), 2);
    assert_audit_stands(&house).await;
}
both!(a_correction_waits_as_any_decision_and_can_be_undone);

async fn a_correction_for_which_the_year_has_no_room_any_more_does_not_take_effect(house: House) {
    let visit = collected(&house).await;
    let (one, other) = (waiting_other(&visit, "1号", "60").await, waiting_other(&visit, "2号", "20").await);
    let house = house.undoing(30);
    // With the first decision the next case is held.
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let version = row(&house, &one).await.version;
    decide(&wang, &one, version, "approve").await.unwrap();
    house.clock.forward(Duration::seconds(1));
    correcting(&house, &wang, &other, "50", "文件上为 50 学分").await.unwrap();
    house.clock.forward(Duration::seconds(29));
    settle_decisions(&house.services).await.unwrap();
    house.clock.forward(Duration::seconds(1));
    settle_decisions(&house.services).await.unwrap();
    assert_eq!(ledger(&house, &visit).await.len(), 1);
    assert_eq!(row(&house, &other).await.status, Status::Submitted);
    let lapsed = desk(&wang).await.unwrap().staged;
    assert!(lapsed.iter().any(|staged| staged.case == other && staged.lapse == Some(Lapse::Refused)), "{lapsed:?}");
}
both!(a_correction_for_which_the_year_has_no_room_any_more_does_not_take_effect);

async fn a_kind_that_books_nothing_has_no_amount(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    assert!(case(&li, &id).await.unwrap().correctable.is_none());
    assert_not_found(correcting(&house, &li, &id, "10", "不适用").await);
    assert_eq!(row(&house, &id).await.status, Status::Submitted);
}
both!(a_kind_that_books_nothing_has_no_amount);
