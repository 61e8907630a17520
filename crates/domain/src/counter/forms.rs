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

crate::form! {
    /// 代为填写: staff type for the person who stands before them.
    pub struct FillInForm {
        /// The token of the search that found the account.
        search,
        /// Why; the person reads it.
        reason,
        /// `yes` when the document was seen.
        seen,
    }
}

crate::form! {
    /// 登记账号 for somebody who has none. The document is that of the search.
    pub struct EnrolForm {
        /// The token of the search that found nobody.
        search,
        /// 姓名, as in the document.
        name,
        /// 手机号码; may be empty.
        mobile,
        /// Why; the person reads it.
        reason,
        /// `yes` when the document was seen.
        seen,
    }
}

/// Who gets an account, without a fault. `Debug` shows no person.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// 姓名.
    pub name: String,
    /// 手机号码, where the person has one.
    pub mobile: Option<Mobile>,
    /// Why they do not register themselves.
    pub reason: String,
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

/// The reason, and that the document was seen, as every act at the counter asks for them.
fn reason_and_seen(errors: &mut FieldErrors, reason: &str, seen: &str) -> Option<String> {
    let reason = take(errors, "reason", check_reason(reason));
    if seen != "yes" {
        errors.push("seen", Fault::NotAgreed);
    }
    reason
}

impl FillInForm {
    /// The reason, without a fault.
    ///
    /// # Errors
    /// At `reason` and `seen`.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        match reason_and_seen(&mut errors, &self.reason, &self.seen) {
            Some(reason) => errors.or(reason),
            None => Err(errors),
        }
    }
}

impl EnrolForm {
    /// Who gets an account, without a fault.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self) -> Result<Enrolled, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = take(&mut errors, "name", person_name(&self.name));
        let is_given = !tidy(&self.mobile).is_empty();
        let mobile = if is_given { take(&mut errors, "mobile", Mobile::check(&self.mobile)) } else { None };
        let reason = reason_and_seen(&mut errors, &self.reason, &self.seen);
        match (name, reason) {
            (Some(name), Some(reason)) => errors.or(Enrolled { name, mobile, reason }),
            _ => Err(errors),
        }
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
        let reason = reason_and_seen(&mut errors, &self.reason, &self.seen);
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
    fn an_account_needs_a_name_and_takes_a_right_telephone_or_none() {
        let form = |name: &str, mobile: &str| EnrolForm {
            name: name.into(),
            mobile: mobile.into(),
            reason: "本人持身份证到窗口办理".into(),
            seen: "yes".into(),
            ..EnrolForm::default()
        };
        let faults = |form: &EnrolForm| -> Vec<String> {
            form.check().err().map(|errors| errors.0.into_iter().map(|error| error.field).collect()).unwrap_or_default()
        };
        assert!(form("王建国", " ").check().is_ok_and(|who| who.mobile.is_none() && who.name == "王建国"));
        assert!(form("王建国", "13900001234").check().is_ok_and(|who| who.mobile.is_some()));
        assert_eq!(faults(&form("", "139")), ["name", "mobile"]);
        let bare = EnrolForm { reason: String::new(), seen: String::new(), ..form("王建国", "") };
        assert_eq!(faults(&bare), ["reason", "seen"]);
        let bare = FillInForm::default().check().unwrap_err();
        assert_eq!(bare.0.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["reason", "seen"]);
    }

    #[test]
    fn a_correction_needs_its_reason_and_the_look_at_the_document() {
        let bare = CorrectForm { reason: " ".into(), seen: String::new(), ..form("release") };
        assert_eq!(faults(&bare), ["reason", "seen"]);
    }
}
