use chrono::NaiveDate;
use serde::Serialize;

use super::answers::AnyForm;
use super::check::{Context, Reader};
use crate::fault::FieldErrors;
use crate::identity::Sex;
use crate::province::StepKey;

crate::form! {
    /// 个人基本信息 as typed. Sex and birth date are asked only where the identity document does not carry them.
    pub struct PersonForm {
        name, mobile, sex, born_on, nationality, ethnicity, political_status, residence_division, residence_address, postcode, email, telephone,
        remark,
    }
}

/// 个人基本信息 as accepted; what the province does not ask is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Person {
    /// The corrected name, where it may be corrected; the account follows with the approval.
    pub name: Option<String>,
    /// For questions about the application; signing in keeps its own number.
    pub mobile: Option<String>,
    pub sex: Option<Sex>,
    pub born_on: Option<NaiveDate>,
    pub nationality: Option<String>,
    pub ethnicity: Option<String>,
    pub political_status: Option<String>,
    pub residence_division: Option<String>,
    pub residence_address: Option<String>,
    pub postcode: Option<String>,
    pub email: Option<String>,
    pub telephone: Option<String>,
    pub remark: Option<String>,
}

impl PersonForm {
    /// Checks the step against the profile and the rules; sex and birth date of the identity document win.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, cx: &Context) -> Result<Person, FieldErrors> {
        let answers = cx.answers.with(AnyForm::Person(self.clone()));
        let mut read = Reader::new(cx, &answers, StepKey::Person);
        let person = Person {
            name: read.text("name"),
            mobile: read.text("mobile"),
            sex: cx.holder.sex.or_else(|| read.sex("sex")),
            born_on: cx.holder.born_on.or_else(|| read.date("born_on")),
            nationality: read.text("nationality"),
            ethnicity: read.text("ethnicity"),
            political_status: read.text("political_status"),
            residence_division: read.text("residence_division"),
            residence_address: read.text("residence_address"),
            postcode: read.text("postcode"),
            email: read.text("email"),
            telephone: read.text("telephone"),
            remark: read.text("remark"),
        };
        read.finish().or(person)
    }
}
