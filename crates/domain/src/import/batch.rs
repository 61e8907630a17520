use serde::{Deserialize, Serialize};

use crate::case::codes;

codes! {
    /// Where a batch stands. Nothing of it is seen by anybody but the staff before it is complete, and then all of it is.
    pub enum ImportStage {
        /// Its rows are being looked at.
        Checking = "checking",
        /// The file is no such table.
        Unreadable = "unreadable",
        /// 预检完成: what would happen is known, and nothing did.
        Checked = "checked",
        /// One administrator asks for it to take effect, and another has to agree.
        ApplyAsked = "apply_asked",
        /// Agreed; it is about to take effect.
        Applying = "applying",
        /// In effect.
        Complete = "complete",
        /// One administrator asks for it to be taken back, and another has to agree.
        UndoAsked = "undo_asked",
        /// Agreed; it is about to be taken back.
        Undoing = "undoing",
        /// Taken back.
        Undone = "undone",
        /// Put aside before it took effect.
        Dropped = "dropped",
    }
}

codes! {
    /// What is done about a batch.
    pub enum ImportAct {
        /// 申请导入.
        Apply = "apply",
        /// 申请撤销.
        Undo = "undo",
        /// 同意 by another administrator.
        Agree = "agree",
        /// 不同意, or 撤回 of what one asked for oneself.
        Refuse = "refuse",
        /// 放弃.
        Drop = "drop",
    }
}

codes! {
    /// What becomes of a row.
    pub enum ImportOutcome {
        /// It is about somebody who has an account.
        Ready = "ready",
        /// Nobody has registered with the document yet; it takes effect when somebody does.
        Later = "later",
        /// The same was imported before, or stands further up.
        Repeated = "repeated",
        /// Wrong.
        Refused = "refused",
    }
}

impl ImportStage {
    /// Where an act leads, whoever does it; `None` for what cannot be done now.
    #[must_use]
    pub const fn after(self, act: ImportAct) -> Option<Self> {
        match (self, act) {
            (Self::Checked, ImportAct::Apply) => Some(Self::ApplyAsked),
            (Self::ApplyAsked, ImportAct::Agree) => Some(Self::Applying),
            (Self::ApplyAsked, ImportAct::Refuse) => Some(Self::Checked),
            (Self::Complete, ImportAct::Undo) => Some(Self::UndoAsked),
            (Self::UndoAsked, ImportAct::Agree) => Some(Self::Undoing),
            (Self::UndoAsked, ImportAct::Refuse) => Some(Self::Complete),
            (Self::Checked | Self::Unreadable, ImportAct::Drop) => Some(Self::Dropped),
            _ => None,
        }
    }

    /// Whether the house is at work on it, so that looking again shows something else.
    #[must_use]
    pub const fn is_at_work(self) -> bool {
        matches!(self, Self::Checking | Self::Applying | Self::Undoing)
    }

    /// Whether it waits for another administrator.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::ApplyAsked | Self::UndoAsked)
    }
}

/// What somebody can do about a batch. `is_mine` is whether they asked for what waits, `can_asker` whether the one who asked is still
/// an administrator who may sign in: what a shut account asked for is agreed to by nobody. Where nothing would take effect, nothing
/// is asked for.
#[must_use]
pub fn offered(stage: ImportStage, (is_mine, can_asker): (bool, bool), has_rows: bool) -> Vec<ImportAct> {
    let may = |act: &ImportAct| match act {
        ImportAct::Agree => !is_mine && can_asker,
        ImportAct::Apply => has_rows,
        ImportAct::Undo | ImportAct::Refuse | ImportAct::Drop => true,
    };
    ImportAct::ALL.iter().copied().filter(|act| stage.after(*act).is_some()).filter(may).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_agrees_to_what_they_asked_for_and_what_would_do_nothing_is_not_asked_for() {
        let (mine, other, shut) = ((true, true), (false, true), (false, false));
        assert_eq!(offered(ImportStage::ApplyAsked, other, true), [ImportAct::Agree, ImportAct::Refuse]);
        assert_eq!(offered(ImportStage::ApplyAsked, mine, true), [ImportAct::Refuse]);
        assert_eq!(offered(ImportStage::UndoAsked, shut, true), [ImportAct::Refuse]);
        assert_eq!(offered(ImportStage::Checked, other, true), [ImportAct::Apply, ImportAct::Drop]);
        assert_eq!(offered(ImportStage::Checked, other, false), [ImportAct::Drop]);
        assert_eq!(offered(ImportStage::Complete, other, true), [ImportAct::Undo]);
        for stage in
            [ImportStage::Checking, ImportStage::Applying, ImportStage::Undoing, ImportStage::Undone, ImportStage::Dropped]
        {
            assert!(offered(stage, other, true).is_empty(), "{stage:?}");
        }
    }
}
