//! What leans on the word of an employer: 调转 and 信息变更, and what whoever reviews them reads.

use domain::change::forms::{BeginForm, SubmitForm};
use domain::id::CaseId;
use domain::intake::StepKey;
use domain::transfer::forms::TransferForm;

use super::*;
use crate::case::Proof;

async fn latest(visit: &Visit, kind: CaseKind) -> store::case::file::CaseRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_latest_case(visit.account().unwrap(), kind).await.unwrap().unwrap()
}

/// What whoever reviews a case reads beside it.
async fn read_beside(house: &House, bureau: &str, case: &CaseId) -> Vec<String> {
    let li = reviewer(house, bureau, "李审核").await;
    let beside = crate::review::case(&li, case).await.unwrap().beside.into_iter();
    beside.filter(|beside| beside.title == "单位已确认").flat_map(|beside| beside.said).collect()
}

fn transfer(employer: &str, key: &str) -> TransferForm {
    TransferForm {
        to: SIBLING.into(),
        reason: "employed".into(),
        employer_name: employer.into(),
        agreed: "yes".into(),
        request_key: key.into(),
        ..TransferForm::default()
    }
}

async fn a_transfer_to_an_employer_that_confirmed_needs_no_paper(house: House) {
    let house = linking(house);
    let (_, person) = two(&house).await;
    let apply = async |person: &Visit, form: TransferForm| crate::transfer::apply_transfer(person, &form, None).await;
    assert_eq!(faults(apply(&person, transfer(NAME, "k1")).await).of("proof"), Some(&Fault::FileMissing));
    let secret = asked(&house, &person).await;
    assert_eq!(faults(apply(&person, transfer(NAME, "k2")).await).of("proof"), Some(&Fault::FileMissing), "nobody answered");
    say(&house, &secret, "confirmed", "").await.unwrap();
    let view = crate::transfer::transfer_view(&person, SIBLING).await.unwrap();
    assert_eq!(view.confirmed, [(NAME.to_owned(), house.services.today())]);
    assert_eq!(faults(apply(&person, transfer("另一有限公司", "k3")).await).of("proof"), Some(&Fault::FileMissing));
    let moved = TransferForm { reason: "moved".into(), ..transfer(NAME, "k4") };
    assert_eq!(faults(apply(&person, moved).await).of("proof"), Some(&Fault::FileMissing), "a home is nothing that it proves");
    apply(&person, transfer(NAME, "k5")).await.unwrap();
    let case = latest(&person, CaseKind::Transfer).await;
    assert_eq!(case.status, Status::Submitted);
    let said = read_beside(&house, DISTRICT, &case.id).await;
    assert_eq!(said, [format!("{NAME}的单位管理员于 {} 确认申请人在该单位工作。", house.services.today())]);
    assert_audit_stands(&house).await;
}
both!(a_transfer_to_an_employer_that_confirmed_needs_no_paper);

async fn what_was_confirmed_counts_for_its_days_and_is_read_for_good(house: House) {
    let house = linking(house);
    let (_, person) = two(&house).await;
    let secret = asked(&house, &person).await;
    say(&house, &secret, "confirmed", "").await.unwrap();
    let on = house.services.today();
    house.clock.forward(Duration::days(90));
    let (id, token) = (person.account().unwrap().clone(), crate::Token::new(&house.services));
    let session = person.new_session(&token, Some(&id), None);
    let write = house.services.db.write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.insert_session(&session).await?) }));
    write.await.unwrap();
    let person = house.visit(Some(token.as_str())).await;
    let bare = crate::transfer::apply_transfer(&person, &transfer(NAME, "k1"), None).await;
    assert_eq!(faults(bare).of("proof"), Some(&Fault::FileMissing));
    let paper = Proof { name: "证明.jpg".into(), bytes: Ok(intake::picture(20)) };
    crate::transfer::apply_transfer(&person, &transfer(NAME, "k1"), Some(paper)).await.unwrap();
    let case = latest(&person, CaseKind::Transfer).await;
    let said = read_beside(&house, DISTRICT, &case.id).await;
    assert!(said.len() == 1 && said[0].contains(&on.to_string()), "{said:?}");
}
both!(what_was_confirmed_counts_for_its_days_and_is_read_for_good);

/// Saves the form of the employer with these answers otherwise.
async fn save(visit: &Visit, answers: &[(&str, &str)]) {
    let sheet = crate::change::change_form(visit, StepKey::Employment.as_str()).await.unwrap().sheet.unwrap();
    let mut form = sheet.kit.answers.form(StepKey::Employment);
    for (field, value) in answers {
        assert!(form.set(field, (*value).to_owned()), "{field}");
    }
    let answer = crate::change::save_change(visit, form, &sheet.version.to_string()).await.unwrap();
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
}

async fn slots(visit: &Visit) -> Vec<String> {
    let view = crate::change::change_view(visit).await.unwrap();
    view.slots.into_iter().map(|called| called.slot.rules.slot).collect()
}

async fn a_change_that_names_an_employer_that_confirmed_asks_for_no_paper_of_it(house: House) {
    let house = linking(house);
    let (_, person) = two(&house).await;
    crate::change::begin_change(&person, &BeginForm::default()).await.unwrap();
    save(&person, &[("joined_on", "2025-03-03")]).await;
    assert_eq!(slots(&person).await, ["employment_proof"]);
    let secret = asked(&house, &person).await;
    say(&house, &secret, "confirmed", "").await.unwrap();
    assert!(slots(&person).await.is_empty());
    assert!(crate::change::change_view(&person).await.unwrap().word.unwrap().contains(NAME));
    // Another employer is another word; whoever is in no post proves that otherwise.
    save(&person, &[("credit_code", "91430111MA4L1N2E0X")]).await;
    assert_eq!(slots(&person).await, ["employment_proof"]);
    save(&person, &[("credit_code", CODE)]).await;

    let key = crate::change::change_view(&person).await.unwrap().request_key;
    let form = SubmitForm { agreed: "yes".into(), request_key: key, ..SubmitForm::default() };
    crate::change::submit_change(&person, &form).await.unwrap();
    let case = latest(&person, CaseKind::Change).await;
    assert_eq!(case.status, Status::Submitted);
    assert_eq!(read_beside(&house, DISTRICT, &case.id).await.len(), 1);
    let li = reviewer(&house, DISTRICT, "王审核").await;
    crate::review::stories::decide(&li, &case.id, case.version, "approve").await.unwrap();
    assert_eq!(latest(&person, CaseKind::Change).await.status, Status::Approved);
    assert_audit_stands(&house).await;
}
both!(a_change_that_names_an_employer_that_confirmed_asks_for_no_paper_of_it);
