//! The only place that knows every kind of case.

use domain::case::CaseKind;

use crate::case::{Kind, Kinds};
use crate::{annulment, change, closing, counter, employer, intake, integrity, learning, phone_change, relocation, transfer};

impl Kinds {
    /// Every kind that there is.
    #[must_use]
    pub fn all() -> Self {
        Self(of)
    }
}

fn of(kind: CaseKind) -> &'static dyn Kind {
    match kind {
        CaseKind::Intake => &intake::Intake,
        CaseKind::PhoneChange => &phone_change::PhoneChange,
        CaseKind::Appeal => &phone_change::Appeal,
        CaseKind::Counter => &counter::Counter,
        CaseKind::Conversion => &learning::Conversion,
        CaseKind::Employer => &employer::EmployerClaim,
        CaseKind::Class => &learning::Class,
        CaseKind::ClassResults => &learning::ClassResults,
        CaseKind::Reward => &integrity::Reward,
        CaseKind::Penalty => &integrity::Penalty,
        CaseKind::Objection => &integrity::Objection,
        CaseKind::Change => &change::Change,
        CaseKind::Closing => &closing::RecordClosing,
        CaseKind::Annulment => &annulment::RecordAnnulment,
        CaseKind::ClosingRequest => &closing::ClosingRequest,
        CaseKind::Relocation => &relocation::Relocation,
        CaseKind::Transfer => &transfer::Transfer,
        #[cfg(feature = "demo-kind")]
        CaseKind::Demo => &crate::demo_kind::Demo,
    }
}
