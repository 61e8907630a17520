//! 退回: only the red items open.

use domain::case::Refusal;
use domain::intake::forms::{ExplainForm, SubmitForm};

use super::*;
use crate::intake;

async fn returned(house: &House, rejected: &[(&str, &str)]) -> Visit {
    let visit = zhang_san(house).await;
    fill(&visit).await;
    submit(&visit).await;
    decide(house, &visit, Status::Returned, rejected).await;
    visit
}

async fn only_the_red_items_can_be_changed(house: House) {
    let visit = returned(&house, &[("education.full_time_school", "与证书不一致"), ("attachment.photo", "照片模糊")]).await;
    let mut typed = answers();
    typed.set("education.full_time_school", "湖南师范大学".into());
    typed.set("education.part_time_school", "北京大学".into());
    let answer = save(&visit, &typed, StepKey::Education).await;
    assert_eq!(answer.go.as_deref(), Some("/hunan/intake"));
    let view = intake::step_view(&visit, StepKey::Education, false).await.unwrap();
    assert_eq!(view.form().get("full_time_school"), Some("湖南师范大学"));
    assert_eq!(view.form().get("part_time_school"), Some("湖南大学"), "locked");
    assert!(view.open.unwrap().contains("education.full_time_school"));
    assert_eq!(view.reasons["education.full_time_school"], "与证书不一致");
    let locked = Refusal::NotAllowedIn { status: Status::Returned, action: Action::Save };
    assert_eq!(upload(&visit, "id_front", 8).await, UploadAnswer::Refused(locked));
    assert!(matches!(upload(&visit, "photo", 8).await, UploadAnswer::Kept(_)));
    let slots = intake::files_view(&visit).await.unwrap().slots;
    let open: Vec<_> = slots.iter().filter(|slot| slot.is_open).map(|slot| slot.rules.slot.as_str()).collect();
    assert_eq!(open, ["photo"]);
    assert!(slots[0].is_amended && slots[0].reason.as_deref() == Some("照片模糊"));
}
both!(only_the_red_items_can_be_changed);

async fn an_application_is_submitted_again_only_when_all_red_items_are_amended(house: House) {
    let visit = returned(&house, &[("employment.post", "请核对"), ("attachment.photo", "照片模糊")]).await;
    let progress = intake::progress_view(&visit).await.unwrap();
    assert_eq!((progress.may_resubmit, progress.may_withdraw, progress.reason.as_str()), (true, false, "请按提示修改"));
    let links: Vec<_> = progress.rejected.iter().map(|item| item.link.as_str()).collect();
    assert_eq!(links, ["/hunan/intake/employment#field-post", "/hunan/intake/files#slot-photo"]);
    let Err(Failure::Refused(Refusal::NotAllAmended { items })) = intake::submit(&visit, &with_key("a")).await else { panic!() };
    assert_eq!(items, ["employment.post", "attachment.photo"]);
    let mut typed = answers();
    let post = visit.province.lists.entries("post").iter().find(|entry| entry.code != "cashier").unwrap();
    typed.set("employment.post", post.code.clone());
    save(&visit, &typed, StepKey::Employment).await;
    let hub = intake::hub(&visit).await.unwrap();
    assert_eq!(hub.rejected.iter().map(|item| item.is_amended).collect::<Vec<_>>(), [true, false]);
    let refused = intake::submit(&visit, &with_key("b")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotAllAmended { .. }))), "{refused:?}");
    upload(&visit, "photo", 8).await;
    assert!(intake::check_view(&visit).await.unwrap().not_amended.is_empty());
    submit(&visit).await;
    let case = case(&visit).await;
    assert_eq!((case.status, case.round), (Status::Submitted, 2));
    let events = house.services.db.read().await.unwrap().list_events(&case.id).await.unwrap();
    assert_eq!(events.iter().map(|event| event.action.as_str()).collect::<Vec<_>>(), ["submit", "return", "resubmit"]);
}
both!(an_application_is_submitted_again_only_when_all_red_items_are_amended);

async fn what_a_change_opened_is_locked_again_when_the_change_is_taken_back(house: House) {
    let visit = returned(&house, &[("employment.status", "请核对")]).await;
    let mut typed = answers();
    typed.set("employment.status", "student".into());
    save(&visit, &typed, StepKey::Employment).await;
    typed.set("employment.status", "employed_accounting".into());
    typed.set("employment.employer_name", "另一家公司".into());
    save(&visit, &typed, StepKey::Employment).await;
    let view = intake::step_view(&visit, StepKey::Employment, true).await.unwrap();
    assert_eq!(view.form().get("employer_name"), Some("长沙某某有限公司"));
    assert!(view.errors.is_empty());
    let refused = intake::submit(&visit, &with_key("same")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotAllAmended { .. }))));
}
both!(what_a_change_opened_is_locked_again_when_the_change_is_taken_back);

async fn the_bureau_sees_no_file_that_was_not_submitted_again(house: House) {
    let visit = returned(&house, &[("attachment.photo", "照片模糊")]).await;
    let before = intake::files_view(&visit).await.unwrap().slots[0].files[0].clone();
    let UploadAnswer::Kept(files) = upload(&visit, "photo", 8).await else { panic!() };
    let file = files[0].clone();
    let overseer = reviewer(&house, "430100").await;
    assert!(matches!(crate::case::file_view(&overseer, &file.id).await, Err(Failure::NotFound)));
    assert!(crate::case::file_view(&overseer, &before.id).await.is_ok());
    submit(&visit).await;
    assert!(crate::case::file_view(&overseer, &file.id).await.is_ok());
}
both!(the_bureau_sees_no_file_that_was_not_submitted_again);

async fn an_item_that_was_right_stays_as_it_is_with_what_the_person_says_to_that(house: House) {
    let rejected = [("employment.post", "请核对"), ("attachment.photo", "照片模糊")];
    let visit = returned(&house, &rejected).await;
    let explain = |item: &str, remark: &str, version: i64| ExplainForm {
        item: item.into(),
        remark: remark.into(),
        version: version.to_string(),
        ..ExplainForm::default()
    };
    let view = intake::explain_view(&visit, "employment.post").await.unwrap();
    assert_eq!((view.item.reason.as_str(), view.item.explanation.as_deref(), view.version), ("请核对", None, 0));
    let empty = intake::explain(&visit, &explain("employment.post", " ", 0)).await;
    assert!(matches!(empty, Err(Failure::Invalid(errors)) if errors.of("remark").is_some()));
    let locked = intake::explain(&visit, &explain("person.email", "没有问题", 0)).await;
    assert!(matches!(locked, Err(Failure::NotFound)), "nobody rejected it: {locked:?}");
    intake::explain(&visit, &explain("employment.post", "与劳动合同一致", 0)).await.unwrap();
    let again = intake::explain(&visit, &explain("employment.post", "与劳动合同一致", 0)).await;
    assert!(again.is_ok(), "a repetition has one effect and one answer");
    let other = intake::explain(&visit, &explain("employment.post", "另一个窗口", 0)).await;
    assert!(matches!(other, Err(Failure::Stale)), "{other:?}");
    let Err(Failure::Refused(Refusal::NotAllAmended { items })) = intake::submit(&visit, &with_key("a")).await else { panic!() };
    assert_eq!(items, ["attachment.photo"]);
    upload(&visit, "photo", 8).await;
    let changed = intake::explain_view(&visit, "attachment.photo").await;
    assert!(matches!(changed, Err(Failure::NotFound)), "it was changed");
    let key = intake::check_view(&visit).await.unwrap().request_key;
    intake::submit(&visit, &SubmitForm { remark: " 照片已重拍 ".into(), ..with_key(&key) }).await.unwrap();
    let seen = crate::review::case(&reviewer(&house, "430111").await, &case(&visit).await.id).await.unwrap();
    assert_eq!(seen.explanations, [("employment.post".to_owned(), "与劳动合同一致".to_owned())].into());
    assert_eq!(seen.remark, "照片已重拍");
    assert_eq!(intake::progress_view(&visit).await.unwrap().remark, "照片已重拍");
}
both!(an_item_that_was_right_stays_as_it_is_with_what_the_person_says_to_that);

async fn what_was_said_to_a_return_can_be_taken_back_and_says_nothing_to_the_next_one(house: House) {
    let visit = returned(&house, &[("employment.post", "请核对")]).await;
    let say = |remark: &str, how: &str, version: i64| ExplainForm {
        item: "employment.post".into(),
        remark: remark.into(),
        how: how.into(),
        version: version.to_string(),
        back: String::new(),
    };
    intake::explain(&visit, &say("与劳动合同一致", "", 0)).await.unwrap();
    intake::explain(&visit, &say("", "take_back", 1)).await.unwrap();
    let refused = intake::submit(&visit, &with_key("a")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotAllAmended { .. }))), "{refused:?}");
    intake::explain(&visit, &say("与劳动合同一致", "", 2)).await.unwrap();
    submit(&visit).await;
    decide(&house, &visit, Status::Returned, &[("employment.post", "请看清楚合同")]).await;
    let refused = intake::submit(&visit, &with_key("b")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotAllAmended { .. }))), "{refused:?}");
    assert_eq!(intake::explain_view(&visit, "employment.post").await.unwrap().item.explanation, None);
    let whole = intake::submit(&visit, &SubmitForm { remark: "字".repeat(201), ..with_key("c") }).await;
    assert!(matches!(whole, Err(Failure::Invalid(errors)) if errors.of("remark").is_some()));
}
both!(what_was_said_to_a_return_can_be_taken_back_and_says_nothing_to_the_next_one);

async fn a_name_typed_wrong_at_the_registration_is_corrected_when_the_bureau_rejects_it(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let mut typed = answers();
    typed.set("person.name", "张伞".into());
    save(&visit, &typed, StepKey::Person).await;
    let view = intake::step_view(&visit, StepKey::Person, false).await.unwrap();
    assert_eq!((view.form().get("name"), view.fixed.as_deref()), (Some("张三"), Some("person.name")), "as registered");
    submit(&visit).await;
    decide(&house, &visit, Status::Returned, &[("person.name", "与身份证不一致")]).await;
    let view = intake::step_view(&visit, StepKey::Person, false).await.unwrap();
    assert_eq!((view.fixed, view.open.unwrap().contains("person.name")), (None, true));
    save(&visit, &typed, StepKey::Person).await;
    submit(&visit).await;
    let id = case(&visit).await.id;
    let li = reviewer(&house, "430111").await;
    let seen = crate::review::case(&li, &id).await.unwrap();
    assert_eq!(seen.changes.iter().map(|change| change.now.as_deref()).collect::<Vec<_>>(), [Some("张伞")]);
    crate::review::stories::decide(&li, &id, seen.case.version, "approve").await.unwrap();
    let account = house.services.db.read().await.unwrap().find_account(visit.account().unwrap()).await.unwrap().unwrap();
    assert_eq!(account.name, "张伞");
}
both!(a_name_typed_wrong_at_the_registration_is_corrected_when_the_bureau_rejects_it);
