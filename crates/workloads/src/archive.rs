//! 个人档案 of somebody with twelve versions, and a change of many answers with eight papers, as the bureau compares it with the record.

use anyhow::{Context as _, Result, anyhow};
use domain::case::{CaseKind, StaffRole, Status};
use domain::change::changed;
use domain::id::{AccountId, BureauCode, CaseId};
use domain::identity::DocumentKind;
use domain::intake::{Answers, Context, Holder};
use domain::province::Province;
use serde_json::json;
use service::case::{SubmittedFile, bureau_path};
use service::intake::RecordBody;
use service::{Failure, Services};
use store::Tx;
use store::archive::RecordRow;
use store::case::attachment::AttachmentRow;
use store::case::file::{CaseRow, Desk, Submit};
use store::case::round::SubmissionRow;
use store::staff::people::{PeopleFilter, PersonRow};

use crate::seed;

/// Versions of the record that somebody looks at.
const VERSIONS: usize = 12;
/// Papers of the change.
const FILES: usize = 8;
/// Numbers of theirs, apart from those of everybody else.
const FIRST: u64 = 30_000_000;

/// What the two workloads look at.
pub struct Archive {
    /// The cookie of somebody with twelve versions.
    pub owner: String,
    /// The cookie of a reviewer, and the change that their bureau has.
    pub reviewer: String,
    pub change: CaseId,
}

/// Writes both.
pub async fn write(services: &Services, province: &str) -> Result<Archive> {
    let broken = |failure: Failure| anyhow!("{failure}");
    let (bureau, reviewer) = reviewer(services, province).await?;
    let (work, key, code) = (services.clone(), province.to_owned(), bureau.clone());
    let write = services.db.write(move |tx| Box::pin(async move { versions(tx, &work, (&key, &code)).await }));
    let owner = write.await.map_err(broken)?;
    let (work, key) = (services.clone(), province.to_owned());
    let write = services.db.write(move |tx| Box::pin(async move { change(tx, &work, (&key, &bureau)).await }));
    let change = write.await.map_err(broken)?;
    Ok(Archive { owner: format!("sid-{province}={owner}"), reviewer, change })
}

/// A bureau of the demonstration that takes cases, with the cookie of a reviewer of it.
async fn reviewer(services: &Services, province: &str) -> Result<(BureauCode, String)> {
    let bureaus = &services.province(province).context("the province is served")?.bureaus;
    let filter = PeopleFilter { province, bureau: None, name: "", after: None, limit: 100 };
    let staff = services.db.read().await?.list_people(filter).await?;
    let takes = |code: &BureauCode| bureaus.get(code).is_some_and(|bureau| bureau.parent.is_some() && bureau.handles_direct);
    let fits = |one: &&PersonRow| one.role == StaffRole::Reviewer.code() && takes(&one.bureau);
    let one = staff.iter().find(fits).context("no reviewer of such a bureau in the demonstration")?;
    let (work, key, id) = (services.clone(), province.to_owned(), one.id.clone());
    let write = services.db.write(move |tx| Box::pin(async move { seed::session(tx, &work, &key, None, Some(&id)).await }));
    let token = write.await.map_err(|failure: Failure| anyhow!("{failure}"))?;
    Ok((one.bureau.clone(), format!("staff-{province}={token}")))
}

fn holder() -> Holder {
    Holder { document_kind: DocumentKind::Passport, name: "林晓雨".to_owned(), sex: None, born_on: None }
}

/// A form that is full: every list by one of its first two codes, everything else by a text that differs from version to version.
fn answers(province: &Province, nth: usize) -> Answers {
    let mut answers = Answers::default();
    for step in &province.profile.intake.steps {
        let row = if step.key.has_rows() { "rows.0." } else { "" };
        for field in &step.fields {
            let entries = field.list.as_deref().map_or(&[][..], |list| province.lists.entries(list));
            let value = match entries.get(nth % 2).or(entries.first()) {
                Some(entry) => entry.code.clone(),
                None => format!("第{nth}次填写的内容"),
            };
            answers.set(&format!("{}.{row}{}", step.key.as_str(), field.key), value);
        }
    }
    answers
}

/// The record of a person as it would be the next version.
fn record(
    services: &Services,
    of: (&str, &BureauCode),
    (account, case): (&AccountId, &CaseId),
    answers: Answers,
) -> Result<RecordRow, Failure> {
    let body = RecordBody {
        case_number: "43202601010000001".to_owned(),
        form_version: 1,
        holder: holder(),
        answers,
        application: None,
        files: Vec::new(),
    };
    let id = services.ids.id();
    Ok(RecordRow {
        body_sealed: services.vault.seal("record.body", &id, &serde_json::to_vec(&body)?),
        employer_hash: None,
        id,
        account_id: account.clone(),
        province: of.0.to_owned(),
        bureau: of.1.clone(),
        version: 1,
        is_current: true,
        case_id: case.clone(),
        created_at: services.now(),
    })
}

/// Somebody with twelve versions; answers the token of their session.
async fn versions(tx: &mut Tx, services: &Services, of: (&str, &BureauCode)) -> Result<String, Failure> {
    let province = services.province(of.0).ok_or(Failure::NotFound)?;
    let account = seed::account(services, of.0, FIRST, "林晓雨");
    let case = seed::draft_case(services, &account);
    tx.insert_account(&account).await?;
    tx.insert_case(&case).await?;
    for nth in 0..VERSIONS {
        tx.add_record(&record(services, of, (&account.id, &case.id), answers(&province, nth))?).await?;
    }
    seed::session(tx, services, of.0, Some(&account.id), None).await
}

/// A change that waits for the bureau of the record, with its papers; answers the case.
async fn change(tx: &mut Tx, services: &Services, of: (&str, &BureauCode)) -> Result<CaseId, Failure> {
    let province = services.province(of.0).ok_or(Failure::NotFound)?;
    let account = seed::account(services, of.0, FIRST + 1, "林晓雨");
    let first = seed::draft_case(services, &account);
    tx.insert_account(&account).await?;
    tx.insert_case(&first).await?;
    let (before, after) = (answers(&province, 0), answers(&province, 1));
    tx.add_record(&record(services, of, (&account.id, &first.id), before.clone())?).await?;
    let case = CaseRow::new(services.ids.id().into(), CaseKind::Change, &account, 1, services.now());
    tx.insert_case(&case).await?;
    let files = papers(tx, services, &province, &case).await?;
    let holder = holder();
    let items = changed(&Context::of(&province, &holder, &after, services.today()), &before, &after);
    // As `service::change` seals it.
    let body = json!({
        "before": before, "answers": after, "items": items, "at_once": [], "files": files, "filed": [], "holder": holder, "remark": "",
        "moving": null,
    });
    let sealed = services.vault.seal("submission.body", &format!("{}|1", case.id), &serde_json::to_vec(&body)?);
    hand_in(tx, services, (&province, of.1), (&case, sealed)).await?;
    Ok(case.id)
}

/// The round of a change, at the seat of a bureau that decides alone.
async fn hand_in(
    tx: &mut Tx,
    services: &Services,
    (province, bureau): (&Province, &BureauCode),
    (case, body_sealed): (&CaseRow, Vec<u8>),
) -> Result<(), Failure> {
    let (path, at) = (bureau_path(&province.bureaus, bureau), services.now());
    let submit = Submit {
        number: "43202601010000002",
        bureau,
        bureau_path: &path,
        form_version: 1,
        at,
        due_on: services.today() + chrono::Duration::days(10),
        papers: i64::try_from(FILES).unwrap_or_default(),
        doubts: 0,
        year: None,
    };
    tx.submit_case(case, &submit).await?;
    tx.insert_submission(&case.id, &SubmissionRow { round: 1, body_sealed, submitted_at: at }).await?;
    let now = CaseRow { status: Status::Submitted, version: case.version + 1, round: 1, ..case.clone() };
    Ok(tx.hand_on_case(&now, &Desk { bureau, bureau_path: &path, seat: 1 }, at).await?)
}

/// The papers, without bytes, over the slots that the province has.
async fn papers(tx: &mut Tx, services: &Services, province: &Province, case: &CaseRow) -> Result<Vec<SubmittedFile>, Failure> {
    let slots = &province.profile.line(CaseKind::Change).attachments;
    let mut files = Vec::new();
    for (nth, slot) in slots.iter().cycle().take(FILES).enumerate() {
        let row = AttachmentRow {
            id: services.ids.id(),
            case_id: case.id.clone(),
            account_id: case.account_id.clone(),
            slot: slot.slot.clone(),
            place: i64::try_from(nth / slots.len()).unwrap_or_default(),
            sha256: format!("{nth:064x}"),
            view_sha256: format!("{nth:064x}"),
            bytes: 120_000,
            media_type: "image/jpeg".to_owned(),
            width: 1_600,
            height: 1_200,
            missing: 0,
            name: "证明.jpg".to_owned(),
            remark_sealed: None,
            is_current: true,
            uploaded_at: services.now(),
        };
        tx.replace_attachment(&row).await?;
        files.push(SubmittedFile { slot: row.slot, id: row.id, sha256: row.sha256 });
    }
    Ok(files)
}
