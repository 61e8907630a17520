//! The forms of whoever keeps the portal. `version` is the one that was seen, `0` for something new.

use chrono::NaiveDate;

use crate::account::forms::{DOCUMENT_END, captcha};
use crate::case::is_case_number;
use crate::date::parse_date;
use crate::fault::{Fault, FieldErrors};
use crate::identity::document::normalise;
use crate::text::{half_width, length, tidy, tidy_digits, tidy_lines};

crate::form! {
    /// A notice or a guide. `id` is empty for a new one; `publish` is `yes` or `no`.
    pub struct NoticeForm {
        /// Empty for a new one.
        id,
        /// The one that was seen.
        version,
        /// 通知公告 or 操作指南, as a code.
        kind,
        /// One line, for the list.
        title,
        /// Paragraphs, one a line.
        body,
        /// The first day on which it is shown.
        published_on,
        /// The last day on which it is shown; may be empty.
        valid_to,
        /// `yes` or `no`.
        publish,
    }
}

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

/// A notice or a guide without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One line, for the list.
    pub title: String,
    /// Paragraphs, one a line.
    pub body: String,
    /// The first day on which it is shown, in China.
    pub published_on: NaiveDate,
    /// The last day on which it is shown.
    pub valid_to: Option<NaiveDate>,
    /// Not shown on any day while this is false.
    pub is_published: bool,
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
}

impl NoticeForm {
    /// Everything that is wrong with it, or what is to be kept.
    ///
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong`, `NotADate`, `BeforeOther` and `NotInList` at their fields.
    pub fn check(&self) -> Result<Notice, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = within(&tidy(&self.title), 2, 60).map_err(|fault| errors.push("title", fault));
        let body = within(&tidy_lines(&self.body), 2, 5000).map_err(|fault| errors.push("body", fault));
        let published_on = match (parse_date(&self.published_on), tidy(&self.published_on).is_empty()) {
            (Some(on), _) => Some(on),
            (None, true) => errors.note("published_on", Fault::Missing),
            (None, false) => errors.note("published_on", Fault::NotADate),
        };
        let valid_to = match parse_date(&self.valid_to) {
            None if !tidy(&self.valid_to).is_empty() => errors.note("valid_to", Fault::NotADate),
            Some(to) if published_on.is_some_and(|on| to < on) => {
                errors.note("valid_to", Fault::BeforeOther("published_on".to_owned()))
            }
            valid_to => valid_to,
        };
        if !matches!(self.publish.as_str(), "yes" | "no") {
            errors.push("publish", Fault::NotInList);
        }
        let notice = Notice {
            title: title.unwrap_or_default(),
            body: body.unwrap_or_default(),
            published_on: published_on.unwrap_or_default(),
            valid_to,
            is_published: self.publish == "yes",
        };
        errors.or(notice)
    }
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
        if let Some(refused) = phone.chars().find(|c| !is_of_phone(*c)) {
            errors.push("phone", Fault::Character(refused));
        } else if !phone.is_empty() && !phone.contains(|c: char| c.is_ascii_digit()) {
            errors.push("phone", Fault::Telephone);
        }
        errors.or(Contact { phone, address, hours })
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

fn within(text: &str, min: u32, max: u32) -> Result<String, Fault> {
    match length(text) {
        0 => Err(Fault::Missing),
        n if n < min => Err(Fault::TooShort(min)),
        n if n > max => Err(Fault::TooLong(max)),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(change: impl FnOnce(&mut NoticeForm)) -> Result<Notice, FieldErrors> {
        let text = str::to_owned;
        let mut form = NoticeForm {
            title: text(" 关于信息采集的通知 "),
            body: text("第一段\r\n第二段\n"),
            published_on: text("2026年11月18日"),
            publish: text("yes"),
            ..NoticeForm::default()
        };
        change(&mut form);
        form.check()
    }

    #[test]
    fn a_notice_keeps_its_paragraphs_and_names_every_fault_at_its_field() {
        let right = notice(|_| {}).unwrap();
        let on = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
        let (title, body) = ("关于信息采集的通知".to_owned(), "第一段\n第二段".to_owned());
        assert_eq!(right, Notice { title, body, published_on: on, valid_to: None, is_published: true });
        assert_eq!(notice(|form| form.valid_to = "2026-11-18".into()).unwrap().valid_to, Some(on));
        let before = Fault::BeforeOther("published_on".into());
        type Change = fn(&mut NoticeForm);
        let table: [(Change, &str, Fault); 9] = [
            (|form| form.title.clear(), "title", Fault::Missing),
            (|form| form.title = "通".into(), "title", Fault::TooShort(2)),
            (|form| form.title = "通".repeat(61), "title", Fault::TooLong(60)),
            (|form| form.body = " \n ".into(), "body", Fault::Missing),
            (|form| form.body = "通".repeat(5001), "body", Fault::TooLong(5000)),
            (|form| form.published_on.clear(), "published_on", Fault::Missing),
            (|form| form.published_on = "明天".into(), "published_on", Fault::NotADate),
            (|form| form.valid_to = "2026-11-17".into(), "valid_to", before),
            (|form| form.publish = "maybe".into(), "publish", Fault::NotInList),
        ];
        for (change, field, fault) in table {
            assert_eq!(notice(change).unwrap_err(), FieldErrors::one(field, fault));
        }
    }

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
