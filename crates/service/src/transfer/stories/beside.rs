//! What is open beside a transfer, and a change that leads to one.

use domain::change::forms::{BeginForm, DropForm, SubmitForm};
use domain::intake::StepKey;

use super::*;
use crate::case::may_begin;
use crate::change::{begin_change, change_form, change_view, drop_change, save_change, submit_change};

/// Changes answers of 工作单位信息 and keeps them as a draft.
async fn typed(visit: &Visit, answers: &[(&str, &str)]) {
    begin_change(visit, &BeginForm::default()).await.unwrap();
    let sheet = change_form(visit, "employment").await.unwrap().sheet.unwrap();
    let mut form = sheet.kit.answers.form(StepKey::Employment);
    for (field, value) in answers {
        assert!(form.set(field, (*value).to_owned()), "{field}");
    }
    let saved = save_change(visit, form, &sheet.version.to_string()).await.unwrap();
    assert!(saved.errors.is_empty(), "{:?}", saved.errors);
}

async fn submit(visit: &Visit) -> Result<Answer, Failure> {
    let request_key = change_view(visit).await.unwrap().request_key;
    submit_change(visit, &SubmitForm { agreed: "yes".into(), request_key, ..SubmitForm::default() }).await
}

async fn nothing_of_the_record_is_decided_beside_a_transfer_but_continuing_education_goes_on(house: House) {
    let visit = person(&house).await;
    // A change that needs no proof waits at the bureau.
    begin_change(&visit, &BeginForm::default()).await.unwrap();
    let sheet = change_form(&visit, "person").await.unwrap().sheet.unwrap();
    let mut form_of = sheet.kit.answers.form(StepKey::Person);
    assert!(form_of.set("political_status", "01".to_owned()));
    save_change(&visit, form_of, &sheet.version.to_string()).await.unwrap();
    submit(&visit).await.unwrap();
    assert_eq!(newest(&visit, CaseKind::Change).await.status, Status::Submitted);
    let (name, number, page) = view(&visit, SIBLING).await.beside.unwrap();
    assert_eq!((name.as_str(), page.as_str()), ("信息变更", "/hunan/intake/amend?change=files"));
    assert_eq!(Some(number), newest(&visit, CaseKind::Change).await.number);
    let refused = apply_transfer(&visit, &form(SIBLING, "employed", "k1"), paper(20)).await;
    assert_eq!(refusal(refused), Refusal::NotComplete);

    // Once it is a draft again the transfer may begin, and then the change has to wait.
    let version = newest(&visit, CaseKind::Change).await.version.to_string();
    drop_change(&visit, &DropForm { act: "withdraw".into(), version }).await.unwrap();
    let id = waiting(&visit).await;
    let shown = change_view(&visit).await.unwrap();
    assert!(shown.closed.as_ref().is_some_and(|said| said.contains("调转") && said.contains("正在办理")), "{:?}", shown.closed);
    assert_eq!(refusal(submit(&visit).await), Refusal::NotComplete);
    let told = begin_change(&visit, &BeginForm::default()).await.unwrap();
    assert_eq!(told.go.as_deref(), Some("/hunan/intake?change=all"), "which says why");
    let (account, li) = (visit.account().unwrap(), reviewer(&house, DISTRICT, "刘审核").await);
    let mut reader = house.services.db.read().await.unwrap();
    assert!(may_begin(&mut reader, &visit, account, (CaseKind::Conversion, None)).await.is_ok());
    let first = may_begin(&mut reader, &visit, account, (CaseKind::Change, None)).await;
    assert!(matches!(&first, Err(Failure::Elsewhere(page)) if page == "/hunan/transfer?before=change"), "{first:?}");
    let staff = may_begin(&mut reader, &li, account, (CaseKind::Change, None)).await;
    assert_eq!(refusal(staff), Refusal::NotYours, "whose page it is not");
    drop(reader);

    let version = row(&house, &id).await.version.to_string();
    drop_transfer(&visit, &DropTransferForm { version }).await.unwrap();
    assert_eq!(change_view(&visit).await.unwrap().closed, None);
    submit(&visit).await.unwrap();
}
both!(nothing_of_the_record_is_decided_beside_a_transfer_but_continuing_education_goes_on);

async fn a_change_that_was_only_typed_goes_on_at_the_new_bureau_after_a_transfer(house: House) {
    let visit = person(&house).await;
    typed(&visit, &[("division", SIBLING), ("employer_name", "长沙另一有限公司")]).await;
    assert!(change_view(&visit).await.unwrap().moves[0].contains("同时办理市内调转"));

    let id = waiting(&visit).await;
    agree(&house, &reviewer(&house, DISTRICT, "王审核").await, &id).await.unwrap();
    agree(&house, &reviewer(&house, SIBLING, "赵审核").await, &id).await.unwrap();
    let shown = change_view(&visit).await.unwrap();
    let changed: Vec<_> = shown.changed.iter().map(|item| item.item.as_str()).collect();
    assert_eq!((changed, shown.moves), (vec!["employment.employer_name"], Vec::new()), "the place is on record by now");
    assert!(shown.bureau_name.contains("芙蓉区"));
}
both!(a_change_that_was_only_typed_goes_on_at_the_new_bureau_after_a_transfer);
