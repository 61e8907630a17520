//! The files of a case: original and view are kept sealed under their hash; who may look at one.

use domain::case::{Actor, Refusal, Role, Status};
use domain::id::{AccountId, CaseId};
use domain::text;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::Reader;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::{find, preloaded, rounds, stands_to};
use crate::{Failure, Services, Visit};
use pictures::Picture;

const LONGEST_NAME: usize = 120;
/// What the page lets one type, in characters.
const LONGEST_REMARK: usize = 100;
/// Where the remark of a file is sealed; the row is the file.
const REMARK: &str = "attachment.remark";

/// The row of a file that was inspected, not yet written. `original` is what was sent, `remark` what the person wrote to the reviewer.
pub(crate) fn kept_row(
    services: &Services,
    (case, account, slot): (&CaseId, &AccountId, &str),
    (name, remark): (&str, &str),
    original: &[u8],
    picture: &Picture,
) -> AttachmentRow {
    let (id, remark) = (services.ids.id(), tidy_remark(remark));
    AttachmentRow {
        remark_sealed: (!remark.is_empty()).then(|| services.vault.seal_text(REMARK, &id, &remark)),
        id,
        case_id: case.to_owned(),
        account_id: account.to_owned(),
        slot: slot.to_owned(),
        place: 0,
        sha256: picture.sha256.clone(),
        view_sha256: sha256(&picture.view),
        bytes: i64::try_from(picture.made.as_deref().unwrap_or(original).len()).unwrap_or(i64::MAX),
        media_type: picture.media_type.to_owned(),
        width: picture.width.into(),
        height: picture.height.into(),
        missing: picture.missing.into(),
        name: tidy_name(name),
        is_current: true,
        uploaded_at: services.now(),
    }
}

/// What the person wrote about a file; empty for nothing.
///
/// # Errors
/// `Broken` when it cannot be opened.
pub(super) fn remark_of(services: &Services, row: &AttachmentRow) -> Result<String, Failure> {
    let sealed = row.remark_sealed.as_deref();
    Ok(sealed.map(|sealed| services.vault.open_text(REMARK, &row.id, sealed)).transpose()?.unwrap_or_default())
}

/// Keeps the bytes that a row names. Of a photograph that was made from another picture, that one is kept as well, so that
/// another size can be made of it later; answers its SHA-256 (hex).
///
/// # Errors
/// `Broken` when they cannot be kept.
pub(crate) async fn keep_bytes(
    services: &Services,
    row: &AttachmentRow,
    original: &[u8],
    picture: &Picture,
) -> Result<Option<String>, Failure> {
    let kept = picture.made.as_deref().unwrap_or(original);
    let source = picture.made.is_some().then(|| sha256(original));
    let mut files = vec![(format!("o-{}", row.sha256), kept), (view_name(row), picture.view.as_slice())];
    files.extend(source.iter().map(|hash| (format!("s-{hash}"), original)));
    for (name, bytes) in files {
        services.files.put(&name, services.vault.seal("file", &name, bytes)).await?;
    }
    Ok(source)
}

/// The view of a file, as JPEG: for its owner and a clerk who fills in for them, and for the staff who may look at the case, once it was submitted.
///
/// # Errors
/// `NotFound` for everybody else, `SignInAgain` for visitors, `Broken` when the bytes are gone.
pub async fn file_view(visit: &Visit, id: &str) -> Result<(Vec<u8>, &'static str), Failure> {
    let row = match &visit.actor {
        Actor::Visitor { .. } | Actor::Machine(_) => return Err(Refusal::SignInAgain.into()),
        Actor::Accountant { account, .. } => owners(visit, account, id).await?.0,
        Actor::Acting { account, .. } => {
            let (row, case) = owners(visit, account, id).await?;
            // As long as there is something to fill in, and written down like every look of the staff.
            if !matches!(case.status, Status::Draft | Status::Returned) {
                return Err(Refusal::ActingOver.into());
            }
            note_look(visit, &row, false).await?;
            row
        }
        Actor::Staff { .. } => look(visit, id, false).await?,
    };
    Ok((view_bytes(visit, &row).await?, "image/jpeg"))
}

/// The view of a file of the case that comes next, for the staff: not a look yet where that case was given to them beforehand
/// (`review::ahead`), written down as what it is, and a look as soon as they open it; any other file is looked at by this.
///
/// # Errors
/// `NotFound` for everybody else, `Broken` when the bytes are gone.
pub async fn file_ahead(visit: &Visit, id: &str) -> Result<(Vec<u8>, &'static str), Failure> {
    let Actor::Staff { .. } = &visit.actor else { return Err(Failure::NotFound) };
    let row = look(visit, id, true).await?;
    Ok((view_bytes(visit, &row).await?, "image/jpeg"))
}

/// The view of a file, for whoever has been found to be allowed to look.
///
/// # Errors
/// `Broken` when the bytes are gone.
pub(crate) async fn view_bytes(visit: &Visit, row: &AttachmentRow) -> Result<Vec<u8>, Failure> {
    let name = view_name(row);
    let sealed = visit.services.files.get(&name).await?.ok_or_else(|| Failure::Broken("a file is missing".into()))?;
    Ok(visit.services.vault.open("file", &name, &sealed)?)
}

/// A file of whoever asks, and its bytes as they are kept.
///
/// # Errors
/// `NotFound` for everybody else and for what its person deleted, `SignInAgain`, `Broken` when the bytes are gone.
pub(crate) async fn own_bytes(visit: &Visit, id: &str) -> Result<(AttachmentRow, Vec<u8>), Failure> {
    let (row, _) = owners(visit, visit.account()?, id).await?;
    let bytes = original_bytes(&visit.services, &row).await?;
    Ok((row, bytes))
}

/// The bytes of a file as they are kept, for whoever has been found to be allowed to have them.
///
/// # Errors
/// `Broken` when the bytes are gone.
pub(crate) async fn original_bytes(services: &Services, row: &AttachmentRow) -> Result<Vec<u8>, Failure> {
    let name = format!("o-{}", row.sha256);
    let sealed = services.files.get(&name).await?.ok_or_else(|| Failure::Broken("a file is missing".into()))?;
    Ok(services.vault.open("file", &name, &sealed)?)
}

/// A file of the account, and its case.
async fn owners(visit: &Visit, account: &AccountId, id: &str) -> Result<(AttachmentRow, CaseRow), Failure> {
    let mut reader = visit.services.db.read().await?;
    let row = reader.find_attachment(id).await?.filter(|row| row.account_id == *account).ok_or(Failure::NotFound)?;
    let case = reader.find_case(&row.case_id).await?;
    let case = case.filter(|case| visit.services.kinds.of(case.kind).is_owners()).ok_or(Failure::NotFound)?;
    Ok((row, case))
}

/// Writes the look down; one beforehand only where that is true.
async fn note_look(visit: &Visit, row: &AttachmentRow, is_ahead: bool) -> Result<(), Failure> {
    let (asking, visit, row) = (visit, visit.clone(), row.clone());
    let write = asking.write(move |tx| {
        Box::pin(async move {
            let is_preload = is_ahead && preloaded::note_preloaded(tx, &visit, &row).await?;
            let action = if is_preload { "preload_file" } else { "look_at_file" };
            let detail = json!({ "case": row.case_id, "slot": row.slot });
            tx.audit(&visit.entry(action, "attachment", &row.id, detail)).await.map_err(Failure::from)
        })
    });
    write.await
}

/// What the person replaced or uploaded without submitting it is nobody else's, nor what they took back of what the bureau asks
/// for; whoever had the case reads of what it decided alone. Only what is judged now comes beforehand.
async fn look(visit: &Visit, id: &str, is_ahead: bool) -> Result<AttachmentRow, Failure> {
    let mut reader = visit.services.db.read().await?;
    let row = reader.find_attachment(id).await?.ok_or(Failure::NotFound)?;
    let (case, _) = find(&mut reader, visit, &row.case_id).await?;
    let is_here = stands_to(visit, &case) != Role::Stranger;
    let is_for_bureau = is_here && visit.services.kinds.of(case.kind).is_for_bureau(&visit.province, &row.slot);
    let round = round_of(visit, &mut reader, &case, &row.id).await?;
    if round.is_none() && !(is_for_bureau && row.is_current) {
        return Err(Failure::NotFound);
    }
    drop(reader);
    note_look(visit, &row, is_ahead && round == Some(case.round)).await?;
    Ok(row)
}

/// The last round of a case that a file belongs to.
async fn round_of(visit: &Visit, reader: &mut Reader, case: &CaseRow, file: &str) -> Result<Option<i64>, Failure> {
    let kind = visit.services.kinds.of(case.kind);
    for round in rounds(reader, case).await?.iter().rev() {
        if kind.open(&visit.services, &case.id, round)?.files().iter().any(|of| of.id == file) {
            return Ok(Some(round.round));
        }
    }
    Ok(None)
}

fn view_name(row: &AttachmentRow) -> String {
    format!("v-{}", row.view_sha256)
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The name as text: without a path, at most 120 characters.
fn tidy_name(typed: &str) -> String {
    let name = text::tidy(typed);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().take(LONGEST_NAME).collect()
}

/// The remark in one line; no page sends a longer one.
fn tidy_remark(typed: &str) -> String {
    text::tidy(typed).chars().take(LONGEST_REMARK).collect()
}
