//! The status machine of every case, as two tables: what may be done, and what follows.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::codes::codes;
use super::{Judged, KindRules, Refusal, Role};

codes! {
    /// Where a case stands.
    pub enum Status {
        /// 草稿: with the person, seen by nobody else. A withdrawn case is a draft again.
        Draft = "draft",
        /// 待审核: with the bureau.
        Submitted = "submitted",
        /// 退回: with the person, to amend what was rejected.
        Returned = "returned",
        /// 审核通过: ended; the archive has been written.
        Approved = "approved",
        /// 已终止: ended without any effect.
        Closed = "closed",
    }
}

codes! {
    /// What can be done to a case.
    pub enum Action {
        /// Read it.
        Look = "look",
        /// Keep what was typed or uploaded.
        Save = "save",
        /// 提交申请.
        Submit = "submit",
        /// 撤销申请: it is a draft again.
        Withdraw = "withdraw",
        /// 删除 of a draft.
        Delete = "delete",
        /// 取消申请: it ends.
        Cancel = "cancel",
        /// 重新提交 after a return.
        Resubmit = "resubmit",
        /// Take or renew the visible, expiring hold on an opened case.
        Hold = "hold",
        /// Give or change a verdict on one item.
        Judge = "judge",
        /// 审核通过.
        Approve = "approve",
        /// 退回.
        Return = "return",
        /// Hand the case to another bureau, with a reason.
        Forward = "forward",
        /// Show identity number and phone unmasked; audited.
        Reveal = "reveal",
        /// Write an internal note.
        Note = "note",
        /// 同意 of a seat that is not the last; the case waits for the next.
        Endorse = "endorse",
        /// 提出异议 of the person whom it concerns; ends the case.
        Object = "object",
        /// What was approved takes effect at its time.
        Apply = "apply",
        /// What was approved can no longer take effect.
        Lapse = "lapse",
        /// 撤销审核通过: what was approved stands no longer.
        Revoke = "revoke",
    }
}

impl KindRules {
    const fn permit(&self, action: Action) -> bool {
        match action {
            Action::Save => self.has_draft,
            Action::Withdraw => self.may_withdraw,
            Action::Delete => self.may_delete,
            Action::Cancel => self.may_cancel,
            Action::Revoke => self.may_revoke,
            Action::Judge => matches!(self.judged, Judged::PerItem),
            Action::Endorse => self.is_shared(),
            Action::Object => self.may_object,
            Action::Apply | Action::Lapse => self.has_delay,
            Action::Look | Action::Submit | Action::Resubmit | Action::Hold | Action::Approve => true,
            Action::Return | Action::Forward | Action::Reveal | Action::Note => true,
        }
    }
}

/// What a role may do with a case in a status, before its kind's [`KindRules`].
pub const fn actions(status: Status, role: Role) -> &'static [Action] {
    use Action::{
        Apply, Approve, Cancel, Delete, Endorse, Forward, Hold, Judge, Lapse, Look, Note, Object, Resubmit, Return, Reveal,
        Revoke, Save, Submit, Withdraw,
    };
    match (status, role) {
        (Status::Draft, Role::Owner) => &[Look, Save, Submit, Delete],
        (Status::Submitted, Role::Owner) => &[Look, Withdraw, Cancel, Object],
        (Status::Returned, Role::Owner) => &[Look, Save, Resubmit, Cancel],
        (Status::Approved, Role::Owner) => &[Look, Object],
        (Status::Closed, Role::Owner) => &[Look],
        (Status::Submitted, Role::Reviewer) => &[Look, Hold, Judge, Endorse, Approve, Return, Forward, Reveal, Note],
        // The bureau may still have to call the person about the return.
        (Status::Returned | Status::Closed, Role::Reviewer) => &[Look, Reveal],
        (Status::Approved, Role::Reviewer) => &[Look, Reveal, Note, Revoke],
        (Status::Submitted | Status::Returned | Status::Approved | Status::Closed, Role::Overseer) => &[Look],
        (Status::Approved, Role::Timer) => &[Apply, Lapse],
        (Status::Draft | Status::Submitted | Status::Returned | Status::Closed, Role::Timer) => &[],
        (Status::Draft, Role::Reviewer | Role::Overseer) => &[],
        (Status::Draft | Status::Submitted | Status::Returned | Status::Approved | Status::Closed, Role::Stranger) => &[],
    }
}

/// The status after an action, or `None` where the action is not possible for anybody.
pub const fn after(status: Status, action: Action) -> Option<Status> {
    use Action::{
        Apply, Approve, Cancel, Delete, Endorse, Forward, Hold, Judge, Lapse, Look, Note, Object, Resubmit, Return, Reveal,
        Revoke, Save, Submit, Withdraw,
    };
    use Status::{Approved, Closed, Draft, Returned, Submitted};
    match (status, action) {
        (Draft | Submitted | Returned | Approved | Closed, Look) => Some(status),
        (Draft | Returned, Save) => Some(status),
        (Draft, Submit) | (Returned, Resubmit) => Some(Submitted),
        (Submitted, Withdraw) => Some(Draft),
        (Draft, Delete) | (Submitted | Returned, Cancel) => Some(Closed),
        (Submitted, Approve) => Some(Approved),
        (Submitted, Return) => Some(Returned),
        (Submitted, Hold | Judge | Forward | Endorse) => Some(status),
        (Submitted | Approved, Object) | (Approved, Lapse | Revoke) => Some(Closed),
        (Approved, Apply) => Some(status),
        (Submitted | Returned | Approved | Closed, Reveal) => Some(status),
        (Submitted | Approved, Note) => Some(status),
        (Submitted | Approved | Closed, Save) => None,
        (Submitted | Returned | Approved | Closed, Submit) => None,
        (Draft | Submitted | Approved | Closed, Resubmit) => None,
        (Draft | Returned | Approved | Closed, Withdraw | Approve | Return | Hold | Judge | Forward | Endorse) => None,
        (Draft | Returned | Closed, Object | Note) => None,
        (Draft | Submitted | Returned | Closed, Apply | Lapse) => None,
        (Submitted | Returned | Approved | Closed, Delete) | (Draft | Approved | Closed, Cancel) => None,
        (Draft, Reveal) | (Draft | Submitted | Returned | Closed, Revoke) => None,
    }
}

/// The actions to offer on a page: the table, less what the kind or the province does not permit.
pub fn offered(status: Status, role: Role, rules: &KindRules) -> impl Iterator<Item = Action> + use<> {
    let rules = *rules;
    actions(status, role).iter().copied().filter(move |action| rules.permit(*action))
}

/// Whether this may be done, asked by every service before it writes.
///
/// # Errors
/// `AlreadySubmitted` and `AlreadyCollected` for an owner who is late or early, `NotAllowedIn` when the role could do it in
/// another status, and `NotYours` for everything that is none of the role's business.
pub fn permitted(status: Status, role: Role, action: Action, rules: &KindRules) -> Result<(), Refusal> {
    if offered(status, role, rules).any(|offered| offered == action) {
        return Ok(());
    }
    let can_ever = Status::ALL.iter().any(|status| actions(*status, role).contains(&action));
    // To anybody but its owner a draft does not exist, so it gives no other answer than a stranger's.
    let is_hidden = !actions(status, role).contains(&Action::Look);
    Err(match (status, action) {
        _ if is_hidden || !can_ever => Refusal::NotYours,
        (Status::Submitted, Action::Save | Action::Submit | Action::Resubmit) => Refusal::AlreadySubmitted,
        (Status::Approved, Action::Save | Action::Submit | Action::Resubmit) => Refusal::AlreadyCollected,
        _ => Refusal::NotAllowedIn { status, action },
    })
}
