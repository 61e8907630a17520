//! Stories of 手机传图, each on both engines.

mod ends;
mod kinds;

use domain::case::Refusal;
use domain::case::view::FileView;
use domain::fault::Fault;
use domain::handover::LendForm;
use domain::handover::view::{Code, PhoneSlot, PhoneView, Stage};
use domain::id::CaseId;
use domain::papers::UploadAnswer;
use futures::future::join_all;

use super::phone::{bring, find};
use super::{arrived, lend, lent_view, phone_view, upload};
use crate::intake::stories::{case, decide, fill, picture, submit, zhang_san};
use crate::testing::{House, both};
use crate::{Failure, Token, Visit};

const FRONT: &str = "id_front";
/// Takes four pictures, of which one lies in it.
const PROOF: &str = "qualification_proof";

async fn at_pc(house: &House) -> Visit {
    let visit = zhang_san(house).await;
    fill(&visit).await;
    visit
}

const SITE: &str = "https://kj.example.gov.cn";

fn form(case: &CaseId, slot: &str) -> LendForm {
    LendForm { case: case.to_string(), slot: slot.into() }
}

/// A slot of 信息采集.
async fn of_intake(visit: &Visit, slot: &str) -> LendForm {
    form(&case(visit).await.id, slot)
}

async fn stage_of(house: &House, visit: &Visit, case: &CaseId, slot: &str) -> Stage {
    lent_view(&house.again(visit).await, case, slot, SITE).await.unwrap().stage
}

async fn stage(house: &House, visit: &Visit, slot: &str) -> Stage {
    stage_of(house, visit, &case(visit).await.id, slot).await
}

/// A new code for a slot.
async fn code_of(house: &House, visit: &Visit, case: &CaseId, slot: &str) -> Code {
    lend(&house.again(visit).await, &form(case, slot)).await.unwrap();
    let Stage::Open(code) = stage_of(house, visit, case, slot).await else { panic!("nothing is lent") };
    code
}

async fn code(house: &House, visit: &Visit, slot: &str) -> Code {
    code_of(house, visit, &case(visit).await.id, slot).await
}

/// What the telephone reads in it.
async fn token(house: &House, visit: &Visit, slot: &str) -> String {
    token_in(&code(house, visit, slot).await)
}

fn token_in(code: &Code) -> String {
    code.address.strip_prefix(&format!("{SITE}/hunan/handover/")).unwrap().to_owned()
}

/// A browser that nobody has signed in on.
async fn phone(house: &House) -> Visit {
    house.visit(Some(Token::new(&house.services).as_str())).await
}

async fn sees(phone: &Visit, token: &str) -> PhoneSlot {
    match phone_view(phone, token).await.unwrap() {
        PhoneView::Open(slot) => *slot,
        other => panic!("{other:?}"),
    }
}

async fn send(phone: &Visit, token: &str, shade: u8) -> UploadAnswer {
    upload(phone, token, ("IMG_0001.jpg", ""), picture(shade)).await.unwrap()
}

/// Lends an empty slot of a case and brings a picture from a telephone; answers what the telephone read before.
pub(crate) async fn brought(house: &House, visit: &Visit, case: &CaseId, slot: &str) -> PhoneSlot {
    let (token, phone) = (token_in(&code_of(house, visit, case, slot).await), phone(house).await);
    let seen = sees(&phone, &token).await;
    assert!(matches!(send(&phone, &token, 60).await, UploadAnswer::Kept(own) if own.len() == 1));
    assert_eq!(arrived(&house.again(visit).await, case, slot).await.unwrap().files.len(), 1);
    seen
}

/// What lies in a slot, as the PC sees it.
async fn files(house: &House, visit: &Visit, slot: &str) -> Vec<FileView> {
    arrived(&house.again(visit).await, &case(visit).await.id, slot).await.unwrap().files
}

const VOID: UploadAnswer = UploadAnswer::Refused(Refusal::HandoverVoid);

async fn a_picture_of_a_telephone_lies_in_the_slot_and_the_pc_sees_it(house: House) {
    let visit = at_pc(&house).await;
    assert_eq!(stage(&house, &visit, FRONT).await, Stage::New);
    let before = files(&house, &visit, FRONT).await;
    let code = code(&house, &visit, FRONT).await;
    assert!(code.svg.starts_with("<svg ") && code.seconds == 600, "{code:?}");
    let token = code.address.rsplit('/').next().unwrap();
    assert!(Token::parse(token).is_some(), "as long as the token of a session");
    let id = case(&visit).await.id;
    let mut reader = house.services.db.read().await.unwrap();
    let row = reader.find_newest_handover(visit.actor.session(), (&id, FRONT)).await.unwrap().unwrap();
    drop(reader);
    assert_eq!(row.token_hash, Token::parse(token).unwrap().hash());

    let phone = phone(&house).await;
    for _ in 0..2 {
        let seen = sees(&phone, token).await;
        assert_eq!((seen.name.as_str(), seen.line.as_str(), seen.files.len(), seen.room), ("张*", "信息采集", 0, 1));
        assert_eq!((seen.rules.slot.as_str(), seen.until), (FRONT, code.until));
    }
    let row = house.services.db.read().await.unwrap().find_handover(&row.token_hash).await.unwrap().unwrap();
    assert_eq!(row.device_hash, None, "looking binds nothing");
    let UploadAnswer::Kept(own) = send(&phone, token, 77).await else { panic!() };
    assert_eq!(own.iter().map(|file| (file.id.as_str(), file.sha256.as_str())).collect::<Vec<_>>(), [("", "")]);
    assert_eq!(sees(&phone, token).await.files.len(), 1);

    let pc = house.again(&visit).await;
    let came = arrived(&pc, &id, FRONT).await.unwrap();
    assert_eq!(came.id.as_ref(), Some(&code.id));
    assert!(came.files.len() == 1 && came.files[0].id != before[0].id && came.files[0].name == "IMG_0001.jpg");
    let (bytes, _) = crate::case::file_view(&pc, &came.files[0].id).await.unwrap();
    assert_eq!(&bytes[..2], &[0xFF, 0xD8]);
    assert!(crate::case::file_view(&phone, &came.files[0].id).await.is_err(), "the telephone sees no picture");
    let audit = house.services.db.read().await.unwrap().list_audit_of("attachment", &came.files[0].id).await.unwrap();
    assert_eq!((audit[0].action.as_str(), audit[0].actor_id.as_str()), ("upload_file", visit.account().unwrap().as_str()));
    assert!(audit[0].detail.contains(&format!("\"handover\":\"{}\"", code.id)), "{}", audit[0].detail);
    let audit = house.services.db.read().await.unwrap().list_audit_of("handover", &code.id).await.unwrap();
    assert_eq!(audit.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["lend_slot"]);
    assert!(!audit[0].detail.contains(token));
}
both!(a_picture_of_a_telephone_lies_in_the_slot_and_the_pc_sees_it);

async fn a_telephone_fills_a_slot_of_several_pictures_until_it_is_full(house: House) {
    let visit = at_pc(&house).await;
    let (token, phone) = (token(&house, &visit, PROOF).await, phone(&house).await);
    assert_eq!(sees(&phone, &token).await.room, 3);
    for (nth, shade) in [40, 80, 120].into_iter().enumerate() {
        let UploadAnswer::Kept(own) = send(&phone, &token, shade).await else { panic!() };
        assert_eq!(own.len(), nth + 1, "those that were there before are none of the telephone's");
    }
    let full = sees(&phone, &token).await;
    assert_eq!((full.files.len(), full.room), (3, 0));
    assert_eq!(send(&phone, &token, 160).await, UploadAnswer::Wrong(Fault::SlotFull(4)));
    assert!(matches!(send(&phone, &token, 120).await, UploadAnswer::Kept(own) if own.len() == 3), "its answer was lost");
    let there = files(&house, &visit, PROOF).await;
    assert_eq!(there.len(), 4);
    // What is taken out at the PC makes room.
    crate::intake::remove_file(&house.again(&visit).await, PROOF, &there[3].id, None).await.unwrap();
    assert_eq!(sees(&phone, &token).await.room, 1);
    assert!(matches!(send(&phone, &token, 160).await, UploadAnswer::Kept(own) if own.len() == 3));
}
both!(a_telephone_fills_a_slot_of_several_pictures_until_it_is_full);

async fn the_same_picture_once_more_has_no_effect_unless_it_was_taken_out(house: House) {
    let visit = at_pc(&house).await;
    let (token, phone) = (token(&house, &visit, PROOF).await, phone(&house).await);
    let all = join_all((0..6).map(|_| send(&phone, &token, 50))).await;
    assert!(all.iter().all(|answer| matches!(answer, UploadAnswer::Kept(_) | UploadAnswer::Busy)), "{all:?}");
    assert!(matches!(send(&phone, &token, 50).await, UploadAnswer::Kept(own) if own.len() == 1));
    let there = files(&house, &visit, PROOF).await;
    assert_eq!(there.len(), 2);
    let audit = house.services.db.read().await.unwrap().list_audit_of("attachment", &there[1].id).await.unwrap();
    assert_eq!(audit.len(), 1);
    crate::intake::remove_file(&house.again(&visit).await, PROOF, &there[1].id, None).await.unwrap();
    assert!(matches!(send(&phone, &token, 50).await, UploadAnswer::Kept(own) if own.len() == 1));
    let again = files(&house, &visit, PROOF).await;
    assert!(again.len() == 2 && again[1].id != there[1].id);
}
both!(the_same_picture_once_more_has_no_effect_unless_it_was_taken_out);

async fn the_first_telephone_that_sends_a_picture_has_the_code_alone(house: House) {
    let visit = at_pc(&house).await;
    let token = token(&house, &visit, FRONT).await;
    let (one, two) = (phone(&house).await, phone(&house).await);
    sees(&one, &token).await;
    sees(&two, &token).await;
    // What cannot be kept binds nobody.
    let wrong = upload(&two, &token, ("a.jpg", ""), b"no picture".to_vec()).await.unwrap();
    assert!(matches!(wrong, UploadAnswer::Wrong(_)), "{wrong:?}");
    let late = find(&two, &token).await.unwrap().unwrap();
    assert!(matches!(send(&one, &token, 60).await, UploadAnswer::Kept(_)));
    let kept = files(&house, &visit, FRONT).await;
    let elsewhere = UploadAnswer::Refused(Refusal::HandoverElsewhere);
    assert_eq!(bring(&two, &late, ("b.jpg", ""), picture(120)).await.unwrap(), elsewhere, "decided in the write");
    assert_eq!(phone_view(&two, &token).await.unwrap(), PhoneView::Elsewhere);
    assert_eq!(send(&two, &token, 120).await, elsewhere);
    assert_eq!(files(&house, &visit, FRONT).await, kept);
    assert!(matches!(send(&one, &token, 200).await, UploadAnswer::Kept(_)), "another one in its place");
}
both!(the_first_telephone_that_sends_a_picture_has_the_code_alone);

async fn what_was_wrong_with_a_file_is_shown_once_without_scripts(house: House) {
    let visit = at_pc(&house).await;
    let (token, phone) = (token(&house, &visit, FRONT).await, phone(&house).await);
    super::keep_fault(&phone, &token, Fault::FileKind).await.unwrap();
    let phone = house.again(&phone).await;
    assert_eq!(sees(&phone, &token).await.error, Some(Fault::FileKind));
    super::keep_refusal(&phone, Refusal::HandoverVoid).await.unwrap();
    let seen = sees(&house.again(&phone).await, &token).await;
    assert_eq!((seen.error, seen.refusal), (None, Some(Refusal::HandoverVoid)));
    assert_eq!(sees(&house.again(&phone).await, &token).await.refusal, None);
}
both!(what_was_wrong_with_a_file_is_shown_once_without_scripts);
