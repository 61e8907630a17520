use chrono::NaiveDate;
use serde::Serialize;

use super::answers::AnyForm;
use super::check::{Context, Reader};
use crate::fault::{Fault, FieldErrors};
use crate::province::{NamedRule, StepKey};

crate::form! {
    /// 学历学位信息 as typed: the highest full-time and the highest part-time education.
    pub struct EducationForm {
        full_time_level, full_time_degree, full_time_school, full_time_major, full_time_graduated_on, full_time_certificate_number,
        full_time_verification_code, part_time_level, part_time_degree, part_time_school, part_time_major, part_time_graduated_on,
        part_time_certificate_number, part_time_verification_code,
    }
}

/// 学历学位信息 as accepted; what is not asked is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Education {
    pub full_time_level: Option<String>,
    pub full_time_degree: Option<String>,
    pub full_time_school: Option<String>,
    pub full_time_major: Option<String>,
    pub full_time_graduated_on: Option<NaiveDate>,
    pub full_time_certificate_number: Option<String>,
    /// 电子认证号 of the diploma (学信网).
    pub full_time_verification_code: Option<String>,
    pub part_time_level: Option<String>,
    pub part_time_degree: Option<String>,
    pub part_time_school: Option<String>,
    pub part_time_major: Option<String>,
    pub part_time_graduated_on: Option<NaiveDate>,
    pub part_time_certificate_number: Option<String>,
    /// 电子认证号 of the diploma (学信网).
    pub part_time_verification_code: Option<String>,
}

impl EducationForm {
    /// Checks the step against the profile, and 全日制学历 against 无 and 非全日制学历 (手册甲 二（二）2).
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, cx: &Context) -> Result<Education, FieldErrors> {
        let answers = cx.answers.with(AnyForm::Education(self.clone()));
        let mut read = Reader::new(cx, &answers, StepKey::Education);
        let education = Education {
            full_time_level: read.text("full_time_level"),
            full_time_degree: read.text("full_time_degree"),
            full_time_school: read.text("full_time_school"),
            full_time_major: read.text("full_time_major"),
            full_time_graduated_on: read.date("full_time_graduated_on"),
            full_time_certificate_number: read.text("full_time_certificate_number"),
            full_time_verification_code: read.text("full_time_verification_code"),
            part_time_level: read.text("part_time_level"),
            part_time_degree: read.text("part_time_degree"),
            part_time_school: read.text("part_time_school"),
            part_time_major: read.text("part_time_major"),
            part_time_graduated_on: read.date("part_time_graduated_on"),
            part_time_certificate_number: read.text("part_time_certificate_number"),
            part_time_verification_code: read.text("part_time_verification_code"),
        };
        // Rank 0 is 无学历.
        let full_time = education.full_time_level.as_deref().and_then(|code| read.rank("full_time_level", code));
        let part_time = education.part_time_level.as_deref().and_then(|code| read.rank("part_time_level", code));
        if read.applies(NamedRule::FullTimeNotNone) && full_time == Some(0) {
            read.errors.push("full_time_level", Fault::FullTimeNone);
        }
        let above = matches!((full_time, part_time), (Some(full), Some(part)) if part > 0 && full > part);
        if read.applies(NamedRule::FullTimeNotAbovePartTime) && above {
            read.errors.push("full_time_level", Fault::FullTimeAbovePartTime);
        }
        read.finish().or(education)
    }
}
