use serde::{Deserialize, Serialize};

use super::check::{Application, Context};
use super::{CredentialForm, EducationForm, EmploymentForm, PersonForm, QualificationForm};
use crate::fault::FieldErrors;
use crate::form::Form;
use crate::province::StepKey;

/// The form of some step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnyForm {
    Person(PersonForm),
    Education(EducationForm),
    Qualification(QualificationForm),
    Credential(CredentialForm),
    Employment(EmploymentForm),
}

impl AnyForm {
    /// The empty form of a step.
    #[must_use]
    pub fn of(step: StepKey) -> Self {
        Answers::default().form(step)
    }

    #[must_use]
    pub fn step(&self) -> StepKey {
        match self {
            Self::Person(_) => StepKey::Person,
            Self::Education(_) => StepKey::Education,
            Self::Qualification(_) => StepKey::Qualification,
            Self::Credential(_) => StepKey::Credential,
            Self::Employment(_) => StepKey::Employment,
        }
    }

    /// Every value with its field name, as [`Form::values`].
    #[must_use]
    pub fn values(&self) -> Vec<(std::borrow::Cow<'static, str>, &str)> {
        match self {
            Self::Person(form) => form.values(),
            Self::Education(form) => form.values(),
            Self::Qualification(form) => form.values(),
            Self::Credential(form) => form.values(),
            Self::Employment(form) => form.values(),
        }
    }

    /// The value of a field, or `None` when the form has no such field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.values().into_iter().find(|(name, _)| name == field).map(|(_, value)| value)
    }

    /// Writes one value; `false` when the form has no such field.
    pub fn set(&mut self, field: &str, value: String) -> bool {
        match self {
            Self::Person(form) => form.set(field, value),
            Self::Education(form) => form.set(field, value),
            Self::Qualification(form) => form.set(field, value),
            Self::Credential(form) => form.set(field, value),
            Self::Employment(form) => form.set(field, value),
        }
    }

    /// Checks the step.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, cx: &Context) -> Result<(), FieldErrors> {
        match self {
            Self::Person(form) => form.check(cx).map(drop),
            Self::Education(form) => form.check(cx).map(drop),
            Self::Qualification(form) => form.check(cx).map(drop),
            Self::Credential(form) => form.check(cx).map(drop),
            Self::Employment(form) => form.check(cx).map(drop),
        }
    }
}

/// Everything typed in an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    pub person: PersonForm,
    pub education: EducationForm,
    pub qualification: QualificationForm,
    pub credential: CredentialForm,
    pub employment: EmploymentForm,
}

impl Answers {
    /// The form of a step.
    #[must_use]
    pub fn form(&self, step: StepKey) -> AnyForm {
        match step {
            StepKey::Person => AnyForm::Person(self.person.clone()),
            StepKey::Education => AnyForm::Education(self.education.clone()),
            StepKey::Qualification => AnyForm::Qualification(self.qualification.clone()),
            StepKey::Credential => AnyForm::Credential(self.credential.clone()),
            StepKey::Employment => AnyForm::Employment(self.employment.clone()),
        }
    }

    /// Replaces the form of a step.
    pub fn put(&mut self, form: AnyForm) {
        match form {
            AnyForm::Person(form) => self.person = form,
            AnyForm::Education(form) => self.education = form,
            AnyForm::Qualification(form) => self.qualification = form,
            AnyForm::Credential(form) => self.credential = form,
            AnyForm::Employment(form) => self.employment = form,
        }
    }

    /// The same answers with another form in one step.
    #[must_use]
    pub fn with(&self, form: AnyForm) -> Self {
        let mut answers = self.clone();
        answers.put(form);
        answers
    }

    /// The value of an item such as `education.full_time_level` or `qualification.rows.0.level`.
    #[must_use]
    pub fn get(&self, item: &str) -> Option<&str> {
        let (step, field) = item.split_once('.')?;
        self.field(StepKey::parse(step)?, field)
    }

    pub(super) fn field(&self, step: StepKey, field: &str) -> Option<&str> {
        match step {
            StepKey::Person => self.person.get(field),
            StepKey::Education => self.education.get(field),
            StepKey::Qualification => self.qualification.get(field),
            StepKey::Credential => self.credential.get(field),
            StepKey::Employment => self.employment.get(field),
        }
    }

    /// Writes the value of an item; `false` when there is no such item.
    pub fn set(&mut self, item: &str, value: String) -> bool {
        let Some((step, field)) = item.split_once('.') else { return false };
        match StepKey::parse(step) {
            Some(StepKey::Person) => self.person.set(field, value),
            Some(StepKey::Education) => self.education.set(field, value),
            Some(StepKey::Qualification) => self.qualification.set(field, value),
            Some(StepKey::Credential) => self.credential.set(field, value),
            Some(StepKey::Employment) => self.employment.set(field, value),
            None => false,
        }
    }

    /// Every value with its item.
    #[must_use]
    pub fn values<'a>(&'a self) -> Vec<(String, &'a str)> {
        let form = |step: StepKey, values: Vec<(std::borrow::Cow<'static, str>, &'a str)>| {
            values.into_iter().map(move |value| (step, value))
        };
        let all = form(StepKey::Person, self.person.values())
            .chain(form(StepKey::Education, self.education.values()))
            .chain(form(StepKey::Qualification, self.qualification.values()))
            .chain(form(StepKey::Credential, self.credential.values()))
            .chain(form(StepKey::Employment, self.employment.values()));
        all.map(|(step, (field, value))| (format!("{}.{field}", step.as_str()), value)).collect()
    }

    /// Checks the whole application; `cx.answers` is not looked at.
    ///
    /// # Errors
    /// The faults of every step that has any, in the order of the wizard.
    pub fn check(&self, cx: &Context) -> Result<Application, Vec<(StepKey, FieldErrors)>> {
        let cx = cx.with(self);
        let asked = |step| cx.profile.intake.step(step).is_some();
        // A step that the province does not have is as if nobody had typed anything there.
        let (qualification, credential) = (
            if asked(StepKey::Qualification) { self.qualification.clone() } else { QualificationForm::default() },
            if asked(StepKey::Credential) { self.credential.clone() } else { CredentialForm::default() },
        );
        let results = (
            self.person.check(&cx),
            self.education.check(&cx),
            qualification.check(&cx),
            credential.check(&cx),
            self.employment.check(&cx),
        );
        match results {
            (Ok(person), Ok(education), Ok(qualification), Ok(credential), Ok(employment)) => {
                Ok(Application::new(person, education, qualification, credential, employment))
            }
            (person, education, qualification, credential, employment) => {
                let mut faults: Vec<_> = [
                    (StepKey::Person, person.err()),
                    (StepKey::Education, education.err()),
                    (StepKey::Qualification, qualification.err()),
                    (StepKey::Credential, credential.err()),
                    (StepKey::Employment, employment.err()),
                ]
                .into_iter()
                .filter_map(|(step, errors)| errors.map(|errors| (step, errors)))
                .collect();
                faults.sort_by_key(|(step, _)| cx.profile.intake.steps.iter().position(|rules| rules.key == *step));
                Err(faults)
            }
        }
    }
}
