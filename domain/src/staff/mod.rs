//! The accounts of the staff: how they are made, and what an administrator may do to them.

pub mod forms;
pub mod view;

use serde::{Deserialize, Serialize};

use crate::account::password::PasswordPolicy;
use crate::fault::Fault;
use crate::review::{Refusal, StaffRole, codes};
use crate::text::tidy_code;

codes! {
    /// What an administrator does to an account.
    pub enum Act {
        /// 停用: its sessions end at once, and nobody can sign in with it.
        Disable = "disable",
        /// 启用.
        Enable = "enable",
        /// 重置: password and second factor are void, its sessions end, and it is activated anew by a token.
        Reset = "reset",
    }
}

/// What can be done to an account.
pub fn acts(is_active: bool) -> &'static [Act] {
    if is_active { &[Act::Disable, Act::Reset] } else { &[Act::Enable] }
}

/// Whether an administrator may do it. `others` counts the administrators besides the account that can sign in.
///
/// # Errors
/// `LastAdministrator` when nobody could keep the accounts afterwards, `OwnAccount` for the own account.
pub fn may_act(me: &str, person: &str, role: StaffRole, act: Act, others: i64) -> Result<(), Refusal> {
    match act {
        Act::Enable => Ok(()),
        Act::Disable | Act::Reset if role == StaffRole::Administrator && others < 1 => Err(Refusal::LastAdministrator),
        Act::Disable | Act::Reset if me == person => Err(Refusal::OwnAccount),
        Act::Disable | Act::Reset => Ok(()),
    }
}

/// A name to log in with as it is stored and looked up: half width, small letters.
pub fn normalise(login: &str) -> String {
    tidy_code(login).to_lowercase()
}

/// A name to log in with: 3 to 32 letters, digits, `.`, `_` and `-`.
///
/// # Errors
/// `Missing`, `TooShort`, `TooLong`, `Characters`.
pub fn login_name(typed: &str) -> Result<String, Fault> {
    let login = normalise(typed);
    match login.chars().count() {
        0 => Err(Fault::Missing),
        1 | 2 => Err(Fault::TooShort { min: 3 }),
        33.. => Err(Fault::TooLong { max: 32 }),
        _ if !login.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) => Err(Fault::Characters),
        _ => Ok(login),
    }
}

/// The rule for passwords of the staff. 等保 and NIST agree on length; kinds are not asked for where twelve characters are.
pub fn password_policy() -> PasswordPolicy {
    PasswordPolicy { min: 12, max: 128, kinds: 1, specials: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_ends_the_own_account_and_the_last_administrator_stays() {
        use Act::{Disable, Enable, Reset};
        use StaffRole::{Administrator, Reviewer};
        for (person, role, act, others, expected) in [
            ("other", Reviewer, Disable, 1, Ok(())),
            ("other", Reviewer, Reset, 1, Ok(())),
            ("other", Reviewer, Enable, 1, Ok(())),
            ("other", Administrator, Disable, 1, Ok(())),
            ("other", Administrator, Reset, 0, Err(Refusal::LastAdministrator)),
            ("other", Administrator, Enable, 0, Ok(())),
            ("me", Administrator, Disable, 1, Err(Refusal::OwnAccount)),
            ("me", Administrator, Reset, 2, Err(Refusal::OwnAccount)),
            ("me", Administrator, Disable, 0, Err(Refusal::LastAdministrator)),
        ] {
            assert_eq!(may_act("me", person, role, act, others), expected, "{person} {role:?} {act:?} {others}");
        }
        assert_eq!(acts(true), [Disable, Reset]);
        assert_eq!(acts(false), [Enable]);
    }

    #[test]
    fn a_name_to_log_in_with_is_short_and_plain() {
        assert_eq!(login_name(" Ｌi.Na-1 "), Ok("li.na-1".to_owned()));
        for (typed, fault) in
            [(" ", Fault::Missing), ("ab", Fault::TooShort { min: 3 }), ("李审核", Fault::Characters), ("a/b", Fault::Characters)]
        {
            assert_eq!(login_name(typed), Err(fault), "{typed}");
        }
        assert_eq!(login_name(&"a".repeat(33)), Err(Fault::TooLong { max: 32 }));
    }
}
