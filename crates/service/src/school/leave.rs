//! 登录网校: whoever is enrolled goes to the school with a signed ticket, which is posted and so stays out of addresses and logs.

use chrono::Duration;
use domain::case::Refusal;
use domain::limit::Limited;
use domain::school::view::LeavingView;
use domain::school::{TICKET_SECONDS, Ticket, WebAddress};
use serde_json::json;
use store::school::SchoolRow;
use store::school::enrolment::EnrolmentRow;

use super::year_of;
use crate::{Failure, Limit, Visit, allow};

/// Tickets of somebody in ten minutes.
const TICKETS: Limit = Limit::new(Limited::Schools, 30, 600);

/// The page before leaving, without a ticket.
///
/// # Errors
/// `NotFound` for an enrolment of somebody else or one that has ended, `SignInAgain`, `Store`.
pub async fn leaving(visit: &Visit, enrolment: &str) -> Result<LeavingView, Failure> {
    let (row, school) = own(visit, enrolment).await?;
    view(&row, &school, None)
}

/// The same with a ticket, which is good for a minute and once. `site` is the address of the site as others reach it.
///
/// # Errors
/// As [`leaving`]; `TooOften`, `Broken` where nothing can be signed.
pub async fn give_ticket(visit: &Visit, enrolment: &str, site: &str) -> Result<LeavingView, Failure> {
    let (row, school) = own(visit, enrolment).await?;
    let (id, now) = (visit.services.ids.id(), visit.now());
    let until = now + Duration::seconds(TICKET_SECONDS);
    let ticket = Ticket {
        iss: format!("{}/{}", site.trim_end_matches('/'), visit.province_key()),
        aud: school.code.clone(),
        sub: row.learner.clone(),
        jti: id.clone(),
        iat: now.timestamp(),
        exp: until.timestamp(),
        name: row.name.clone(),
        enrolment: row.id.clone(),
        year: year_of(row.year),
    };
    let signed = visit.services.notary.ticket(visit.province_key(), &ticket)?;
    let entry = visit.entry("give_ticket", "enrolment", &row.id, json!({ "school": school.id }));
    let (work, seen, account) = (visit.clone(), row.clone(), row.account_id.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let (count, bucket) = (work.services.ids.id(), work.bucket("school_ticket", account.as_str()));
            allow(tx, &count, &bucket, &[TICKETS], now).await?;
            // Another window may have gone over to another school, or changed the name, meanwhile.
            tx.lock_account(&account).await?.ok_or(Refusal::SignInAgain)?;
            let still = tx.find_enrolment(&seen.id).await?;
            still.filter(|row| row.ended_at.is_none() && row.name == seen.name).ok_or(Failure::NotFound)?;
            tx.insert_ticket(&id, &seen.id, until).await?;
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    written.await?;
    view(&row, &school, Some(signed))
}

async fn own(visit: &Visit, enrolment: &str) -> Result<(EnrolmentRow, SchoolRow), Failure> {
    let account = visit.account()?.clone();
    let mut reader = visit.services.db.read().await?;
    let row = reader.find_enrolment(enrolment).await?.filter(|row| row.account_id == account && row.ended_at.is_none());
    let row = row.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?;
    let school = reader.find_school(&row.school_id).await?.ok_or(Failure::NotFound)?;
    Ok((row, school))
}

fn view(row: &EnrolmentRow, school: &SchoolRow, ticket: Option<String>) -> Result<LeavingView, Failure> {
    // It was checked when it was written; an address of this machine gets there in the demonstration only.
    let entry = WebAddress::check(&school.entry, true).map_err(|_| Failure::Broken("the address of a school".into()))?;
    Ok(LeavingView {
        enrolment: row.id.clone(),
        school_name: school.name.clone(),
        entry: entry.as_str().to_owned(),
        origin: entry.origin().to_owned(),
        phone: school.phone.clone(),
        name: row.name.clone(),
        ticket,
    })
}
