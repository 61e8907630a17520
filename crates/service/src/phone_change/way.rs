//! The two ways from outside the login, until there is a case.

use domain::account::forms::CodePurpose;
use domain::case::CaseKind;
use domain::phone_change::FILES;
use domain::phone_change::appeal::APPEAL_FILES;

/// One of the two ways from outside the login, and what differs by it before there is a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// 手机号更换, of whoever names the account as it is.
    Number,
    /// 账号申诉, of whoever holds the document.
    Appeal,
}

impl Way {
    pub const fn kind(self) -> CaseKind {
        match self {
            Self::Number => CaseKind::PhoneChange,
            Self::Appeal => CaseKind::Appeal,
        }
    }

    pub const fn purpose(self) -> CodePurpose {
        match self {
            Self::Number => CodePurpose::PhoneChange,
            Self::Appeal => CodePurpose::Appeal,
        }
    }

    pub const fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Number => &FILES,
            Self::Appeal => &APPEAL_FILES,
        }
    }

    pub const fn page(self) -> &'static str {
        match self {
            Self::Number => "/phone-change",
            Self::Appeal => "/appeal",
        }
    }

    pub const fn term(self) -> &'static str {
        match self {
            Self::Number => "手机号更换申请",
            Self::Appeal => "账号申诉",
        }
    }

    /// The actions in the audit trail: taken, and not.
    pub const fn actions(self) -> (&'static str, &'static str) {
        match self {
            Self::Number => ("apply_phone_change", "phone_change_declined"),
            Self::Appeal => ("appeal", "appeal_declined"),
        }
    }
}
