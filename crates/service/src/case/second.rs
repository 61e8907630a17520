//! Where somebody else is, for what one person must not do alone.

use domain::case::Refusal;
use domain::id::{BureauCode, StaffId};
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

/// The bureau, or the nearest above it, that has a reviewer beside two.
///
/// # Errors
/// `NoSecondPerson`, `Store`.
pub(crate) async fn desk_without(
    reader: &mut Reader,
    visit: &Visit,
    bureau: &BureauCode,
    but: [&StaffId; 2],
) -> Result<BureauCode, Failure> {
    let counts = reviewers_above(reader, visit, bureau, but).await?;
    let free = counts.into_iter().find(|(_, count)| *count > 0);
    Ok(free.map(|(bureau, _)| bureau).ok_or(Refusal::NoSecondPerson)?)
}
