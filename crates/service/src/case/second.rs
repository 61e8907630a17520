//! Where somebody else is, for what one person must not do alone.

use domain::case::Refusal;
use domain::id::{BureauCode, CaseId, StaffId};
use store::Reader;

use crate::{Failure, Visit};

/// How many reviewers a bureau and those above it have beside two, the nearest first.
///
/// # Errors
/// `Store`.
pub(crate) async fn reviewers_above(
    reader: &mut Reader,
    visit: &Visit,
    bureau: &BureauCode,
    but: [&StaffId; 2],
) -> Result<Vec<(BureauCode, i64)>, Failure> {
    let above = visit.province.bureaus.ancestors(bureau).into_iter().map(|bureau| bureau.code.clone());
    let mut counts = Vec::new();
    for bureau in std::iter::once(bureau.clone()).chain(above) {
        let count = reader.count_reviewers(visit.province_key(), &bureau, but).await?;
        counts.push((bureau, count));
    }
    Ok(counts)
}

/// The bureau, or the nearest above it, that has a reviewer beside two and beside those who filled the case in at a counter.
///
/// # Errors
/// `NoSecondPerson`, `Store`.
pub(crate) async fn desk_without(
    reader: &mut Reader,
    visit: &Visit,
    bureau: &BureauCode,
    case: &CaseId,
    but: [&StaffId; 2],
) -> Result<BureauCode, Failure> {
    Ok(free_desk(reader, visit, bureau, case, but.map(StaffId::as_str)).await?.ok_or(Refusal::NoSecondPerson)?)
}

async fn free_desk(
    reader: &mut Reader,
    visit: &Visit,
    bureau: &BureauCode,
    case: &CaseId,
    but: [&str; 2],
) -> Result<Option<BureauCode>, Failure> {
    let above = visit.province.bureaus.ancestors(bureau).into_iter().map(|bureau| &bureau.code);
    for desk in std::iter::once(bureau).chain(above) {
        if reader.count_beside_takers(visit.province_key(), desk, case, but).await? > 0 {
            return Ok(Some(desk.clone()));
        }
    }
    Ok(None)
}

/// Where a person's own submission goes: to the bureau of the answers, but where only those work there who filled or took the
/// case in at a counter before, to the nearest above that has somebody else. Where none has, it stays: nobody is refused for it.
///
/// # Errors
/// `Store`.
pub(crate) async fn desk_of(
    reader: &mut Reader,
    visit: &Visit,
    bureau: &BureauCode,
    case: &CaseId,
) -> Result<BureauCode, Failure> {
    if !reader.was_taken_in(case).await? {
        return Ok(bureau.clone());
    }
    Ok(free_desk(reader, visit, bureau, case, ["", ""]).await?.unwrap_or_else(|| bureau.clone()))
}
