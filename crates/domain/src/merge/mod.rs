//! 重复账号: two accounts of one human. One leads to the other, as two persons of the province agree; for thirty days it can be undone.

#[cfg(test)]
mod tests;
pub mod view;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::identity::{DocumentKind, DocumentNumber};

/// Days for which a merging can be undone.
pub const UNDO_DAYS: i64 = 30;

codes! {
    /// Why two accounts look as if they were of one human.
    pub enum Likeness {
        /// The same name, born on the same day.
        SameBirth = "same_birth",
        /// The same number of a certificate in their applications.
        SameCertificate = "same_certificate",
    }
}

impl Likeness {
    /// What people call it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::SameBirth => "姓名和出生日期相同",
            Self::SameCertificate => "填写了同一证书编号",
        }
    }

    /// Those of codes that are joined by commas.
    #[must_use]
    pub fn list(codes: &str) -> Vec<Self> {
        codes.split(',').filter_map(Self::from_code).collect()
    }

    /// The codes, joined by commas.
    #[must_use]
    pub fn codes(of: &[Self]) -> String {
        of.iter().map(|why| why.code()).collect::<Vec<_>>().join(",")
    }
}

/// The birth date that the number of a document tells, of whatever kind it is.
#[must_use]
pub fn birth(kind: DocumentKind, number: &str, today: NaiveDate) -> Option<NaiveDate> {
    let document = DocumentNumber::check(kind, number, today).ok()?;
    document.born_on().or_else(|| document.implied_birth())
}

/// The last moment at which a merging of then can be undone.
#[must_use]
pub fn undo_until(agreed_at: DateTime<Utc>) -> DateTime<Utc> {
    agreed_at + TimeDelta::days(UNDO_DAYS)
}

crate::form! {
    /// What somebody of the province does about two accounts.
    pub struct MergeForm {
        /// `ask`, `dismiss`, `agree`, `refuse` or `undo`.
        what,
        /// Id of what the machine found, or of the merging.
        id,
        /// The account that stays: `one` or `other`.
        keep,
        /// Why, where it is asked for.
        reason,
    }
}
