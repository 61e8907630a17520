//! 已调出: what a bureau decided of people who went to another one.

use domain::transfer::view::{LeftLine, LeftView};
use store::case::former::LeftCaseRow;

use super::rules;
use crate::case::{bureau_name, reviewer};
use crate::{Failure, Visit, china_date};

/// How many the page shows.
const MOST: i64 = 200;

/// The cases that left the own bureau after it decided on them; each can be read still.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn left_view(visit: &Visit) -> Result<LeftView, Failure> {
    let who = reviewer(visit)?;
    rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let rows = reader.list_left_cases(visit.province_key(), &who.bureau, MOST).await?;
    drop(reader);
    let line = |row: LeftCaseRow| LeftLine {
        number: row.number,
        kind_name: visit.line(row.kind).name.clone(),
        applicant: row.applicant,
        bureau_name: bureau_name(&visit.province, &row.bureau),
        left_on: china_date(row.until_at),
        case: row.case_id,
    };
    Ok(LeftView { bureau_name: bureau_name(&visit.province, &who.bureau), lines: rows.into_iter().map(line).collect() })
}
