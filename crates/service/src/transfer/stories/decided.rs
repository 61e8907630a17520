//! Both agree, one refuses, or two decide at once.

use domain::case::MomentKind;

use super::*;

async fn both_bureaus_agree_and_record_and_cases_go_to_the_destination(house: House) {
    let visit = person(&house).await;
    let intake = newest(&visit, CaseKind::Intake).await.id;
    let shown = view(&visit, SIBLING).await;
    assert_eq!(shown.to.as_ref().map(|to| (to.way.name.as_str(), to.way.origin_working_days)), Some(("市内调转", Some(10))));
    let answer = apply_transfer(&visit, &form(SIBLING, "employed", "k1"), paper(20)).await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/hunan/transfer"));
    let again = apply_transfer(&visit, &form(SIBLING, "employed", "k1"), paper(20)).await.unwrap();
    assert_eq!(again, answer, "a repetition has no second effect");
    let second = apply_transfer(&visit, &form(SIBLING, "employed", "k2"), paper(30)).await;
    assert_eq!(refusal(second), Refusal::AlreadySubmitted);
    let id = newest(&visit, KIND).await.id;
    let waits = row(&house, &id).await;
    assert_eq!((place(&waits), waits.due_on), ((Status::Submitted, 0, DISTRICT), day("2026-12-02")));
    let (zhao, zhou) = (reviewer(&house, SIBLING, "赵审核").await, reviewer(&house, "430103", "周审核").await);
    assert_not_found(crate::review::case(&zhao, &id).await.map(drop));

    let visit = house.wait_awake(&visit, Duration::days(1)).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    agree(&house, &wang, &id).await.unwrap();
    let waits = row(&house, &id).await;
    assert_eq!((place(&waits), waits.due_on), ((Status::Submitted, 1, SIBLING), day("2026-12-03")));
    assert_eq!((record(&visit).await.bureau.as_str(), record(&visit).await.version), (DISTRICT, 1), "until it is done");
    assert!(titles(&house, &visit).await.contains(&"调转：已同意调出".to_owned()));
    let visit = house.wait_awake(&visit, Duration::hours(1)).await;
    let sun = reviewer(&house, SIBLING, "孙审核").await;
    assert_eq!(crate::review::case(&sun, &id).await.unwrap().seats.unwrap().agreed, ["王审核"]);
    agree(&house, &sun, &id).await.unwrap();

    assert_eq!(row(&house, &id).await.status, Status::Approved);
    let now = record(&visit).await;
    assert_eq!((now.bureau.as_str(), now.version), (SIBLING, 2));
    assert_eq!(on_file(&visit, "employment.division").await, SIBLING);
    assert_eq!(on_file(&visit, "employment.employer_name").await, "长沙某某有限公司", "the rest is 信息变更");
    assert!(titles(&house, &visit).await.contains(&"调转已办结".to_owned()));
    assert_eq!(place(&row(&house, &intake).await), (Status::Approved, 0, SIBLING), "what was decided goes along");

    // The origin and whoever is above it read what it decided, and do no more; the destination has it; a third sees nothing.
    let (wang, city) = (reviewer(&house, DISTRICT, "吴审核").await, reviewer(&house, CITY, "郑审核").await);
    for case in [&intake, &id] {
        assert_eq!(crate::review::case(&wang, case).await.unwrap().actions, [Action::Look]);
        assert!(crate::review::case(&city, case).await.is_ok());
        assert!(crate::review::case(&sun, case).await.unwrap().actions.contains(&Action::Reveal));
        assert_not_found(crate::review::case(&zhou, case).await.map(drop));
    }
    let left: Vec<_> = left_view(&wang).await.unwrap().lines.into_iter().map(|line| line.case).collect();
    assert!(left.len() == 2 && left.contains(&intake) && left.contains(&id), "{left:?}");
    assert!(left_view(&sun).await.unwrap().lines.is_empty());

    // What the origin approved stays under its name.
    let history = crate::record::history_view(&visit, Some(MomentKind::Case)).await.unwrap();
    let approved = history.moments.iter().filter(|moment| moment.action == Some(Action::Approve));
    let said: Vec<_> = approved.map(|moment| (moment.title.as_str(), moment.said.contains("芙蓉区"))).collect();
    assert_eq!(said, [("调转", true), ("信息采集", false)]);
    assert_eq!((audited(&house, &id, "endorse").await.len(), audited(&house, &id, "approve").await.len()), (1, 1));
    assert_audit_stands(&house).await;
}
both!(both_bureaus_agree_and_record_and_cases_go_to_the_destination);

async fn whoever_refuses_gives_it_back_with_a_reason_and_the_record_stays(house: House) {
    let visit = person(&house).await;
    let id = waiting(&visit).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    refuse(&house, &wang, &id, "请先办理信息变更").await;
    assert_eq!(place(&row(&house, &id).await), (Status::Returned, 0, DISTRICT));
    assert!(titles(&house, &visit).await.contains(&"调转需要修改".to_owned()));
    let shown = view(&visit, "").await;
    assert_eq!(shown.case.as_ref().map(|of| of.reason.as_str()), Some("请先办理信息变更"));
    assert_eq!((shown.form.to.as_str(), shown.form.reason.as_str(), shown.has_proof), (SIBLING, "employed", true));

    // Handed in again it begins with the origin, with the proof that was sent before; the destination refuses.
    house.clock.forward(Duration::minutes(11));
    let missing = apply_transfer(&visit, &TransferForm { agreed: String::new(), ..form(SIBLING, "employed", "k2") }, None).await;
    assert_eq!(faults(missing).of("agreed"), Some(&Fault::NotAgreed));
    let answer = apply_transfer(&visit, &form(SIBLING, "employed", "k2"), None).await.unwrap();
    assert_eq!(apply_transfer(&visit, &form(SIBLING, "employed", "k2"), None).await.unwrap(), answer);
    assert_eq!((place(&row(&house, &id).await), row(&house, &id).await.round), ((Status::Submitted, 0, DISTRICT), 2));
    let files = house.services.db.read().await.unwrap().list_attachments(&id).await.unwrap();
    assert_eq!(files.len(), 1);
    agree(&house, &wang, &id).await.unwrap();
    let zhao = reviewer(&house, SIBLING, "赵审核").await;
    refuse(&house, &zhao, &id, "新单位不在本区").await;
    assert_eq!(place(&row(&house, &id).await), (Status::Returned, 1, SIBLING));
    assert_eq!((record(&visit).await.bureau.as_str(), record(&visit).await.version), (DISTRICT, 1));

    // Another proof takes the place of the first, and it begins with the origin once more.
    house.clock.forward(Duration::minutes(11));
    let visit = house.again(&visit).await;
    apply_transfer(&visit, &form(SIBLING, "moved", "k3"), paper(60)).await.unwrap();
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 0, DISTRICT));
    assert_eq!(house.services.db.read().await.unwrap().list_attachments(&id).await.unwrap().len(), 1);
    let version = row(&house, &id).await.version.to_string();
    drop_transfer(&visit, &DropTransferForm { version }).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Closed);
    assert!(agree(&house, &wang, &id).await.is_err());
    assert_eq!(record(&visit).await.bureau.as_str(), DISTRICT);
    assert_audit_stands(&house).await;
}
both!(whoever_refuses_gives_it_back_with_a_reason_and_the_record_stays);

async fn of_two_who_decide_at_once_one_is_heard(house: House) {
    let visit = person(&house).await;
    let id = waiting(&visit).await;
    let (wang, li) = (reviewer(&house, DISTRICT, "王审核").await, reviewer(&house, DISTRICT, "刘审核").await);
    let seen = row(&house, &id).await.version;
    let (one, other) = tokio::join!(decide(&wang, &id, seen, "approve"), decide(&li, &id, seen, "approve"));
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 1, SIBLING));

    // The origin once more, while the destination decides twice.
    let (zhao, sun) = (reviewer(&house, SIBLING, "赵审核").await, reviewer(&house, SIBLING, "孙审核").await);
    let seen = row(&house, &id).await.version;
    let (one, other, third) = tokio::join!(
        decide(&zhao, &id, seen, "approve"),
        decide(&sun, &id, seen, "approve"),
        decide(&wang, &id, seen, "approve"),
    );
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    assert_eq!(refusal(third), Refusal::NotYours);
    assert_eq!(row(&house, &id).await.status, Status::Approved);
    assert_eq!((record(&visit).await.bureau.as_str(), record(&visit).await.version), (SIBLING, 2));
    assert_audit_stands(&house).await;
}
both!(of_two_who_decide_at_once_one_is_heard);
