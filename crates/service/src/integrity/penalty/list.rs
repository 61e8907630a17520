//! The penalties that a bureau entered, and the form of another one.

use domain::case::{Member, Status};
use domain::id::CaseId;
use domain::integrity::forms::PenaltyForm;
use domain::integrity::objection::state;
use domain::integrity::view::{PenaltiesView, PenaltyLine};
use domain::integrity::{Ban, PenaltyKind};
use store::Reader;
use store::integrity::objection::ObjectionRow;
use store::integrity::penalty::PenaltyRow;

use super::super::MOST;
use super::super::objection::line as objection_line;
use super::{PENALTY, PenaltyBody, decision, keeper, rules};
use crate::case::{bureau_name, newest_reason, open_body};
use crate::{Failure, Visit};

/// What the own bureau entered; with `again` the form of one of them that a second person refused.
///
/// # Errors
/// `NotFound` where the province has no such thing and for a penalty of another bureau, `SignInAgain`, `SecondFactorNeeded`,
/// `NotYours`, `Store`, `Broken`.
pub async fn penalties_view(visit: &Visit, again: &str) -> Result<PenaltiesView, Failure> {
    let who = keeper(visit)?;
    let mut reader = visit.services.db.read().await?;
    let said = reader.list_objections_to(visit.province_key(), &who.bureau, MOST).await?;
    let asked = reader.list_objections_at(visit.province_key(), &who.bureau, MOST).await?;
    let mut lines = Vec::new();
    for row in reader.list_penalties(visit.province_key(), &who.bureau, MOST).await? {
        lines.push(line(&mut reader, visit, (row, &said)).await?);
    }
    let (of, form) = match CaseId::given(again) {
        Some(case) => refused(&mut reader, visit, &who, &case).await?,
        None => (None, PenaltyForm::default()),
    };
    drop(reader);
    let options = visit.province.profile.account.document_kinds.iter();
    Ok(PenaltiesView {
        name: visit.line(PENALTY).name.clone(),
        bureau_name: bureau_name(&visit.province, &who.bureau),
        record_working_days: rules(visit)?.record_working_days,
        lines,
        objections: asked.into_iter().map(|row| objection_line(visit, row)).collect(),
        laws: visit.province.laws.clone(),
        document_kinds: options.map(|option| (option.kind, option.label.clone())).collect(),
        proof: decision(visit)?.clone(),
        form: PenaltyForm { request_key: visit.services.ids.id(), ..form },
        of,
        today: visit.services.today(),
    })
}

/// A penalty with the newest of the objections to those of the bureau.
async fn line(reader: &mut Reader, visit: &Visit, (row, said): (PenaltyRow, &[ObjectionRow])) -> Result<PenaltyLine, Failure> {
    let said = said.iter().find(|said| said.of_case == row.case_id);
    let reason = match row.status {
        Status::Returned => newest_reason(&reader.list_events(&row.case_id).await?, row.status),
        Status::Draft | Status::Submitted | Status::Approved | Status::Closed => String::new(),
    };
    let kinds = PenaltyKind::list(&row.kinds).unwrap_or_default();
    let is_recorded = row.status == Status::Approved;
    let ban = Ban::of(&kinds, row.decided_on).filter(|_| is_recorded);
    Ok(PenaltyLine {
        case: row.case_id,
        case_number: row.case_number.unwrap_or_default(),
        name: row.name,
        body: row.body,
        number: row.number,
        decided_on: row.decided_on,
        kinds: kinds.iter().map(|kind| kind.term()).collect::<Vec<_>>().join("、"),
        ban: ban.map(|ban| (ban, ban.is_active(visit.services.today()))),
        status: row.status,
        due_on: row.due_on.unwrap_or(row.decided_on),
        reason,
        objection: said.map(|said| state(said.status, said.outcome()).to_owned()).unwrap_or_default(),
    })
}

/// What was entered, and whom it is about.
async fn refused(
    reader: &mut Reader,
    visit: &Visit,
    who: &Member,
    case: &CaseId,
) -> Result<(Option<String>, PenaltyForm), Failure> {
    let is_open = |row: &PenaltyRow| row.bureau == who.bureau && row.status == Status::Returned;
    let row = reader.find_penalty(case).await?.filter(is_open).ok_or(Failure::NotFound)?;
    let round = reader.list_submissions(case).await?.pop().ok_or(Failure::NotFound)?;
    let penalty = open_body::<PenaltyBody>(&visit.services, case, &round)?.penalty;
    let law = visit.province.laws.in_force(penalty.decided_on);
    let articles = law.into_iter().flat_map(|law| &law.articles).filter(|article| penalty.articles.contains(&article.label));
    let form = PenaltyForm {
        case: case.to_string(),
        articles: articles.map(|article| article.code.as_str()).collect::<Vec<_>>().join(","),
        kinds: penalty.kinds_codes(),
        decided_on: penalty.decided_on.to_string(),
        body: penalty.body,
        number: penalty.number,
        facts: penalty.facts,
        ..PenaltyForm::default()
    };
    Ok((Some(row.name), form))
}
