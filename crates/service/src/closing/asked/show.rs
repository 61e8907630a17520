//! 档案关闭申请 as its person sees it: the form, or where the request and the closing stand.

use domain::case::{Action, Role, offered};
use domain::closing::asked::{RequestCase, RequestForm, RequestView};
use domain::papers::Promise;
use store::Reader;
use store::case::file::CaseRow;

use super::super::closed;
use super::{Held, KIND, RequestBody, proof};
use crate::case::{Body, bureau_name, newest_reason, summary, timeline};
use crate::{Failure, Visit};

/// The page of whoever asks.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`, `Broken`.
pub async fn request_view(visit: &Visit) -> Result<RequestView, Failure> {
    let asking = visit.account()?.clone();
    let rules = proof(visit)?.clone();
    let mut reader = visit.services.db.read().await?;
    let held = Held::load(visit, &mut reader, &asking).await?;
    let line = visit.line(KIND);
    let case = match (&held.case, &held.last) {
        (Some(case), Some(last)) => Some(shown(visit, &mut reader, case, last).await?),
        _ => None,
    };
    let closing = reader.find_closing(&asking).await?;
    let is_confirming = held.is_confirming(&mut reader).await?;
    Ok(RequestView {
        name: line.name.clone(),
        bureau_name: held.record.as_ref().map(|record| bureau_name(&visit.province, &record.bureau)).unwrap_or_default(),
        closed: closing.map(|row| closed(visit, &row)),
        is_confirming,
        case,
        form: form(visit, &held),
        proof: rules,
        has_proof: !held.files.is_empty(),
        promise: (Promise::of(line), line.confirm_label.clone()),
    })
}

/// The form: of what was returned, or empty.
fn form(visit: &Visit, held: &Held) -> RequestForm {
    let last = held.returned().and(held.last.as_ref()).map(|last| &last.0.closing);
    let of = last.map(|last| RequestForm {
        cause: last.cause.code().to_owned(),
        since: last.since.to_string(),
        note: last.note.clone(),
        ..RequestForm::default()
    });
    RequestForm { request_key: visit.services.ids.id(), ..of.unwrap_or_default() }
}

async fn shown(visit: &Visit, reader: &mut Reader, case: &CaseRow, last: &RequestBody) -> Result<RequestCase, Failure> {
    let events = reader.list_events(&case.id).await?;
    let may_cancel = offered(case.status, Role::Owner, &visit.kind_rules(KIND)).any(|action| action == Action::Cancel);
    Ok(RequestCase {
        case: summary(case, &visit.province.bureaus),
        may_cancel,
        sections: last.sections(visit),
        reason: newest_reason(&events, case.status),
        timeline: timeline(reader, visit, case, events).await?,
    })
}
