use chrono::NaiveDate;
use serde::Serialize;

use super::answers::AnyForm;
use super::check::{Context, Reader};
use crate::fault::{Fault, FieldErrors};
use crate::province::{NamedRule, StepKey};

crate::form! {
    /// 工作单位信息 as typed. The division decides which bureau reviews.
    pub struct EmploymentForm {
        status, division, employer_name, credit_code, employer_kind, employer_address, employer_phone, joined_on, post, duty, title,
        title_appointed_on, accounting_started_on,
    }
}

/// 工作单位信息 as accepted; what is not asked is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Employment {
    pub status: Option<String>,
    pub division: String,
    /// The code of the bureau that takes the cases of the division.
    pub bureau: String,
    pub employer_name: Option<String>,
    pub credit_code: Option<String>,
    pub employer_kind: Option<String>,
    pub employer_address: Option<String>,
    pub employer_phone: Option<String>,
    pub joined_on: Option<NaiveDate>,
    pub post: Option<String>,
    pub duty: Option<String>,
    pub title: Option<String>,
    pub title_appointed_on: Option<NaiveDate>,
    pub accounting_started_on: Option<NaiveDate>,
}

impl EmploymentForm {
    /// Checks the step, finds the bureau of the division, and compares 开始从事会计工作时间 with 专业技术职务聘任时间
    /// (湖南手册 二（二）4).
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, cx: &Context) -> Result<Employment, FieldErrors> {
        let answers = cx.answers.with(AnyForm::Employment(self.clone()));
        let mut read = Reader::new(cx, &answers, StepKey::Employment);
        let status = read.text("status");
        let division = read.text("division").unwrap_or_default();
        let bureau = cx.bureaus.for_division(&division).map(|bureau| bureau.code.clone()).unwrap_or_default();
        if bureau.is_empty() {
            read.errors.push("division", if division.is_empty() { Fault::Missing } else { Fault::NoBureau });
        }
        let employment = Employment {
            status,
            division,
            bureau,
            employer_name: read.text("employer_name"),
            credit_code: read.text("credit_code"),
            employer_kind: read.text("employer_kind"),
            employer_address: read.text("employer_address"),
            employer_phone: read.text("employer_phone"),
            joined_on: read.date("joined_on"),
            post: read.text("post"),
            duty: read.text("duty"),
            title: read.text("title"),
            title_appointed_on: read.date("title_appointed_on"),
            accounting_started_on: read.date("accounting_started_on"),
        };
        let dates = (employment.accounting_started_on, employment.title_appointed_on);
        let is_late = matches!(dates, (Some(started), Some(appointed)) if started > appointed);
        if is_late && read.applies(NamedRule::StartedNotAfterAppointed) {
            read.errors.push("accounting_started_on", Fault::StartedAfterAppointed);
        }
        read.finish().or(employment)
    }
}
