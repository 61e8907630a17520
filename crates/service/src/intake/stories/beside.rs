//! Cases of one person beside each other and one after the other: each has its own drafts, files and promise.

use domain::id::{AccountId, CaseId};
use domain::intake::{StepForm, StepKey};
use store::StoreError;
use store::account::AccountRow;
use store::case::draft::{DraftPlace, NewDraft, PledgeRow};

use super::*;
use crate::intake;

/// Another case of somebody, as the engine opens one.
async fn another(house: &House, account: &AccountRow, is_single: bool) -> Result<CaseRow, Failure> {
    let row = CaseRow::new(house.services.ids.id().into(), CaseKind::Intake, account, 1, house.services.now());
    let (row, opened) = (CaseRow { is_single, ..row.clone() }, CaseRow { is_single, ..row });
    house.services.db.write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.insert_case(&opened).await?) })).await?;
    Ok(row)
}

async fn account(visit: &Visit) -> AccountRow {
    visit.services.db.read().await.unwrap().find_account(visit.account().unwrap()).await.unwrap().unwrap()
}

async fn a_second_case_of_a_kind_begins_clean(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    decide(&house, &visit, Status::Approved, &[]).await;
    house.clock.forward(chrono::Duration::minutes(1));
    let visit = house.again(&visit).await;
    let first = case(&visit).await;
    another(&house, &account(&visit).await, true).await.unwrap();
    let hub = intake::hub(&visit).await.unwrap();
    assert!(!hub.has_begun, "the promise of the first is not that of the second");
    let view = intake::step_view(&visit, StepKey::Education, false).await.unwrap();
    assert_eq!((view.form().get("full_time_level"), view.version), (Some(""), 0));
    assert!(intake::files_view(&visit).await.unwrap().slots.iter().all(|slot| slot.files.is_empty()));
    pledge(&visit).await;
    save(&visit, &answers(), StepKey::Education).await;
    let mut reader = house.services.db.read().await.unwrap();
    assert_eq!(reader.list_drafts(&first.id).await.unwrap().len(), visit.province.profile.intake.steps.len());
    assert_eq!(reader.list_drafts(&case(&visit).await.id).await.unwrap().len(), 1);
}
both!(a_second_case_of_a_kind_begins_clean);

async fn two_drafts_of_one_kind_lie_beside_each_other(house: House) {
    let visit = zhang_san(&house).await;
    let account = account(&visit).await;
    let (one, two) = (another(&house, &account, false).await.unwrap(), another(&house, &account, false).await.unwrap());
    let at = house.services.now();
    for (case, name) in [(&one, "甲"), (&two, "乙")] {
        let (id, account, name) = (case.id.clone(), account.id.clone(), name.to_owned());
        let mut form = StepForm::of(StepKey::Person);
        form.set("email", name.clone());
        let form = serde_json::to_vec(&form).unwrap();
        let file = intake_file(&house, &id, &account, &name);
        write(&house, move |tx| {
            Box::pin(async move {
                tx.save_draft(
                    DraftPlace { case: &id, step: "person" },
                    NewDraft { sealed: &form, tab: "", sequence: 0, noted_at: at, noted_by: "" },
                    0,
                    at,
                )
                .await?;
                tx.replace_attachment(&file).await?;
                let pledge = PledgeRow { version: name, text_hash: "t".into(), agreed_at: at };
                Ok(tx.save_pledge(&id, &pledge, "192.0.2.1").await?)
            })
        })
        .await;
    }
    let mut reader = house.services.db.read().await.unwrap();
    for (case, name, other) in [(&one, "甲", "乙"), (&two, "乙", "甲")] {
        let drafts = reader.list_drafts(&case.id).await.unwrap();
        assert_eq!((drafts.len(), drafts[0].version), (1, 1));
        assert!(String::from_utf8_lossy(&drafts[0].body_sealed).contains(name));
        let files = reader.list_attachments(&case.id).await.unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), [name]);
        assert!(reader.find_pledge(&case.id, name).await.unwrap().is_some());
        assert!(reader.find_pledge(&case.id, other).await.unwrap().is_none());
    }
    drop(reader);
    // Of a kind that is single there is one at a time.
    another(&house, &account, true).await.unwrap();
    let second = another(&house, &account, true).await;
    assert!(matches!(second, Err(Failure::Store(StoreError::Exists { .. }))), "{second:?}");
}
both!(two_drafts_of_one_kind_lie_beside_each_other);

fn intake_file(house: &House, case: &CaseId, account: &AccountId, name: &str) -> store::case::attachment::AttachmentRow {
    store::case::attachment::AttachmentRow {
        id: house.services.ids.id(),
        case_id: case.to_owned(),
        account_id: account.to_owned(),
        slot: "photo".into(),
        place: 0,
        missing: 0,
        sha256: format!("{case}-1"),
        view_sha256: format!("{case}-1"),
        bytes: 1000,
        media_type: "image/jpeg".into(),
        width: 295,
        height: 413,
        name: name.to_owned(),
        remark_sealed: None,
        is_current: true,
        uploaded_at: house.services.now(),
    }
}
