//! The timeline of a person's record: versions, applications, credits, certificates and messages, in one.

use std::collections::BTreeMap;

use domain::case::{CaseKind, Moment, MomentKind, newest_moments};
use domain::id::{AccountId, CaseId};
use domain::record::view::HistoryView;
use store::Reader;
use store::case::file::CaseRow;
use store::case::former::FormerDeskRow;
use store::case::round::EventRow;
use store::certificate::CertificateRow;
use store::notify::message::MessageRow;

use crate::case::{name_at, timeline_item};
use crate::{Failure, Visit};

/// How many lines the page shows.
const MOST: usize = 200;

/// The timeline, of one kind of line where `of` names it. Without a record there is nothing to tell yet.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn history_view(visit: &Visit, of: Option<MomentKind>) -> Result<HistoryView, Failure> {
    let account = visit.account()?.clone();
    let mut reader = visit.services.db.read().await?;
    if reader.find_record(&account).await?.is_none() {
        return Ok(HistoryView { is_approved: false, moments: Vec::new(), all: 0 });
    }
    let mut moments = of_cases(visit, &mut reader, &account).await?;
    for kind in CaseKind::ALL {
        moments.extend(visit.services.kinds.of(*kind).moments(visit, &mut reader, &account).await?);
    }
    moments.extend(reader.list_all_certificates(&account).await?.iter().flat_map(of_certificate));
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    moments.extend(reader.list_messages(&account, "~", most).await?.into_iter().map(of_message));
    drop(reader);
    let (moments, all) = newest_moments(moments, of, MOST);
    Ok(HistoryView { is_approved: true, moments, all })
}

/// What the engine tells of every case of the person, whatever it is about.
async fn of_cases(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Vec<Moment>, Failure> {
    let cases: BTreeMap<CaseId, CaseRow> =
        reader.list_all_cases(account).await?.into_iter().map(|case| (case.id.clone(), case)).collect();
    let events = reader.list_all_events(account).await?;
    let former = reader.list_former_desks_of(account).await?;
    Ok(events.into_iter().filter_map(|event| of_event(visit, (cases.get(&event.case_id)?, &former), event)).collect())
}

fn of_event(visit: &Visit, (case, former): (&CaseRow, &[FormerDeskRow]), event: EventRow) -> Option<Moment> {
    if !visit.services.kinds.of(case.kind).is_told() {
        return None;
    }
    let then = name_at(&visit.province, case, former, event.at);
    let item = timeline_item(event, &then)?;
    let number = case.number.as_deref().map(|number| format!("受理编号 {number}"));
    let note = Some(item.note).filter(|note| !note.is_empty());
    let said: Vec<String> = number.into_iter().chain([item.who]).chain(note).collect();
    let page = visit.services.kinds.of(case.kind).page(visit, &case.id);
    let below = format!("/{}/", visit.province_key());
    Some(Moment {
        at: item.at,
        kind: MomentKind::Case,
        title: visit.line(case.kind).name.clone(),
        action: Some(item.action),
        said: said.join("，"),
        way: page.strip_prefix(&below).unwrap_or_default().to_owned(),
    })
}

/// When it was certified, and when that ended.
fn of_certificate(row: &CertificateRow) -> Vec<Moment> {
    let moment = |at, title: String| Moment {
        at,
        kind: MomentKind::Certificate,
        title,
        action: None,
        said: format!("证明编号 {}", row.number),
        way: format!("learning/certificate/{}", row.year),
    };
    let issued = moment(row.issued_at, format!("取得 {} 年度完成证明", row.year));
    let ended = row.ended_at.map(|at| match row.replaced_by {
        Some(_) => moment(at, format!("{} 年度完成证明已换新", row.year)),
        None => moment(at, format!("{} 年度完成证明已撤销", row.year)),
    });
    std::iter::once(issued).chain(ended).collect()
}

fn of_message(row: MessageRow) -> Moment {
    Moment {
        at: row.at,
        kind: MomentKind::Message,
        title: row.title,
        action: None,
        said: row.body.lines().next().unwrap_or_default().to_owned(),
        way: "messages".to_owned(),
    }
}
