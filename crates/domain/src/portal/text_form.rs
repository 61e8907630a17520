//! A text as it is written.

use chrono::NaiveDate;

use super::forms::within;
use super::{Audience, Subject, TextKind};
use crate::date::parse_date;
use crate::fault::{Fault, FieldErrors};
use crate::text::{tidy, tidy_lines};

/// The most characters of a text: the longest law of the trade has some 12,000.
pub const LONGEST_TEXT: u32 = 20_000;

crate::form! {
    /// A text under the pen; the kind is that of its page. `version` is the one that was seen, `0` for something new.
    pub struct TextForm {
        /// The one that was seen.
        version,
        /// Names something new, so that a repeated post makes one text; empty for a text that is there.
        request_key,
        /// One line; of a question the question.
        title,
        /// What it is about, as a code.
        subject,
        /// For whom it is, as a code.
        audience,
        /// `yes` for what stands first.
        pinned,
        /// The first day on which it is shown.
        shown_from,
        /// The last day on which it is shown; may be empty.
        shown_until,
        /// 文号 of a regulation; may be empty.
        number,
        /// 发文机关 of a regulation.
        issuer,
        /// 发文日期 of a regulation.
        issued_on,
        /// 施行日期 of a regulation.
        effective_on,
        /// 废止日期 of a regulation; may be empty.
        repealed_on,
        /// 文号 or name of what repealed it.
        repealed_by,
        /// Markdown.
        body,
    }
}

/// What is only of a regulation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regulation {
    /// 文号; may be empty.
    pub number: String,
    /// 发文机关.
    pub issuer: String,
    /// 发文日期.
    pub issued_on: NaiveDate,
    /// 施行日期.
    pub effective_on: NaiveDate,
    /// From this day it is repealed.
    pub repealed_on: Option<NaiveDate>,
    /// 文号 or name of what repealed it; empty while it is not repealed.
    pub repealed_by: String,
}

/// A text without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// One line.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
    /// For whom it is.
    pub audience: Audience,
    /// Whether it stands first.
    pub is_pinned: bool,
    /// The first day on which it is shown, in China.
    pub shown_from: NaiveDate,
    /// The last day on which it is shown, in China.
    pub shown_until: Option<NaiveDate>,
    /// `None` for the other kinds.
    pub regulation: Option<Regulation>,
    /// Markdown.
    pub body: String,
}

impl Text {
    /// The day that stands beside it in lists: of a regulation 发文日期.
    #[must_use]
    pub fn listed_on(&self) -> NaiveDate {
        self.regulation.as_ref().map_or(self.shown_from, |regulation| regulation.issued_on)
    }
}

impl TextForm {
    /// Everything that is wrong with it, or what is to be kept.
    ///
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong`, `NotADate`, `BeforeOther` and `NotInList` at their fields.
    pub fn check(&self, kind: TextKind) -> Result<Text, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = within(&tidy(&self.title), 2, 100).map_err(|fault| errors.push("title", fault));
        let subject = Subject::from_code(&self.subject).or_else(|| errors.note("subject", Fault::NotInList));
        let audience = Audience::from_code(&self.audience).or_else(|| errors.note("audience", Fault::NotInList));
        let shown_from = needed(&mut errors, "shown_from", &self.shown_from);
        let shown_until = later(&mut errors, ("shown_until", &self.shown_until), ("shown_from", shown_from));
        let regulation = (kind == TextKind::Regulation).then(|| self.regulation(&mut errors));
        let body = within(&tidy_lines(&self.body), 2, LONGEST_TEXT).map_err(|fault| errors.push("body", fault));
        let text = Text {
            title: title.unwrap_or_default(),
            subject: subject.unwrap_or(Subject::Other),
            audience: audience.unwrap_or(Audience::Staff),
            is_pinned: self.pinned == "yes",
            shown_from: shown_from.unwrap_or_default(),
            shown_until,
            regulation,
            body: body.unwrap_or_default(),
        };
        errors.or(text)
    }

    fn regulation(&self, errors: &mut FieldErrors) -> Regulation {
        let number = tidy(&self.number);
        let number = if number.is_empty() { Ok(number) } else { within(&number, 2, 60) };
        let number = number.map_err(|fault| errors.push("number", fault)).unwrap_or_default();
        let issuer = within(&tidy(&self.issuer), 2, 60).map_err(|fault| errors.push("issuer", fault)).unwrap_or_default();
        let issued_on = needed(errors, "issued_on", &self.issued_on);
        let effective_on = needed(errors, "effective_on", &self.effective_on);
        let repealed_on = later(errors, ("repealed_on", &self.repealed_on), ("effective_on", effective_on));
        let by = tidy(&self.repealed_by);
        let repealed_by = match (tidy(&self.repealed_on).is_empty(), by.is_empty()) {
            (true, false) => errors.note("repealed_on", Fault::Missing).unwrap_or_default(),
            (true, true) => by,
            (false, _) => within(&by, 2, 100).map_err(|fault| errors.push("repealed_by", fault)).unwrap_or_default(),
        };
        Regulation {
            number,
            issuer,
            issued_on: issued_on.unwrap_or_default(),
            effective_on: effective_on.unwrap_or_default(),
            repealed_on,
            repealed_by,
        }
    }
}

fn needed(errors: &mut FieldErrors, field: &'static str, typed: &str) -> Option<NaiveDate> {
    match (parse_date(typed), tidy(typed).is_empty()) {
        (Some(on), _) => Some(on),
        (None, true) => errors.note(field, Fault::Missing),
        (None, false) => errors.note(field, Fault::NotADate),
    }
}

/// A day that may be empty, and not before another.
fn later(
    errors: &mut FieldErrors,
    (field, typed): (&'static str, &str),
    (other, first): (&'static str, Option<NaiveDate>),
) -> Option<NaiveDate> {
    match parse_date(typed) {
        None if !tidy(typed).is_empty() => errors.note(field, Fault::NotADate),
        Some(on) if first.is_some_and(|first| on < first) => errors.note(field, Fault::BeforeOther(other.to_owned())),
        on => on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Change = fn(&mut TextForm);

    fn form(change: Change) -> TextForm {
        let text = str::to_owned;
        let mut form = TextForm {
            title: text(" 会计人员管理办法 "),
            subject: text("intake"),
            audience: text("everyone"),
            shown_from: text("2026年11月18日"),
            number: text("财会〔2018〕33号"),
            issuer: text("财政部"),
            issued_on: text("2018-12-06"),
            effective_on: text("20190101"),
            body: text("# 第一条\r\n内容。\n"),
            ..TextForm::default()
        };
        change(&mut form);
        form
    }

    #[test]
    fn a_regulation_is_read_whole_and_another_text_without_what_only_a_regulation_has() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let right = form(|_| {}).check(TextKind::Regulation).unwrap();
        assert_eq!((right.title.as_str(), right.body.as_str()), ("会计人员管理办法", "# 第一条\n内容。"));
        assert_eq!((right.listed_on(), right.shown_from), (day(2018, 12, 6), day(2026, 11, 18)));
        let repealed = form(|form| {
            form.repealed_on = "2027-01-01".into();
            form.repealed_by = "财会〔2026〕9号".into();
        });
        let repealed = repealed.check(TextKind::Regulation).unwrap().regulation.unwrap();
        assert_eq!((repealed.repealed_on, repealed.repealed_by.as_str()), (Some(day(2027, 1, 1)), "财会〔2026〕9号"));
        let bare = form(|form| form.issuer.clear()).check(TextKind::Question).unwrap();
        assert_eq!((bare.regulation.clone(), bare.listed_on()), (None, day(2026, 11, 18)));
    }

    #[test]
    fn every_fault_of_a_text_is_named_at_its_field() {
        let before = |other: &str| Fault::BeforeOther(other.to_owned());
        let table: [(Change, &str, Fault); 16] = [
            (|form| form.title.clear(), "title", Fault::Missing),
            (|form| form.title = "办".into(), "title", Fault::TooShort(2)),
            (|form| form.title = "办".repeat(101), "title", Fault::TooLong(100)),
            (|form| form.body = " \n ".into(), "body", Fault::Missing),
            (|form| form.body = "办".repeat(20_001), "body", Fault::TooLong(20_000)),
            (|form| form.subject.clear(), "subject", Fault::NotInList),
            (|form| form.audience = "nobody".into(), "audience", Fault::NotInList),
            (|form| form.shown_from.clear(), "shown_from", Fault::Missing),
            (|form| form.shown_from = "明天".into(), "shown_from", Fault::NotADate),
            (|form| form.shown_until = "2026-11-17".into(), "shown_until", before("shown_from")),
            (|form| form.issuer.clear(), "issuer", Fault::Missing),
            (|form| form.issued_on.clear(), "issued_on", Fault::Missing),
            (|form| form.effective_on = "x".into(), "effective_on", Fault::NotADate),
            (
                |form| {
                    form.repealed_on = "2018-12-31".into();
                    form.repealed_by = "新办法".into();
                },
                "repealed_on",
                before("effective_on"),
            ),
            (|form| form.repealed_on = "2027-01-01".into(), "repealed_by", Fault::Missing),
            (|form| form.repealed_by = "新办法".into(), "repealed_on", Fault::Missing),
        ];
        for (change, field, fault) in table {
            assert_eq!(form(change).check(TextKind::Regulation).unwrap_err(), FieldErrors::one(field, fault));
        }
    }
}
