//! What the staff type of a person whom they enter something about, and what such forms check alike.

use chrono::{Datelike, NaiveDate};

use crate::date::parse_date;
use crate::fault::{Fault, FieldErrors};
use crate::identity::{DocumentKind, DocumentNumber};
use crate::text::{length, tidy};

/// Whom something is entered about, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Their document.
    pub document: DocumentNumber,
    /// Their name.
    pub name: String,
}

impl Named {
    /// Reads `document_kind`, `document_number` and `name`; `None` with the faults noted at these fields.
    #[must_use]
    pub fn check(
        (kind, number, name): (&str, &str, &str),
        kinds: &[DocumentKind],
        today: NaiveDate,
        errors: &mut FieldErrors,
    ) -> Option<Self> {
        let kind = DocumentKind::from_code(kind.trim()).filter(|kind| kinds.contains(kind));
        let document = match kind {
            None => errors.note("document_kind", Fault::NotInList),
            Some(kind) => match DocumentNumber::check(kind, number, today) {
                Ok(document) => Some(document),
                Err(fault) => errors.note("document_number", fault),
            },
        };
        let name = text("name", tidy(name), (2, 60), errors);
        document.map(|document| Self { document, name })
    }
}

/// A text of so many characters at least and at most.
pub(crate) fn text(field: &str, text: String, (min, max): (u32, u32), errors: &mut FieldErrors) -> String {
    match length(&text) {
        0 => errors.push(field, Fault::Missing),
        length if length < min => errors.push(field, Fault::TooShort(min)),
        length if length > max => errors.push(field, Fault::TooLong(max)),
        _ => {}
    }
    text
}

/// Nobody whom a bureau knows was there before.
const FIRST_YEAR: i32 = 1900;

/// A day that is not after today, and of a year that somebody alive has seen.
pub(crate) fn past(field: &str, typed: &str, today: NaiveDate, errors: &mut FieldErrors) -> Option<NaiveDate> {
    match parse_date(typed) {
        Some(day) if day > today => errors.note(field, Fault::InTheFuture),
        Some(day) if day.year() < FIRST_YEAR => errors.note(field, Fault::TooEarly),
        None => errors.note(field, if typed.trim().is_empty() { Fault::Missing } else { Fault::NotADate }),
        found => found,
    }
}
