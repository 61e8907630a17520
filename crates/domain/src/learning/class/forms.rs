//! The forms of classes.

use super::{Audience, ClassRules, Planned, days};
use crate::correction::{Ceiling, TooMuch};
use crate::date::parse_date;
use crate::fault::{Fault, FieldErrors};
use crate::learning::{Credits, LearningRules, Subject};
use crate::text::{half_width, length, tidy, tidy_lines};

crate::form! {
    /// A class that is filed, or filed again after a return.
    pub struct ClassForm {
        /// What names the manager of the employer.
        manager,
        /// Id of the case that was returned; empty for a new one.
        case,
        /// Version of that case as it was seen; empty for a new one.
        version,
        /// 培训名称.
        title,
        /// 培训内容.
        programme,
        /// 授课教师.
        teacher,
        /// 开始日期.
        starts_on,
        /// 结束日期.
        ends_on,
        /// 科目类别.
        subject,
        /// 学分.
        credits,
        /// 培训对象; empty where there is nothing to choose.
        audience,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 取消 of a class or of results that wait or were returned.
    pub struct CancelForm {
        /// Id of the case.
        case,
        /// Version of the case as it was seen.
        version,
    }
}

crate::form! {
    /// The press that asks the manager of an employer about a year.
    pub struct AskEmployerForm {
        /// The employment.
        employment,
        /// 继续教育年度.
        year,
    }
}

crate::form! {
    /// What a manager answers.
    pub struct AnswerEmployeeForm {
        /// What names the manager.
        manager,
        /// The question.
        request,
        /// The answer.
        answer,
    }
}

crate::form! {
    /// An institution that the province admits.
    pub struct InstitutionForm {
        /// 统一社会信用代码.
        code,
        /// 单位名称.
        name,
    }
}

crate::form! {
    /// The end of it.
    pub struct EndInstitutionForm {
        /// Its id.
        institution,
    }
}

impl ClassForm {
    /// Everything that is wrong with it, or what is filed. Whether it is in time is another question.
    ///
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong`, `NotADate`, `BeforeOther`, `NotInList`, `NotAnAmount` and `AmountAbove` at their fields. Whether
    /// the employer may hold it for everybody is another question too.
    pub fn check(&self, rules: &ClassRules, learning: &LearningRules) -> Result<Planned, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = text("title", tidy(&self.title), (2, 60), &mut errors);
        let programme = text("programme", tidy_lines(&self.programme), (10, 2_000), &mut errors);
        let teacher = text("teacher", tidy(&self.teacher), (2, 60), &mut errors);
        let starts_on = day("starts_on", &self.starts_on, &mut errors);
        let ends_on = day("ends_on", &self.ends_on, &mut errors);
        if starts_on.zip(ends_on).is_some_and(|(first, last)| last < first) {
            errors.push("ends_on", Fault::BeforeOther("starts_on".to_owned()));
        }
        let lasts = starts_on.zip(ends_on).map(|(first, last)| days(first, last));
        let year = ends_on.and_then(|last| learning.year_of(last));
        if ends_on.is_some() && year.is_none() || lasts.is_some_and(|days| days > rules.most_days) {
            errors.push("ends_on", Fault::NotADate);
        }
        let subject = Subject::from_code(self.subject.trim()).filter(|subject| *subject != Subject::Both);
        if subject.is_none() {
            errors.push("subject", if self.subject.trim().is_empty() { Fault::Missing } else { Fault::NotInList });
        }
        let credits = Credits::parse(&half_width(&tidy(&self.credits))).filter(|credits| credits.is_some());
        let most = lasts.map(|days| rules.credits_per_day.times(days));
        match (credits, most) {
            (None, _) if self.credits.trim().is_empty() => errors.push("credits", Fault::Missing),
            (None, _) => errors.push("credits", Fault::NotAnAmount),
            (Some(credits), Some(most)) if credits > most => {
                errors.push("credits", Fault::AmountAbove(TooMuch { most, by: Ceiling::Rule }));
            }
            (Some(_), _) => {}
        }
        let audience = match self.audience.trim() {
            "" => Audience::Own,
            code => Audience::from_code(code).unwrap_or_else(|| {
                errors.push("audience", Fault::NotInList);
                Audience::Own
            }),
        };
        match (starts_on, ends_on, year, subject, credits) {
            (Some(starts_on), Some(ends_on), Some(year), Some(subject), Some(credits)) => {
                errors.or(Planned { title, programme, teacher, starts_on, ends_on, year, subject, credits, audience })
            }
            _ => Err(errors),
        }
    }
}

fn text(field: &str, text: String, (min, max): (u32, u32), errors: &mut FieldErrors) -> String {
    match length(&text) {
        0 => errors.push(field, Fault::Missing),
        length if length < min => errors.push(field, Fault::TooShort(min)),
        length if length > max => errors.push(field, Fault::TooLong(max)),
        _ => {}
    }
    text
}

fn day(field: &str, typed: &str, errors: &mut FieldErrors) -> Option<chrono::NaiveDate> {
    let found = parse_date(typed);
    if found.is_none() {
        errors.push(field, if typed.trim().is_empty() { Fault::Missing } else { Fault::NotADate });
    }
    found
}
