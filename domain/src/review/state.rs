//! The status machine of every case, as two tables: what may be done, and what follows.

use serde::{Deserialize, Serialize};

use super::{Refusal, Role};

/// Declares an enum of codes: `ALL`, `code()` and `from_code()`, the same words in serde and in the database.
macro_rules! codes {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant),* }

        impl $name {
            /// Every variant, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word that the database, the address and the wire use.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
            /// The variant of a code, or `None` for any other word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::review::UnknownCode;
            fn try_from(code: String) -> Result<Self, Self::Error> {
                Self::from_code(&code).ok_or($crate::review::UnknownCode(code))
            }
        }
    };
}
pub(crate) use codes;

/// A word that no variant has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown code {0:?}")]
pub struct UnknownCode(pub String);

codes! {
    /// What a case is about. A further kind is a further variant here and a row in each `match` that then fails to compile.
    pub enum CaseKind {
        /// 信息采集.
        Intake = "intake",
    }
}

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
        /// 撤销申请.
        Withdraw = "withdraw",
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
    }
}

/// What a province allows beyond the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// 此页面可撤销申请 (湖南手册 二（二）); the other three manuals know no withdrawal.
    pub may_withdraw: bool,
}

/// What a role may do with a case in a status, before the province's [`Rules`].
pub const fn actions(status: Status, role: Role) -> &'static [Action] {
    use Action::{Approve, Forward, Hold, Judge, Look, Note, Resubmit, Return, Reveal, Save, Submit, Withdraw};
    match (status, role) {
        (Status::Draft, Role::Owner) => &[Look, Save, Submit],
        (Status::Submitted, Role::Owner) => &[Look, Withdraw],
        (Status::Returned, Role::Owner) => &[Look, Save, Resubmit],
        (Status::Approved, Role::Owner) => &[Look],
        (Status::Submitted, Role::Reviewer) => &[Look, Hold, Judge, Approve, Return, Forward, Reveal, Note],
        // The bureau may still have to call the person about the return.
        (Status::Returned, Role::Reviewer) => &[Look, Reveal],
        (Status::Approved, Role::Reviewer) => &[Look, Reveal, Note],
        (Status::Submitted | Status::Returned | Status::Approved, Role::Overseer) => &[Look],
        (Status::Draft, Role::Reviewer | Role::Overseer) => &[],
        (Status::Draft | Status::Submitted | Status::Returned | Status::Approved, Role::Stranger) => &[],
    }
}

/// The status after an action, or `None` where the action is not possible for anybody.
pub const fn after(status: Status, action: Action) -> Option<Status> {
    use Action::{Approve, Forward, Hold, Judge, Look, Note, Resubmit, Return, Reveal, Save, Submit, Withdraw};
    match (status, action) {
        (Status::Draft | Status::Submitted | Status::Returned | Status::Approved, Look) => Some(status),
        (Status::Draft | Status::Returned, Save) => Some(status),
        (Status::Draft, Submit) | (Status::Returned, Resubmit) => Some(Status::Submitted),
        (Status::Submitted, Withdraw) => Some(Status::Draft),
        (Status::Submitted, Approve) => Some(Status::Approved),
        (Status::Submitted, Return) => Some(Status::Returned),
        (Status::Submitted, Hold | Judge | Forward) => Some(status),
        (Status::Submitted | Status::Returned | Status::Approved, Reveal) => Some(status),
        (Status::Submitted | Status::Approved, Note) => Some(status),
        (Status::Submitted | Status::Approved, Save) => None,
        (Status::Submitted | Status::Returned | Status::Approved, Submit) => None,
        (Status::Draft | Status::Submitted | Status::Approved, Resubmit) => None,
        (Status::Draft | Status::Returned | Status::Approved, Withdraw | Approve | Return | Hold | Judge | Forward) => None,
        (Status::Draft, Reveal) | (Status::Draft | Status::Returned, Note) => None,
    }
}

/// The actions to offer on a page: the table, less what the province does not permit.
pub fn offered(status: Status, role: Role, rules: &Rules) -> impl Iterator<Item = Action> + use<> {
    let may_withdraw = rules.may_withdraw;
    actions(status, role).iter().copied().filter(move |action| may_withdraw || *action != Action::Withdraw)
}

/// Whether this may be done, asked by every service before it writes.
///
/// # Errors
/// `AlreadySubmitted` and `AlreadyCollected` for an owner who is late or early, `NotAllowedIn` when the role could do it in
/// another status, and `NotYours` for everything that is none of the role's business.
pub fn permitted(status: Status, role: Role, action: Action, rules: &Rules) -> Result<(), Refusal> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const HUNAN: Rules = Rules { may_withdraw: true };
    const ELSEWHERE: Rules = Rules { may_withdraw: false };

    fn table() -> String {
        let mut text = String::from(
            "# The case machine\n\nEvery status × action × role, printed by the test of `domain::review` and compared with it.\n\
             `then` is the status that follows; `withdraw` is offered only where the province permits it.\n\n\
             | status | action | then | owner | reviewer | overseer | stranger |\n|---|---|---|---|---|---|---|\n",
        );
        for status in Status::ALL {
            for action in Action::ALL {
                let then = after(*status, *action).map_or("—", Status::code);
                let marks: String =
                    Role::ALL.iter().map(|role| if actions(*status, *role).contains(action) { " yes |" } else { " |" }).collect();
                text.push_str(&format!("| {} | {} | {then} |{marks}\n", status.code(), action.code()));
            }
        }
        text
    }

    #[test]
    fn the_table_that_people_read_is_the_table_that_the_code_obeys() {
        let table = table();
        assert!(table == include_str!("../../../docs/case-machine.md"), "docs/case-machine.md should read:\n{table}");
    }

    #[test]
    fn an_action_is_possible_exactly_when_some_role_may_do_it() {
        for status in Status::ALL {
            for action in Action::ALL {
                let is_somebodys = Role::ALL.iter().any(|role| actions(*status, *role).contains(action));
                assert_eq!(after(*status, *action).is_some(), is_somebodys, "{status:?} {action:?}");
            }
        }
    }

    #[test]
    fn random_actions_never_leave_the_graph() {
        let mut seed = 20_190_101_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..500 {
            let (mut status, mut was_submitted) = (Status::Draft, false);
            for _ in 0..40 {
                let (role, action) = (Role::ALL[next(Role::ALL.len())], Action::ALL[next(Action::ALL.len())]);
                let Ok(()) = permitted(status, role, action, &HUNAN) else { continue };
                let then = after(status, action).expect("what is permitted leads somewhere");
                was_submitted |= then == Status::Submitted;
                assert!(was_submitted || then == Status::Draft, "nothing is decided that was never submitted");
                assert!(status != Status::Approved || then == Status::Approved, "an approval is final");
                let is_decision = then != status && matches!(then, Status::Approved | Status::Returned);
                assert!(!is_decision || role == Role::Reviewer, "only the bureau of the case decides");
                status = then;
                seen.insert(status);
            }
        }
        assert_eq!(seen.len(), Status::ALL.len());
    }

    #[test]
    fn a_stranger_may_nothing_and_an_overseer_only_looks() {
        for status in Status::ALL {
            for action in Action::ALL {
                assert_eq!(permitted(*status, Role::Stranger, *action, &HUNAN), Err(Refusal::NotYours));
                let expected = if *action == Action::Look && *status != Status::Draft { Ok(()) } else { Err(Refusal::NotYours) };
                assert_eq!(permitted(*status, Role::Overseer, *action, &HUNAN), expected, "{status:?} {action:?}");
            }
        }
    }

    #[test]
    fn withdrawing_needs_a_province_that_permits_it() {
        let withdraw = |rules| permitted(Status::Submitted, Role::Owner, Action::Withdraw, rules);
        assert_eq!(withdraw(&HUNAN), Ok(()));
        let refusal = Refusal::NotAllowedIn { status: Status::Submitted, action: Action::Withdraw };
        assert_eq!(withdraw(&ELSEWHERE), Err(refusal));
        assert!(!offered(Status::Submitted, Role::Owner, &ELSEWHERE).any(|action| action == Action::Withdraw));
    }

    #[test]
    fn a_refusal_tells_the_owner_and_the_reviewer_what_is_the_matter() {
        let owner = |status, action| permitted(status, Role::Owner, action, &HUNAN);
        assert_eq!(owner(Status::Submitted, Action::Submit), Err(Refusal::AlreadySubmitted));
        assert_eq!(owner(Status::Approved, Action::Save), Err(Refusal::AlreadyCollected));
        assert_eq!(owner(Status::Submitted, Action::Approve), Err(Refusal::NotYours));
        let late = Refusal::NotAllowedIn { status: Status::Approved, action: Action::Return };
        assert_eq!(permitted(Status::Approved, Role::Reviewer, Action::Return, &HUNAN), Err(late));
        assert_eq!(permitted(Status::Draft, Role::Reviewer, Action::Approve, &HUNAN), Err(Refusal::NotYours));
    }

    #[test]
    fn codes_are_read_back_and_equal_those_of_serde() {
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(*status));
            assert_eq!(serde_json::to_string(status).unwrap(), format!("\"{}\"", status.code()));
        }
        for action in Action::ALL {
            assert_eq!(serde_json::to_string(action).unwrap(), format!("\"{}\"", action.code()));
        }
        assert_eq!(CaseKind::from_code("intake"), Some(CaseKind::Intake));
        assert_eq!(CaseKind::from_code("Intake"), None);
    }
}
