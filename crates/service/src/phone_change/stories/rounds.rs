//! A returned application is made again, and goes where it belongs.

use super::*;

async fn a_returned_application_is_made_again_and_both_have_to_agree_anew(house: House) {
    let house = changing(house);
    let (stranger, asked) = applied(&house).await;
    let id = &asked.id;
    let li = reviewer(&house, PROVINCE, "李审核").await;
    let wang = reviewer(&house, PROVINCE, "王审核").await;
    approve(&house, &li, id).await.unwrap();
    let Err(Failure::Invalid(errors)) = give_back(&house, &wang, id, "").await else { panic!("a reason is needed") };
    assert_eq!(errors.of("reason"), Some(&Fault::ReasonMissing));
    give_back(&house, &wang, id, "证件照片不清晰").await.unwrap();
    let told = texts(&house, NEW, "phone_change_returned").await.pop().unwrap();
    assert!(told.contains("证件照片不清晰"), "{told}");
    let void = link(&house).await;
    assert_eq!(refusal(objecting(&stranger, &void).await), Refusal::LinkVoid);
    house.clock.forward(Duration::minutes(2));
    apply(&stranger, (NAME, NUMBER), NEW).await.unwrap();
    let again = newest(&house).await.unwrap();
    assert_eq!((&again.id, again.round, again.status), (id, 2, Status::Submitted));
    assert_eq!(refusal(objecting(&stranger, &void).await), Refusal::LinkVoid, "the link of an earlier round");
    approve(&house, &wang, id).await.unwrap();
    assert_eq!(row(&house, id).await.status, Status::Submitted, "the opinion of the first round does not count");
    approve(&house, &li, id).await.unwrap();
    assert_eq!(row(&house, id).await.status, Status::Approved);
}
both!(a_returned_application_is_made_again_and_both_have_to_agree_anew);

async fn a_number_that_changed_only_under_its_mask_is_told_as_changed(house: House) {
    let house = changing(house);
    let (stranger, asked) = applied(&house).await;
    let li = reviewer(&house, PROVINCE, "李审核").await;
    give_back(&house, &li, &asked.id, "请核对新手机号码").await.unwrap();
    house.clock.forward(Duration::minutes(2));
    apply(&stranger, (NAME, NUMBER), "13811110001").await.unwrap();
    let view = case(&li, &asked.id).await.unwrap();
    let told: Vec<_> = view.changes.iter().map(|change| (change.item.as_str(), change.now.as_deref())).collect();
    assert_eq!(told, [("phone_change.new_mobile", Some("138****0001"))]);
    assert_eq!(view.changes[0].before, view.changes[0].now, "what is hidden stays hidden");
}
both!(a_number_that_changed_only_under_its_mask_is_told_as_changed);

async fn both_persons_are_of_the_bureau_that_has_the_case(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    works_in(&house, DISTRICT).await;
    let stranger = Browser::new(&house, "203.0.113.9").await;
    apply(&stranger, (NAME, NUMBER), NEW).await.unwrap();
    let id = newest(&house).await.unwrap().id;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let zhao = reviewer(&house, CITY, "赵市级").await;
    let chen = reviewer(&house, SIBLING, "陈审核").await;
    let file = case(&li, &id).await.unwrap().files[0].1.id.clone();
    assert_not_found(case(&chen, &id).await);
    assert_not_found(file_view(&chen, &file).await);
    let mut at_home = Browser::new(&house, "203.0.113.1").await;
    at_home.sign_in(NUMBER, PASSWORD).await.unwrap();
    assert_not_found(file_view(&at_home.visit().await, &file).await);
    assert_eq!(refusal(approve(&house, &zhao, &id).await), Refusal::NotYours, "the bureau above only looks");
    assert_eq!(refusal(judge(&li, &id, "phone_change.name", "accept", "").await.map(drop)), not_allowed());
    approve(&house, &li, &id).await.unwrap();
    let version = row(&house, &id).await.version.to_string();
    let form = ForwardForm { case: id.to_string(), version, bureau: SIBLING.into(), reason: "单位不在本区".into() };
    forward(&li, &form).await.unwrap();
    approve(&house, &chen, &id).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Submitted, "an opinion of another bureau does not count");
    approve(&house, &reviewer(&house, SIBLING, "周审核").await, &id).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Approved);
    house.clock.forward(Duration::minutes(2));
    apply(&stranger, (NAME, NUMBER), "13800000002").await.unwrap();
    assert_eq!(newest(&house).await.unwrap().id, id, "while an approved change waits there is no other");
}
both!(both_persons_are_of_the_bureau_that_has_the_case);

fn not_allowed() -> Refusal {
    Refusal::NotAllowedIn { status: Status::Submitted, action: Action::Judge }
}

/// The owner has an application for 信息采集 at a bureau.
async fn works_in(house: &House, bureau: &str) {
    let (account, now) = (owner(house).await, house.services.now());
    // Its number is one that no serial of the day reaches.
    let of = submitted(house, bureau, 900).await;
    let like = row(house, &of).await;
    let case = CaseRow {
        id: house.services.ids.id().into(),
        number: None,
        account_id: account.id,
        status: Status::Draft,
        version: 1,
        round: 0,
        ..like.clone()
    };
    let write = house.services.db.write(move |tx| {
        Box::pin(async move {
            tx.insert_case(&case).await?;
            let submit = Submit {
                number: "1",
                bureau: like.bureau.as_ref().unwrap(),
                bureau_path: &like.bureau_path,
                form_version: 1,
                at: now,
                due_on: like.due_on.unwrap(),
                papers: 0,
                doubts: 0,
                year: None,
            };
            tx.submit_case(&case, &submit).await
        })
    });
    write.await.unwrap();
}

async fn what_is_missing_or_wrong_is_told_at_its_field_and_costs_no_code(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    let stranger = Browser::new(&house, "203.0.113.9").await;
    let visit = stranger.visit().await;
    let nowhere = change_phone(&visit, &PhoneChangeForm::default(), Vec::new(), ORIGIN).await.unwrap();
    assert_eq!(nowhere.go.as_deref(), Some("/hunan/phone-change"), "first the number");
    let form = filled(&stranger, (NAME, NUMBER), NEW).await;
    let visit = stranger.visit().await;
    assert!(is_fault(&change_phone(&visit, &form, Vec::new(), ORIGIN).await, "back", &Fault::FileMissing));
    let mut files = pictures();
    files[0].bytes = Ok(b"<svg/>".to_vec());
    assert!(is_fault(&change_phone(&visit, &form, files, ORIGIN).await, "front", &Fault::FileKind));
    let wrong = PhoneChangeForm { sms_code: "000000".into(), ..form.clone() };
    let outcome = change_phone(&visit, &wrong, pictures(), ORIGIN).await;
    assert!(is_fault(&outcome, "sms_code", &Fault::CodeWrong(4)), "{outcome:?}");
    assert!(newest(&house).await.is_none());
    change_phone(&visit, &form, pictures(), ORIGIN).await.unwrap();
    assert!(newest(&house).await.is_some());
    let again = change_phone(&stranger.visit().await, &form, pictures(), ORIGIN).await.unwrap();
    assert_eq!(again.go.as_deref(), Some("/hunan/phone-change"), "a code serves once");
}
both!(what_is_missing_or_wrong_is_told_at_its_field_and_costs_no_code);

async fn where_the_province_has_none_there_is_no_such_thing(mut house: House) {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.phone_change = None;
    province.profile.lines.remove(&CaseKind::PhoneChange);
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    let browser = Browser::new(&house, "203.0.113.9").await;
    let captcha = browser.captcha().await;
    let visit = browser.visit().await;
    let form = SendCodeForm { purpose: "phone_change".into(), mobile: NEW.into(), captcha, ..Default::default() };
    assert_not_found(send_code(&visit, &form).await);
    assert_not_found(entry_view(&visit, "phone-change").await);
    assert_not_found(entry_view(&visit, "objection").await);
    assert_not_found(change_phone(&visit, &PhoneChangeForm::default(), Vec::new(), ORIGIN).await);
    assert_not_found(objecting(&browser, "AAAAAAAAAAAAAAAAAAAAAA").await);
}
both!(where_the_province_has_none_there_is_no_such_thing);
