//! The closings that a bureau entered, and the form of another one.

use domain::case::{Member, Power, Status, holder};
use domain::closing::forms::ClosingForm;
use domain::closing::view::{ClosingLine, ClosingsView};
use domain::id::CaseId;
use store::Reader;
use store::archive::closing::ClosingRow;

use super::{ClosingBody, KIND, MOST, keeper, proof};
use crate::case::{bureau_name, newest_reason, open_body};
use crate::{Failure, Visit};

/// What the own bureau entered; with `again` the form of one of them that a second person refused.
///
/// # Errors
/// `NotFound` where the province has no such thing and for a closing of another bureau, `SignInAgain`, `SecondFactorNeeded`,
/// `NotYours`, `Store`, `Broken`.
pub async fn closings_view(visit: &Visit, again: &str) -> Result<ClosingsView, Failure> {
    let who = keeper(visit)?;
    let mut reader = visit.services.db.read().await?;
    let mut lines = Vec::new();
    for row in reader.list_closings(visit.province_key(), &who.bureau, MOST).await? {
        lines.push(line(&mut reader, row).await?);
    }
    let (of, form) = match CaseId::given(again) {
        Some(case) => refused(&mut reader, visit, &who, &case).await?,
        None => (None, ClosingForm::default()),
    };
    drop(reader);
    let options = visit.province.profile.account.document_kinds.iter();
    Ok(ClosingsView {
        name: visit.line(KIND).name.clone(),
        bureau_name: bureau_name(&visit.province, &who.bureau),
        lines,
        document_kinds: options.map(|option| (option.kind, option.label.clone())).collect(),
        proof: proof(visit)?.clone(),
        form: ClosingForm { request_key: visit.services.ids.id(), ..form },
        may_merge: holder(&visit.actor, Power::MergeAccounts, &visit.province.bureaus).is_ok(),
        of,
    })
}

async fn line(reader: &mut Reader, row: ClosingRow) -> Result<ClosingLine, Failure> {
    let reason = match row.status {
        Status::Returned => newest_reason(&reader.list_events(&row.case_id).await?, row.status),
        Status::Draft | Status::Submitted | Status::Approved | Status::Closed => String::new(),
    };
    Ok(ClosingLine {
        case: row.case_id,
        case_number: row.case_number.unwrap_or_default(),
        name: row.name,
        cause: row.cause,
        since: row.since_on,
        status: row.status,
        is_over: row.ended_at.is_some(),
        reason,
    })
}

/// What was entered, and whom it is about.
async fn refused(
    reader: &mut Reader,
    visit: &Visit,
    who: &Member,
    case: &CaseId,
) -> Result<(Option<String>, ClosingForm), Failure> {
    let is_open = |row: &ClosingRow| row.bureau == who.bureau && row.status == Status::Returned;
    let row = reader.find_closing_of(case).await?.filter(is_open).ok_or(Failure::NotFound)?;
    let round = reader.list_submissions(case).await?.pop().ok_or(Failure::NotFound)?;
    let closing = open_body::<ClosingBody>(&visit.services, case, &round)?.closing;
    let form = ClosingForm {
        case: case.to_string(),
        cause: closing.cause.code().to_owned(),
        since: closing.since.to_string(),
        note: closing.note,
        ..ClosingForm::default()
    };
    Ok((Some(row.name), form))
}
