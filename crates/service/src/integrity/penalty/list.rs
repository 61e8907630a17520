//! The penalties that a bureau entered, and the form of another one.

use domain::case::Status;
use domain::integrity::forms::PenaltyForm;
use domain::integrity::objection::state;
use domain::integrity::view::{Penalties, PenaltiesView, PenaltyLine};
use domain::integrity::{Ban, Penalty, PenaltyKind};
use store::integrity::objection::ObjectionRow;
use store::integrity::penalty::PenaltyRow;

use super::super::objection::line as objection_line;
use super::rules;
use crate::case::{MOST, entered_line, entered_view, keeper, refused};
use crate::{Failure, Visit};

/// What the own bureau entered; with `again` the form of one of them that a second person refused.
///
/// # Errors
/// `NotFound` where the province has no such thing and for a penalty of another bureau, `SignInAgain`, `SecondFactorNeeded`,
/// `NotYours`, `Store`, `Broken`.
pub async fn penalties_view(visit: &Visit, again: &str) -> Result<PenaltiesView, Failure> {
    let who = keeper::<Penalty>(visit)?;
    let mut reader = visit.services.db.read().await?;
    let said = reader.list_objections_to(visit.province_key(), &who.bureau, MOST).await?;
    let asked = reader.list_objections_at(visit.province_key(), &who.bureau, MOST).await?;
    let mut lines = Vec::new();
    for row in reader.list_penalties(visit.province_key(), &who.bureau, MOST).await? {
        let own = own(visit, &row, &said);
        lines.push(entered_line(&mut reader, (row.case_id, row.case_number, row.name, row.status), own).await?);
    }
    let refused = refused::<Penalty>(&mut reader, visit, &who, again).await?;
    drop(reader);
    let (of, form) = match refused {
        None => (None, PenaltyForm::default()),
        Some((row, body)) => (Some(row.applicant), PenaltyForm { case: row.id.to_string(), ..typed(visit, body.penalty) }),
    };
    let form = PenaltyForm { request_key: visit.services.ids.id(), ..form };
    let own = Penalties {
        record_working_days: rules(visit)?.record_working_days,
        objections: asked.into_iter().map(|row| objection_line(visit, row)).collect(),
        laws: visit.province.laws.clone(),
        today: visit.services.today(),
    };
    entered_view::<Penalty, _, _, _>(visit, &who, lines, (of, form), own)
}

/// A penalty with the newest of the objections to those of the bureau.
fn own(visit: &Visit, row: &PenaltyRow, said: &[ObjectionRow]) -> PenaltyLine {
    let said = said.iter().find(|said| said.of_case == row.case_id);
    let kinds = PenaltyKind::list(&row.kinds).unwrap_or_default();
    let is_recorded = row.status == Status::Approved;
    let ban = Ban::of(&kinds, row.decided_on).filter(|_| is_recorded);
    PenaltyLine {
        number: row.number.clone(),
        decided_on: row.decided_on,
        kinds: kinds.iter().map(|kind| kind.term()).collect::<Vec<_>>().join("、"),
        ban: ban.map(|ban| (ban, ban.is_active(visit.services.today()))),
        due_on: row.due_on.unwrap_or(row.decided_on),
        objection: said.map(|said| state(said.status, said.outcome()).to_owned()).unwrap_or_default(),
    }
}

/// As it was typed.
fn typed(visit: &Visit, penalty: Penalty) -> PenaltyForm {
    let law = visit.province.laws.in_force(penalty.decided_on);
    let articles = law.into_iter().flat_map(|law| &law.articles).filter(|article| penalty.articles.contains(&article.label));
    PenaltyForm {
        articles: articles.map(|article| article.code.as_str()).collect::<Vec<_>>().join(","),
        kinds: penalty.kinds_codes(),
        decided_on: penalty.decided_on.to_string(),
        body: penalty.body,
        number: penalty.number,
        facts: penalty.facts,
        ..PenaltyForm::default()
    }
}
