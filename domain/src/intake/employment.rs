use chrono::NaiveDate;
use serde::Serialize;

use super::answers::AnyForm;
use super::check::{Context, Reader};
use crate::fault::{Fault, FieldErrors};
use crate::province::{Bureau, NamedRule, StepKey};

crate::form! {
    /// 工作单位信息 as typed. The division decides which bureau reviews.
    pub struct EmploymentForm {
        status, division, bureau, address, postcode, employer_name, employer_code, credit_code, employer_kind, employer_address,
        employer_phone, joined_on, post, duty, title, title_appointed_on, accounting_started_on,
    }
}

/// 工作单位信息 as accepted; what is not asked is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Employment {
    pub status: Option<String>,
    pub division: String,
    /// The code of the bureau that takes the case: that of the division, or the chosen one among those that match.
    pub bureau: String,
    /// Of the employer, or where the person lives or studies.
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub employer_name: Option<String>,
    /// 统一社会信用代码 or 组织机构代码, where either may be given.
    pub employer_code: Option<String>,
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
    /// The bureau that what was typed leads to, as [`EmploymentForm::check`] finds it; `None` while it leads to none.
    #[must_use]
    pub fn bureau<'a>(&self, cx: &Context<'a>) -> Option<&'a Bureau> {
        let division = self.division.trim();
        let is_chosen = cx.profile.intake.step(StepKey::Employment).is_some_and(|step| step.field("bureau").is_some());
        if !is_chosen {
            return cx.bureaus.for_division(division);
        }
        cx.bureaus.matching(division).into_iter().find(|bureau| bureau.code == self.bureau.trim())
    }

    /// Checks the step, finds the bureau of the division (where the province lets people choose, among those that match:
    /// 手册丙 7), and compares 开始从事会计工作时间 with 专业技术职务聘任时间
    /// (手册甲 二（二）4).
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, cx: &Context) -> Result<Employment, FieldErrors> {
        let answers = cx.answers.with(AnyForm::Employment(self.clone()));
        let mut read = Reader::new(cx, &answers, StepKey::Employment);
        let status = read.text("status");
        let division = read.text("division").unwrap_or_default();
        let matching = cx.bureaus.matching(&division);
        if matching.is_empty() {
            read.errors.push("division", if division.is_empty() { Fault::Missing } else { Fault::NoBureau });
        }
        let bureau = if read.asks("bureau") {
            let chosen = read.text("bureau").unwrap_or_default();
            if !chosen.is_empty() && !matching.is_empty() && !matching.iter().any(|bureau| bureau.code == chosen) {
                read.errors.push("bureau", Fault::NotInList);
            }
            chosen
        } else {
            cx.bureaus.for_division(&division).map(|bureau| bureau.code.clone()).unwrap_or_default()
        };
        let employment = Employment {
            status,
            division,
            bureau,
            address: read.text("address"),
            postcode: read.text("postcode"),
            employer_name: read.text("employer_name"),
            employer_code: read.text("employer_code"),
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
