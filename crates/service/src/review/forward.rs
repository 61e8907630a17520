//! Handing a case to the bureau that it belongs to.

use domain::answer::{Answer, Notice};
use domain::case::Action;
use domain::fault::{Fault, FieldErrors};
use domain::id::{BureauCode, CaseId};
use domain::province::Bureau;
use domain::review::forms::ForwardForm;
use serde_json::json;
use store::case::file::{CaseRow, Desk};

use super::hold::queue_path;
use super::judge::checked_reason;
use crate::case::{Body, By, bureau_path, claim, find, forwarded, line, may, moved_on, reviewer, version};
use crate::{Failure, Visit};

/// Whether a case may be handed to a bureau: another one, which takes cases itself and is not kept from this one.
pub(super) fn may_get(visit: &Visit, row: &CaseRow, body: &dyn Body, bureau: &Bureau) -> bool {
    let is_another = Some(&bureau.code) != row.bureau.as_ref();
    bureau.handles_direct && is_another && !body.is_kept_from(&visit.province.bureaus, row, &bureau.code)
}

/// Hands an undecided case to another bureau of the province that may get it; its due date stays, and the person
/// is told. From then on it may be out of sight for the one who sent it.
///
/// # Errors
/// Faults at `bureau` and `reason`; `NotFound`, `HeldByOther`, `DecidedByOther`, `NotAllowedIn`, `NotYours`, `Stale`.
pub async fn forward(visit: &Visit, form: &ForwardForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let seen = version(&form.version)?;
    let mut reader = visit.services.db.read().await?;
    let (row, role) = find(&mut reader, visit, &CaseId::from(form.case.as_str())).await?;
    if row.version != seen {
        return Err(moved_on(&mut reader, &row).await?);
    }
    may(visit, &row, role, Action::Forward)?;
    let round = reader.list_submissions(&row.id).await?.pop().ok_or(Failure::Stale)?;
    let body = visit.services.kinds.of(row.kind).open(&visit.services, &row.id, &round)?;
    let target = visit.province.bureaus.get(&BureauCode::from(form.bureau.as_str()));
    let target = target.filter(|bureau| may_get(visit, &row, &*body, bureau));
    let mut errors = FieldErrors::default();
    let reason = checked_reason(&form.reason).unwrap_or_else(|faults| {
        errors.0.extend(faults.0);
        String::new()
    });
    let Some(target) = target.cloned() else {
        errors.0.insert(0, FieldErrors::one("bureau", Fault::NotInList).0.remove(0));
        return Err(errors.into());
    };
    let reason = errors.or(reason)?;
    let account = reader.find_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("a case without account".into()))?;
    drop(reader);
    let (asking, visit) = (visit, visit.clone());
    asking
        .write(move |tx| {
            Box::pin(async move {
                let row = claim(tx, &visit, &who, &row.id, Action::Forward, Some(seen)).await?;
                let path = bureau_path(&visit.province.bureaus, &target.code);
                let seat = visit.kind_rules(row.kind).first_at_bureau(usize::try_from(row.seat).unwrap_or(0));
                let event = line(&visit.services, &row, Action::Forward, By::staff(&who), &reason)?;
                let desk = Desk { bureau: &target.code, bureau_path: &path, seat: i64::try_from(seat).unwrap_or(0) };
                tx.hand_on_case(&row, &desk, visit.now()).await?;
                tx.add_event(&event).await?;
                // What a bureau prepares is its own until it is confirmed.
                if visit.services.kinds.of(row.kind).is_told() {
                    forwarded(&row, &target.name, &visit.province.profile).tell(tx, &visit.services, &account, &row).await?;
                }
                let detail = json!({ "from": row.bureau, "to": target.code, "round": row.round });
                tx.audit(&visit.entry("forward", "case", row.id.as_str(), detail)).await?;
                Ok::<_, Failure>(Answer { notice: Some(Notice::Done), ..Answer::go(queue_path(&visit)) })
            })
        })
        .await
}
