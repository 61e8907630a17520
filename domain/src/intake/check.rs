use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::answers::Answers;
use super::asked::Questions;
use super::fields::{FieldKind, field_kind};
use super::{Credential, Education, Employment, Person, Qualification};
use crate::fault::{Fault, FieldErrors};
use crate::identity::document::DocumentKind;
use crate::identity::{CreditCode, Mobile, OrganisationCode, Sex, contact, name};
use crate::province::{Bureaus, Divisions, FieldRules, Lists, NamedRule, Profile, StepKey};
use crate::text;

/// The person whose application it is, as registered. Sex and birth date are known where the document carries them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holder {
    pub document_kind: DocumentKind,
    pub name: String,
    pub sex: Option<Sex>,
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
    pub profile: &'a Profile,
    pub lists: &'a Lists,
    pub divisions: &'a Divisions,
    pub bureaus: &'a Bureaus,
    pub holder: &'a Holder,
    /// All that is saved, for conditions on other steps.
    pub answers: &'a Answers,
    pub today: NaiveDate,
}

impl<'a> Context<'a> {
    /// The same with other answers.
    #[must_use]
    pub fn with<'b>(&self, answers: &'b Answers) -> Context<'b>
    where
        'a: 'b,
    {
        Context { answers, ..*self }
    }

    pub(super) fn questions(&self) -> Questions<'a> {
        Questions { profile: self.profile, holder: Some(self.holder), answers: self.answers }
    }

    /// The birth date, from the document or as typed.
    pub(super) fn born_on(&self) -> Option<NaiveDate> {
        self.holder.born_on.or_else(|| text::parse_date(&self.answers.person.born_on))
    }
}

/// An application that keeps every rule; only [`Answers::check`] makes one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Application {
    pub person: Person,
    pub education: Education,
    pub qualification: Qualification,
    pub credential: Credential,
    pub employment: Employment,
    /// The division that decided the bureau.
    pub division: String,
    /// The code of the bureau that reviews.
    pub bureau: String,
}

impl Application {
    pub(super) fn new(
        person: Person,
        education: Education,
        qualification: Qualification,
        credential: Credential,
        employment: Employment,
    ) -> Self {
        let (division, bureau) = (employment.division.clone(), employment.bureau.clone());
        Self { person, education, qualification, credential, employment, division, bureau }
    }
}

enum Value {
    Text(String),
    Date(NaiveDate),
}

/// Reads the fields of one step as the profile asks them, and collects what is wrong.
pub(super) struct Reader<'a> {
    cx: Context<'a>,
    step: StepKey,
    pub row: Option<usize>,
    pub errors: FieldErrors,
}

impl<'a> Reader<'a> {
    pub fn new(cx: &Context<'a>, answers: &'a Answers, step: StepKey) -> Self {
        Self { cx: cx.with(answers), step, row: None, errors: FieldErrors::default() }
    }

    pub fn applies(&self, rule: NamedRule) -> bool {
        self.cx.profile.intake.rules.contains(&rule)
    }

    /// Whether the province asks the field at all.
    pub fn asks(&self, field: &str) -> bool {
        self.rules(field).is_some()
    }

    /// How high a code stands in the list of a field.
    pub fn rank(&self, field: &str, code: &str) -> Option<u32> {
        self.cx.lists.rank(self.rules(field)?.list.as_deref()?, code)
    }

    pub fn text(&mut self, field: &str) -> Option<String> {
        match self.read(field)? {
            Value::Text(text) => Some(text),
            Value::Date(_) => None,
        }
    }

    pub fn date(&mut self, field: &str) -> Option<NaiveDate> {
        match self.read(field)? {
            Value::Date(date) => Some(date),
            Value::Text(_) => None,
        }
    }

    pub fn sex(&mut self, field: &str) -> Option<Sex> {
        self.text(field).and_then(|code| Sex::from_code(&code))
    }

    /// The faults, in the order in which the profile asks.
    pub fn finish(mut self) -> FieldErrors {
        let fields = self.cx.profile.intake.step(self.step).map_or(&[][..], |step| &step.fields);
        self.errors.0.sort_by_key(|error| {
            let (row, key) = super::qualification::row_field(&error.field).unwrap_or((0, &error.field));
            (row, fields.iter().position(|field| field.key == key))
        });
        self.errors
    }

    fn rules(&self, field: &str) -> Option<&'a FieldRules> {
        self.cx.profile.intake.step(self.step)?.field(field)
    }

    fn read(&mut self, field: &str) -> Option<Value> {
        let rules = self.rules(field)?;
        if !self.cx.questions().is_asked(self.step, rules, self.row) {
            return None;
        }
        let name = self.row.map_or_else(|| field.to_owned(), |row| format!("rows.{row}.{field}"));
        let typed = text::tidy(self.cx.answers.field(self.step, &name).unwrap_or_default());
        if typed.is_empty() {
            if self.cx.questions().is_required(self.step, rules, self.row) {
                self.errors.push(&name, Fault::Missing);
            }
            return None;
        }
        match self.value(field_kind(self.step, field)?, rules, typed) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.errors.push(&name, fault);
                None
            }
        }
    }

    fn value(&self, kind: FieldKind, rules: &FieldRules, typed: String) -> Result<Value, Fault> {
        let text = match kind {
            FieldKind::Date => return self.past(&typed).map(Value::Date),
            FieldKind::Text { max } if text::length(&typed) > max => return Err(Fault::TooLong { max }),
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
            // Which bureaus there are to choose from depends on another answer, so that the form looks at it.
            FieldKind::Bureau => typed,
            FieldKind::Name => name::person_name(&typed)?,
            FieldKind::Mobile => Mobile::check(&typed)?.as_str().to_owned(),
        };
        Ok(Value::Text(text))
    }

    /// A day from 1900 to today, not before the person was born.
    fn past(&self, typed: &str) -> Result<NaiveDate, Fault> {
        let date = text::parse_date(typed).ok_or(Fault::NotADate)?;
        if date > self.cx.today {
            return Err(Fault::InTheFuture);
        }
        if date.year() < 1900 || self.cx.born_on().is_some_and(|born| date < born) {
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
