//! Who answers an objection, and what an answer does to the penalty.

use domain::case::{Action, Member, Refusal, Status};
use domain::id::BureauCode;
use domain::integrity::{Ending, EntryKind, Outcome};
use store::case::file::CaseRow;
use store::integrity::entry::IntegrityEntryRow;
use store::{Reader, Tx};

use super::super::record::end_entry;
use crate::case::{By, Revoked, Told, bureau_name, line, reviewers_above, short};
use crate::{Failure, Visit};

/// The bureau that entered a penalty; of one that was corrected, the bureau that did so.
pub(super) async fn entered_at(reader: &mut Reader, entry: &IntegrityEntryRow) -> Result<BureauCode, Failure> {
    Ok(reader.find_penalty(&entry.case_id).await?.map_or_else(|| entry.bureau.clone(), |row| row.bureau))
}

/// Who answers: the nearest bureau above the one that entered it where somebody works who had no part in that. Where there is none, another
/// of its own; where nobody is, it waits at the nearest above.
pub(super) async fn desk_above(reader: &mut Reader, visit: &Visit, entry: &IntegrityEntryRow) -> Result<BureauCode, Failure> {
    let entered_at = entered_at(reader, entry).await?;
    let first = entry.entered_by.as_ref().unwrap_or(&entry.confirmed_by);
    let counts = reviewers_above(reader, visit, &entered_at, [first, &entry.confirmed_by]).await?;
    let (own, above) = counts.split_at(usize::from(!counts.is_empty()));
    let is_staffed = |desk: &&(BureauCode, i64)| desk.1 > 0;
    let found = above.iter().find(is_staffed).or_else(|| own.iter().find(is_staffed)).or_else(|| above.first());
    Ok(found.map_or(entered_at, |(bureau, _)| bureau.clone()))
}

/// Nobody answers who entered or confirmed it, and no other of that bureau, or of one below it, while somebody above can.
///
/// # Errors
/// `SecondPersonNeeded`, `NotYours`, `Store`.
pub(super) async fn may_answer(
    reader: &mut Reader,
    visit: &Visit,
    entry: &IntegrityEntryRow,
    who: &Member,
) -> Result<(), Failure> {
    if entry.confirmed_by == who.id || entry.entered_by.as_ref() == Some(&who.id) {
        return Err(Refusal::SecondPersonNeeded.into());
    }
    let entered_at = entered_at(reader, entry).await?;
    let is_below = visit.province.bureaus.is_within(&who.bureau, &entered_at);
    if is_below && desk_above(reader, visit, entry).await? != who.bureau {
        return Err(Refusal::NotYours.into());
    }
    Ok(())
}

/// The penalty is shown no longer, and the case that recorded it ends. That case is locked.
///
/// # Errors
/// `Stale`, `Store`.
pub(super) async fn end_penalty(
    tx: &mut Tx,
    (visit, who): (&Visit, &Member),
    entry: &IntegrityEntryRow,
    (ending, answer): (Ending, &str),
) -> Result<(), Failure> {
    end_entry(tx, (visit, who), entry, (ending, answer)).await?;
    let Some(case) = tx.lock_case(&entry.case_id).await?.filter(|case| case.status == Status::Approved) else { return Ok(()) };
    let account = tx.lock_account(&case.account_id).await?.ok_or_else(|| Failure::Broken("a case without account".into()))?;
    let of = Revoked { visit, who, row: &case, account: &account, reason: answer };
    visit.services.kinds.of(case.kind).lifted(tx, &of).await?;
    let event = line(&visit.services, &case, Action::Revoke, By::staff(who), answer)?;
    tx.move_case(&case, Status::Closed, Some(&who.id), visit.now()).await?;
    Ok(tx.add_event(&event).await?)
}

/// What the person reads, of what kind of entry, by which body and of which number.
pub(super) fn answered(
    visit: &Visit,
    row: &CaseRow,
    (kind, body, number): (EntryKind, &str, &str),
    (outcome, answer): (Outcome, &str),
) -> Told {
    let (bureau, site) = (bureau_name(&visit.province, row.bureau.as_ref()), &visit.province.profile.site.title);
    let (said, short_said) = match outcome {
        Outcome::Removed if kind == EntryKind::Annulment => {
            ("异议成立，撤销登记的决定已经撤回", "异议成立，撤销登记的决定已撤回")
        }
        Outcome::Removed => ("异议成立，这条记录已经撤下，限制从业的同时解除", "异议成立，记录已撤下"),
        Outcome::Corrected => ("异议成立，这条记录已经更正", "异议成立，记录已更正"),
        Outcome::Upheld => ("维持原记录", "维持原记录"),
    };
    let (case_number, decision) = (row.number.as_deref().unwrap_or_default(), kind.decision());
    let title = if kind == EntryKind::Penalty { "处罚异议已答复" } else { "异议已答复" };
    Told {
        title: title.to_owned(),
        body: format!(
            "您对{body}的{decision}（{number}）在诚信档案中的记录提出的异议（受理编号 {case_number}），{bureau}答复如下：{said}。\n{answer}"
        ),
        sms: Some((
            "objection",
            format!("{}，您好。您提出的异议已答复：{short_said}。{}请登录{site}查看。", row.applicant, short(answer)),
        )),
    }
}
