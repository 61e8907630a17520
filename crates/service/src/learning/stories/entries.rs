//! Who may begin one and when, what is saved, and what comes of wrong answers.

use chrono::Duration;
use domain::answer::Notice;
use domain::fault::Fault;
use domain::learning::{NotConverted, WayOut};

use super::*;
use crate::case::remove_proof;
use crate::learning::{learning_view, new_conversion_view};
use crate::review::stories::assert_not_found;
use crate::testing::both;

async fn nobody_begins_before_their_record_is_approved(house: House) {
    let visit = intake::zhang_san(&house).await;
    assert!(!new_conversion_view(&visit).await.unwrap().words.is_collected);
    assert_eq!(why(start(&visit, "2026", "paper", PAPER).await), NotConverted::NotCollected);
    assert!(cases(&house, &visit).await.is_empty());
}
both!(nobody_begins_before_their_record_is_approved);

async fn outside_of_the_window_the_dates_and_the_way_out_are_told(house: House) {
    let visit = collected(&house).await;
    let shut = match why(start(&visit, "2024", "paper", PAPER).await) {
        NotConverted::Shut(shut) => shut,
        other => panic!("{other:?}"),
    };
    assert_eq!((shut.year, shut.way, shut.open_years), (2024, WayOut::AskBureau, vec![2026]));
    assert_eq!(shut.period.unwrap().to, "2025-02-28".parse().ok());
    // Begun in time and handed in too late.
    let id = ready(&visit, "paper", PAPER).await;
    let visit = much_later(&house, &visit).await;
    assert!(matches!(view(&visit, &id).await.obstacle, Some(NotConverted::Shut(_))));
    assert!(matches!(why(hand_in(&visit, &id).await), NotConverted::Shut(_)));
}
both!(outside_of_the_window_the_dates_and_the_way_out_are_told);

async fn a_date_of_another_year_is_named_and_nothing_is_moved_in_silence(house: House) {
    let visit = collected(&house).await;
    let mut values = PAPER.to_vec();
    values[4].1 = "2025-12";
    let id = ready(&visit, "paper", &values).await;
    let expected = |why: &NotConverted| matches!(why, NotConverted::OtherYear { chosen: 2026, of: Some(2025), .. });
    assert!(view(&visit, &id).await.obstacle.as_ref().is_some_and(expected));
    assert!(expected(&why(hand_in(&visit, &id).await)));
}
both!(a_date_of_another_year_is_named_and_nothing_is_moved_in_silence);

async fn what_is_typed_is_saved_first_and_checked_after_and_no_window_overwrites_another(house: House) {
    let visit = collected(&house).await;
    let id = start(&visit, "2026", "paper", &[]).await.unwrap();
    assert_eq!(start(&visit, "2026", "paper", &[]).await.unwrap(), id, "a second press leads to the same draft");
    assert!(view(&visit, &id).await.errors.is_empty(), "nothing is wrong with what was just opened");
    let auto = |tab: &str, sequence: i64, version: i64| Saving { version, tab: tab.into(), sequence, is_auto: true };
    let wrong = typed(&[("year", "2026"), ("title", "存货"), ("published_on", "昨天")]);
    let answer = save_conversion(&visit, &id, &wrong, auto("tab-1", 1, 0)).await.unwrap();
    assert!(matches!(answer.notice, Some(Notice::Saved { version: 1, .. })) && answer.errors.is_empty());
    let later = save_conversion(&visit, &id, &wrong, auto("tab-1", 2, 0)).await.unwrap();
    assert!(matches!(later.notice, Some(Notice::Saved { version: 2, .. })), "the same page goes on over its own save");
    assert!(matches!(save_conversion(&visit, &id, &wrong, auto("tab-2", 1, 0)).await, Err(Failure::Stale)));
    let pressed = save(&visit, &id, &[("year", "2026"), ("title", "存货"), ("published_on", "昨天")]).await.unwrap();
    assert_eq!(pressed.errors.of("published_on"), Some(&Fault::NotADateOrMonth));
    let shown = view(&visit, &id).await;
    assert_eq!(values_of(&shown).get("published_on").map(String::as_str), Some("昨天"), "it is kept as it was typed");
    assert_eq!(shown.errors.of("journal"), Some(&Fault::Missing));
}
both!(what_is_typed_is_saved_first_and_checked_after_and_no_window_overwrites_another);

async fn an_entry_of_hubei_has_fields_of_its_own_and_faults_at_them(house: House) {
    let visit = intake::person_of(&house, "hubei", "430111199003079988", "13900001234").await;
    let form = typed(&[("kind", "paper"), ("paper.year", ""), ("paper.title", "存货")]);
    let errors = match start_conversion(&visit, &form).await {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    };
    assert_eq!(errors.of("paper.year"), Some(&Fault::Missing));
    let form = typed(&[("kind", "paper"), ("paper.year", "2026"), ("paper.title", "存货")]);
    assert_eq!(why(start_conversion(&visit, &form).await), NotConverted::NotCollected);
}
both!(an_entry_of_hubei_has_fields_of_its_own_and_faults_at_them);

async fn a_province_without_the_line_has_no_such_pages(mut house: House) {
    house.add(include_str!("../../../../domain/src/province/tests/yunhai.toml"), "yunhai");
    let visit = intake::person_of(&house, "yunhai", "430111199003079988", "13900001234").await;
    assert_not_found(learning_view(&visit).await);
    assert_not_found(new_conversion_view(&visit).await);
    assert_not_found(start(&visit, "2026", "paper", PAPER).await);
}
both!(a_province_without_the_line_has_no_such_pages);

async fn proofs_have_the_limits_of_the_province_and_belong_to_their_person(house: House) {
    let visit = collected(&house).await;
    let id = start(&visit, "2026", "paper", PAPER).await.unwrap();
    let sent = |shade| upload_proof(&visit, &id, "paper", ("封面.jpg", "第一页"), intake::picture(shade));
    for shade in [1, 2, 3] {
        assert!(matches!(sent(shade).await.unwrap(), UploadAnswer::Kept(_)));
    }
    assert_eq!(sent(4).await.unwrap(), UploadAnswer::Wrong(Fault::SlotFull(3)));
    assert_not_found(upload_proof(&visit, &id, "book", ("a.jpg", ""), intake::picture(1)).await);
    let other = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert_not_found(upload_proof(&other, &id, "paper", ("a.jpg", ""), intake::picture(1)).await);
    assert_not_found(conversion_view(&other, &id).await);
    let files = view(&visit, &id).await.slots.remove(0).files;
    assert_eq!((files.len(), files[0].remark.as_str()), (3, "第一页"));
    let form = domain::papers::ProofForm { case: id.to_string(), slot: "paper".into(), file: files[0].id.clone() };
    assert_not_found(remove_proof(&other, &form).await);
    remove_proof(&visit, &form).await.unwrap();
    remove_proof(&visit, &form).await.unwrap();
    assert_eq!(view(&visit, &id).await.slots[0].files.len(), 2);
}
both!(proofs_have_the_limits_of_the_province_and_belong_to_their_person);

async fn a_proof_that_is_not_below_the_limit_is_made_to_fit_and_one_that_is_stays_as_it_came(house: House) {
    let visit = collected(&house).await;
    let id = start(&visit, "2026", "paper", PAPER).await.unwrap();
    // Hunan: 图片需要小于200KB.
    let of = |shade: u8, bytes: usize| {
        let mut picture = intake::picture(shade);
        picture.resize(bytes, 0);
        picture
    };
    let (below, at) = (of(1, 204_799), of(2, 204_800));
    for bytes in [&below, &at] {
        let kept = upload_proof(&visit, &id, "paper", ("封面.jpg", ""), bytes.clone()).await.unwrap();
        assert!(matches!(kept, UploadAnswer::Kept(_)), "{kept:?}");
    }
    let rows = house.services.db.read().await.unwrap().list_attachments(&id).await.unwrap();
    let sizes: Vec<_> = rows.iter().map(|row| row.bytes).collect();
    assert_eq!((sizes.len(), sizes[0]), (2, 204_799));
    assert!((1..204_799).contains(&sizes[1]), "{sizes:?}");
    // What no slot reads is refused by the limit as before.
    let far = upload_proof(&visit, &id, "paper", ("大.jpg", ""), of(3, (10 << 20) + 1)).await.unwrap();
    assert_eq!(far, UploadAnswer::Wrong(Fault::FileTooBig { max: 204_799, bytes: (10 << 20) + 1 }));
}
both!(a_proof_that_is_not_below_the_limit_is_made_to_fit_and_one_that_is_stays_as_it_came);

async fn proofs_are_counted_for_themselves_and_the_same_once_more_is_no_page(house: House) {
    let visit = collected(&house).await;
    let id = start(&visit, "2026", "paper", PAPER).await.unwrap();
    let sent = |shade| upload_proof(&visit, &id, "paper", ("封面.jpg", ""), intake::picture(shade));
    let pages = async |shade| match sent(shade).await.unwrap() {
        UploadAnswer::Kept(files) => files.len(),
        other => panic!("{other:?}"),
    };
    let (bucket, now) = (visit.bucket("proof", visit.account().unwrap().as_str()), visit.now());
    let counted = async || house.services.db.read().await.unwrap().count_rate(&bucket, now - Duration::hours(1)).await.unwrap();
    assert_eq!((pages(1).await, pages(1).await, counted().await), (1, 1, 1), "the same once more is what is there");
    assert_eq!((pages(2).await, pages(3).await), (2, 3));
    assert_eq!((pages(3).await, counted().await), (3, 3), "and so in a full slot");
    assert_eq!(sent(4).await.unwrap(), UploadAnswer::Wrong(Fault::SlotFull(3)));

    // The intake has a limit of its own, which took seven of its forty.
    let to = bucket.clone();
    let fill = house.services.db.write(move |tx| {
        Box::pin(async move {
            for nth in 0..116 {
                tx.add_rate(&format!("proof-{nth}"), &to, now).await?;
            }
            Ok::<_, store::StoreError>(())
        })
    });
    fill.await.unwrap();
    let other = start(&visit, "2026", "degree", DEGREE).await.unwrap();
    let shown = view(&visit, &other).await;
    assert_eq!(shown.uploads_left.map(|left| left.times), Some(1));
    let slot = shown.slots[0].rules.slot.clone();
    assert!(matches!(
        upload_proof(&visit, &other, &slot, ("a.jpg", ""), intake::picture(5)).await.unwrap(),
        UploadAnswer::Kept(_)
    ));
    let refused = upload_proof(&visit, &other, &slot, ("a.jpg", ""), intake::picture(6)).await.unwrap();
    assert!(matches!(refused, UploadAnswer::Refused(Refusal::TooOften { .. })), "{refused:?}");
    assert_eq!(counted().await, 120);
}
both!(proofs_are_counted_for_themselves_and_the_same_once_more_is_no_page);

async fn proofs_that_lost_the_race_to_a_full_slot_are_not_counted(house: House) {
    let visit = collected(&house).await;
    let id = start(&visit, "2026", "paper", PAPER).await.unwrap();
    let sent = |shade| upload_proof(&visit, &id, "paper", ("封面.jpg", ""), intake::picture(shade));
    let all = futures::future::join_all((1..9).map(sent)).await;
    let kept = all.into_iter().filter(|answer| matches!(answer, Ok(UploadAnswer::Kept(_)))).count();
    let (bucket, since) = (visit.bucket("proof", visit.account().unwrap().as_str()), visit.now() - Duration::hours(1));
    let counted = house.services.db.read().await.unwrap().count_rate(&bucket, since).await.unwrap();
    assert_eq!((i64::try_from(kept).unwrap(), view(&visit, &id).await.slots[0].files.len()), (counted, kept));
}
both!(proofs_that_lost_the_race_to_a_full_slot_are_not_counted);

async fn only_a_slot_that_is_asked_for_remembers_a_fault(house: House) {
    let visit = collected(&house).await;
    let id = start(&visit, "2026", "paper", PAPER).await.unwrap();
    crate::case::asks_for_proof(&visit, &id, "paper").await.unwrap();
    assert_not_found(crate::case::asks_for_proof(&visit, &id, "book").await);
    assert_not_found(crate::case::asks_for_proof(&visit, &CaseId::from("nothing"), "paper").await);
    let other = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    assert_not_found(crate::case::asks_for_proof(&other, &id, "paper").await);
    assert_not_found(crate::intake::asks_for(&other, "nothing").await);
}
both!(only_a_slot_that_is_asked_for_remembers_a_fault);

async fn twenty_drafts_are_enough_and_one_that_is_deleted_makes_room(house: House) {
    let visit = collected(&house).await;
    let begin = async |nth: usize| {
        let title = format!("论文{nth}");
        start(&visit, "2026", "paper", &[("title", title.as_str())]).await
    };
    let first = begin(0).await.unwrap();
    for nth in 1..20 {
        begin(nth).await.unwrap();
    }
    assert_eq!(why(begin(20).await), NotConverted::TooManyDrafts { most: 20 });
    assert_eq!(begin(0).await.unwrap(), first, "the same leads to its draft, which is no new one");
    drop(&house, &visit, &first).await.unwrap();
    begin(20).await.unwrap();
    assert_eq!(cases(&house, &visit).await.iter().filter(|case| case.status == Status::Draft).count(), 20);
}
both!(twenty_drafts_are_enough_and_one_that_is_deleted_makes_room);
