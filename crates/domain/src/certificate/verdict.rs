//! Whether a certificate stands, from what the signature says and what the register says. Each has its own plain answer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Why a code proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// No signed statement at all.
    NotOurs,
    /// Signed, but with a key that is not known here.
    ForeignKey,
    /// Names a key of ours and was not signed with it as it stands: something in it was changed.
    Altered,
}

/// What the register says of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It stands.
    Stands,
    /// The year is not complete any more.
    Revoked {
        /// Since when, in China.
        on: NaiveDate,
    },
    /// Another one says what holds now.
    Replaced {
        /// Since when, in China.
        on: NaiveDate,
        /// Whether the year is complete all the same.
        is_complete: bool,
    },
    /// There is none with this number, or it says something else.
    Unknown,
    /// The register does not answer.
    Unreachable,
}

/// What is said to whoever asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Signed by the province, and it stands.
    Valid,
    /// Signed by the province; whether it still stands could not be looked up.
    SignatureOnly,
    /// It was taken back.
    Revoked {
        /// Since when.
        on: NaiveDate,
    },
    /// A newer one took its place.
    Replaced {
        /// Since when.
        on: NaiveDate,
        /// Whether the year is complete all the same.
        is_complete: bool,
    },
    /// Signed, but the register knows no such certificate.
    Unregistered,
    /// No such number.
    NoSuchNumber,
    /// A number alone is looked up in the register, which does not answer.
    CannotLookUp,
    /// It was changed.
    Altered,
    /// Signed by somebody who is not known here.
    ForeignKey,
    /// Of another province that is served here.
    OtherProvince {
        /// The key of the province.
        key: String,
    },
    /// No certificate of this house.
    NotOurs,
}

impl Verdict {
    /// Of a code.
    #[must_use]
    pub fn of_code(signature: Result<(), Doubt>, register: Standing) -> Self {
        match (signature, register) {
            (Err(Doubt::NotOurs), _) => Self::NotOurs,
            (Err(Doubt::ForeignKey), _) => Self::ForeignKey,
            (Err(Doubt::Altered), _) => Self::Altered,
            (Ok(()), Standing::Stands) => Self::Valid,
            (Ok(()), Standing::Revoked { on }) => Self::Revoked { on },
            (Ok(()), Standing::Replaced { on, is_complete }) => Self::Replaced { on, is_complete },
            (Ok(()), Standing::Unknown) => Self::Unregistered,
            (Ok(()), Standing::Unreachable) => Self::SignatureOnly,
        }
    }

    /// Of a number, which proves nothing by itself.
    #[must_use]
    pub fn of_number(register: Standing) -> Self {
        match register {
            Standing::Stands => Self::Valid,
            Standing::Revoked { on } => Self::Revoked { on },
            Standing::Replaced { on, is_complete } => Self::Replaced { on, is_complete },
            Standing::Unknown => Self::NoSuchNumber,
            Standing::Unreachable => Self::CannotLookUp,
        }
    }

    /// Whether what it says may be shown as what the province certified.
    #[must_use]
    pub fn is_certified(&self) -> bool {
        matches!(self, Self::Valid | Self::SignatureOnly | Self::Revoked { .. } | Self::Replaced { .. })
    }

    /// Whether somebody may rely on it now.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Valid | Self::SignatureOnly)
    }
}
