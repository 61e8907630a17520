//! Why a staged decision did not take effect.

use serde::{Deserialize, Serialize};

use crate::case::{Refusal, codes};

codes! {
    /// Why a staged decision did not take effect, as its time came.
    pub enum Lapse {
        /// The account of the reviewer was disabled.
        Inactive = "inactive",
        /// The reviewer, or the case, belongs to another bureau now.
        OutOfScope = "out_of_scope",
        /// The case is no longer as it was seen; the applicant took it back, for one.
        Changed = "changed",
        /// The rules say no to it by now.
        Refused = "refused",
    }
}

impl From<&Refusal> for Lapse {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::SignInAgain | Refusal::SecondFactorNeeded => Self::Inactive,
            Refusal::NotYours => Self::OutOfScope,
            Refusal::NotAllowedIn { .. } | Refusal::Withdrawn | Refusal::HeldByOther { .. } | Refusal::DecidedByOther { .. } => {
                Self::Changed
            }
            _ => Self::Refused,
        }
    }
}
