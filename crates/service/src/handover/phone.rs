//! The side of the telephone, on which nobody has signed in: the code is all that it has.

use std::sync::Arc;

use chrono::Duration;
use domain::case::view::FileView;
use domain::case::{Actor, Refusal};
use domain::fault::Fault;
use domain::handover::view::{PhoneSlot, PhoneView};
use domain::identity::mask;
use domain::limit::Limited;
use domain::papers::{SlotView, UploadAnswer};
use sha2::{Digest, Sha256};
use store::Reader;
use store::case::file::CaseRow;
use store::handover::{HandoverFileRow, HandoverRow};

use super::door::ByPhone;
use super::is_open;
use crate::account::count_address;
use crate::case;
use crate::visit::is_alive;
use crate::{Failure, Limit, Memo, Token, Visit};

/// Codes that nobody gave out, from one address; after that none is looked at.
const GUESSES: Limit = Limit::new(Limited::UnknownCodes, 30, 600);
const GUESSED: &str = "handover:guess";

/// A hand-over that is good, with whoever lends it and the slot.
pub(super) struct Found {
    row: HandoverRow,
    /// The visit of the session that lends it: what it may, the telephone may for this slot.
    owner: Visit,
    case: CaseRow,
    slot: SlotView,
    files: Vec<HandoverFileRow>,
}

impl Found {
    fn is_elsewhere(&self, visit: &Visit) -> bool {
        self.row.device_hash.as_ref().is_some_and(|device| *device != device_of(visit))
    }
}

/// The page of the telephone. Looking binds nothing: messengers open links by themselves.
///
/// # Errors
/// `TooOften` from an address that tried many codes which nobody gave out; `Store`, `Broken`.
pub async fn phone_view(visit: &Visit, token: &str) -> Result<PhoneView, Failure> {
    let Some(found) = find(visit, token).await? else { return Ok(PhoneView::Void) };
    if found.is_elsewhere(visit) {
        return Ok(PhoneView::Elsewhere);
    }
    let name = {
        let account = visit.services.db.read().await?.find_account(&found.row.account_id).await?.ok_or(Failure::Stale)?;
        mask::surname(&account.name)
    };
    let place = fault_place(token);
    let glimpse = visit.glimpse()?;
    let (error, refusal) = (glimpse.upload_faults.get(&place).cloned(), glimpse.upload_refusal);
    if error.is_some() || refusal.is_some() {
        let forget = move |memo: &mut Memo| {
            memo.upload_faults.forget(|name| name == place);
            memo.upload_refusal = None;
        };
        visit.remember(forget).await?;
    }
    let line = visit.line(found.case.kind).name.clone();
    let Found { row, slot, files, .. } = found;
    let there = u32::try_from(slot.files.len()).unwrap_or(u32::MAX);
    let room = if slot.rules.most == 1 { 1 } else { slot.rules.most.saturating_sub(there) };
    let files = own(slot.files, &files);
    let (rules, until) = (slot.rules, row.expires_at);
    Ok(PhoneView::Open(Box::new(PhoneSlot { rules, name, line, until, files, room, error, refusal })))
}

/// Why nothing is taken by a code, asked before a picture is read; [`upload`] asks again.
///
/// # Errors
/// As [`upload`].
pub async fn obstacle(visit: &Visit, token: &str) -> Result<Option<Refusal>, Failure> {
    Ok(match find(visit, token).await? {
        None => Some(Refusal::HandoverVoid),
        Some(found) => found.is_elsewhere(visit).then_some(Refusal::HandoverElsewhere),
    })
}

/// Puts a picture into the slot, as the person's own page would; `named` is the file's name and the remark to the reviewer. The
/// same file once more has no effect. Answers with what came from this telephone alone.
///
/// # Errors
/// `TooOften` from an address that tried many codes which nobody gave out; `Store`, `Broken`.
pub async fn upload(visit: &Visit, token: &str, named: (&str, &str), bytes: Vec<u8>) -> Result<UploadAnswer, Failure> {
    let Some(found) = find(visit, token).await? else { return Ok(UploadAnswer::Refused(Refusal::HandoverVoid)) };
    if found.is_elsewhere(visit) {
        return Ok(UploadAnswer::Refused(Refusal::HandoverElsewhere));
    }
    bring(visit, &found, named, bytes).await
}

/// What was found good may be good no more: the write decides.
pub(super) async fn bring(visit: &Visit, found: &Found, named: (&str, &str), bytes: Vec<u8>) -> Result<UploadAnswer, Failure> {
    let door = ByPhone {
        services: visit.services.clone(),
        row: found.row.clone(),
        device: device_of(visit),
        sent: hex::encode(Sha256::digest(&bytes)),
    };
    let slot = &found.slot.rules.slot;
    match case::bring(&found.owner, (&found.case, slot), named, bytes, Arc::new(door)).await {
        Ok(UploadAnswer::Kept(files)) => {
            let rows = visit.services.db.read().await?.list_handover_files(&found.row.id).await?;
            Ok(UploadAnswer::Kept(own(files, &rows)))
        }
        Ok(UploadAnswer::Refused(refusal)) => Ok(UploadAnswer::Refused(told(refusal))),
        Err(Failure::NotFound | Failure::Stale) => Ok(UploadAnswer::Refused(Refusal::HandoverVoid)),
        other => other,
    }
}

/// Of the case a telephone learns nothing: what ended meanwhile is told of the code.
fn told(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::TooOften { .. } | Refusal::HandoverElsewhere => refusal,
        _ => Refusal::HandoverVoid,
    }
}

/// Keeps what was wrong with a file, for the page of the telephone to show once.
///
/// # Errors
/// `Store`, `Broken`.
pub async fn keep_fault(visit: &Visit, token: &str, fault: Fault) -> Result<(), Failure> {
    let place = fault_place(token);
    visit.remember(move |memo| memo.upload_faults.keep(place, fault)).await
}

/// The same with what the rules said no to.
///
/// # Errors
/// `Store`, `Broken`.
pub async fn keep_refusal(visit: &Visit, refusal: Refusal) -> Result<(), Failure> {
    visit.remember(move |memo| memo.upload_refusal = Some(refusal)).await
}

/// The hand-over of a token, if everything that it hangs on stands.
pub(super) async fn find(visit: &Visit, token: &str) -> Result<Option<Found>, Failure> {
    let (services, now) = (&visit.services, visit.now());
    let mut reader = services.db.read().await?;
    refuse_after_guesses(visit, &mut reader).await?;
    let row = match Token::parse(token) {
        Some(token) => reader.find_handover(&token.hash()).await?,
        None => None,
    };
    let Some(row) = row else {
        drop(reader);
        count_guess(visit).await?;
        return Ok(None);
    };
    let session = reader.find_session_of_id(&row.session_id).await?;
    let session = session.filter(|session| {
        let is_owners = session.account_id.as_ref() == Some(&row.account_id);
        is_owners && session.province == visit.province_key() && is_alive(session, now)
    });
    let Some(session) = session.filter(|_| is_open(&row, now)) else { return Ok(None) };
    let actor =
        Actor::Accountant { account: row.account_id.clone(), province: session.province.clone(), session: session.id.clone() };
    let owner = Visit { actor, session: Some(session), ..visit.clone() };
    let (case, slot) = match case::slot_view(&owner, &mut reader, &row.case_id, &row.slot).await {
        Err(Failure::NotFound) => return Ok(None),
        other => other?,
    };
    if !slot.is_open {
        return Ok(None);
    }
    let files = reader.list_handover_files(&row.id).await?;
    Ok(Some(Found { row, owner, case, slot, files }))
}

async fn refuse_after_guesses(visit: &Visit, reader: &mut Reader) -> Result<(), Failure> {
    let (bucket, now) = (visit.bucket_over_all(GUESSED, &visit.address), visit.now());
    let since = now - Duration::seconds(GUESSES.seconds);
    if reader.count_rate(&bucket, since).await? < GUESSES.most {
        return Ok(());
    }
    let oldest = reader.find_oldest_rate(&bucket, since).await?.unwrap_or(now);
    let retry_at = oldest + Duration::seconds(GUESSES.seconds);
    Err(Refusal::TooOften { of: GUESSES.of, retry_at, at: now }.into())
}

async fn count_guess(visit: &Visit) -> Result<(), Failure> {
    let job = visit.clone();
    let write = visit.write(move |tx| Box::pin(async move { count_address(tx, &job, GUESSED, &[GUESSES]).await.map(drop) }));
    write.await
}

/// A telephone is the browser that keeps this cookie; it has it before it sends anything.
fn device_of(visit: &Visit) -> Vec<u8> {
    visit.services.vault.keyed_hash("handover.device", visit.token.as_str())
}

fn fault_place(token: &str) -> String {
    format!("handover:{}", hex::encode(&Sha256::digest(token.as_bytes())[..16]))
}

/// Of the files of a slot those that came by the hand-over, without what names them elsewhere.
fn own(files: Vec<FileView>, came: &[HandoverFileRow]) -> Vec<FileView> {
    let own = files.into_iter().filter(|file| came.iter().any(|row| row.attachment_id == file.id));
    own.map(|file| FileView { id: String::new(), sha256: String::new(), ..file }).collect()
}
