//! A slot of any case is lent as one of 信息采集 is: proofs of a conversion, the papers of an employer, originals that are asked for.

use domain::answer::Answer;
use domain::employer::forms::{ClaimForm, HandInForm};
use domain::form::Typed;
use domain::learning::forms::DropForm;

use super::*;
use crate::employer::stories::{CODE, colleague, manager_to_be};
use crate::employer::{claim_view, start_claim, submit_claim};
use crate::learning::{conversion_view, delete_conversion, start_conversion};

const PAPER: &str = "paper";
const LICENCE: &str = "licence";

fn led_to(answer: &Answer) -> CaseId {
    let path = answer.go.as_deref().unwrap().split('?').next().unwrap();
    CaseId::from(path.rsplit('/').next().unwrap())
}

/// A draft of 学分折算 of a paper, with nothing in its slot.
async fn conversion(visit: &Visit, title: &str) -> CaseId {
    let typed = [("year", "2026"), ("kind", "paper"), ("title", title)];
    let form = Typed(typed.map(|(field, value)| (field.to_owned(), value.to_owned())).into());
    led_to(&start_conversion(visit, &form).await.unwrap())
}

async fn claim(visit: &Visit) -> CaseId {
    let form = ClaimForm { code: CODE.into(), name: "长沙某某有限公司".into() };
    led_to(&start_claim(visit, &form).await.unwrap())
}

async fn papers(house: &House, visit: &Visit, case: &CaseId) -> Vec<FileView> {
    let slots = conversion_view(&house.again(visit).await, case).await.unwrap().slots;
    slots.into_iter().flat_map(|slot| slot.files).collect()
}

async fn a_proof_of_a_conversion_comes_from_a_telephone(house: House) {
    let visit = manager_to_be(&house).await;
    let id = conversion(&visit, "中小企业存货核算").await;
    assert_eq!(stage_of(&house, &visit, &id, PAPER).await, Stage::New);
    let lent = lent_view(&house.again(&visit).await, &id, PAPER, SITE).await.unwrap();
    let page = format!("/hunan/learning/conversions/{id}");
    assert_eq!(lent.trail, [("继续教育学分折算".to_owned(), page)]);
    let (code, phone) = (code_of(&house, &visit, &id, PAPER).await, phone(&house).await);
    let token = token_in(&code);
    let seen = sees(&phone, &token).await;
    assert_eq!((seen.name.as_str(), seen.line.as_str(), seen.files.len()), ("张*", "继续教育学分折算", 0));
    let room = seen.room;
    assert!(room > 1, "a slot of several pictures");
    for (nth, shade) in [40, 80].into_iter().enumerate() {
        let UploadAnswer::Kept(own) = send(&phone, &token, shade).await else { panic!() };
        assert_eq!((own.len(), own[0].id.as_str()), (nth + 1, ""));
    }
    // Its answer was lost, and it comes once more.
    assert!(matches!(send(&phone, &token, 80).await, UploadAnswer::Kept(own) if own.len() == 2));
    assert_eq!(sees(&phone, &token).await.room, room - 2);
    let came = arrived(&house.again(&visit).await, &id, PAPER).await.unwrap();
    assert_eq!((came.id.as_ref(), &came.files), (Some(&code.id), &papers(&house, &visit, &id).await));
    assert_eq!(came.files.len(), 2);
    let mut reader = house.services.db.read().await.unwrap();
    let audit = reader.list_audit_of("attachment", &came.files[0].id).await.unwrap();
    assert_eq!((audit[0].action.as_str(), audit[0].actor_id.as_str()), ("upload_file", visit.account().unwrap().as_str()));
    assert!(audit[0].detail.contains(&format!("\"handover\":\"{}\"", code.id)), "{}", audit[0].detail);
}
both!(a_proof_of_a_conversion_comes_from_a_telephone);

async fn the_same_slot_of_two_cases_has_two_codes(house: House) {
    let visit = manager_to_be(&house).await;
    let (one, two) = (conversion(&visit, "其一").await, conversion(&visit, "其二").await);
    assert_ne!(one, two);
    let first = token_in(&code_of(&house, &visit, &one, PAPER).await);
    let second = token_in(&code_of(&house, &visit, &two, PAPER).await);
    let (a, b) = (phone(&house).await, phone(&house).await);
    assert!(matches!(send(&a, &first, 40).await, UploadAnswer::Kept(_)), "the second code did not end the first");
    for shade in [80, 120] {
        assert!(matches!(send(&b, &second, shade).await, UploadAnswer::Kept(_)));
    }
    assert_eq!((papers(&house, &visit, &one).await.len(), papers(&house, &visit, &two).await.len()), (1, 2));
    assert!(matches!(stage_of(&house, &visit, &one, PAPER).await, Stage::Open(_)), "its page shows it still");
    // A new code ends the one of its own case.
    let third = token_in(&code_of(&house, &visit, &one, PAPER).await);
    assert_eq!(phone_view(&a, &first).await.unwrap(), PhoneView::Void);
    sees(&a, &third).await;
    sees(&b, &second).await;
}
both!(the_same_slot_of_two_cases_has_two_codes);

async fn what_ends_a_case_ends_its_codes(house: House) {
    let visit = manager_to_be(&house).await;
    let id = conversion(&visit, "中小企业存货核算").await;
    let (token, phone) = (token_in(&code_of(&house, &visit, &id, PAPER).await), phone(&house).await);
    let late = find(&phone, &token).await.unwrap().unwrap();
    let version = house.services.db.read().await.unwrap().find_case(&id).await.unwrap().unwrap().version.to_string();
    delete_conversion(&house.again(&visit).await, &DropForm { case: id.to_string(), version }).await.unwrap();
    assert_eq!(bring(&phone, &late, ("a.jpg", ""), picture(70)).await.unwrap(), VOID, "asked again as it comes");
    assert_eq!(phone_view(&phone, &token).await.unwrap(), PhoneView::Void);
    assert!(house.services.db.read().await.unwrap().list_attachments(&id).await.unwrap().is_empty());
}
both!(what_ends_a_case_ends_its_codes);

async fn the_papers_of_an_employer_come_from_a_telephone_until_they_are_handed_in(house: House) {
    let visit = manager_to_be(&house).await;
    let id = claim(&visit).await;
    let (token, phone) = (token_in(&code_of(&house, &visit, &id, LICENCE).await), phone(&house).await);
    assert_eq!(sees(&phone, &token).await.line, "单位管理员认证");
    assert!(matches!(send(&phone, &token, 40).await, UploadAnswer::Kept(_)));
    let mandate = token_in(&code_of(&house, &visit, &id, "mandate").await);
    assert!(matches!(send(&phone, &mandate, 80).await, UploadAnswer::Kept(_)));
    let late = find(&phone, &token).await.unwrap().unwrap();
    let pc = house.again(&visit).await;
    let view = claim_view(&pc, &id).await.unwrap();
    assert!(view.slots.iter().all(|slot| slot.files.len() == 1), "both lie where they belong");
    let form = HandInForm {
        case: id.to_string(),
        code: CODE.into(),
        name: "长沙某某有限公司".into(),
        agreed: "yes".into(),
        request_key: view.request_key,
    };
    submit_claim(&pc, &form).await.unwrap();
    assert_eq!(bring(&phone, &late, ("a.jpg", ""), picture(70)).await.unwrap(), VOID, "asked again as it comes");
    assert_eq!(send(&phone, &mandate, 70).await, VOID);
    let shut = lent_view(&house.again(&visit).await, &id, LICENCE, SITE).await.unwrap();
    assert!(!shut.slot.is_open && shut.slot.files.len() == 1, "the page shows what lies there, and that it is shut");
    assert_eq!(arrived(&house.again(&visit).await, &id, LICENCE).await.unwrap().id, None);
    assert!(matches!(lend(&house.again(&visit).await, &super::form(&id, LICENCE)).await, Err(Failure::Refused(_))));
}
both!(the_papers_of_an_employer_come_from_a_telephone_until_they_are_handed_in);

async fn nobody_lends_a_slot_of_somebody_else_or_one_that_there_is_not(house: House) {
    let (visit, other) = (manager_to_be(&house).await, colleague(&house).await);
    let id = conversion(&visit, "中小企业存货核算").await;
    let application = case(&visit).await.id;
    for (case, slot) in [(&id, PAPER), (&application, FRONT)] {
        assert!(matches!(lend(&other, &super::form(case, slot)).await, Err(Failure::NotFound)), "{slot}");
        assert!(matches!(lent_view(&other, case, slot, SITE).await, Err(Failure::NotFound)), "{slot}");
        assert!(matches!(arrived(&other, case, slot).await, Err(Failure::NotFound)), "{slot}");
    }
    let none = CaseId::from("no-such-case");
    for (case, slot) in [(&id, "transcript"), (&id, "photo"), (&none, PAPER)] {
        assert!(matches!(lend(&visit, &super::form(case, slot)).await, Err(Failure::NotFound)), "{slot}");
        assert!(matches!(lent_view(&visit, case, slot, SITE).await, Err(Failure::NotFound)), "{slot}");
    }
}
both!(nobody_lends_a_slot_of_somebody_else_or_one_that_there_is_not);
