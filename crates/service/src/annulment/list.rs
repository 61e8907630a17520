//! The annulments that a bureau entered, and the form of another one, with what rests on what it would take back.

use domain::annulment::forms::AnnulmentForm;
use domain::annulment::view::{AnnulmentLine, Annulments, AnnulmentsView, Found};
use domain::case::is_case_number;
use domain::text::tidy;
use store::Reader;

use super::enter::{Entry, approved};
use super::resting::resting;
use super::{effect, rules, words};
use crate::case::{MOST, entered_line, entered_view, keeper, note_lookup};
use crate::{Failure, Visit, china_date};

/// What the own bureau entered; with `number` the form about the approved application of that 受理编号, where it is one of a person of the
/// own bureau or of one below it.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn annulments_view(visit: &Visit, number: &str) -> Result<AnnulmentsView, Failure> {
    let who = keeper::<Entry>(visit)?;
    let mut reader = visit.services.db.read().await?;
    let mut lines = Vec::new();
    for row in reader.list_annulments(visit.province_key(), &who.bureau, MOST).await? {
        let has_said = !reader.list_statements(&row.case_id).await?.is_empty();
        let own = AnnulmentLine { of: words(visit, &row), heard_until: row.heard_until, has_said };
        lines.push(entered_line(&mut reader, (row.case_id, row.case_number, row.name, row.status), own).await?);
    }
    drop(reader);
    let number = tidy(number);
    let found = match is_case_number(&number) {
        true => {
            // Numbers follow each other, and behind each is a person.
            note_lookup(visit, &who, "try_number").await?;
            found(&mut visit.services.db.read().await?, visit, (&who.bureau, &number)).await?
        }
        false => None,
    };
    let form = AnnulmentForm {
        of: found.as_ref().map(|found| found.number.clone()).unwrap_or_default(),
        request_key: visit.services.ids.id(),
        ..AnnulmentForm::default()
    };
    let own = Annulments { hear_working_days: rules(visit)?.hear_working_days, found, number };
    entered_view::<Entry, _, _, _>(visit, &who, lines, (None, form), own)
}

async fn found(
    reader: &mut Reader,
    visit: &Visit,
    (bureau, number): (&domain::id::BureauCode, &str),
) -> Result<Option<Found>, Failure> {
    let Some(case) = approved(reader, visit, (bureau, number)).await? else { return Ok(None) };
    Ok(Some(Found {
        number: number.to_owned(),
        kind_name: visit.line(case.kind).name.clone(),
        effect: effect(visit, case.kind),
        resting: resting(reader, visit, &case).await?,
        approved_on: case.decided_at.map(china_date),
        name: case.applicant,
    }))
}
