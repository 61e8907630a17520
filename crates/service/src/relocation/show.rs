//! The page of 跨省调转.

use domain::case::{CaseKind, Refusal, Status};
use domain::national::Doing;
use domain::relocation::forms::DepartureForm;
use domain::relocation::view::{MayLeave, Offer, ReceivedView, RelocationView, Stands};
use store::Reader;
use store::account::AccountRow;
use store::case::file::CaseRow;

use super::apply::{DepartureBody, told_open};
use super::beside::beside_of;
use super::file::recipient;
use super::papers::papers_of;
use super::{KIND, name_of, places};
use crate::case::{bureau_name, done_here, newest_reason, open_body};
use crate::{Failure, Visit};

/// Where whoever asks stands between the provinces.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`, `Broken`.
pub async fn relocation_view(visit: &Visit) -> Result<RelocationView, Failure> {
    let asking = visit.account()?.clone();
    places(visit)?;
    let mut reader = visit.services.db.read().await?;
    let account = reader.find_account(&asking).await?.ok_or(Refusal::SignInAgain)?;
    let stands = stands(visit, &mut reader, &account).await?;
    let goes_on = match &stands {
        Stands::Left { .. } | Stands::Waiting { .. } => true,
        Stands::Here(may) => may.returned.is_some_and(|(status, _)| status == Status::Returned),
        Stands::Nowhere | Stands::Busy { .. } => false,
    };
    if !goes_on {
        done_here(visit, KIND, Doing::Open)?;
    }
    let received = received(visit, &mut reader, &account).await?;
    let offers = match stands {
        Stands::Nowhere | Stands::Left { .. } => offers(visit, &mut reader, &account).await?,
        Stands::Here(_) | Stands::Busy { .. } | Stands::Waiting { .. } => Vec::new(),
    };
    drop(reader);
    Ok(RelocationView {
        name: visit.line(KIND).name.clone(),
        intake_name: visit.province.profile.intake_line().name.clone(),
        stands,
        received,
        offers,
    })
}

async fn stands(visit: &Visit, reader: &mut Reader, account: &AccountRow) -> Result<Stands, Failure> {
    let places = places(visit)?;
    if let Some(row) = reader.find_standing_departure(&account.id).await? {
        return Ok(Stands::Left {
            destination: name_of(places, &row.destination),
            at: row.left_at.unwrap_or_else(|| visit.now()),
            packed_at: row.packed_at,
            has_key: recipient(visit, &row.destination)?.is_some(),
            is_here: visit.services.provinces.contains_key(&row.destination),
        });
    }
    if reader.find_record(&account.id).await?.is_none() {
        return Ok(Stands::Nowhere);
    }
    let latest = reader.find_latest_case(&account.id, KIND).await?;
    let open = latest.filter(|case| matches!(case.status, Status::Submitted | Status::Returned));
    match open {
        Some(case) if case.status == Status::Submitted => waiting(visit, reader, case).await,
        open => match told_open(visit, reader, &account.id).await? {
            Some(other) => Ok(Stands::Busy { line: visit.line(other.kind).name.clone() }),
            None => Ok(Stands::Here(Box::new(may_leave(visit, reader, open).await?))),
        },
    }
}

async fn waiting(visit: &Visit, reader: &mut Reader, case: CaseRow) -> Result<Stands, Failure> {
    let departure = reader.find_departure(&case.id).await?;
    let departure = departure.ok_or_else(|| Failure::Broken("a case without its departure".into()))?;
    Ok(Stands::Waiting {
        destination: name_of(places(visit)?, &departure.destination),
        bureau_name: bureau_name(&visit.province, case.bureau.as_ref()),
        number: case.number.unwrap_or_default(),
        due_on: case.due_on,
        version: case.version,
    })
}

async fn may_leave(visit: &Visit, reader: &mut Reader, returned: Option<CaseRow>) -> Result<MayLeave, Failure> {
    let line = visit.line(KIND);
    let (mut form, mut reason) = (DepartureForm::default(), String::new());
    if let Some(case) = &returned {
        reason = newest_reason(&reader.list_events(&case.id).await?, case.status);
        if let Some(round) = reader.list_submissions(&case.id).await?.pop() {
            let body = open_body::<DepartureBody>(&visit.services, &case.id, &round)?;
            (form.destination, form.reason) = (body.destination, body.reason);
        }
    }
    form.request_key = visit.services.ids.id();
    let all = places(visit)?.but(visit.province_key());
    Ok(MayLeave {
        places: all.map(|place| (place.key.clone(), place.name.clone())).collect(),
        reason,
        returned: returned.map(|case| (case.status, case.version)),
        briefing: line.briefing.paragraphs.clone(),
        pledge: line.briefing.pledge.clone(),
        confirm_label: line.confirm_label.clone(),
        form,
    })
}

/// What filled the newest application, while that is not approved.
async fn received(visit: &Visit, reader: &mut Reader, account: &AccountRow) -> Result<Option<ReceivedView>, Failure> {
    let case = reader.find_latest_case(&account.id, CaseKind::Intake).await?.filter(|case| case.status != Status::Approved);
    let Some(case) = case else { return Ok(None) };
    let Some(row) = reader.find_received_of(&case.id).await? else { return Ok(None) };
    let beside = beside_of(visit, reader, &row).await?;
    let papers = match case.status {
        Status::Draft => Some(papers_of(visit, reader, (&case, &row)).await?),
        _ => None,
    };
    Ok(Some(ReceivedView { origin: name_of(places(visit)?, &row.origin), at: row.received_at, beside, papers }))
}

async fn offers(visit: &Visit, reader: &mut Reader, account: &AccountRow) -> Result<Vec<Offer>, Failure> {
    let places = places(visit)?;
    let rows = reader.list_departures_for(visit.province_key(), &account.document_hash).await?;
    let offer = |row: store::relocation::DepartureRow| {
        Some(Offer { case: row.case_id, origin: name_of(places, &row.province), left_at: row.left_at? })
    };
    Ok(rows.into_iter().filter_map(offer).collect())
}
