//! What is fetched before its case is opened: who was given which case, and whose pictures count as looked at when it is opened.
//! Somebody of the staff cannot choose to be written down as nobody who looked: only the pictures of a case that was given to them
//! are fetched beforehand, and once they open it, all of these were shown to them.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::case::Actor;
use domain::id::{CaseId, StaffId};
use serde_json::json;
use store::Tx;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use crate::visit::STAFF_ABSOLUTE;
use crate::{Failure, Visit};

/// So long after a case was given its pictures may be fetched beforehand.
const GIVEN: Duration = Duration::minutes(10);

/// Gives the case that comes next to one of the staff; answers whether that was not done a moment ago. It is done anew in the
/// second half of the time, so that whoever has just asked has time to fetch.
///
/// # Errors
/// `Store`.
pub(crate) async fn give(tx: &mut Tx, visit: &Visit, who: &StaffId, case: &CaseId) -> Result<bool, Failure> {
    let (bucket, now) = (given(who, case), visit.now());
    if tx.count_rate(&bucket, now - GIVEN / 2).await? > 0 {
        return Ok(false);
    }
    tx.add_rate(&visit.services.ids.id(), &bucket, now).await?;
    Ok(true)
}

/// Notes that somebody fetched a picture of a case beforehand; answers whether it was given to them, so that this is no look yet.
///
/// # Errors
/// `Store`.
pub(super) async fn note_preloaded(tx: &mut Tx, visit: &Visit, row: &AttachmentRow) -> Result<bool, Failure> {
    let Actor::Staff { member, .. } = &visit.actor else { return Ok(false) };
    let (given, now) = (given(&member.id, &row.case_id), visit.now());
    // Either this comes before the case is opened, or it finds that it was.
    tx.lock_rate(&given, now).await?;
    if tx.count_rate(&given, now - GIVEN).await? == 0 {
        return Ok(false);
    }
    for of in [row.case_id.as_str(), &row.id] {
        tx.add_rate(&visit.services.ids.id(), &preloaded(&member.id, of), now).await?;
    }
    Ok(true)
}

/// Somebody opens a case: writes down which files they had fetched beforehand, as these are looked at now. What they fetch from
/// here on is an ordinary look. Pictures may lie in the memory of a page as long as a session of the staff lasts.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn open_preloaded(tx: &mut Tx, visit: &Visit, who: &StaffId, row: &CaseRow) -> Result<(), Failure> {
    let since = visit.now() - STAFF_ABSOLUTE;
    let (given, all) = (given(who, &row.id), preloaded(who, row.id.as_str()));
    if tx.count_rate(&given, since).await? == 0 && tx.count_rate(&all, since).await? == 0 {
        return Ok(());
    }
    tx.lock_rate(&given, visit.now()).await?;
    let (kind, mut ids) = (visit.services.kinds.of(row.kind), BTreeSet::new());
    for round in tx.list_submissions(&row.id).await? {
        ids.extend(kind.open(&visit.services, &row.id, &round)?.files().iter().map(|file| file.id.clone()));
    }
    let mut files = Vec::new();
    for id in ids {
        let bucket = preloaded(who, &id);
        if tx.count_rate(&bucket, since).await? > 0 {
            tx.clear_rate(&bucket).await?;
            files.push(id);
        }
    }
    for bucket in [given, all] {
        tx.clear_rate(&bucket).await?;
    }
    if !files.is_empty() {
        let detail = json!({ "round": row.round, "files": files });
        tx.audit(&visit.entry("look_at_files", "case", row.id.as_str(), detail)).await?;
    }
    Ok(())
}

fn given(who: &StaffId, case: &CaseId) -> String {
    format!("ahead:{who}:{case}")
}

/// Of a case, or of one of its files.
fn preloaded(who: &StaffId, of: &str) -> String {
    format!("preloaded:{who}:{of}")
}
