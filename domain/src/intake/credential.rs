use chrono::NaiveDate;
use serde::Serialize;

use super::answers::AnyForm;
use super::check::{Context, Reader};
use crate::fault::FieldErrors;
use crate::province::StepKey;

crate::form! {
    /// 专业技术资格 as typed, where only the highest one is asked, with what the provinces ask beside it: 聘任职务, 会计行政职务,
    /// 珠算等级, 执业资格.
    pub struct CredentialForm {
        level, category, method, obtained_on, certificate_number, title, title_appointed_on, duty, abacus_level, abacus_number, cpa,
        tax_agent, appraiser,
    }
}

/// 专业技术资格 (最高一项) as accepted; what is not asked is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Credential {
    pub level: Option<String>,
    pub category: Option<String>,
    pub method: Option<String>,
    pub obtained_on: Option<NaiveDate>,
    pub certificate_number: Option<String>,
    pub title: Option<String>,
    pub title_appointed_on: Option<NaiveDate>,
    pub duty: Option<String>,
    pub abacus_level: Option<String>,
    pub abacus_number: Option<String>,
    /// 注册会计师.
    pub cpa: Option<String>,
    /// 注册税务师.
    pub tax_agent: Option<String>,
    /// 资产评估师.
    pub appraiser: Option<String>,
}

impl CredentialForm {
    /// Checks the step against the profile; what 无 switches off is a condition there (手册丙 9).
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, cx: &Context) -> Result<Credential, FieldErrors> {
        let answers = cx.answers.with(AnyForm::Credential(self.clone()));
        let mut read = Reader::new(cx, &answers, StepKey::Credential);
        let credential = Credential {
            level: read.text("level"),
            category: read.text("category"),
            method: read.text("method"),
            obtained_on: read.date("obtained_on"),
            certificate_number: read.text("certificate_number"),
            title: read.text("title"),
            title_appointed_on: read.date("title_appointed_on"),
            duty: read.text("duty"),
            abacus_level: read.text("abacus_level"),
            abacus_number: read.text("abacus_number"),
            cpa: read.text("cpa"),
            tax_agent: read.text("tax_agent"),
            appraiser: read.text("appraiser"),
        };
        read.finish().or(credential)
    }
}
