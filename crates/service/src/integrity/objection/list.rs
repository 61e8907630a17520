//! The objections of a person, and the form of one.

use domain::case::Status;
use domain::id::CaseId;
use domain::integrity::objection::ObjectionLine;
use domain::integrity::view::ObjectionsView;
use store::integrity::objection::ObjectionRow;

use super::super::record::entries;
use super::super::{OBJECTION, rules};
use super::decide::desk_above;
use super::{evidence, standing};
use crate::case::bureau_name;
use crate::{Failure, Visit, china_date};

/// The objections of the person who asks; with `of`, the case that recorded a penalty, the form of one against it, unless it was objected
/// to before.
///
/// # Errors
/// `NotFound` where the province has no such thing and for a penalty that is nobody's or another's, `SignInAgain`, `Store`.
pub async fn objections_view(visit: &Visit, of: &str) -> Result<ObjectionsView, Failure> {
    let account = visit.account()?.clone();
    let rules = rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let rows = reader.list_objections(&account).await?;
    let of = match CaseId::given(of).filter(|of| !is_barred(&rows, of)) {
        None => None,
        Some(of) => {
            let row = standing(&mut reader, &account, &of).await?.ok_or(Failure::NotFound)?;
            let bureau = bureau_name(&visit.province, &desk_above(&mut reader, visit, &row).await?);
            entries(visit, rules, vec![row]).pop().map(|line| (line, bureau))
        }
    };
    drop(reader);
    let about = visit.line(OBJECTION);
    Ok(ObjectionsView {
        name: about.name.clone(),
        page_name: rules.page_name.clone(),
        of,
        working_days: about.review_working_days,
        lines: rows.into_iter().map(|row| line(visit, row)).collect(),
        proof: evidence(visit)?.clone(),
        request_key: visit.services.ids.id(),
    })
}

/// Whether a penalty cannot be objected to again: an objection waits, or was answered. One that was cancelled bars nothing.
pub(crate) fn is_barred(rows: &[ObjectionRow], of: &CaseId) -> bool {
    rows.iter().any(|row| row.of_case == *of && (row.status == Status::Submitted || row.outcome().is_some()))
}

/// An objection as a list shows it.
pub(crate) fn line(visit: &Visit, row: ObjectionRow) -> ObjectionLine {
    ObjectionLine {
        outcome: row.outcome(),
        of: format!("{}（{}，{}）", row.title, row.body, row.number),
        submitted_on: row.submitted_at.map(china_date).unwrap_or_default(),
        bureau_name: bureau_name(&visit.province, row.bureau.as_ref()),
        due_on: row.due_on.unwrap_or_default(),
        number: row.case_number.unwrap_or_default(),
        case: row.case_id,
        version: row.version,
        name: row.name,
        kind: row.kind,
        status: row.status,
        answer: row.answer,
    }
}
