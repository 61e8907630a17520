//! The record itself: the newest values, where each came from, and every version with what it changed.

use std::collections::BTreeMap;

use domain::case::CaseKind;
use domain::id::CaseId;
use domain::national::Doing;
use domain::record::view::{OwnRecordView, PaperChange, VersionView};

use crate::case::{bureau_name, done_here, warnings};
use crate::closing::closed;
use crate::intake::{Version, record_view, versions};
use crate::{Failure, Visit, china_date};

/// What wrote a version that no case did.
const COPIED: &str = "全国平台数据导入";

/// The record of whoever asks. Only the approved have one; the others learn that there is none yet.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn own_record(visit: &Visit) -> Result<OwnRecordView, Failure> {
    let flash = visit.take_flash("sure").await?;
    let record = record_view(visit).await?;
    let account = visit.account()?.clone();
    let mut reader = visit.services.db.read().await?;
    let versions = versions(visit, &mut reader, &account).await?;
    let cases = if versions.is_empty() { Vec::new() } else { reader.list_all_cases(&account).await? };
    let sure_at = reader.find_record_check(&account).await?;
    let warnings = warnings(&mut reader, visit, &account).await?;
    let closed = reader.find_closing(&account).await?.map(|row| closed(visit, &row));
    let left = reader.find_standing_departure(&account).await?;
    drop(reader);
    let place = |key: String| visit.province.places.get(&key).map_or(key, |place| place.name.clone());
    let left = left.map(|row| place(row.destination));
    let newest = versions.first().map(|newest| newest.row.created_at);
    let rules = visit.province.profile.record;
    // Of a closed record, of one that has left and of a copy, nobody asks whether it is still right.
    let is_here = done_here(visit, CaseKind::Change, Doing::Open).is_ok();
    let newest = newest.filter(|_| closed.is_none() && left.is_none() && is_here);
    let is_check_due = newest.is_some_and(|approved_at| {
        let last = sure_at.map_or(approved_at, |at| at.max(approved_at));
        rules.is_check_due(china_date(last), visit.services.today())
    });
    let change = visit.province.profile.change.as_ref().filter(|_| is_check_due);
    let occasions = change.map(|change| change.occasions.iter().map(|one| (one.key.clone(), one.title.clone())).collect());
    let kinds: BTreeMap<CaseId, CaseKind> = cases.into_iter().map(|case| (case.id, case.kind)).collect();
    let before = |nth: usize| versions.get(nth + 1);
    let views = versions.iter().enumerate().map(|(nth, version)| view(visit, version, before(nth), &kinds)).collect();
    let is_open = closed.is_none() && left.is_none() && visit.province.profile.has_line(CaseKind::ClosingRequest);
    Ok(OwnRecordView {
        closing: is_open.then(|| format!("{}申请", visit.line(CaseKind::ClosingRequest).name)),
        origins: origins(&versions),
        versions: views,
        record,
        closed,
        left,
        warnings,
        sure_at,
        is_check_due,
        occasions: occasions.unwrap_or_default(),
        flash,
    })
}

fn view(visit: &Visit, of: &Version, before: Option<&Version>, kinds: &BTreeMap<CaseId, CaseKind>) -> VersionView {
    let kind = kinds.get(&of.row.case_id).copied();
    VersionView {
        version: of.row.version,
        is_copied: of.row.case_id.as_str().is_empty(),
        kind_name: match kind {
            Some(kind) => visit.line(kind).name.clone(),
            None if of.row.case_id.as_str().is_empty() => COPIED.to_owned(),
            None => String::new(),
        },
        case_number: of.number().to_owned(),
        bureau_name: bureau_name(&visit.province, &of.row.bureau),
        at: of.row.created_at,
        changes: before.map(|before| of.changes(before)).unwrap_or_default(),
        papers: before.map(|before| papers(visit, of, before, kind)).unwrap_or_default(),
    }
}

fn papers(visit: &Visit, of: &Version, before: &Version, kind: Option<CaseKind>) -> Vec<PaperChange> {
    let mut titles = visit.services.kinds.of(CaseKind::Intake).file_titles(&visit.province);
    if let Some(kind) = kind {
        titles.extend(visit.services.kinds.of(kind).file_titles(&visit.province));
    }
    let ids = |of: &Version, slot: &str| of.files().iter().filter(|file| file.slot == slot).map(|file| file.id.clone()).collect();
    let slots = of.changed_slots(before).into_iter();
    slots
        .map(|slot| PaperChange {
            before: ids(before, &slot),
            now: ids(of, &slot),
            title: titles.get(&slot).cloned().unwrap_or(slot),
        })
        .collect()
}

/// Since which version each answer of the newest stands as it is.
fn origins(versions: &[Version]) -> Vec<(String, i64)> {
    let Some((newest, older)) = versions.split_first() else { return Vec::new() };
    let since = |item: &str| {
        let same = older.iter().take_while(|before| newest.is_same(before, item)).last();
        same.map_or(newest.row.version, |before| before.row.version)
    };
    let rows = newest.sections.iter().flat_map(|section| &section.rows);
    rows.map(|row| (row.item.clone(), since(&row.item))).collect()
}
