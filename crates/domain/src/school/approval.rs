use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::id::StaffId;

codes! {
    /// What one administrator asks for a school and another has to agree to: with it one alone could act as the school, or be told
    /// who goes there.
    pub enum ApprovalKind {
        /// 接口口令: whoever has it books credits.
        Token = "token",
        /// 登录地址: whoever it belongs to gets the tickets, with names.
        Entry = "entry",
        /// 调用地址: the networks from which a token is good.
        Ranges = "ranges",
    }
}

codes! {
    /// What is done about it.
    pub enum Verdict {
        /// 同意: it happens.
        Agree = "agree",
        /// 不同意, or 撤回 of what one asked for oneself.
        Refuse = "refuse",
    }
}

codes! {
    /// What became of it.
    pub enum ApprovalEnd {
        /// Somebody else agreed, and it happened.
        Agreed = "agreed",
        /// Somebody else refused it, or whoever asked took it back.
        Refused = "refused",
        /// The same was asked for anew.
        Replaced = "replaced",
    }
}

/// What can be done about it by somebody who asked for it, or did not. `can_asker` is whether the one who asked is still an
/// administrator who may sign in: what was asked by an account that was shut is agreed to by nobody.
#[must_use]
pub fn verdicts(asked_by: &StaffId, me: &StaffId, can_asker: bool) -> &'static [Verdict] {
    match asked_by != me && can_asker {
        true => &[Verdict::Agree, Verdict::Refuse],
        false => &[Verdict::Refuse],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_agrees_to_what_they_asked_for_and_nobody_to_what_a_shut_account_asked_for() {
        let (me, other) = (StaffId::from("me"), StaffId::from("other"));
        assert_eq!(verdicts(&other, &me, true), [Verdict::Agree, Verdict::Refuse]);
        assert_eq!(verdicts(&me, &me, true), [Verdict::Refuse]);
        assert_eq!(verdicts(&other, &me, false), [Verdict::Refuse]);
    }
}
