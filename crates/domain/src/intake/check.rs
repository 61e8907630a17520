use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::across::ACROSS;
use super::answers::Answers;
use super::asked::Questions;
use super::fields::{FieldKind, fields_of};
use super::item::{Item, row_field};
use crate::case::Judged;
use crate::date::{Dated, parse_date};
use crate::fault::{Fault, FieldErrors};
use crate::id::BureauCode;
use crate::identity::document::DocumentKind;
use crate::identity::{CreditCode, Mobile, OrganisationCode, Sex, contact, name};
use crate::province::{
    AttachmentRules, Bureaus, Divisions, FieldRules, IntakeRules, Lists, NamedRule, Province, StepKey, StepRules,
};
use crate::text;

/// The person whose application it is, as registered. Sex and birth date are known where the document carries them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holder {
    /// 证件类型 of the registration.
    pub document_kind: DocumentKind,
    /// 姓名, as registered.
    pub name: String,
    /// `None` where the document does not carry it.
    pub sex: Option<Sex>,
    /// `None` where the document does not carry it.
    pub born_on: Option<NaiveDate>,
}

impl Holder {
    /// Whether the document answers a field of 个人基本信息, so that it is not asked.
    #[must_use]
    pub fn knows(&self, field: &str) -> bool {
        matches!(field, "sex" if self.sex.is_some()) || matches!(field, "born_on" if self.born_on.is_some())
    }
}

/// What a check needs to know. Cheap to copy and small enough for the browser.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// In the order of the wizard.
    pub steps: &'a [StepRules],
    /// The rules across fields that the province has.
    pub rules: &'a [NamedRule],
    /// The 材料 that the province may ask for.
    pub attachments: &'a [AttachmentRules],
    /// Whether a return opens single items or the whole.
    pub returns: Judged,
    /// The choices, by list and code.
    pub lists: &'a Lists,
    /// 行政区划 of the province.
    pub divisions: &'a Divisions,
    /// 财政局 of the province.
    pub bureaus: &'a Bureaus,
    /// Whose application it is.
    pub holder: &'a Holder,
    /// All that is saved, for conditions on other steps.
    pub answers: &'a Answers,
    /// In China; bounds every date.
    pub today: NaiveDate,
}

impl<'a> Context<'a> {
    /// As a province has it.
    #[must_use]
    pub fn of(province: &'a Province, holder: &'a Holder, answers: &'a Answers, today: NaiveDate) -> Self {
        let Province { profile, lists, divisions, bureaus, .. } = province;
        let (IntakeRules { steps, rules, .. }, line) = (&profile.intake, profile.intake_line());
        let (attachments, returns) = (&line.attachments, line.returns);
        Self { steps, rules, attachments, returns, lists, divisions, bureaus, holder, answers, today }
    }

    /// The rules of a step, where the province asks it.
    #[must_use]
    pub fn step(&self, key: StepKey) -> Option<&'a StepRules> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The same with other answers.
    #[must_use]
    pub fn with<'b>(&self, answers: &'b Answers) -> Context<'b>
    where
        'a: 'b,
    {
        Context { answers, ..*self }
    }

    pub(super) fn questions(&self) -> Questions<'a> {
        Questions { steps: self.steps, holder: Some(self.holder), answers: self.answers }
    }

    /// Whether the province lets people choose among the bureaus that match (手册丙 7).
    pub(super) fn chooses_bureau(&self) -> bool {
        self.step(StepKey::Employment).is_some_and(|step| step.field("bureau").is_some())
    }

    /// The birth date, from the document or as typed.
    pub(super) fn born_on(&self) -> Option<NaiveDate> {
        self.holder.born_on.or_else(|| parse_date(self.answers.text(StepKey::Person, "born_on")))
    }
}

/// What an application that keeps every rule is to others; only [`Answers::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Application {
    /// The corrected name, where it may be corrected; the account follows with the approval.
    pub name: Option<String>,
    /// The division that decided the bureau.
    pub division: String,
    /// The bureau that reviews: that of the division, or the chosen one among those that match.
    pub bureau: BureauCode,
    /// Where both name and code were asked.
    pub employer: Option<Employer>,
}

/// An employer by its 统一社会信用代码 or 组织机构代码.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// 统一社会信用代码 or 组织机构代码.
    pub code: String,
    /// 单位名称, as typed.
    pub name: String,
}

/// Checks one form as the profile asks it, then the rules across its fields. Answers what was accepted, tidied (dates as
/// `2026-03-17` or `2026-03`), and every fault in the order in which the profile asks.
pub(super) fn check_step(cx: &Context, step: StepKey) -> (BTreeMap<Item, String>, FieldErrors) {
    let mut read = Reader { cx: *cx, step, accepted: BTreeMap::new(), errors: FieldErrors::default() };
    let rows: Vec<Option<usize>> = match step.has_rows() {
        true => cx.answers.rows(step).into_iter().map(Some).collect(),
        false => vec![None],
    };
    for row in rows {
        for field in fields_of(step) {
            read.field(Item { step, row, field: field.key }, field.kind);
        }
    }
    for across in ACROSS.iter().filter(|across| across.step == step) {
        if across.rule.is_none_or(|rule| cx.rules.contains(&rule)) {
            (across.check)(&mut read);
        }
    }
    read.finish()
}

/// Reads the fields of one form as the profile asks them, and collects what is wrong.
pub(super) struct Reader<'a> {
    pub cx: Context<'a>,
    step: StepKey,
    accepted: BTreeMap<Item, String>,
    pub errors: FieldErrors,
}

impl<'a> Reader<'a> {
    /// What was accepted of a field.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.accepted.get(&Item::of(self.step, name)?).map(String::as_str)
    }

    /// The same as a date.
    pub fn date(&self, name: &str) -> Option<Dated> {
        self.text(name).and_then(Dated::parse)
    }

    /// How high the code of a field stands in its list.
    pub fn rank(&self, field: &str) -> Option<u32> {
        self.cx.lists.rank(self.rules(field)?.list.as_deref()?, self.text(field)?)
    }

    /// The rows that hold something.
    pub fn rows(&self) -> Vec<usize> {
        self.cx.answers.rows(self.step).into_iter().collect()
    }

    /// The faults, in the order in which the profile asks.
    fn finish(mut self) -> (BTreeMap<Item, String>, FieldErrors) {
        let fields = self.cx.step(self.step).map_or(&[][..], |step| &step.fields);
        self.errors.0.sort_by_key(|error| {
            let (row, key) = row_field(&error.field).unwrap_or((0, &error.field));
            (row, fields.iter().position(|field| field.key == key))
        });
        (self.accepted, self.errors)
    }

    fn rules(&self, field: &str) -> Option<&'a FieldRules> {
        self.cx.step(self.step)?.field(field)
    }

    fn field(&mut self, item: Item, kind: FieldKind) {
        let Some(rules) = self.rules(item.field) else { return };
        if kind == FieldKind::ResponsibleBureau || !self.cx.questions().is_asked(self.step, rules, item.row) {
            return;
        }
        let typed = text::tidy(self.cx.answers.value(item));
        if typed.is_empty() {
            // What the registration knows is as registered while nothing else is said.
            if !rules.fixed && self.cx.questions().is_required(self.step, rules, item.row) {
                self.errors.push(&item.name(), Fault::Missing);
            }
            return;
        }
        match self.value(kind, rules, typed) {
            Ok(value) => drop(self.accepted.insert(item, value)),
            Err(fault) => self.errors.push(&item.name(), fault),
        }
    }

    fn value(&self, kind: FieldKind, rules: &FieldRules, typed: String) -> Result<String, Fault> {
        Ok(match kind {
            FieldKind::Date => {
                let day = parse_date(&typed).ok_or(Fault::NotADate)?;
                self.past(Dated::Day(day))?.to_string()
            }
            FieldKind::DateOrMonth => self.past(Dated::parse(&typed).ok_or(Fault::NotADateOrMonth)?)?.to_string(),
            FieldKind::Text { max } if text::length(&typed) > max => return Err(Fault::TooLong(max)),
            FieldKind::Text { .. } => typed,
            FieldKind::Choice => {
                let list = rules.list.as_deref().unwrap_or_default();
                if self.cx.lists.has(list, &typed, self.cx.today) { typed } else { return Err(Fault::NotInList) }
            }
            FieldKind::Division if self.cx.divisions.get(&typed).is_some() => typed,
            FieldKind::Division => return Err(Fault::NotInList),
            FieldKind::Telephone => contact::telephone(&typed)?,
            FieldKind::Postcode => contact::postcode(&typed)?,
            FieldKind::Email => contact::email(&typed)?,
            FieldKind::CreditCode => CreditCode::check(&typed)?.as_str().to_owned(),
            FieldKind::EmployerCode => employer_code(&typed)?,
            // Which bureaus there are to choose from depends on another answer: a rule across fields.
            FieldKind::Bureau | FieldKind::ResponsibleBureau => typed,
            FieldKind::Name => name::person_name(&typed)?,
            FieldKind::Mobile => Mobile::check(&typed)?.as_str().to_owned(),
        })
    }

    /// From 1900 to today, not before the person was born; of a month no day may be.
    fn past(&self, date: Dated) -> Result<Dated, Fault> {
        if date.first() > self.cx.today {
            return Err(Fault::InTheFuture);
        }
        if date.first().year() < 1900 || self.cx.born_on().is_some_and(|born| date.last() < born) {
            return Err(Fault::TooEarly);
        }
        Ok(date)
    }
}

/// 统一社会信用代码, or 组织机构代码 where the text has the length of one (手册丁: 组织机构代码、社会统一信用代码等).
///
/// # Errors
/// `Missing`, `CreditCodeLength`, `CreditCodeCharacters` or `CreditCodeCheck`.
pub fn employer_code(typed: &str) -> Result<String, Fault> {
    if text::length(&text::tidy_digits(typed)) == 9 {
        return OrganisationCode::check(typed).map(|code| code.as_str().to_owned());
    }
    CreditCode::check(typed).map(|code| code.as_str().to_owned())
}
