//! 证照库: what is there, what may go, and what may be used once more.

use domain::answer::Answer;
use domain::employer::forms::{ClaimForm, DropClaimForm, HandInForm};
use domain::fault::FieldErrors;
use domain::id::CaseId;
use domain::papers::{ProofForm, UploadAnswer};
use domain::record::view::{PaperView, PapersView};
use domain::record::{ExpiryForm, PaperForm, ReuseForm, Validity};
use store::case::attachment::AttachmentRow;

use super::*;
use crate::case::{remove_proof, upload_proof};
use crate::review::stories::{assert_not_found, row};

/// An employer that nobody else claims.
const CODE: &str = "91430111MA4L1N2E0X";

async fn papers(visit: &Visit) -> PapersView {
    papers_view(visit, None).await.unwrap()
}

/// A claim that was begun, which asks for a licence and a mandate.
async fn claim(visit: &Visit) -> CaseId {
    let form = ClaimForm { code: CODE.into(), name: "长沙某某有限公司".into() };
    let answer = crate::employer::start_claim(visit, &form).await.unwrap();
    let path = answer.go.unwrap();
    CaseId::from(path.rsplit('/').next().unwrap().split('?').next().unwrap())
}

async fn upload(visit: &Visit, case: &CaseId, slot: &str, shade: u8) -> String {
    match upload_proof(visit, case, slot, ("营业执照.jpg", ""), intake::picture(shade)).await.unwrap() {
        UploadAnswer::Kept(files) => files.last().unwrap().id.clone(),
        other => panic!("{other:?}"),
    }
}

async fn files(visit: &Visit, case: &CaseId) -> Vec<AttachmentRow> {
    visit.services.db.read().await.unwrap().list_attachments(case).await.unwrap()
}

async fn reuse(visit: &Visit, paper: &str, case: &CaseId, slot: &str) -> Result<Answer, Failure> {
    reuse_paper(visit, &ReuseForm { paper: paper.into(), case: case.to_string(), slot: slot.into() }).await
}

async fn delete(visit: &Visit, paper: &str) -> Result<Answer, Failure> {
    delete_paper(visit, &PaperForm { paper: paper.into() }).await
}

/// The paper of a file.
async fn of(visit: &Visit, file: &str) -> PaperView {
    papers(visit).await.papers.into_iter().find(|paper| paper.id == file).unwrap()
}

async fn a_paper_stands_there_once_with_what_uses_it_and_who_looked(house: House) {
    let visit = applied(&house).await;
    looked_at(&house, &visit).await;
    let view = papers(&visit).await;
    // The photograph, and one picture in every other slot.
    assert_eq!(view.papers.len(), 2, "{:#?}", view.papers);
    assert!(view.papers.iter().all(|paper| !paper.may_delete && !paper.uses.is_empty()));
    let asked = files(&visit, &intake::case(&visit).await.id).await.len();
    assert_eq!(view.papers.iter().map(|paper| paper.uses.len()).sum::<usize>(), asked, "in every slot");
    let looks: Vec<_> = view.papers.iter().flat_map(|paper| &paper.looks).collect();
    assert_eq!(looks.len(), 1, "the day counts once");
    assert!(view.open.is_empty() && view.wanted.is_none(), "what is submitted takes nothing");
    assert!(papers(&colleague(&house).await).await.papers.iter().all(|of| view.papers.iter().all(|paper| paper.id != of.id)));
}
both!(a_paper_stands_there_once_with_what_uses_it_and_who_looked);

async fn a_paper_is_used_in_another_slot_whose_checks_run_again(house: House) {
    let (visit, other) = (collected(&house, "430111199003079988", "13900001234").await, colleague(&house).await);
    let case = claim(&visit).await;
    let view = papers_view(&visit, Some((case.as_str(), "licence"))).await.unwrap();
    let slots: Vec<&str> = view.open.iter().map(|slot| slot.slot.as_str()).collect();
    assert_eq!(slots, ["licence", "mandate"]);
    let wanted = view.wanted.unwrap();
    assert!(wanted.way.contains(case.as_str()) && wanted.way.ends_with("#slot-licence"), "{}", wanted.way);
    let photo = files(&visit, &intake::case(&visit).await.id).await.into_iter().find(|file| file.slot == "photo").unwrap().id;
    let paper = view.papers.iter().find(|paper| paper.id != photo).unwrap().id.clone();

    // 300 × 420 pixels are not enough for a licence.
    let Err(Failure::Invalid(errors)) = reuse(&visit, &photo, &case, "licence").await else { panic!() };
    assert!(errors.of("paper").is_some(), "{errors:?}");
    for _ in 0..2 {
        let answer = reuse(&visit, &paper, &case, "licence").await.unwrap();
        assert_eq!(answer.go.as_deref(), Some(wanted.way.as_str()));
        assert_eq!(files(&visit, &case).await.len(), 1, "twice has no second effect");
    }
    let kept = files(&visit, &case).await.remove(0);
    let source = house.services.db.read().await.unwrap().find_attachment(&paper).await.unwrap().unwrap();
    assert_eq!((kept.slot.as_str(), kept.sha256), ("licence", source.sha256));
    let rows = house.services.db.read().await.unwrap().list_audit_of("attachment", &kept.id).await.unwrap();
    assert!(rows[0].detail.contains(&paper), "{}", rows[0].detail);

    assert_not_found(reuse(&visit, &paper, &case, "no_such_slot").await);
    assert_not_found(reuse(&other, &paper, &case, "mandate").await);
    assert_not_found(reuse(&visit, &paper, &claim_of(&other).await, "mandate").await);
    assert_audit_stands(&house).await;
}
both!(a_paper_is_used_in_another_slot_whose_checks_run_again);

/// The claim of somebody else, of another employer.
async fn claim_of(visit: &Visit) -> CaseId {
    let form = ClaimForm { code: "91430100MA4L1N2E00".into(), name: "长沙某某有限公司".into() };
    let path = crate::employer::start_claim(visit, &form).await.unwrap().go.unwrap();
    CaseId::from(path.rsplit('/').next().unwrap().split('?').next().unwrap())
}

async fn a_paper_in_use_stays_and_one_that_nothing_holds_may_be_deleted(house: House) {
    let (visit, other) = (collected(&house, "430111199003079988", "13900001234").await, colleague(&house).await);
    let held = papers(&visit).await.papers.remove(0).id;
    assert!(matches!(delete(&visit, &held).await, Err(Failure::Stale)), "the record has it");
    let case = claim(&visit).await;
    let file = upload(&visit, &case, "licence", 40).await;
    let kept = house.services.db.read().await.unwrap().find_attachment(&file).await.unwrap().unwrap();
    assert!(matches!(delete(&visit, &file).await, Err(Failure::Stale)), "it lies in a slot");

    let form = ProofForm { case: case.to_string(), slot: "licence".into(), file: file.clone() };
    remove_proof(&visit, &form).await.unwrap();
    let loose = of(&visit, &file).await;
    assert!(loose.may_delete && loose.uses.is_empty());
    delete(&other, &file).await.unwrap();
    assert!(of(&visit, &file).await.may_delete, "nobody deletes what is another's");
    delete(&visit, &file).await.unwrap();
    delete(&visit, &file).await.unwrap();
    assert!(papers(&visit).await.papers.iter().all(|paper| paper.id != file));
    assert_not_found(file_view(&visit, &file).await);
    for name in [format!("o-{}", kept.sha256), format!("v-{}", kept.view_sha256)] {
        assert!(house.services.files.get(&name).await.unwrap().is_none(), "{name}");
    }
    let rows = house.services.db.read().await.unwrap().list_audit_of("attachment", &file).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.action == "delete_paper").count(), 1, "what was done stays written");
    assert_audit_stands(&house).await;
}
both!(a_paper_in_use_stays_and_one_that_nothing_holds_may_be_deleted);

async fn what_a_cancelled_claim_had_may_be_deleted_and_the_same_bytes_of_others_stay(house: House) {
    let (visit, other) = (collected(&house, "430111199003079988", "13900001234").await, colleague(&house).await);
    let (case, theirs) = (claim(&visit).await, claim_of(&other).await);
    let file = upload(&visit, &case, "licence", 40).await;
    let same = upload(&other, &theirs, "licence", 40).await;
    upload(&visit, &case, "mandate", 60).await;
    let request_key = crate::employer::claim_view(&visit, &case).await.unwrap().request_key;
    let (code, name) = (CODE.into(), "长沙某某有限公司".into());
    let form = HandInForm { case: case.to_string(), code, name, agreed: "yes".into(), request_key };
    crate::employer::submit_claim(&visit, &form).await.unwrap();
    assert!(matches!(delete(&visit, &file).await, Err(Failure::Stale)), "the bureau looks at it");
    let version = row(&house, &case).await.version.to_string();
    crate::employer::delete_claim(&visit, &DropClaimForm { case: case.to_string(), version }).await.unwrap();
    assert!(of(&visit, &file).await.may_delete);
    delete(&visit, &file).await.unwrap();
    assert_not_found(file_view(&visit, &file).await);
    assert!(file_view(&other, &same).await.is_ok(), "the same picture of somebody else");
}
both!(what_a_cancelled_claim_had_may_be_deleted_and_the_same_bytes_of_others_stay);

async fn the_last_day_of_a_paper_is_noted_and_told(house: House) {
    let (visit, other) = (applied(&house).await, colleague(&house).await);
    let paper = papers(&visit).await.papers.remove(0).id;
    let note = async |visit: &Visit, on: &str| {
        note_expiry(visit, &ExpiryForm { paper: paper.clone(), expires_on: on.into() }).await.map(|_| ())
    };
    // Today is 18 November 2026.
    for (on, expected) in [
        ("2026-11-17", Some(Validity::Over)),
        ("20261118", Some(Validity::EndsSoon { days: 1 })),
        ("2030-01-01", Some(Validity::Valid)),
        ("", None),
    ] {
        note(&visit, on).await.unwrap();
        assert_eq!(of(&visit, &paper).await.expiry.map(|(_, validity)| validity), expected, "{on}");
    }
    let wrong: Result<(), Failure> = note(&visit, "2026-02-30").await;
    assert!(matches!(wrong, Err(Failure::Invalid(FieldErrors(errors))) if errors[0].field == "expires_on"));
    assert_not_found(note(&other, "2030-01-01").await);
}
both!(the_last_day_of_a_paper_is_noted_and_told);
