//! Why credits are not converted, as it is told to a person.

use serde::Serialize;

use crate::case::Status;
use crate::fault::FieldErrors;
use crate::id::CaseId;
use crate::learning::{Credits, Decided, Shut, Unreckoned};

crate::by_name! {
    /// Why something cannot be converted, beside faults of the answers. Each is told before it is handed in, with the way out.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub enum NotConverted {
        /// 信息采集 has to be approved first (手册甲 三, 手册乙 1.3（4）).
        NotCollected,
        /// 未在办理时间内.
        Shut(Shut),
        /// The same was asked for before, and that is open or approved.
        Same {
            /// The other case.
            case: CaseId,
            /// Its 受理编号; may be empty.
            number: String,
            /// Where it stands.
            status: Status,
        },
        /// The kind did not exist then, or does not any more.
        NotThen(Decided),
        /// 当年度有效，不得结转: it belongs to another learning year than the chosen one.
        OtherYear {
            /// The chosen one.
            chosen: i32,
            /// The one that it belongs to; `None` for a year before the first known standard.
            of: Option<i32>,
            /// Which date decided it.
            decided: Decided,
        },
        /// Nothing of the kind can be booked for the year any more.
        CapReached {
            /// 本年度此类折算最多.
            cap: Credits,
            /// What is booked.
            booked: Credits,
        },
        /// What was given back stays a claim for the year that it was handed in for.
        YearStays {
            /// The year of the last submission.
            year: i32,
        },
        /// So many drafts are enough.
        TooManyDrafts {
            /// The most that somebody may have.
            most: u32,
        },
    }
}

impl Unreckoned {
    /// Faults of the answers, or why there is nothing to convert; `Err(None)` for a kind that the province does not have.
    ///
    /// # Errors
    /// Why there is nothing to convert.
    pub fn faults(self) -> Result<FieldErrors, Option<NotConverted>> {
        Err(Some(match self {
            Self::Faults(errors) => return Ok(errors),
            Self::NoSuchKind => return Err(None),
            Self::NotThen { decided, .. } => NotConverted::NotThen(decided),
            Self::OtherYear { chosen, of, decided } => NotConverted::OtherYear { chosen, of, decided },
            Self::CapReached { cap, booked } => NotConverted::CapReached { cap, booked },
        }))
    }
}
