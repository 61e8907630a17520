//! What a person writes to the reviewer about a picture (docs/adr/0027).

use domain::case::view::FileView;
use domain::intake::view::SlotView;

use super::*;
use crate::intake;

async fn what_a_person_writes_about_a_picture_reaches_the_reviewer_and_nobody_else(house: House) {
    const REMARK: &str = "原件就是这样，已经磨损";
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let typed = format!(" {REMARK}\u{200B}\n");
    let answer = intake::upload(&visit, "id_front", "磨损.jpg", picture(42), &typed).await.unwrap();
    let UploadAnswer::Kept(files) = answer else { panic!("{answer:?}") };
    let file = &files[0];
    assert_eq!(file.remark, REMARK);
    let row = house.services.db.read().await.unwrap().find_attachment(&file.id).await.unwrap().unwrap();
    let sealed = row.remark_sealed.clone().unwrap();
    assert!(!sealed.windows(6).any(|part| REMARK.as_bytes().starts_with(part)), "it lies sealed");
    assert!(house.services.vault.open("attachment.remark", "another file", &sealed).is_err(), "and bound to its file");
    let audit = house.services.db.read().await.unwrap().list_audit_of("attachment", &file.id).await.unwrap();
    assert!(!audit.is_empty() && audit.iter().all(|row| !row.detail.contains("磨损")), "nor does the trail hold it");
    let slot = |slots: Vec<SlotView>| slots.into_iter().find(|view| view.rules.slot == "id_front").unwrap();
    let shown = slot(intake::files_view(&visit).await.unwrap().slots).files.remove(0);
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
    assert!(matches!(answer, UploadAnswer::Kept(files) if files[0].remark == "说".repeat(100)));
    for nothing in ["", " \u{3000}\n", "\u{200B}"] {
        let answer = intake::upload(&visit, "id_front", "b.jpg", picture(43), nothing).await.unwrap();
        let UploadAnswer::Kept(files) = answer else { panic!("{answer:?}") };
        let file = &files[0];
        let row = house.services.db.read().await.unwrap().find_attachment(&file.id).await.unwrap().unwrap();
        assert_eq!((file.remark.as_str(), row.remark_sealed), ("", None), "the next file has none");
    }
}
both!(a_remark_belongs_to_one_file_and_is_no_longer_than_the_page_lets_one_type);

async fn of_several_pictures_in_a_slot_each_keeps_what_was_written_about_it(house: House) {
    const SLOT: &str = "qualification_proof";
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let send = async |shade: u8, remark: &str| intake::upload(&visit, SLOT, "页.jpg", picture(shade), remark).await.unwrap();
    send(51, "第二页的印章本来就淡").await;
    let UploadAnswer::Kept(files) = send(52, "").await else { panic!() };
    let remarks = |files: &[FileView]| files.iter().map(|file| file.remark.clone()).collect::<Vec<_>>();
    assert_eq!(remarks(&files), ["", "第二页的印章本来就淡", ""]);
    // It goes with its picture and with no other.
    intake::remove_file(&visit, SLOT, &files[0].id, None).await.unwrap();
    let slots = intake::files_view(&visit).await.unwrap().slots;
    let slot = slots.iter().find(|view| view.rules.slot == SLOT).unwrap();
    assert_eq!(remarks(&slot.files), ["第二页的印章本来就淡", ""]);
    intake::remove_file(&visit, SLOT, &files[1].id, None).await.unwrap();
    let UploadAnswer::Kept(files) = send(53, "").await else { panic!() };
    assert_eq!(remarks(&files), ["", ""]);
}
both!(of_several_pictures_in_a_slot_each_keeps_what_was_written_about_it);
