//! 证照库: what keeps a paper from being deleted, and whether it is still valid.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::Status;

/// How a case, or the record, has to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// Where the case of the file stands.
    pub status: Status,
    /// Whether it lies in its slot.
    pub is_current: bool,
    /// Whether it was handed in with some round of the case.
    pub is_handed_in: bool,
    /// Whether a version of the record names it.
    pub is_recorded: bool,
}

/// Whether a file has to stay: an open or approved case has it, or a version of the record.
#[must_use]
pub const fn holds(of: Holds) -> bool {
    of.is_recorded
        || match of.status {
            Status::Draft | Status::Submitted | Status::Returned | Status::Approved => of.is_current || of.is_handed_in,
            Status::Closed => false,
        }
}

/// So many days before its end a paper is said to end soon.
pub const WARN_DAYS: i64 = 90;

/// Whether a paper is valid on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Validity {
    /// For longer than [`WARN_DAYS`].
    Valid,
    /// For this many days more, today among them.
    EndsSoon {
        /// At least 1.
        days: i64,
    },
    /// No longer.
    Over,
}

/// Whether a paper whose last day is `until` is valid on `today`.
#[must_use]
pub fn validity(until: NaiveDate, today: NaiveDate) -> Validity {
    match (until - today).num_days() {
        ..0 => Validity::Over,
        days if days < WARN_DAYS => Validity::EndsSoon { days: days + 1 },
        _ => Validity::Valid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stays_while_an_open_or_approved_case_or_the_record_has_it() {
        let of = |status, is_current, is_handed_in, is_recorded| holds(Holds { status, is_current, is_handed_in, is_recorded });
        for status in [Status::Draft, Status::Submitted, Status::Returned, Status::Approved] {
            assert!(
                of(status, true, false, false) && of(status, false, true, false) && of(status, true, true, false),
                "{status:?}"
            );
            // Replaced before anybody handed it in.
            assert!(!of(status, false, false, false), "{status:?}");
        }
        assert!(!of(Status::Closed, true, true, false));
        assert!(of(Status::Closed, false, false, true), "a version of the record outlives its case");
    }

    #[test]
    fn a_paper_is_valid_through_its_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (until, expected) in [
            ("2026-11-17", Validity::Over),
            ("2026-11-18", Validity::EndsSoon { days: 1 }),
            ("2027-02-15", Validity::EndsSoon { days: 90 }),
            ("2027-02-16", Validity::Valid),
        ] {
            assert_eq!(validity(day(until), day("2026-11-18")), expected, "{until}");
        }
    }
}
