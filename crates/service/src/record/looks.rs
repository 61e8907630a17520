//! Who of the staff looked: the window of the audit trail for the person whom it is about.

use std::collections::BTreeMap;

use domain::case::{CaseKind, Status};
use domain::id::CaseId;
use domain::record::view::{LookLine, LooksView};
use domain::record::{Look, LookKind, Sitting, sittings};
use serde_json::Value;
use store::archive::look::LookRow;
use store::case::file::CaseRow;

use crate::case::bureau_name;
use crate::{Failure, Visit};

/// How many looks are read.
const MOST: i64 = 1_000;

/// The looks of the staff at what belongs to whoever asks, by day and case. The bureau and what somebody is employed for are told, the
/// name only where the province says so.
///
/// # Errors
/// `SignInAgain`, `Store`.
pub async fn looks_view(visit: &Visit) -> Result<LooksView, Failure> {
    let account = visit.account()?.clone();
    let mut reader = visit.services.db.read().await?;
    let rows = reader.list_looks(&account, MOST).await?;
    let cases = reader.list_all_cases(&account).await?;
    drop(reader);
    let is_cut = i64::try_from(rows.len()).is_ok_and(|rows| rows == MOST);
    // What a bureau prepares about somebody has no name before it took effect.
    let is_told = |case: &CaseRow| visit.services.kinds.of(case.kind).is_told() || case.status == Status::Approved;
    let cases: BTreeMap<CaseId, (CaseKind, String)> =
        cases.into_iter().filter(is_told).map(|case| (case.id, (case.kind, case.number.unwrap_or_default()))).collect();
    let looks: Vec<Look> = rows.into_iter().filter_map(look).collect();
    let names_staff = visit.province.profile.record.names_staff;
    let line = |sitting: Sitting| {
        let case = sitting.case.as_ref().and_then(|case| cases.get(case));
        LookLine {
            from: sitting.from,
            to: sitting.to,
            bureau_name: bureau_name(&visit.province, &sitting.bureau),
            role: sitting.role,
            name: if names_staff { sitting.name } else { String::new() },
            case_name: case.map(|(kind, _)| visit.line(*kind).name.clone()).unwrap_or_default(),
            case_number: case.map(|(_, number)| number.clone()).unwrap_or_default(),
            acts: sitting.acts,
        }
    };
    Ok(LooksView { lines: sittings(&looks).into_iter().map(line).collect(), is_cut, names_staff })
}

/// A row of the trail as a look.
pub(super) fn look(row: LookRow) -> Option<Look> {
    let kind = LookKind::of_action(&row.action)?;
    let files = match row.object_kind.as_str() {
        "attachment" => vec![row.object_id],
        _ => named_files(&row.detail),
    };
    Some(Look {
        at: row.at,
        kind,
        case: row.case_id,
        files,
        staff: row.staff_id,
        name: row.name,
        role: row.role,
        bureau: row.bureau,
    })
}

/// The files that were fetched before their case was opened, as the opening names them.
fn named_files(detail: &str) -> Vec<String> {
    let detail: Value = serde_json::from_str(detail).unwrap_or_default();
    let files = detail.get("files").and_then(Value::as_array).into_iter().flatten();
    files.filter_map(|file| Some(file.as_str()?.to_owned())).collect()
}
