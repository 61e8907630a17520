//! The list of what was returned, and the pages that a save leads back to.

use domain::intake::Back;
use domain::intake::forms::ExplainForm;
use domain::intake::view::Seen;

use super::*;
use crate::intake;

fn from(back: Back, version: i64) -> Seen {
    Seen { version, back: Some(back), ..Seen::default() }
}

async fn version(visit: &Visit, step: StepKey) -> i64 {
    intake::step_view(visit, step, false).await.unwrap().version
}

async fn a_finished_step_leads_back_to_the_page_that_sent_somebody_there(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let save = async |answers: &Answers, how| {
        let seen = from(Back::Check, version(&visit, StepKey::Person).await);
        intake::save_step(&visit, answers.form(StepKey::Person), seen, how).await.unwrap()
    };
    let mut typed = answers();
    typed.set("person.residence_address", "韶山北路 9 号".into());
    assert_eq!(save(&typed, SaveHow::Continue).await.go.as_deref(), Some("/hunan/intake/check"));
    assert_eq!(save(&typed, SaveHow::Later).await.go.as_deref(), Some("/hunan/intake"), "later is later");
    assert_eq!(save(&typed, SaveHow::Auto).await.go, None);
    typed.set("person.residence_address", String::new());
    let faulty = save(&typed, SaveHow::Continue).await;
    assert_eq!((faulty.go, faulty.errors.0.len()), (None, 1), "saved, and mended first");
    typed.set("person.residence_address", "韶山北路 9 号".into());
    let unasked =
        intake::save_step(&visit, typed.form(StepKey::Person), version(&visit, StepKey::Person).await, SaveHow::Continue);
    assert_eq!(unasked.await.unwrap().go.as_deref(), Some("/hunan/intake/check"), "nothing else is left to do");
    let removed = intake::remove_file(&visit, "photo", "", Some(Back::Amend)).await.unwrap();
    assert_eq!(removed.go.as_deref(), Some("/hunan/intake/amend"));
}
both!(a_finished_step_leads_back_to_the_page_that_sent_somebody_there);

async fn what_is_left_to_amend_is_counted_as_it_is_done(house: House) {
    let visit = zhang_san(&house).await;
    assert!(intake::amend_view(&visit).await.unwrap().items.is_empty(), "nothing was returned");
    fill(&visit).await;
    submit(&visit).await;
    let rejected = [
        ("employment.employer_name", "与证明不一致"),
        ("employment.division", "请核对"),
        ("employment.post", "请核对"),
        ("attachment.photo", "照片模糊"),
    ];
    decide(&house, &visit, Status::Returned, &rejected).await;
    let view = intake::amend_view(&visit).await.unwrap();
    let done = |view: &domain::intake::view::AmendView| view.items.iter().filter(|item| item.is_done()).count();
    assert_eq!((view.items.len(), done(&view), view.reason.as_str()), (4, 0, "请按提示修改"));
    let item = |view: &domain::intake::view::AmendView, name: &str| {
        view.items.iter().find(|one| one.item.item == name).cloned().unwrap()
    };
    assert_eq!(item(&view, "attachment.photo").slot(), Some("photo"));
    assert_eq!(item(&view, "employment.division").mend, None, "a place leads to a bureau, which its own page shows");
    let total = domain::intake::items(
        &domain::intake::Context::of(&visit.province, &view_holder(&visit).await, &answers(), house.services.today()),
        &answers(),
    );
    assert_eq!(view.sealed, total.len() - 4);

    // The question by itself is an ordinary save, in which the other answers stay.
    let employer = item(&view, "employment.employer_name");
    assert_eq!(employer.before.as_deref(), Some("长沙某某有限公司"));
    let mend = employer.mend.unwrap();
    assert_eq!((mend.field.as_str(), mend.value.as_str(), mend.choices.len()), ("employer_name", "长沙某某有限公司", 0));
    let mut form = domain::intake::StepForm::of(mend.step);
    for (field, value) in mend.others.iter().chain([&("employer_name".to_owned(), "长沙算盘商贸有限公司".to_owned())]) {
        assert!(form.set(field, value.clone()), "{field}");
    }
    let answer = intake::save_step(&visit, form, from(Back::Amend, mend.version), SaveHow::Continue).await.unwrap();
    assert_eq!((answer.go.as_deref(), answer.errors.0.len()), (Some("/hunan/intake/amend"), 0));
    let view = intake::amend_view(&visit).await.unwrap();
    assert_eq!(done(&view), 1);
    assert_eq!(item(&view, "employment.employer_name").now.as_deref(), Some("长沙算盘商贸有限公司"));
    let post = item(&view, "employment.post").mend.unwrap();
    assert!(post.choices.iter().any(|(code, _)| code == "cashier") && post.value == "cashier", "still as it was");

    let explain = ExplainForm {
        item: "employment.post".into(),
        remark: "与劳动合同一致".into(),
        version: "0".into(),
        back: "amend".into(),
        ..ExplainForm::default()
    };
    assert_eq!(intake::explain(&visit, &explain).await.unwrap().go.as_deref(), Some("/hunan/intake/amend"));
    upload(&visit, "photo", 8).await;
    assert_eq!(done(&intake::amend_view(&visit).await.unwrap()), 3);
    // What the bar says the server says as well.
    let refused = intake::submit(&visit, &with_key("early")).await;
    let Err(Failure::Refused(domain::case::Refusal::NotAllAmended { items })) = refused else { panic!("{refused:?}") };
    assert_eq!(items, ["employment.division"]);
}
both!(what_is_left_to_amend_is_counted_as_it_is_done);

async fn view_holder(visit: &Visit) -> domain::intake::Holder {
    intake::check_view(visit).await.unwrap().holder
}

async fn what_the_registration_knows_is_shown_and_hidden_where_it_is_long(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let known = intake::step_view(&visit, StepKey::Person, false).await.unwrap().known.unwrap();
    let fact = |label: &str| known.facts.iter().find(|(one, _)| one == label).map(|(_, value)| value.as_str());
    assert!(fact("证件号码").unwrap().contains("****") && fact("手机号码").unwrap().contains("****"));
    assert!(!known.facts.iter().any(|(_, value)| value.contains("430111199003079988") || value.contains("13900001234")));
    assert_eq!((fact("证件类型"), fact("性别"), fact("出生日期")), (Some("身份证"), Some("女"), Some("1990年3月7日")));
    assert!(known.photo.is_some());
    assert_eq!(intake::step_view(&visit, StepKey::Education, false).await.unwrap().known, None);
}
both!(what_the_registration_knows_is_shown_and_hidden_where_it_is_long);
