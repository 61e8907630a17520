//! The forms of 手机号更换 (手册乙 9).

use chrono::NaiveDate;

use crate::account::forms::{sms_code, take};
use crate::fault::{Fault, FieldErrors};
use crate::identity::name::person_name;
use crate::identity::{DocumentKind, DocumentNumber};
use crate::province::AccountRules;
use crate::text::{length, tidy};

crate::form! {
    /// 手机号更换申请 (手册乙 9), once a code went to the new number.
    pub struct PhoneChangeForm {
        /// 姓名, as on the identity document.
        name,
        /// 证件类型, as a code.
        document_kind,
        /// 证件号码, as typed.
        document_number,
        /// 短信验证码, as typed.
        sms_code,
        /// What else the bureau should know; may be empty.
        note,
    }
}

crate::form! {
    /// 提出异议, by the link of a message to the old number.
    pub struct ObjectionForm {
        /// From the link of the message.
        token,
    }
}

/// An application for another mobile number without a fault. `Debug` shows no secret and no person.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneChange {
    /// 姓名, as typed.
    pub name: String,
    /// 证件类型 and 证件号码; the number is normalised.
    pub document: DocumentNumber,
    /// 短信验证码 that went to the new number.
    pub sms_code: String,
    /// May be empty.
    pub note: String,
}

crate::shown!(PhoneChange { document });

/// The longest 说明.
const LONGEST_NOTE: u32 = 200;

impl PhoneChangeForm {
    /// Checks everything at once, by what the province says of documents and codes; `today` bounds the birth date.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, rules: &AccountRules, today: NaiveDate) -> Result<PhoneChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = take(&mut errors, "name", person_name(&self.name));
        let kind = DocumentKind::from_code(&tidy(&self.document_kind)).filter(|kind| rules.takes(*kind));
        let kind = take(&mut errors, "document_kind", kind.ok_or(Fault::NotInList));
        let document = match kind {
            Some(kind) => take(&mut errors, "document_number", DocumentNumber::check(kind, &self.document_number, today)),
            None => None,
        };
        let sms_code = take(&mut errors, "sms_code", sms_code(&self.sms_code, rules.sms.code_digits));
        let note = tidy(&self.note);
        if length(&note) > LONGEST_NOTE {
            errors.push("note", Fault::TooLong(LONGEST_NOTE));
        }
        match (name, document, sms_code) {
            (Some(name), Some(document), Some(sms_code)) => errors.or(PhoneChange { name, document, sms_code, note }),
            _ => Err(errors),
        }
    }
}
