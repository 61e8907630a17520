//! The accounts of the staff: how they are made, and what an administrator may do to them.

pub mod forms;
pub mod view;

use serde::{Deserialize, Serialize};

use crate::account::password::{Counted, PasswordPolicy};
use crate::case::{Refusal, StaffRole, codes};
use crate::fault::Fault;
use crate::id::StaffId;
use crate::text::tidy_code;

use view::PersonState;

codes! {
    /// What an administrator does to an account.
    pub enum Act {
        /// 停用: its sessions end at once, and nobody can sign in with it.
        Disable = "disable",
        /// 启用.
        Enable = "enable",
        /// 申请重置: once a second person agrees, password and second factor are void, its sessions end, and it is activated
        /// anew by a token.
        Reset = "reset",
        /// 同意: what another administrator asked for happens.
        Agree = "agree",
        /// 不同意, or 撤回 of what one asked for oneself: a new account is gone, a reset does not happen.
        Refuse = "refuse",
    }
}

codes! {
    /// Who has to agree besides the administrator who asks for a new or reset account: one alone could become anybody.
    pub enum Second {
        /// 管理员 of the province, another than the one who asked.
        Administrator = "administrator",
        /// Whoever runs the server, while fewer than two administrators can sign in.
        Operator = "operator",
    }
}

/// Who has to agree. `able` counts the administrators of the province besides the account that can sign in. Also the second
/// administrator needs somebody: whoever had both accounts would be asker and second person of everything that comes after.
pub fn second(able: i64) -> Second {
    match able {
        2.. => Second::Administrator,
        _ => Second::Operator,
    }
}

/// What can be done to an account by somebody who asked for what waits, or did not.
pub fn acts(state: PersonState, is_asker: bool) -> &'static [Act] {
    match state {
        PersonState::Active | PersonState::Waiting { .. } => &[Act::Reset, Act::Disable],
        PersonState::Asked { is_over: false, .. } if is_asker => &[Act::Refuse, Act::Disable],
        PersonState::Asked { is_over: false, .. } => &[Act::Agree, Act::Refuse, Act::Disable],
        PersonState::Asked { .. } => &[Act::Refuse, Act::Reset],
        PersonState::Disabled => &[Act::Enable],
    }
}

/// Whether an administrator may do it. `others` counts the administrators besides the account that can sign in.
///
/// # Errors
/// `LastAdministrator` when nobody could keep the accounts afterwards, `OwnAccount` for the own account.
pub fn may_act(me: &StaffId, person: &StaffId, role: StaffRole, act: Act, others: i64) -> Result<(), Refusal> {
    match act {
        Act::Enable | Act::Refuse => Ok(()),
        Act::Disable | Act::Reset if role == StaffRole::Administrator && others < 1 => Err(Refusal::LastAdministrator),
        Act::Disable | Act::Reset | Act::Agree if me == person => Err(Refusal::OwnAccount),
        Act::Disable | Act::Reset | Act::Agree => Ok(()),
    }
}

/// A name to log in with as it is stored and looked up: half width, small letters.
pub fn normalise(login: &str) -> String {
    tidy_code(login).to_lowercase()
}

/// A name to log in with: 3 to 32 letters, digits, `.`, `_` and `-`.
///
/// # Errors
/// `Missing`, `TooShort`, `TooLong`, `Character`.
pub fn login_name(typed: &str) -> Result<String, Fault> {
    let login = normalise(typed);
    let refused = login.chars().find(|c| !c.is_ascii_alphanumeric() && !"._-".contains(*c));
    match login.chars().count() {
        0 => Err(Fault::Missing),
        1 | 2 => Err(Fault::TooShort(3)),
        33.. => Err(Fault::TooLong(32)),
        _ => refused.map_or(Ok(login), |refused| Err(Fault::Character(refused))),
    }
}

/// The rule for passwords of the staff. 等保 and NIST agree on length; kinds are not asked for where twelve characters are.
pub fn password_policy() -> PasswordPolicy {
    PasswordPolicy { min: 12, max: 128, kinds: 1, counted: Counted::default(), specials: String::new() }
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
            assert_eq!(may_act(&"me".into(), &person.into(), role, act, others), expected, "{person} {role:?} {act:?} {others}");
        }
        assert_eq!(acts(PersonState::Active, false), [Reset, Disable]);
        assert_eq!(acts(PersonState::Disabled, false), [Enable]);
    }

    #[test]
    fn nobody_agrees_to_what_they_asked_for_and_also_the_second_administrator_needs_somebody() {
        let asked = PersonState::Asked { is_new: true, until: chrono::DateTime::UNIX_EPOCH, is_over: false };
        assert!(acts(asked, false).contains(&Act::Agree) && !acts(asked, true).contains(&Act::Agree));
        assert_eq!(may_act(&"me".into(), &"me".into(), StaffRole::Reviewer, Act::Agree, 2), Err(Refusal::OwnAccount));
        assert_eq!([0, 1, 2, 3].map(second), [Second::Operator, Second::Operator, Second::Administrator, Second::Administrator]);
    }

    #[test]
    fn a_name_to_log_in_with_is_short_and_plain() {
        assert_eq!(login_name(" Ｌi.Na-1 "), Ok("li.na-1".to_owned()));
        for (typed, fault) in [
            (" ", Fault::Missing),
            ("ab", Fault::TooShort(3)),
            ("李审核", Fault::Character('李')),
            ("a/b", Fault::Character('/')),
        ] {
            assert_eq!(login_name(typed), Err(fault), "{typed}");
        }
        assert_eq!(login_name(&"a".repeat(33)), Err(Fault::TooLong(32)));
    }
}
