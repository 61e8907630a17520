//! 调转 as its person sees it: where one may go and what that bureau wants, or where the transfer stands.

use domain::case::{Action, Role, Status, offered};
use domain::id::BureauCode;
use domain::national::Doing;
use domain::papers::Promise;
use domain::province::Bureau;
use domain::transfer::forms::TransferForm;
use domain::transfer::view::{CityChoice, Destination, TransferCase, TransferView};
use store::Reader;
use store::archive::RecordRow;
use store::case::file::CaseRow;

use super::body::TransferBody;
use super::file::Held;
use super::{KIND, destination, proof, rules};
use crate::case::{Body, bureau_name, done_here, newest_reason, open_beside, summary, timeline};
use crate::confirmation::confirmed;
use crate::{Failure, Visit, portal};

/// The page; `to` is the bureau that was chosen, or empty. Whoever has no record reads what comes first.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`, `Broken`.
pub async fn transfer_view(visit: &Visit, to: &str) -> Result<TransferView, Failure> {
    let asking = visit.account()?.clone();
    rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let held = Held::load(visit, &mut reader, &asking).await?;
    if !held.case.as_ref().is_some_and(|case| matches!(case.status, Status::Submitted | Status::Returned)) {
        done_here(visit, KIND, Doing::Open)?;
    }
    let line = visit.line(KIND);
    let word = confirmed(&mut reader, visit, &asking).await?;
    let mut view = TransferView {
        name: line.name.clone(),
        bureau_name: String::new(),
        is_collected: false,
        beside: None,
        case: None,
        bureaus: Vec::new(),
        to: None,
        form: form(visit, &held, to),
        proof: proof(visit)?.clone(),
        has_proof: !held.files.is_empty(),
        asks_employers: visit.province.profile.confirmation.is_some(),
        confirmed: word.into_iter().map(|of| (of.employer_name, of.on)).collect(),
        promise: (Promise::of(line), line.confirm_label.clone()),
    };
    let Some(record) = &held.record else { return Ok(view) };
    view.is_collected = true;
    view.bureau_name = bureau_name(&visit.province, &record.bureau);
    view.beside = open_beside(&mut reader, &asking, KIND).await?.map(|case| {
        let (name, number) = (visit.line(case.kind).name.clone(), case.number.clone().unwrap_or_default());
        (name, number, visit.services.kinds.of(case.kind).page(visit, &case.id))
    });
    if let (Some(case), Some(last)) = (&held.case, &held.last) {
        view.case = Some(shown(visit, &mut reader, case, last).await?);
    }
    view.bureaus = choices(visit, record)?;
    view.to = chosen(visit, &mut reader, record, &view.form.to).await?;
    Ok(view)
}

/// The form: of what was returned, or empty; the bureau is the one that was chosen now, where one was.
fn form(visit: &Visit, held: &Held, to: &str) -> TransferForm {
    let last = held.returned().and(held.last.as_ref());
    let of = last.map(|last| TransferForm {
        to: last.to.to_string(),
        reason: last.reason.key.clone(),
        employer_name: last.employer_name.clone(),
        remark: last.remark.clone(),
        ..TransferForm::default()
    });
    let of = of.unwrap_or_default();
    let to = if to.is_empty() { of.to.clone() } else { to.to_owned() };
    TransferForm { to, request_key: visit.services.ids.id(), ..of }
}

async fn shown(visit: &Visit, reader: &mut Reader, case: &CaseRow, last: &TransferBody) -> Result<TransferCase, Failure> {
    let events = reader.list_events(&case.id).await?;
    let may_cancel = offered(case.status, Role::Owner, &visit.kind_rules(KIND)).any(|action| action == Action::Cancel);
    Ok(TransferCase {
        case: summary(case, &visit.province.bureaus),
        may_cancel,
        from: bureau_name(&visit.province, &last.from),
        to: bureau_name(&visit.province, &last.to),
        is_let_go: case.status == Status::Submitted && case.seat > 0,
        asks_origin: last.way.origin_working_days.is_some(),
        sections: last.sections(visit),
        reason: newest_reason(&events, case.status),
        timeline: timeline(reader, visit, case, events).await?,
    })
}

/// Where one may go from the bureau of the record, by city; the own bureau only where something changes inside it.
fn choices(visit: &Visit, record: &RecordRow) -> Result<Vec<CityChoice>, Failure> {
    let (rules, bureaus, today) = (rules(visit)?, &visit.province.bureaus, visit.services.today());
    let is_there = |bureau: &&Bureau| {
        let stays = bureau.code == record.bureau;
        let way = rules.way(today, bureaus, (&record.bureau, &bureau.code));
        bureau.handles_direct && way.is_some() && !rules.reasons_for(stays).is_empty()
    };
    let mut groups: Vec<CityChoice> = Vec::new();
    for bureau in bureaus.0.values().filter(is_there) {
        let city = std::iter::once(bureau).chain(bureaus.ancestors(&bureau.code)).find(|above| above.level == 2);
        let title = city.unwrap_or(bureau).name.clone();
        let name = match bureau.code == record.bureau {
            true => format!("{}（现在的财政局）", bureau.desk()),
            false => bureau.desk(),
        };
        match groups.iter_mut().find(|group| group.city == title) {
            Some(group) => group.bureaus.push((bureau.code.clone(), name)),
            None => groups.push(CityChoice { city: title, bureaus: vec![(bureau.code.clone(), name)] }),
        }
    }
    Ok(groups)
}

/// The bureau that was chosen, as it is reached and what it wants; `None` for none, and for one to which nobody goes from here.
async fn chosen(visit: &Visit, reader: &mut Reader, record: &RecordRow, to: &str) -> Result<Option<Destination>, Failure> {
    let code = BureauCode::from(to);
    let rules = rules(visit)?;
    let way = rules.way(visit.services.today(), &visit.province.bureaus, (&record.bureau, &code)).cloned();
    let (Some(way), Some(_)) = (way, destination(visit, &code)) else { return Ok(None) };
    let Some(bureau) = portal::bureau(reader, &visit.province, &code).await? else { return Ok(None) };
    let wants = reader.find_contact(visit.province_key(), &code).await?.map(|contact| contact.wants).unwrap_or_default();
    let reasons = rules.reasons_for(record.bureau == code).into_iter().cloned().collect();
    let Bureau { code, name, phone, address, hours, .. } = bureau;
    Ok(Some(Destination { code, name, phone, address, hours, wants, way, reasons }))
}
