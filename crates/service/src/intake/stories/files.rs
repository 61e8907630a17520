//! 材料上传.

use chrono::Duration;
use domain::case::Refusal;
use domain::fault::Fault;
use futures::future::join_all;

use super::*;
use crate::intake;

async fn kept(visit: &Visit, slot: &str) -> String {
    let view = intake::files_view(visit).await.unwrap();
    view.slots.into_iter().find(|view| view.rules.slot == slot).unwrap().file.unwrap().id
}

async fn a_file_is_kept_sealed_and_shown_anew(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let UploadAnswer::Kept(file) = upload(&visit, "id_front", 42).await else { panic!() };
    assert_eq!((file.name.as_str(), file.width, file.bytes), ("扫描.jpg", 600, picture(42).len() as i64));
    let (bytes, media_type) = crate::case::file_view(&visit, &file.id).await.unwrap();
    assert_eq!((media_type, &bytes[..2]), ("image/jpeg", &[0xFF, 0xD8][..]));
    let name = format!("o-{}", file.sha256);
    let sealed = house.services.files.get(&name).await.unwrap().unwrap();
    assert_ne!(sealed, picture(42));
    assert_eq!(house.services.vault.open("file", &name, &sealed).unwrap(), picture(42));
    assert!(matches!(intake::upload(&visit, "no_such_slot", "a.jpg", picture(1), "").await, Err(Failure::NotFound)));
}
both!(a_file_is_kept_sealed_and_shown_anew);

async fn a_photograph_is_cropped_and_what_it_was_made_of_is_kept_sealed_too(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let UploadAnswer::Kept(file) = upload(&visit, "photo", 42).await else { panic!() };
    assert_eq!((file.name.as_str(), file.width, file.height), ("扫描.jpg", 300, 420));
    let open = async |name: String| {
        let sealed = house.services.files.get(&name).await.unwrap().unwrap();
        house.services.vault.open("file", &name, &sealed).unwrap()
    };
    let kept = open(format!("o-{}", file.sha256)).await;
    assert_eq!((kept.len() as i64, &kept[..2]), (file.bytes, &[0xFF, 0xD8][..]));
    let audit = house.services.db.read().await.unwrap().list_audit_of("attachment", &file.id).await.unwrap();
    let made_of = audit.iter().find_map(|row| row.detail.split_once("made_of\":\"")).unwrap().1;
    assert_eq!(open(format!("s-{}", &made_of[..64])).await, picture(42));
}
both!(a_photograph_is_cropped_and_what_it_was_made_of_is_kept_sealed_too);

async fn a_photograph_that_cannot_be_made_right_is_told_with_what_was_measured(house: House) {
    use studio::Flaw;
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let small = image::RgbImage::from_pixel(294, 600, image::Rgb([9, 90, 90]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&small).unwrap();
    let flaw = Flaw::Small { width: 295, height: 413, found_width: 294, found_height: 412 };
    let answer = intake::upload(&visit, "photo", "p.jpg", bytes, "").await.unwrap();
    assert_eq!(answer, UploadAnswer::Wrong(Fault::Photo(flaw)));
    let mut long = picture(7);
    long.resize((10 << 20) + 1, 0);
    let answer = intake::upload(&visit, "photo", "p.jpg", long, "").await.unwrap();
    assert_eq!(answer, UploadAnswer::Wrong(Fault::FileTooBig { max: 10 << 20, bytes: (10 << 20) + 1 }));
}
both!(a_photograph_that_cannot_be_made_right_is_told_with_what_was_measured);

async fn a_hostile_file_is_told_and_leaves_no_row(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let before = kept(&visit, "photo").await;
    let script = b"<svg onload=alert(1)>".to_vec();
    let cut = picture(3)[..400].to_vec();
    for (bytes, fault) in [(script, Fault::FileKind), (Vec::new(), Fault::FileEmpty), (cut, Fault::FileDamaged)] {
        assert_eq!(intake::upload(&visit, "photo", "p.jpg", bytes, "").await.unwrap(), UploadAnswer::Wrong(fault));
    }
    assert_eq!(kept(&visit, "photo").await, before);
}
both!(a_hostile_file_is_told_and_leaves_no_row);

async fn a_file_that_is_no_longer_asked_is_neither_shown_nor_submitted(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let mut changed = answers();
    changed.set("education.part_time_level", "none".into());
    save(&visit, &changed, StepKey::Education).await;
    let slots = intake::files_view(&visit).await.unwrap().slots;
    assert!(slots.iter().all(|slot| slot.rules.slot != "part_time_diploma"));
    submit(&visit).await;
    let files = intake::progress_view(&visit).await.unwrap().files;
    assert_eq!(files.len(), 6);
    assert!(files.iter().all(|(_, file)| file.slot != "part_time_diploma"));
}
both!(a_file_that_is_no_longer_asked_is_neither_shown_nor_submitted);

async fn strangers_get_nothing_and_the_bureau_only_what_was_submitted(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let photo = kept(&visit, "photo").await;
    let other = person(&house, "110105194912310021", "13900005678").await;
    let [own, above, beside] = [reviewer(&house, "430112").await, reviewer(&house, "430100").await, house.visit(None).await];
    let reviewer = super::reviewer(&house, "430111").await;
    for stranger in [&other, &own, &above, &reviewer] {
        assert!(matches!(crate::case::file_view(stranger, &photo).await, Err(Failure::NotFound)), "a draft is nobody else's");
    }
    assert!(matches!(crate::case::file_view(&beside, &photo).await, Err(Failure::Refused(Refusal::SignInAgain))));
    submit(&visit).await;
    for stranger in [&other, &own] {
        assert!(matches!(crate::case::file_view(stranger, &photo).await, Err(Failure::NotFound)));
    }
    for staff in [&above, &reviewer] {
        crate::case::file_view(staff, &photo).await.unwrap();
    }
    let audit = house.services.db.read().await.unwrap().list_audit_of("attachment", &photo).await.unwrap();
    assert_eq!(audit.iter().filter(|row| row.action == "look_at_file").count(), 2);
    withdraw(&visit, case(&visit).await.version).await.unwrap();
    assert!(matches!(crate::case::file_view(&reviewer, &photo).await, Err(Failure::Refused(Refusal::Withdrawn))));
    assert!(crate::case::file_view(&visit, &photo).await.is_ok());
}
both!(strangers_get_nothing_and_the_bureau_only_what_was_submitted);

async fn uploads_are_limited_and_parallel_ones_leave_one_file(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let all = join_all((0..12).map(|shade| upload(&visit, "id_back", shade))).await;
    // A slow machine may send some of them away; nothing else may happen.
    assert!(all.iter().all(|answer| matches!(answer, UploadAnswer::Kept(_) | UploadAnswer::Busy)), "{all:?}");
    let kept = all.iter().filter(|answer| matches!(answer, UploadAnswer::Kept(_))).count();
    assert!(kept > 0);
    let rows = house.services.db.read().await.unwrap().list_attachments(&case(&visit).await.id).await.unwrap();
    assert_eq!(rows.len(), 7);
    let (bucket, now) = (visit.bucket("upload", visit.account().unwrap().as_str()), visit.now());
    write(&house, move |tx| {
        Box::pin(async move {
            for n in 0..32 - kept {
                tx.add_rate(&format!("upload-{n}"), &bucket, now).await?;
            }
            Ok(())
        })
    })
    .await;
    assert_eq!(intake::files_view(&visit).await.unwrap().uploads_left, Some(1));
    for _ in 0..3 {
        let refused = intake::upload(&visit, "id_back", "scan.png", b"no picture".to_vec(), "").await.unwrap();
        assert!(matches!(refused, UploadAnswer::Wrong(_)), "a refused file costs none of the tries");
    }
    assert!(matches!(upload(&visit, "id_back", 1).await, UploadAnswer::Kept(_)));
    assert!(matches!(upload(&visit, "id_back", 1).await, UploadAnswer::Refused(Refusal::TooOften { .. })));
    assert_eq!(intake::files_view(&visit).await.unwrap().uploads_left, Some(0));
    let visit = house.wait_awake(&visit, Duration::hours(25)).await;
    assert_eq!(intake::files_view(&visit).await.unwrap().uploads_left, None);
    assert!(matches!(upload(&visit, "id_back", 1).await, UploadAnswer::Kept(_)));
}
both!(uploads_are_limited_and_parallel_ones_leave_one_file);

async fn what_a_person_writes_about_a_picture_reaches_the_reviewer_and_nobody_else(house: House) {
    const REMARK: &str = "原件就是这样，已经磨损";
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let typed = format!(" {REMARK}\u{200B}\n");
    let answer = intake::upload(&visit, "id_front", "磨损.jpg", picture(42), &typed).await.unwrap();
    let UploadAnswer::Kept(file) = answer else { panic!("{answer:?}") };
    assert_eq!(file.remark, REMARK);
    let row = house.services.db.read().await.unwrap().find_attachment(&file.id).await.unwrap().unwrap();
    let sealed = row.remark_sealed.clone().unwrap();
    assert!(!sealed.windows(6).any(|part| REMARK.as_bytes().starts_with(part)), "it lies sealed");
    assert!(house.services.vault.open("attachment.remark", "another file", &sealed).is_err(), "and bound to its file");
    let audit = house.services.db.read().await.unwrap().list_audit_of("attachment", &file.id).await.unwrap();
    assert!(!audit.is_empty() && audit.iter().all(|row| !row.detail.contains("磨损")), "nor does the trail hold it");
    let slot = |slots: Vec<domain::intake::view::SlotView>| slots.into_iter().find(|view| view.rules.slot == "id_front").unwrap();
    let shown = slot(intake::files_view(&visit).await.unwrap().slots).file.unwrap();
    assert_eq!((shown.id.as_str(), shown.remark.as_str()), (file.id.as_str(), REMARK), "the person reads it again");
    let id = case(&visit).await.id;
    let [desk, beside] = [super::reviewer(&house, "430111").await, super::reviewer(&house, "430112").await];
    assert!(crate::review::case(&desk, &id).await.is_err(), "a draft is nobody else's");
    submit(&visit).await;
    let view = crate::review::case(&desk, &id).await.unwrap();
    let remarks: Vec<(&str, &str)> = view.files.iter().map(|(slot, file)| (slot.as_str(), file.remark.as_str())).collect();
    assert_eq!(remarks.iter().filter(|(_, remark)| !remark.is_empty()).collect::<Vec<_>>(), [&("id_front", REMARK)]);
    assert!(matches!(crate::review::case(&beside, &id).await, Err(Failure::NotFound)));
    let own = intake::progress_view(&visit).await.unwrap().files;
    assert!(own.iter().any(|(_, file)| file.remark == REMARK));
}
both!(what_a_person_writes_about_a_picture_reaches_the_reviewer_and_nobody_else);

async fn a_remark_belongs_to_one_file_and_is_no_longer_than_the_page_lets_one_type(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let long = "说".repeat(101);
    let answer = intake::upload(&visit, "id_front", "a.jpg", picture(42), &long).await.unwrap();
    assert!(matches!(answer, UploadAnswer::Kept(file) if file.remark == "说".repeat(100)));
    for nothing in ["", " \u{3000}\n", "\u{200B}"] {
        let answer = intake::upload(&visit, "id_front", "b.jpg", picture(43), nothing).await.unwrap();
        let UploadAnswer::Kept(file) = answer else { panic!("{answer:?}") };
        let row = house.services.db.read().await.unwrap().find_attachment(&file.id).await.unwrap().unwrap();
        assert_eq!((file.remark.as_str(), row.remark_sealed), ("", None), "the next file has none");
    }
}
both!(a_remark_belongs_to_one_file_and_is_no_longer_than_the_page_lets_one_type);
