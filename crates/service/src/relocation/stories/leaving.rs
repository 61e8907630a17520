//! 跨省调出.

use super::*;
use crate::change::begin_change;
use crate::integrity::stories as integrity;
use crate::record::own_record;

async fn a_record_that_has_left_is_read_only_and_says_so(house: House) {
    let visit = of_hunan(&house).await;
    assert!(matches!(view(&visit).await.stands, Stands::Here(_)));
    depart(&visit, &departure("hubei", "k1")).await.unwrap();
    begin_change(&visit, &Default::default()).await.unwrap();
    let mut reader = house.services.db.read().await.unwrap();
    let begun = reader.find_latest_case(visit.account().unwrap(), CaseKind::Change).await.unwrap();
    drop(reader);
    assert!(begun.is_none(), "nothing else begins meanwhile");
    assert!(matches!(view(&visit).await.stands, Stands::Waiting { .. }));
    assert!(matches!(make_file(&visit).await, Err(Failure::NotFound)), "nothing leaves before the bureau has agreed");
    approve(&house, &newest(&visit, KIND).await.id).await;
    let Stands::Left { destination, has_key, is_here, packed_at, .. } = view(&visit).await.stands else { panic!("it has left") };
    assert_eq!((destination.as_str(), has_key, is_here, packed_at), ("湖北省", true, true, None));
    let record = own_record(&visit).await.unwrap();
    assert_eq!((record.left.as_deref(), record.is_check_due), (Some("湖北省"), false));
    assert!(record.warnings[0].contains("调出至湖北省"), "{:?}", record.warnings);
    assert_eq!(led(begin_change(&visit, &Default::default()).await), "/hunan/relocation?before=change");
    let again = depart(&visit, &departure("hubei", "k2")).await;
    assert!(matches!(again, Err(Failure::Refused(Refusal::NotComplete))), "{again:?}");
    assert_audit_stands(&house).await;
}
both!(a_record_that_has_left_is_read_only_and_says_so);

async fn what_has_to_wait_for_it_leads_to_the_page_that_says_so_and_is_handed_in_afterwards(house: House) {
    let house = integrity::honest(house);
    let visit = of_hunan(&house).await;
    let reward = integrity::drafted(&visit, &integrity::reward(), 20).await;
    depart(&visit, &departure("dalian", "k1")).await.unwrap();
    assert_eq!(led(integrity::hand_in(&visit, &reward, &integrity::reward()).await), "/hunan/relocation?before=reward");
    assert_eq!(row(&house, &reward).await.status, Status::Draft);
    let version = newest(&visit, KIND).await.version.to_string();
    cancel_departure(&visit, &DropDepartureForm { version }).await.unwrap();
    integrity::hand_in(&visit, &reward, &integrity::reward()).await.unwrap();
    assert_eq!(row(&house, &reward).await.status, Status::Submitted);
    assert_audit_stands(&house).await;
}
both!(what_has_to_wait_for_it_leads_to_the_page_that_says_so_and_is_handed_in_afterwards);

async fn a_repetition_has_one_effect_and_what_was_given_back_is_asked_again_or_cancelled(house: House) {
    let visit = of_hunan(&house).await;
    for _ in 0..2 {
        depart(&visit, &departure("dalian", "k1")).await.unwrap();
    }
    let case = newest(&visit, KIND).await;
    assert_eq!((case.round, case.status), (1, Status::Submitted));
    let li = reviewer(&house, DISTRICT, "赵审核").await;
    let (id, version) = (case.id.to_string(), case.version.to_string());
    let form = DecideForm { case: id, version, decision: "return".into(), reason: "请核对调往的地区。".into() };
    crate::review::decide(&li, &form).await.unwrap();
    let Stands::Here(may) = view(&visit).await.stands else { panic!("it was given back") };
    assert_eq!((may.reason.as_str(), may.form.destination.as_str()), ("请核对调往的地区。", "dalian"));
    depart(&visit, &departure("ningbo", "k2")).await.unwrap();
    let case = newest(&visit, KIND).await;
    assert_eq!((case.round, case.status), (2, Status::Submitted));
    let stale = cancel_departure(&visit, &DropDepartureForm { version: "1".into() }).await;
    assert!(matches!(stale, Err(Failure::Stale)));
    for _ in 0..2 {
        cancel_departure(&visit, &DropDepartureForm { version: case.version.to_string() }).await.unwrap();
    }
    assert_eq!(newest(&visit, KIND).await.status, Status::Closed);
    assert!(matches!(view(&visit).await.stands, Stands::Here(_)), "the record stays");
}
both!(a_repetition_has_one_effect_and_what_was_given_back_is_asked_again_or_cancelled);

async fn whoever_has_no_record_has_nothing_that_could_leave(house: House) {
    let visit = intake::zhang_san(&house).await;
    assert_eq!(view(&visit).await.stands, Stands::Nowhere);
    let refused = depart(&visit, &departure("hubei", "k1")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotComplete))), "{refused:?}");
    for to in ["", "hunan", "atlantis"] {
        let faults = depart(&visit, &departure(to, "k1")).await;
        assert!(matches!(faults, Err(Failure::Invalid(errors)) if errors.of("destination").is_some()), "{to}");
    }
}
both!(whoever_has_no_record_has_nothing_that_could_leave);
