//! 材料上传.

use chrono::Duration;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::limit::Left;
use futures::future::join_all;

use super::*;
use crate::intake;

async fn kept(visit: &Visit, slot: &str) -> String {
    let view = intake::files_view(visit).await.unwrap();
    view.slots.into_iter().find(|view| view.rules.slot == slot).unwrap().files.pop().unwrap().id
}

async fn a_file_is_kept_sealed_and_shown_anew(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let UploadAnswer::Kept(files) = upload(&visit, "id_front", 42).await else { panic!() };
    let file = &files[0];
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
    let UploadAnswer::Kept(files) = upload(&visit, "photo", 42).await else { panic!() };
    let file = &files[0];
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
    let day = Duration::hours(24);
    let left = |times, again| Some(Left { times, seconds: 24 * 60 * 60, again });
    assert_eq!(intake::files_view(&visit).await.unwrap().uploads_left, left(1, None));
    for _ in 0..3 {
        let refused = intake::upload(&visit, "id_back", "scan.png", b"no picture".to_vec(), "").await.unwrap();
        assert!(matches!(refused, UploadAnswer::Wrong(_)), "a refused file costs none of the tries");
    }
    assert!(matches!(upload(&visit, "id_back", 1).await, UploadAnswer::Kept(_)));
    assert!(matches!(upload(&visit, "id_back", 1).await, UploadAnswer::Refused(Refusal::TooOften { .. })));
    assert_eq!(intake::files_view(&visit).await.unwrap().uploads_left, left(0, Some(now + day)));
    let visit = house.wait_awake(&visit, Duration::hours(25)).await;
    assert_eq!(intake::files_view(&visit).await.unwrap().uploads_left, None);
    assert!(matches!(upload(&visit, "id_back", 1).await, UploadAnswer::Kept(_)));
}
both!(uploads_are_limited_and_parallel_ones_leave_one_file);

/// The slots of a page, by name.
async fn names(visit: &Visit, slot: &str) -> Vec<String> {
    let view = intake::files_view(visit).await.unwrap();
    let slot = view.slots.into_iter().find(|view| view.rules.slot == slot).unwrap();
    slot.files.into_iter().map(|file| file.name).collect()
}

async fn a_slot_of_several_pictures_is_filled_emptied_and_full(house: House) {
    const SLOT: &str = "qualification_proof";
    const TWO_PAGES: &[u8] = include_bytes!("../../../../pages/cases/form_two_pages.pdf");
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let send = async |name: &str, bytes: Vec<u8>| intake::upload(&visit, SLOT, name, bytes, "").await.unwrap();
    assert_eq!(names(&visit, SLOT).await, ["扫描.jpg"]);
    let UploadAnswer::Kept(files) = send("两页.pdf", TWO_PAGES.to_vec()).await else { panic!() };
    assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["扫描.jpg", "两页.pdf", "两页.pdf"]);
    let (bytes, _) = crate::case::file_view(&visit, &files[2].id).await.unwrap();
    assert_eq!(&bytes[..2], &[0xFF, 0xD8]);
    // One place is left, which two pages do not fill.
    let too_many = send("两页.pdf", TWO_PAGES.to_vec()).await;
    assert_eq!(too_many, UploadAnswer::Wrong(Fault::FilePages { pages: 2, most: 1 }));
    assert!(matches!(send("四.jpg", picture(4)).await, UploadAnswer::Kept(files) if files.len() == 4));
    assert_eq!(send("五.jpg", picture(5)).await, UploadAnswer::Wrong(Fault::SlotFull(4)));
    // The same once more is what is there, even where it is full.
    assert!(matches!(send("四.jpg", picture(4)).await, UploadAnswer::Kept(files) if files.len() == 4));
    // What is taken out makes room; the others keep their order.
    intake::remove_file(&visit, SLOT, &files[1].id, None).await.unwrap();
    assert_eq!(names(&visit, SLOT).await, ["扫描.jpg", "两页.pdf", "四.jpg"]);
    assert!(matches!(send("五.jpg", picture(5)).await, UploadAnswer::Kept(files) if files.len() == 4));
    assert_eq!(names(&visit, SLOT).await, ["扫描.jpg", "两页.pdf", "四.jpg", "五.jpg"]);
    // A file of another slot is not taken out with it.
    let front = kept(&visit, "id_front").await;
    intake::remove_file(&visit, SLOT, &front, None).await.unwrap();
    assert_eq!(kept(&visit, "id_front").await, front);
}
both!(a_slot_of_several_pictures_is_filled_emptied_and_full);

async fn a_document_of_two_pages_is_too_much_for_a_slot_of_one(house: House) {
    const TWO_PAGES: &[u8] = include_bytes!("../../../../pages/cases/form_two_pages.pdf");
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let answer = intake::upload(&visit, "id_front", "表.jpg", TWO_PAGES.to_vec(), "").await.unwrap();
    assert_eq!(answer, UploadAnswer::Wrong(Fault::FilePages { pages: 2, most: 1 }));
}
both!(a_document_of_two_pages_is_too_much_for_a_slot_of_one);
