//! Terms without the seat of the origin, inside one bureau, and what is no transfer.

use super::*;

async fn where_the_origin_is_not_asked_the_destination_decides_alone(house: House) {
    let house = ruling(house, |rules| {
        for terms in &mut rules.terms {
            terms.within_city.origin_working_days = None;
            terms.within_city.working_days = 5;
        }
    });
    let visit = person(&house).await;
    let id = waiting(&visit).await;
    let waits = row(&house, &id).await;
    assert_eq!((place(&waits), waits.due_on), ((Status::Submitted, 1, SIBLING), day("2026-11-25")));
    let shown = view(&visit, "").await.case.unwrap();
    assert!(shown.is_let_go && !shown.asks_origin);
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    assert_not_found(agree(&house, &wang, &id).await);
    let zhao = reviewer(&house, SIBLING, "赵审核").await;
    assert_eq!(crate::review::case(&zhao, &id).await.unwrap().seats, None, "one seat is no shared decision");
    agree(&house, &zhao, &id).await.unwrap();
    assert_eq!((row(&house, &id).await.status, record(&visit).await.bureau.as_str()), (Status::Approved, SIBLING));
    assert_eq!(audited(&house, &id, "endorse").await.len(), 0);
}
both!(where_the_origin_is_not_asked_the_destination_decides_alone);

async fn terms_that_begin_on_a_day_hold_for_what_is_handed_in_from_then_on(house: House) {
    let house = ruling(house, |rules| {
        let mut later = rules.terms[0].clone();
        later.from = day("2026-11-19").unwrap();
        later.within_city.origin_working_days = None;
        rules.terms.push(later);
    });
    let visit = person(&house).await;
    let id = waiting(&visit).await;
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 0, DISTRICT), "on the eighteenth the origin is asked");
    let visit = house.wait_awake(&visit, Duration::days(1)).await;
    agree(&house, &reviewer(&house, DISTRICT, "王审核").await, &id).await.unwrap();
    let zhao = reviewer(&house, SIBLING, "赵审核").await;
    assert!(crate::review::case(&zhao, &id).await.unwrap().seats.is_some(), "it goes the way on which it was handed in");
    let version = row(&house, &id).await.version.to_string();
    drop_transfer(&visit, &DropTransferForm { version }).await.unwrap();
    apply_transfer(&visit, &form(SIBLING, "employed", "k2"), paper(40)).await.unwrap();
    assert_eq!(place(&row(&house, &newest(&visit, KIND).await.id).await), (Status::Submitted, 1, SIBLING));
}
both!(terms_that_begin_on_a_day_hold_for_what_is_handed_in_from_then_on);

async fn whoever_lost_the_work_stays_with_the_bureau_and_the_record_says_so(house: House) {
    let visit = person(&house).await;
    let stays = view(&visit, DISTRICT).await.to.unwrap();
    assert_eq!(stays.reasons.iter().map(|reason| reason.key.as_str()).collect::<Vec<_>>(), ["unemployed"]);
    let other = apply_transfer(&visit, &form(DISTRICT, "employed", "k1"), paper(20)).await;
    assert_eq!(faults(other).of("reason"), Some(&Fault::NotInList), "another employer of one bureau is 信息变更");
    apply_transfer(&visit, &form(DISTRICT, "unemployed", "k1"), paper(20)).await.unwrap();
    let id = newest(&visit, KIND).await.id;
    assert_eq!(place(&row(&house, &id).await), (Status::Submitted, 1, DISTRICT));
    agree(&house, &reviewer(&house, DISTRICT, "王审核").await, &id).await.unwrap();
    assert_eq!((record(&visit).await.bureau.as_str(), record(&visit).await.version), (DISTRICT, 2));
    assert_eq!(on_file(&visit, "employment.status").await, "unemployed");
    assert_eq!(on_file(&visit, "employment.employer_name").await, "", "what is no longer asked is empty");
    assert_eq!(on_file(&visit, "employment.division").await, DISTRICT);
}
both!(whoever_lost_the_work_stays_with_the_bureau_and_the_record_says_so);

async fn only_an_approved_person_goes_and_only_where_there_is_a_bureau(house: House) {
    let nobody = intake::person_of(&house, "hunan", NUMBER, "13900001234").await;
    assert!(!view(&nobody, SIBLING).await.is_collected);
    let early = apply_transfer(&nobody, &form(SIBLING, "employed", "k1"), paper(20)).await;
    assert_eq!(refusal(early), Refusal::NotComplete);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_eq!(refusal(transfer_view(&li, "").await), Refusal::SignInAgain);

    let visit = collected(&house, "430111198505231244", "13900005678").await;
    for to in ["", "420106", "999999"] {
        let nowhere = apply_transfer(&visit, &form(to, "employed", "k1"), paper(20)).await;
        assert_eq!(faults(nowhere).of("to"), Some(&Fault::NotInList), "{to}");
        assert_eq!(view(&visit, to).await.to, None);
    }
    let all = apply_transfer(&visit, &TransferForm { agreed: String::new(), ..form(SIBLING, "", "k1") }, None).await;
    let all = faults(all);
    assert_eq!((all.of("reason"), all.of("proof")), (Some(&Fault::Missing), Some(&Fault::FileMissing)));
    assert_eq!(all.of("agreed"), Some(&Fault::NotAgreed));
    let broken = Some(Proof { name: "x.txt".into(), bytes: Ok(b"no picture".to_vec()) });
    let kind = apply_transfer(&visit, &form(SIBLING, "employed", "k1"), broken).await;
    assert_eq!(faults(kind).of("proof"), Some(&Fault::FileKind));
    assert!(matches!(apply_transfer(&visit, &form(SIBLING, "employed", ""), paper(20)).await, Err(Failure::Stale)));
    let across = view(&visit, "430200").await.to.unwrap();
    assert_eq!(across.way.name, "省内跨市州调转");
}
both!(only_an_approved_person_goes_and_only_where_there_is_a_bureau);
