//! The archive of an approved person, for themselves (手册丙 11: 进入人员档案模块; 手册乙 5: 采集信息查看).

use domain::case::Refusal;
use domain::id::AccountId;
use domain::identity::{DocumentKind, mask};
use domain::intake::view::{ApprovedRecord, RecordView};
use domain::intake::{Context, display, duty_dates};
use domain::province::Province;
use store::Reader;
use store::archive::RecordRow;

use super::RecordBody;
use crate::case::Recorded;
use crate::{Failure, Visit};

/// What was approved last. Only the approved have an archive; the others learn that there is none yet.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn record_view(visit: &Visit) -> Result<RecordView, Failure> {
    let mut reader = visit.services.db.read().await?;
    let account = reader.find_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?;
    let row = reader.find_record(&account.id).await?;
    drop(reader);
    let vault = &visit.services.vault;
    let document = vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    let mobile = vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    let options = &visit.province.profile.account.document_kinds;
    let kind = DocumentKind::from_code(&account.document_kind);
    let option = kind.and_then(|kind| options.iter().find(|option| option.kind == kind));
    Ok(RecordView {
        name: account.name,
        document_label: option.map(|option| option.label.clone()).unwrap_or_default(),
        document: mask::document(&document),
        mobile: mask::mobile(&mobile),
        approved: row.map(|row| approved(visit, &row)).transpose()?,
    })
}

fn approved(visit: &Visit, row: &RecordRow) -> Result<ApprovedRecord, Failure> {
    let plain = visit.services.vault.open("record.body", &row.id, &row.body_sealed)?;
    let body: RecordBody = serde_json::from_slice(&plain)?;
    let Province { profile, bureaus, .. } = &*visit.province;
    let today = visit.services.today();
    let cx = Context::of(&visit.province, &body.holder, &body.answers, today);
    let title = |slot: &str| profile.intake_line().attachment(slot).map_or_else(|| slot.to_owned(), |rules| rules.title.clone());
    Ok(ApprovedRecord {
        version: row.version,
        case_number: body.case_number.clone(),
        bureau_name: bureaus.get(&row.bureau).map(|bureau| bureau.name.clone()).unwrap_or_default(),
        photo: portrait(&visit.province, &body),
        at: row.created_at,
        sections: display(&cx, &body.answers),
        files: super::show::numbered(body.files.iter().map(|file| (title(&file.slot), file.id.clone())).collect()),
    })
}

/// The file of the photograph that was accepted, where the province asks for one.
pub(super) fn portrait(province: &Province, body: &RecordBody) -> Option<String> {
    let slot = province.profile.intake_line().attachments.iter().find(|rules| rules.photo.is_some())?;
    body.files.iter().rfind(|file| file.slot == slot.slot).map(|file| file.id.clone())
}

/// What the record of a person says of their qualification and work; `None` where there is no record.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn recorded(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Option<Recorded>, Failure> {
    let Some(row) = reader.find_record(account).await? else { return Ok(None) };
    let plain = visit.services.vault.open("record.body", &row.id, &row.body_sealed)?;
    let body: RecordBody = serde_json::from_slice(&plain)?;
    let cx = Context::of(&visit.province, &body.holder, &body.answers, visit.services.today());
    let (qualified, started) = duty_dates(&cx, &body.answers);
    Ok(Some(Recorded { qualified, started }))
}
