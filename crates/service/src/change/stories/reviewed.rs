//! What the bureau reviews: from the first touch over a return to the next version, and the next change after that.

use super::*;

async fn a_change_goes_through_a_return_to_the_second_version_of_the_record(house: House) {
    let visit = approved(&house).await;
    let before = on_file(&visit).await.1;
    begin(&visit).await;
    save(&visit, StepKey::Employment, &[("employer_name", "长沙另一有限公司"), ("joined_on", "2025-03-03")]).await;
    save(&visit, StepKey::Education, &[("part_time_school", "中南大学")]).await;
    let page = view(&visit).await;
    assert_eq!(changed_items(&page), ["education.part_time_school", "employment.employer_name", "employment.joined_on"]);
    let school = &page.changed[0];
    assert_eq!((school.before.as_str(), school.now.as_str()), ("湖南大学", "中南大学"));
    assert_eq!(slots(&page), ["part_time_diploma", "employment_proof"]);
    for (called, of) in page.slots.iter().zip([&page.changed[..1], &page.changed[1..]]) {
        let named = of.iter().map(|item| format!("“{}”", item.label)).collect::<Vec<_>>().join("、");
        assert_eq!(called.because, format!("因为您修改了{named}。"));
    }
    let missing = faults(submit(&visit).await);
    assert_eq!(missing.of("employment_proof"), Some(&Fault::FileMissing));
    assert_eq!(missing.of("part_time_diploma"), Some(&Fault::FileMissing));
    prove(&visit, 20).await;
    submit(&visit).await.unwrap();
    let case = newest(&visit).await;
    assert_eq!((case.status, case.bureau.as_ref().map(|code| code.as_str())), (Status::Submitted, Some(DISTRICT)));
    assert_eq!(on_file(&visit).await.1, before, "until it is approved the record stays as it is");

    let li = reviewer(&house, DISTRICT, "李审核").await;
    let seen = crate::review::case(&li, &case.id).await.unwrap();
    assert!(seen.is_change && seen.rounds.is_empty());
    let rows: Vec<&str> = seen.sections.iter().flat_map(|section| &section.rows).map(|row| row.item.as_str()).collect();
    assert_eq!(rows, changed_items(&page), "only what is changed is shown");
    let answers: Vec<_> = seen.changes.iter().map(|change| (change.before.as_deref(), change.now.as_deref())).collect();
    assert_eq!(answers[1], (Some("长沙某某有限公司"), Some("长沙另一有限公司")));
    assert_eq!(seen.former.iter().map(|(slot, _)| slot.as_str()).collect::<Vec<_>>(), ["part_time_diploma", "employment_proof"]);
    let other = judge(&li, &case.id, "person.ethnicity", "reject", "与身份证不一致").await;
    assert_eq!(faults(other).of("item"), Some(&Fault::NotInList), "what was not changed is not judged");
    judge(&li, &case.id, "employment.employer_name", "reject", "与公章不一致").await.unwrap();
    judge(&li, &case.id, "attachment.part_time_diploma", "reject", "图片不清晰").await.unwrap();
    decide(&li, &case.id, row(&house, &case.id).await.version, "return").await.unwrap();

    let page = view(&visit).await;
    assert_eq!(page.changed[1].reason, "与公章不一致");
    assert_eq!(page.rejected_files.len(), 1);
    let left = refusal(submit(&visit).await);
    let items = vec!["attachment.part_time_diploma".to_owned(), "employment.employer_name".to_owned()];
    assert_eq!(left, Refusal::NotAllAmended { items });
    // One is amended, the other taken back.
    save(&visit, StepKey::Employment, &[("employer_name", "长沙另一家有限公司")]).await;
    undo_change(&visit, &UndoForm { item: "education.part_time_school".into() }).await.unwrap();
    assert_eq!(slots(&view(&visit).await), ["employment_proof"]);
    submit(&visit).await.unwrap();
    let seen = crate::review::case(&li, &case.id).await.unwrap();
    assert_eq!(
        seen.changes[0].before.as_deref(),
        Some("长沙某某有限公司"),
        "also the second time it is the record that it differs from"
    );
    decide(&li, &case.id, row(&house, &case.id).await.version, "approve").await.unwrap();

    let (version, after) = on_file(&visit).await;
    assert_eq!((version, after.case_number.as_str()), (2, case.number.as_deref().unwrap()));
    assert_eq!(after.answers.get("employment.employer_name"), Some("长沙另一家有限公司"));
    assert_eq!(after.answers.get("education.part_time_school"), Some("湖南大学"));
    assert_eq!(after.answers.get("qualification.rows.0.certificate_number"), Some("19430001"));
    let file = |body: &RecordBody, slot: &str| body.files.iter().find(|file| file.slot == slot).cloned();
    assert_ne!(file(&after, "employment_proof"), file(&before, "employment_proof"));
    for slot in ["photo", "id_front", "part_time_diploma"] {
        assert_eq!(file(&after, slot), file(&before, slot), "{slot}");
    }
    let messages = house.services.db.read().await.unwrap().list_messages(visit.account().unwrap(), "~", 10).await.unwrap();
    assert_eq!(messages[0].title, "信息变更审核通过");
    assert_audit_stands(&house).await;
}
both!(a_change_goes_through_a_return_to_the_second_version_of_the_record);

async fn a_second_change_begins_with_nothing_of_the_first_one(house: House) {
    let visit = approved(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    begin(&visit).await;
    save(&visit, StepKey::Employment, &[("employer_name", "长沙另一有限公司")]).await;
    prove(&visit, 20).await;
    submit(&visit).await.unwrap();
    let first = newest(&visit).await;
    decide(&li, &first.id, first.version, "approve").await.unwrap();
    assert_eq!(on_file(&visit).await.0, 2);

    begin(&visit).await;
    let second = newest(&visit).await;
    assert_ne!(second.id, first.id);
    assert_eq!((second.round, second.pledge_version.as_str(), second.number.as_deref()), (0, "", None));
    let page = view(&visit).await;
    assert!(page.changed.is_empty() && page.slots.is_empty());
    let sheet = form(&visit, StepKey::Employment).await.sheet.unwrap();
    assert_eq!(sheet.version, 0);
    assert_eq!(sheet.kit.answers.get("employment.employer_name"), Some("长沙另一有限公司"), "it starts from the newest version");
    save(&visit, StepKey::Employment, &[("employer_name", "长沙第三有限公司")]).await;
    let page = view(&visit).await;
    assert!(page.slots[0].slot.files.is_empty(), "the proof of the first one proves nothing of the second");
    assert_eq!(faults(submit(&visit).await).of("employment_proof"), Some(&Fault::FileMissing));
    let reader = &mut house.services.db.read().await.unwrap();
    assert!(reader.find_pledge(&second.id, &first.pledge_version).await.unwrap().is_none());
    prove(&visit, 60).await;
    submit(&visit).await.unwrap();
    let second = newest(&visit).await;
    decide(&li, &second.id, second.version, "approve").await.unwrap();
    assert_eq!(
        (on_file(&visit).await.0, answer_on_file(&visit, "employment.employer_name").await),
        (3, "长沙第三有限公司".into())
    );
}
both!(a_second_change_begins_with_nothing_of_the_first_one);

async fn whoever_is_not_approved_is_told_what_comes_first(house: House) {
    let visit = intake::zhang_san(&house).await;
    assert!(!view(&visit).await.is_collected);
    assert_eq!(begin(&visit).await.go.as_deref(), Some("/hunan/intake?change=all"));
    let mut reader = house.services.db.read().await.unwrap();
    let begun = reader.find_latest_case(visit.account().unwrap(), CaseKind::Change).await.unwrap();
    assert!(begun.is_none(), "nothing is begun that could not be handed in");
    let form = intake::answers().form(StepKey::Person);
    assert!(matches!(save_change(&visit, form, "0").await, Err(Failure::NotFound)));
    assert_eq!(refusal(submit(&visit).await), Refusal::NotComplete);
}
both!(whoever_is_not_approved_is_told_what_comes_first);

async fn while_a_change_is_open_no_other_one_begins(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    let first = newest(&visit).await;
    begin(&visit).await;
    assert_eq!(newest(&visit).await.id, first.id, "the draft goes on");
    save(&visit, StepKey::Person, &[("political_status", "01")]).await;
    submit(&visit).await.unwrap();
    assert_eq!(begin(&visit).await.go.as_deref(), Some("/hunan/intake?change=all"));
    assert_eq!(newest(&visit).await.id, first.id);
    assert!(form(&visit, StepKey::Person).await.sheet.is_none() && !view(&visit).await.sections.is_empty());
    let form = intake::answers().form(StepKey::Person);
    assert_eq!(refusal(save_change(&visit, form, "1").await), Refusal::AlreadySubmitted);
    // Taken back it is the same draft; given up it makes room.
    drop_it(&visit, "withdraw").await.unwrap();
    assert_eq!(changed_items(&view(&visit).await), ["person.political_status"]);
    drop_it(&visit, "delete").await.unwrap();
    assert_eq!(newest(&visit).await.status, Status::Closed);
    begin(&visit).await;
    assert_ne!(newest(&visit).await.id, first.id);
    assert!(view(&visit).await.changed.is_empty());
    assert_eq!(on_file(&visit).await.0, 1);
}
both!(while_a_change_is_open_no_other_one_begins);

async fn two_windows_do_not_overwrite_each_other(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    let form = form(&visit, StepKey::Person).await.sheet.unwrap().kit.answers.form(StepKey::Person);
    save_change(&visit, form.clone(), "0").await.unwrap();
    assert!(matches!(save_change(&visit, form.clone(), "0").await, Err(Failure::Stale)));
    save_change(&visit, form, "1").await.unwrap();
}
both!(two_windows_do_not_overwrite_each_other);

async fn rules_across_the_whole_record_hold_for_a_change_too(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    let answer = trying(&visit, StepKey::Education, &[("full_time_level", "none")]).await.unwrap();
    assert_eq!(answer.errors.of("full_time_level"), Some(&Fault::FullTimeNone));
    assert_eq!(view(&visit).await.faults.len(), 1, "saved first, checked after");
    assert_eq!(refusal(submit(&visit).await), Refusal::NotComplete);
}
both!(rules_across_the_whole_record_hold_for_a_change_too);

async fn a_name_that_changed_by_law_is_that_of_the_account_once_it_is_approved(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    save(&visit, StepKey::Person, &[("name", "张叁")]).await;
    assert_eq!(slots(&view(&visit).await), ["id_front", "name_proof"]);
    prove(&visit, 20).await;
    submit(&visit).await.unwrap();
    let name = async || {
        let mut reader = house.services.db.read().await.unwrap();
        reader.find_account(visit.account().unwrap()).await.unwrap().unwrap().name
    };
    assert_eq!(name().await, "张三");
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let case = newest(&visit).await;
    decide(&li, &case.id, case.version, "approve").await.unwrap();
    assert_eq!((name().await, on_file(&visit).await.1.holder.name), ("张叁".to_owned(), "张叁".to_owned()));
}
both!(a_name_that_changed_by_law_is_that_of_the_account_once_it_is_approved);

async fn a_proof_of_a_change_comes_from_a_telephone(house: House) {
    let visit = approved(&house).await;
    begin(&visit).await;
    save(&visit, StepKey::Employment, &[("employer_name", "长沙另一有限公司"), ("joined_on", "2025-03-03")]).await;
    let seen = crate::handover::stories::brought(&house, &visit, &newest(&visit).await.id, "employment_proof").await;
    assert_eq!(seen.line, "信息变更");
    let page = view(&house.again(&visit).await).await;
    assert_eq!(page.slots.iter().map(|called| called.slot.files.len()).collect::<Vec<_>>(), [1]);
    submit(&house.again(&visit).await).await.unwrap();
}
both!(a_proof_of_a_change_comes_from_a_telephone);
