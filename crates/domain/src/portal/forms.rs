//! The forms of whoever keeps the portal. `version` is the one that was seen, `0` for something new.

use crate::account::forms::{DOCUMENT_END, captcha};
use crate::case::is_case_number;
use crate::fault::{Fault, FieldErrors};
use crate::identity::document::normalise;
use crate::text::{half_width, length, tidy, tidy_digits};

crate::form! {
    /// Address, telephone and hours of a bureau.
    pub struct ContactForm {
        /// 财政局代码.
        bureau,
        /// The one that was seen.
        version,
        /// 咨询电话; may be empty.
        phone,
        /// May be empty.
        address,
        /// When the telephone is answered; may be empty.
        hours,
        /// 调入要求: what people need who are transferred to it; may be empty.
        wants,
    }
}

crate::form! {
    /// 查询办理进度 of somebody who does not sign in.
    pub struct LookUpForm {
        /// 受理编号.
        number,
        /// The last four characters of the document number.
        document_end,
        /// The characters of the picture, or the digits that were said.
        captcha,
    }
}

/// What is asked for with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookUp {
    /// 受理编号, as it is kept.
    pub number: String,
    /// The last four characters of the document number, as it is kept.
    pub document_end: String,
    /// As compared.
    pub captcha: String,
}

/// How a bureau is reached; each may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// 咨询电话.
    pub phone: String,
    /// Street and number, as people look for it.
    pub address: String,
    /// When the telephone is answered.
    pub hours: String,
    /// 调入要求.
    pub wants: String,
}

impl ContactForm {
    /// Everything that is wrong with it, or what is to be kept. What is not known may stay empty.
    ///
    /// # Errors
    /// `TooLong`, `TooShort`, `Character` and `Telephone` at their fields.
    pub fn check(&self) -> Result<Contact, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut take = |field: &str, value: String, max: u32| {
            if value.is_empty() { Ok(value) } else { within(&value, 2, max) }
                .map_err(|fault| errors.push(field, fault))
                .unwrap_or_default()
        };
        let phone = take("phone", half_width(&tidy(&self.phone)), 60);
        let address = take("address", tidy(&self.address), 100);
        let hours = take("hours", tidy(&self.hours), 60);
        let wants = take("wants", tidy(&self.wants), 200);
        if let Some(refused) = phone.chars().find(|c| !is_of_phone(*c)) {
            errors.push("phone", Fault::Character(refused));
        } else if !phone.is_empty() && !phone.contains(|c: char| c.is_ascii_digit()) {
            errors.push("phone", Fault::Telephone);
        }
        errors.or(Contact { phone, address, hours, wants })
    }
}

impl LookUpForm {
    /// Everything that is wrong with it, or what is asked for. Blanks and hyphens within numbers do not matter.
    ///
    /// # Errors
    /// `Missing`, `DocumentShape` for what is no 受理编号, `TooShort` and `TooLong` at their fields.
    pub fn check(&self) -> Result<LookUp, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (number, document_end) = (tidy_digits(&self.number), normalise(&self.document_end));
        match (number.is_empty(), is_case_number(&number)) {
            (true, _) => errors.push("number", Fault::Missing),
            (false, false) => errors.push("number", Fault::DocumentShape),
            (false, true) => {}
        }
        match length(&document_end) {
            0 => errors.push("document_end", Fault::Missing),
            n if n < DOCUMENT_END => errors.push("document_end", Fault::TooShort(DOCUMENT_END)),
            DOCUMENT_END => {}
            _ => errors.push("document_end", Fault::TooLong(DOCUMENT_END)),
        }
        let captcha = captcha(&self.captcha).map_err(|fault| errors.push("captcha", fault)).unwrap_or_default();
        errors.or(LookUp { number, document_end, captcha })
    }
}

/// One or several numbers with area codes and extensions.
fn is_of_phone(c: char) -> bool {
    c.is_ascii_digit() || "-+() ,;/、，；转".contains(c)
}

pub(super) fn within(text: &str, min: u32, max: u32) -> Result<String, Fault> {
    match length(text) {
        0 => Err(Fault::Missing),
        n if n < min => Err(Fault::TooShort(min)),
        n if n > max => Err(Fault::TooLong(max)),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn a_contact_may_be_empty_but_a_telephone_is_made_of_numbers() {
        let contact = |phone: &str| ContactForm { phone: phone.into(), ..ContactForm::default() }.check();
        assert_eq!(contact("").unwrap().phone, "");
        for (typed, kept) in [
            ("０２４－２２７０４４１８", "024-22704418"),
            (" 0731-85165143、85165144 ", "0731-85165143、85165144"),
            ("12345转2", "12345转2"),
        ] {
            assert_eq!(contact(typed).unwrap().phone, kept);
        }
        for (typed, fault) in
            [("请拨打总机", Fault::Character('请')), ("--", Fault::Telephone), ("12345<b>", Fault::Character('<'))]
        {
            assert_eq!(contact(typed).unwrap_err(), FieldErrors::one("phone", fault), "{typed}");
        }
        let long = ContactForm { address: "路".repeat(101), ..ContactForm::default() }.check();
        assert_eq!(long.unwrap_err(), FieldErrors::one("address", Fault::TooLong(100)));
    }

    #[test]
    fn a_number_is_looked_up_however_it_is_grouped_and_a_misread_one_is_told() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let number = crate::case::case_number("43", day, 18);
        let form = |number: &str, end: &str, captcha: &str| LookUpForm {
            number: number.into(),
            document_end: end.into(),
            captcha: captcha.into(),
        };
        let (head, tail) = number.split_at(8);
        let right = form(&format!(" {head} {tail}"), "０12x", " ab1c ").check().unwrap();
        assert_eq!(right, LookUp { number: number.clone(), document_end: "012X".into(), captcha: "AB1C".into() });
        let (missing, mut misread) = (Fault::Missing, number.clone());
        misread.replace_range(16..17, if number.ends_with('0') { "1" } else { "0" });
        for (form, field, fault) in [
            (form("", "012X", "A"), "number", missing.clone()),
            (form(&misread, "012X", "A"), "number", Fault::DocumentShape),
            (form(&number, "", "A"), "document_end", missing.clone()),
            (form(&number, "12", "A"), "document_end", Fault::TooShort(4)),
            (form(&number, "3012X", "A"), "document_end", Fault::TooLong(4)),
            (form(&number, "012X", " "), "captcha", missing),
        ] {
            assert_eq!(form.check().unwrap_err(), FieldErrors::one(field, fault), "{form:?}");
        }
    }
}
