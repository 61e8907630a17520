//! Pieces of what the bureau sees of a case.

use std::collections::BTreeMap;

use domain::case::view::{FileView, TimelineItem};
use domain::case::{Action, Mark, Member, Role, Section, Status, Verdict, offered};
use domain::id::BureauCode;
use domain::identity::DocumentKind;
use domain::province::AttachmentRules;
use domain::review::view::HoldView;
use store::Reader;
use store::case::file::CaseRow;
use store::case::round::{EventRow, VerdictRow};

use super::desk::midnight;
use super::forward::may_get;
use super::hold::is_mine;
use crate::case::Body;
use crate::{Failure, Visit};

/// Which answers are compared with which of the papers; an answer goes to the first that proves it.
pub(super) fn proofs(
    rules: &[AttachmentRules],
    files: &[(String, FileView)],
    sections: &[Section],
) -> BTreeMap<String, Vec<String>> {
    let mut proofs = BTreeMap::<String, Vec<String>>::new();
    let is_there = |rules: &&AttachmentRules| files.iter().any(|(slot, _)| *slot == rules.slot);
    for row in sections.iter().flat_map(|section| &section.rows) {
        if let Some(paper) = rules.iter().filter(is_there).find(|rules| rules.is_proof_of(&row.item)) {
            proofs.entry(paper.slot.clone()).or_default().push(row.item.clone());
        }
    }
    proofs
}

/// Decided today, by the clock of China, and still open.
pub(super) async fn counts(reader: &mut Reader, visit: &Visit, who: &Member) -> Result<(i64, i64), Failure> {
    let decided = reader.count_decided(&who.id, midnight(visit)).await?;
    Ok((decided, reader.count_open(visit.province_key(), &who.bureau).await?))
}

/// What a reviewer may do with an application of their own, and with one that is decided but for its time.
pub(super) fn only_looks(action: Action) -> bool {
    matches!(action, Action::Look | Action::Reveal)
}

/// What whoever took an application in leaves to others; they may hand it on.
pub(super) fn decides(action: Action) -> bool {
    matches!(action, Action::Hold | Action::Judge | Action::Approve | Action::Return)
}

/// A verdict as it is kept.
pub(super) fn verdict(row: &VerdictRow) -> Verdict {
    Verdict { item: row.item.clone(), is_accepted: row.is_accepted, reason: row.reason.clone(), mark: Mark::parse(&row.mark) }
}

pub(super) fn timeline_item(event: EventRow) -> Option<TimelineItem> {
    Some(TimelineItem {
        at: event.at,
        action: Action::from_code(&event.action)?,
        status: Status::from_code(&event.status_after)?,
        who: event.actor_name,
        note: event.note,
        round: event.round,
    })
}

pub(super) fn document_label(visit: &Visit, code: &str) -> String {
    let options = &visit.province.profile.account.document_kinds;
    let option = DocumentKind::from_code(code).and_then(|kind| options.iter().find(|option| option.kind == kind));
    option.map(|option| option.label.clone()).unwrap_or_default()
}

pub(super) fn hold(visit: &Visit, who: &Member, row: &CaseRow) -> Option<HoldView> {
    let (name, until) = (row.holder_name.clone()?, row.held_until.filter(|until| *until >= visit.now())?);
    Some(HoldView { is_mine: is_mine(row, who, visit.now()), name, until })
}

/// The bureaus that a case can be forwarded to, for those who may.
pub(super) fn targets(visit: &Visit, row: &CaseRow, role: Role, body: &dyn Body) -> Vec<(BureauCode, String)> {
    if !offered(row.status, role, &visit.kind_rules(row.kind)).any(|action| action == Action::Forward) {
        return Vec::new();
    }
    let bureaus = visit.province.bureaus.0.values().filter(|bureau| may_get(visit, row, body, bureau));
    bureaus.map(|bureau| (bureau.code.clone(), bureau.name.clone())).collect::<BTreeMap<_, _>>().into_iter().collect()
}
