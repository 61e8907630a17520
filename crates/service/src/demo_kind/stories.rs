//! A kind that the engine has never seen goes its whole way through it.

use domain::answer::Answer;
use domain::case::{Action, CaseKind, Refusal, Status};
use domain::id::{BureauCode, CaseId};
use domain::review::forms::CaseForm;
use store::account::AccountRow;
use store::case::draft::{DraftPlace, NewDraft};
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::{DemoBody, FIELDS, SLOT};
use crate::account::stories::{Browser, NUMBER};
use crate::case::{By, HandIn, SubmittedFile, file_view, hand_in, keep_bytes, kept_row, seal_body, take_back};
use crate::review::stories::{CITY, DISTRICT, SIBLING, audited, decide, judge, refusal, reviewer, reviewer_with, row};
use crate::review::{case, next};
use crate::testing::{House, both};
use crate::{Failure, Visit};
use pictures::{Picture, PictureRules};

const NOWHERE: &str = "去向不明";

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(60, 40, image::Rgb([10, 90, 90]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn owner(house: &House) -> AccountRow {
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().remove(0)
}

/// A draft with its three fields and its file.
async fn drafted(house: &House, visit: &Visit, title: &str) -> CaseId {
    let account = owner(house).await;
    let row = CaseRow::new(house.services.ids.id().into(), CaseKind::Demo, &account, 1, house.services.now());
    let kinds = vec!["png".into()];
    let rules = PictureRules {
        max_bytes: 1 << 20,
        max_source: 1 << 20,
        kinds,
        min: None,
        portrait: None,
        most: 1,
        long: studio::LONG_SIDE,
    };
    let original: std::sync::Arc<[u8]> = picture().into();
    let picture: Picture = house.services.pictures.inspect(original.clone(), rules).await.unwrap().remove(0);
    let file = kept_row(&house.services, (&row.id, &account.id, SLOT.0), ("证明.png", ""), &original, &picture);
    keep_bytes(&house.services, &file, &original, &picture).await.unwrap();
    let (id, body, services) = (row.id.clone(), typed(title), house.services.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            tx.insert_case(&row).await?;
            let sealed = services.vault.seal("draft.body", row.id.as_str(), &serde_json::to_vec(&body)?);
            tx.save_draft(
                DraftPlace { case: &row.id, step: "demo" },
                NewDraft { sealed: &sealed, tab: "", sequence: 0, noted_at: services.now(), noted_by: "" },
                0,
                services.now(),
            )
            .await?;
            Ok::<_, Failure>(tx.replace_attachment(&file).await?)
        })
    });
    write.await.unwrap();
    id
}

/// Where the second seat is, or nowhere.
fn typed(title: &str) -> DemoBody {
    let value = |key: &str| if key == "title" { title.to_owned() } else { key.to_owned() };
    let to = if title == NOWHERE { "999999" } else { CITY };
    DemoBody { fields: FIELDS.map(|(key, _)| (key.to_owned(), value(key))).into(), to: BureauCode::given(to), files: Vec::new() }
}

async fn files(reader: &mut Reader, case: &CaseId) -> Vec<SubmittedFile> {
    let rows = reader.list_attachments(case).await.unwrap().into_iter();
    rows.map(|row| SubmittedFile { slot: row.slot, id: row.id, sha256: row.sha256 }).collect()
}

async fn submit(visit: &Visit, id: &CaseId, title: &str) -> CaseRow {
    let (job, id, mut body) = (visit.clone(), id.to_owned(), typed(title));
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let case = tx.lock_case(&id).await?.unwrap();
            body.files = files(tx, &id).await;
            let body_sealed = seal_body(&job.services, &id, case.round + 1, &body)?;
            let by = By::owner(&case, &case.applicant);
            let bureau = &BureauCode::from(DISTRICT);
            hand_in(tx, &job, &case, HandIn { bureau, form_version: 1, body_sealed, by, note: "" }).await
        })
    });
    write.await.unwrap()
}

async fn back(visit: &Visit, id: &CaseId, action: Action) -> Result<(), Failure> {
    let (job, id) = (visit.clone(), id.to_owned());
    let write = visit.write(move |tx: &mut Tx| {
        Box::pin(async move {
            let case = tx.lock_case(&id).await?.unwrap();
            take_back(tx, &job, &case, action).await
        })
    });
    write.await
}

async fn agree(house: &House, visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    decide(visit, id, row(house, id).await.version, "approve").await
}

async fn titles(house: &House) -> Vec<String> {
    let account = owner(house).await.id;
    let messages = house.services.db.read().await.unwrap().list_messages(&account, "~", 50).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

async fn a_kind_of_its_own_goes_from_the_draft_to_its_effect_over_a_return_and_two_bureaus(house: House) {
    let browser = Browser::registered(&house).await;
    let visit = browser.visit().await;
    let id = drafted(&house, &visit, "第一稿").await;
    let case_of = submit(&visit, &id, "第一稿").await;
    assert_eq!((case_of.status, case_of.round, case_of.seat), (Status::Submitted, 1, 0));
    assert_eq!((row(&house, &id).await.number, row(&house, &id).await.due_on), (case_of.number, case_of.due_on));

    // Returned by item, and handed in again.
    let (li, wang) = (reviewer(&house, DISTRICT, "李审核").await, reviewer(&house, CITY, "王审核").await);
    judge(&li, &id, "demo.title", "reject", "名称不完整").await.unwrap();
    assert_eq!(refusal(agree(&house, &li, &id).await), Refusal::RejectedItems);
    decide(&li, &id, row(&house, &id).await.version, "return").await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Returned);
    assert!(titles(&house).await.contains(&"演示事项需要修改".to_owned()));
    submit(&browser.visit().await, &id, "第二稿").await;

    // The first seat sees what changed and agrees; the case is then at the other bureau.
    let view = case(&li, &id).await.unwrap();
    assert_eq!(view.changes.iter().map(|change| change.item.as_str()).collect::<Vec<_>>(), ["demo.title"]);
    assert!(view.is_per_item && view.file_titles.contains_key(SLOT.0) && view.files.len() == 1);
    assert_eq!(view.seats.as_ref().map(|seats| (seats.seats, seats.agreed.len())), Some((2, 0)));
    assert!(file_view(&li, &view.files[0].1.id).await.is_ok());
    agree(&house, &li, &id).await.unwrap();
    let waiting = row(&house, &id).await;
    assert_eq!((waiting.status, waiting.seat, waiting.bureau.as_ref().unwrap().as_str()), (Status::Submitted, 1, CITY));
    assert_eq!(refusal(agree(&house, &li, &id).await), Refusal::NotYours, "it left the bureau of the first seat");
    assert_eq!(case(&li, &id).await.unwrap().actions, [Action::Look], "which reads what it agreed to");

    // The second seat is the next in the queue of its own bureau, and its agreement takes effect.
    assert!(next(&wang, None).await.unwrap().go.unwrap().ends_with(id.as_str()));
    assert_eq!(case(&wang, &id).await.unwrap().seats.unwrap().agreed, ["李审核"]);
    agree(&house, &wang, &id).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Approved);
    assert!(titles(&house).await.contains(&"演示事项已办结".to_owned()));
    assert_eq!(audited(&house, &id, "approve").await.len(), 1);
    assert_eq!(audited(&house, &id, "endorse").await.len(), 1);

    // What has ended cannot be cancelled; another that waits can.
    let late = Refusal::NotAllowedIn { status: Status::Approved, action: Action::Cancel };
    assert_eq!(refusal(back(&browser.visit().await, &id, Action::Cancel).await), late);
    let other = drafted(&house, &browser.visit().await, "另一件").await;
    submit(&browser.visit().await, &other, "另一件").await;
    back(&browser.visit().await, &other, Action::Cancel).await.unwrap();
    assert_eq!(row(&house, &other).await.status, Status::Closed);
    assert!(agree(&house, &li, &other).await.is_err(), "nobody decides on what was cancelled");
}
both!(a_kind_of_its_own_goes_from_the_draft_to_its_effect_over_a_return_and_two_bureaus);

async fn several_are_open_at_once_and_a_deleted_draft_leaves_nothing_that_was_typed(house: House) {
    let browser = Browser::registered(&house).await;
    let visit = browser.visit().await;
    let (one, two) = (drafted(&house, &visit, "甲").await, drafted(&house, &visit, "乙").await);
    back(&visit, &one, Action::Delete).await.unwrap();
    let mut reader = house.services.db.read().await.unwrap();
    let mut left = Vec::new();
    for id in [&one, &two] {
        left.push((reader.list_drafts(id).await.unwrap().len(), reader.list_attachments(id).await.unwrap().len()));
    }
    drop(reader);
    assert_eq!(left, [(0, 0), (1, 1)]);
    assert_eq!(row(&house, &one).await.status, Status::Closed);
    assert_eq!(audited(&house, &one, "delete").await.len(), 1);
    submit(&visit, &two, "乙").await;
    assert!(back(&visit, &two, Action::Delete).await.is_err(), "what was submitted is no draft");
}
both!(several_are_open_at_once_and_a_deleted_draft_leaves_nothing_that_was_typed);

async fn nobody_takes_two_seats_of_one_case_and_a_case_that_is_handed_on_begins_with_its_bureau(house: House) {
    use crate::review::forward;
    use domain::review::forms::ForwardForm;
    let browser = Browser::registered(&house).await;
    let visit = browser.visit().await;
    let id = drafted(&house, &visit, "甲").await;
    submit(&visit, &id, "甲").await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let forwarding = |version: i64, bureau: &str| ForwardForm {
        case: id.to_string(),
        version: version.to_string(),
        bureau: bureau.into(),
        reason: "单位不在本区".into(),
    };
    agree(&house, &li, &id).await.unwrap();
    // The second bureau hands it to a third: the first seat stays taken.
    let wang = reviewer(&house, CITY, "王审核").await;
    forward(&wang, &forwarding(row(&house, &id).await.version, SIBLING)).await.unwrap();
    let there = row(&house, &id).await;
    assert_eq!((there.seat, there.bureau.as_ref().unwrap().as_str()), (1, SIBLING));
    // Back where it began, whoever agreed as the first is not the second.
    let zhao = reviewer(&house, SIBLING, "赵审核").await;
    forward(&zhao, &forwarding(there.version, DISTRICT)).await.unwrap();
    assert_eq!(refusal(agree(&house, &li, &id).await), Refusal::SecondPersonNeeded);
    assert!(next(&li, None).await.unwrap().go.unwrap().ends_with("/queue"), "it is not offered to them either");
    let sun = reviewer(&house, DISTRICT, "孙审核").await;
    agree(&house, &sun, &id).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Approved);
}
both!(nobody_takes_two_seats_of_one_case_and_a_case_that_is_handed_on_begins_with_its_bureau);

async fn nobody_decides_on_an_application_of_their_own(house: House) {
    let browser = Browser::registered(&house).await;
    let visit = browser.visit().await;
    let id = drafted(&house, &visit, "本人").await;
    submit(&visit, &id, "本人").await;
    let li = reviewer_with(&house, DISTRICT, "李审核", NUMBER).await;
    let view = case(&li, &id).await.unwrap();
    assert!(view.is_own && !view.actions.contains(&Action::Approve) && view.actions.contains(&Action::Look));
    assert_eq!(refusal(agree(&house, &li, &id).await), Refusal::SelfReview);
    assert_eq!(refusal(decide(&li, &id, row(&house, &id).await.version, "return").await), Refusal::SelfReview);
    assert_eq!(refusal(judge(&li, &id, "demo.title", "accept", "").await), Refusal::SelfReview);
    let of = CaseForm { case: id.to_string() };
    assert_eq!(refusal(crate::review::take_hold(&li, &of).await), Refusal::SelfReview, "which would keep it from the others");
    let away = domain::review::forms::ForwardForm {
        case: id.to_string(),
        version: row(&house, &id).await.version.to_string(),
        bureau: SIBLING.into(),
        reason: "单位不在本区".into(),
    };
    assert_eq!(refusal(crate::review::forward(&li, &away).await), Refusal::SelfReview);
    assert_eq!(row(&house, &id).await.holder_id, None, "a refused decision holds nothing");
    assert!(next(&li, None).await.unwrap().go.unwrap().ends_with("/queue"));
    crate::review::release(&li, &CaseForm { case: id.to_string() }).await.unwrap();
    let sun = reviewer_with(&house, DISTRICT, "孙审核", "430102199003079988").await;
    assert!(!case(&sun, &id).await.unwrap().is_own);
    agree(&house, &sun, &id).await.unwrap();
    assert_eq!(row(&house, &id).await.seat, 1);
}
both!(nobody_decides_on_an_application_of_their_own);

async fn a_case_does_not_go_where_there_is_no_bureau(house: House) {
    let browser = Browser::registered(&house).await;
    let visit = browser.visit().await;
    let id = drafted(&house, &visit, NOWHERE).await;
    submit(&visit, &id, NOWHERE).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_eq!(refusal(agree(&house, &li, &id).await), Refusal::NoBureau);
    let stays = row(&house, &id).await;
    assert_eq!((stays.seat, stays.bureau.as_ref().unwrap().as_str(), stays.status), (0, DISTRICT, Status::Submitted));
}
both!(a_case_does_not_go_where_there_is_no_bureau);
