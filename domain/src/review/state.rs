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
        /// 手机号更换 (手册乙 9): two persons of the bureau decide, and its effect waits for a while.
        PhoneChange = "phone_change",
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
        /// 同意, of the first of two persons; the case stays with the bureau.
        Endorse = "endorse",
        /// 提出异议 of the person whom it concerns; ends the case.
        Object = "object",
        /// What was approved takes effect at its time.
        Apply = "apply",
        /// What was approved can no longer take effect.
        Lapse = "lapse",
    }
}

/// What a province allows beyond the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// 此页面可撤销申请 (手册甲 二（二）); the other three manuals know no withdrawal.
    pub may_withdraw: bool,
    /// Two persons decide the whole, the effect waits, and the person can object meanwhile.
    pub is_double: bool,
}

impl CaseKind {
    /// Whether a person may have only one of the kind open.
    #[must_use]
    pub const fn is_single(self) -> bool {
        match self {
            Self::Intake | Self::PhoneChange => true,
        }
    }
}

impl Rules {
    /// The rules of a kind of case.
    pub const fn of(kind: CaseKind, may_withdraw: bool) -> Self {
        match kind {
            CaseKind::Intake => Self { may_withdraw, is_double: false },
            CaseKind::PhoneChange => Self { may_withdraw: false, is_double: true },
        }
    }

    const fn permit(&self, action: Action) -> bool {
        match action {
            Action::Withdraw => self.may_withdraw,
            Action::Endorse | Action::Object | Action::Apply | Action::Lapse => self.is_double,
            Action::Save | Action::Judge => !self.is_double,
            Action::Look | Action::Submit | Action::Resubmit | Action::Hold | Action::Approve => true,
            Action::Return | Action::Forward | Action::Reveal | Action::Note => true,
        }
    }
}

/// What a role may do with a case in a status, before the province's [`Rules`].
pub const fn actions(status: Status, role: Role) -> &'static [Action] {
    use Action::{
        Apply, Approve, Endorse, Forward, Hold, Judge, Lapse, Look, Note, Object, Resubmit, Return, Reveal, Save, Submit,
        Withdraw,
    };
    match (status, role) {
        (Status::Draft, Role::Owner) => &[Look, Save, Submit],
        (Status::Submitted, Role::Owner) => &[Look, Withdraw, Object],
        (Status::Returned, Role::Owner) => &[Look, Save, Resubmit],
        (Status::Approved, Role::Owner) => &[Look, Object],
        (Status::Closed, Role::Owner) => &[Look],
        (Status::Submitted, Role::Reviewer) => &[Look, Hold, Judge, Endorse, Approve, Return, Forward, Reveal, Note],
        // The bureau may still have to call the person about the return.
        (Status::Returned | Status::Closed, Role::Reviewer) => &[Look, Reveal],
        (Status::Approved, Role::Reviewer) => &[Look, Reveal, Note],
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
        Apply, Approve, Endorse, Forward, Hold, Judge, Lapse, Look, Note, Object, Resubmit, Return, Reveal, Save, Submit,
        Withdraw,
    };
    use Status::{Approved, Closed, Draft, Returned, Submitted};
    match (status, action) {
        (Draft | Submitted | Returned | Approved | Closed, Look) => Some(status),
        (Draft | Returned, Save) => Some(status),
        (Draft, Submit) | (Returned, Resubmit) => Some(Submitted),
        (Submitted, Withdraw) => Some(Draft),
        (Submitted, Approve) => Some(Approved),
        (Submitted, Return) => Some(Returned),
        (Submitted, Hold | Judge | Forward | Endorse) => Some(status),
        (Submitted | Approved, Object) | (Approved, Lapse) => Some(Closed),
        (Approved, Apply) => Some(status),
        (Submitted | Returned | Approved | Closed, Reveal) => Some(status),
        (Submitted | Approved, Note) => Some(status),
        (Submitted | Approved | Closed, Save) => None,
        (Submitted | Returned | Approved | Closed, Submit) => None,
        (Draft | Submitted | Approved | Closed, Resubmit) => None,
        (Draft | Returned | Approved | Closed, Withdraw | Approve | Return | Hold | Judge | Forward | Endorse) => None,
        (Draft | Returned | Closed, Object | Note) => None,
        (Draft | Submitted | Returned | Closed, Apply | Lapse) => None,
        (Draft, Reveal) => None,
    }
}

/// The actions to offer on a page: the table, less what the province or the kind does not permit.
pub fn offered(status: Status, role: Role, rules: &Rules) -> impl Iterator<Item = Action> + use<> {
    let rules = *rules;
    actions(status, role).iter().copied().filter(move |action| rules.permit(*action))
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

    const HUNAN: Rules = Rules::of(CaseKind::Intake, true);
    const ELSEWHERE: Rules = Rules::of(CaseKind::Intake, false);
    const DOUBLE: Rules = Rules::of(CaseKind::PhoneChange, true);

    fn table() -> String {
        let mut text = String::from(
            "# The case machine\n\nEvery status × action × role, printed by the test of `domain::review` and compared with it.\n\
             `then` is the status that follows; `withdraw` is offered only where the province permits it; `endorse`, `object`,\n\
             `apply` and `lapse` belong to kinds that two persons decide and whose effect waits, which have no `save` and no `judge`.\n\n",
        );
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        text.push_str(&format!(
            "| status | action | then | {} |\n|---|---|---|{}\n",
            roles.join(" | "),
            "---|".repeat(roles.len())
        ));
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
        for nth in 0..1000 {
            let rules = if nth % 2 == 0 { HUNAN } else { DOUBLE };
            let (mut status, mut was_submitted) = (Status::Draft, false);
            for _ in 0..40 {
                let (role, action) = (Role::ALL[next(Role::ALL.len())], Action::ALL[next(Action::ALL.len())]);
                let Ok(()) = permitted(status, role, action, &rules) else { continue };
                let then = after(status, action).expect("what is permitted leads somewhere");
                was_submitted |= then == Status::Submitted;
                assert!(was_submitted || then == Status::Draft, "nothing is decided that was never submitted");
                let may_end = rules.is_double && then == Status::Closed;
                assert!(status != Status::Approved || then == status || may_end, "an approval is final");
                assert!(status != Status::Closed || then == status, "what has ended stays so");
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
    fn only_a_kind_that_two_persons_decide_knows_endorsements_objections_and_a_later_effect() {
        for (status, role, action) in [
            (Status::Submitted, Role::Reviewer, Action::Endorse),
            (Status::Submitted, Role::Owner, Action::Object),
            (Status::Approved, Role::Owner, Action::Object),
            (Status::Approved, Role::Timer, Action::Apply),
            (Status::Approved, Role::Timer, Action::Lapse),
        ] {
            assert_eq!(permitted(status, role, action, &DOUBLE), Ok(()), "{status:?} {action:?}");
            assert!(permitted(status, role, action, &HUNAN).is_err(), "{status:?} {action:?}");
        }
        assert!(permitted(Status::Submitted, Role::Reviewer, Action::Judge, &DOUBLE).is_err());
        assert!(permitted(Status::Submitted, Role::Owner, Action::Withdraw, &DOUBLE).is_err());
        assert!(permitted(Status::Closed, Role::Owner, Action::Object, &DOUBLE).is_err());
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
