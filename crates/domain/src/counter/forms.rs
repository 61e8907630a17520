//! The forms of 窗口办理.

use chrono::NaiveDate;

use super::Correction;
use crate::account::forms::take;
use crate::case::check_reason;
use crate::fault::{Fault, FieldErrors};
use crate::identity::name::person_name;
use crate::identity::{DocumentKind, DocumentNumber, Mobile};
use crate::text::tidy;

crate::form! {
    /// Whose account it is about.
    pub struct SeekForm {
        /// 证件类型, as a code.
        document_kind,
        /// 证件号码, as typed.
        document_number,
    }
}

crate::form! {
    /// One thing that is asked for; each needs its own fields, the reason, and that the document was seen.
    pub struct CorrectForm {
        /// The token of the search that found the account.
        search,
        /// What is corrected, as a code.
        what,
        /// 新手机号码.
        mobile,
        /// 姓名, as in the document.
        name,
        /// 证件类型, as a code.
        document_kind,
        /// 证件号码, as typed.
        document_number,
        /// Why; the person and the second reviewer read it.
        reason,
        /// `yes` when the document was seen.
        seen,
    }
}

/// What is asked for, without a fault. `Debug` shows no person.
#[derive(Clone, PartialEq, Eq)]
pub enum Corrected {
    /// The new number.
    Mobile(Mobile),
    /// The right name.
    Name(String),
    /// The right document; its number is normalised.
    Document(DocumentNumber),
    /// The number on file goes.
    Release,
    /// The form is printed.
    Print,
    /// What was filled in is handed in.
    TakeIn,
}

impl Corrected {
    /// What is corrected.
    #[must_use]
    pub const fn what(&self) -> Correction {
        match self {
            Self::Mobile(_) => Correction::Mobile,
            Self::Name(_) => Correction::Name,
            Self::Document(_) => Correction::Document,
            Self::Release => Correction::Release,
            Self::Print => Correction::Print,
            Self::TakeIn => Correction::TakeIn,
        }
    }
}

fn document(
    errors: &mut FieldErrors,
    kind: &str,
    number: &str,
    kinds: &[DocumentKind],
    today: NaiveDate,
) -> Option<DocumentNumber> {
    let kind = DocumentKind::from_code(&tidy(kind)).filter(|kind| kinds.contains(kind));
    let kind = take(errors, "document_kind", kind.ok_or(Fault::NotInList))?;
    take(errors, "document_number", DocumentNumber::check(kind, number, today))
}

impl SeekForm {
    /// The document, without a fault.
    ///
    /// # Errors
    /// At `document_kind` and `document_number`.
    pub fn check(&self, kinds: &[DocumentKind], today: NaiveDate) -> Result<DocumentNumber, FieldErrors> {
        let mut errors = FieldErrors::default();
        let found = document(&mut errors, &self.document_kind, &self.document_number, kinds, today);
        found.ok_or(errors)
    }
}

impl CorrectForm {
    /// The correction and its reason, without a fault. `kinds` are the documents that the province offers, `today` bounds the
    /// birth date in them.
    ///
    /// # Errors
    /// Every fault, in the order of the form; `NotInList` at `what` for no correction.
    pub fn check(&self, kinds: &[DocumentKind], today: NaiveDate) -> Result<(Corrected, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let corrected = match Correction::from_code(&self.what) {
            None => take(&mut errors, "what", Err(Fault::NotInList)),
            Some(Correction::Mobile) => take(&mut errors, "mobile", Mobile::check(&self.mobile)).map(Corrected::Mobile),
            Some(Correction::Name) => take(&mut errors, "name", person_name(&self.name)).map(Corrected::Name),
            Some(Correction::Document) => {
                document(&mut errors, &self.document_kind, &self.document_number, kinds, today).map(Corrected::Document)
            }
            Some(Correction::Release) => Some(Corrected::Release),
            Some(Correction::Print) => Some(Corrected::Print),
            Some(Correction::TakeIn) => Some(Corrected::TakeIn),
        };
        let reason = take(&mut errors, "reason", check_reason(&self.reason));
        if self.seen != "yes" {
            errors.push("seen", Fault::NotAgreed);
        }
        match (corrected, reason) {
            (Some(corrected), Some(reason)) => errors.or((corrected, reason)),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [DocumentKind; 2] = [DocumentKind::ResidentId, DocumentKind::Passport];

    fn faults(form: &CorrectForm) -> Vec<String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        form.check(&KINDS, today).err().map(|errors| errors.0.into_iter().map(|error| error.field).collect()).unwrap_or_default()
    }

    fn form(what: &str) -> CorrectForm {
        CorrectForm {
            what: what.into(), reason: "本人持身份证到窗口办理".into(), seen: "yes".into(), ..CorrectForm::default()
        }
    }

    #[test]
    fn each_correction_asks_for_its_own_fields_and_no_others() {
        assert_eq!(faults(&form("mobile")), ["mobile"]);
        assert_eq!(faults(&form("name")), ["name"]);
        assert_eq!(faults(&form("document")), ["document_kind"]);
        for bare in ["release", "print", "take_in"] {
            assert_eq!(faults(&form(bare)), [""; 0], "{bare}");
        }
        assert_eq!(faults(&form("everything")), ["what"]);
        let kind =
            CorrectForm { document_kind: "resident_id".into(), document_number: "430111199003079987".into(), ..form("document") };
        assert_eq!(faults(&kind), ["document_number"], "its last digit is wrong");
    }

    #[test]
    fn a_correction_needs_its_reason_and_the_look_at_the_document() {
        let bare = CorrectForm { reason: " ".into(), seen: String::new(), ..form("release") };
        assert_eq!(faults(&bare), ["reason", "seen"]);
    }
}
