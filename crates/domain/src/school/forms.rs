//! The forms of 网校.

use super::address::{WebAddress, years_of};
use super::ranges::Ranges;
use crate::fault::{Fault, FieldErrors};
use crate::learning::LearningRules;
use crate::text::{half_width, length, tidy, tidy_lines};

crate::form! {
    /// 网络培训报名.
    pub struct EnrolForm {
        /// 继续教育年度.
        year,
        /// Id of the school.
        school,
    }
}

crate::form! {
    /// 更换网校.
    pub struct ChangeForm {
        /// Id of the enrolment that is given up.
        enrolment,
        /// Id of the other school.
        school,
    }
}

crate::form! {
    /// A school under the pen. `id` is empty and `version` `0` for a new one.
    pub struct SchoolForm {
        /// Empty for a new one.
        id,
        /// The one that was seen.
        version,
        /// 网校代码; a school that is there keeps its own.
        code,
        /// 网校名称.
        name,
        /// 简介, lines; may be empty.
        intro,
        /// 收费说明, lines; may be empty.
        fees,
        /// 网址.
        site,
        /// Where people are sent with their ticket.
        entry,
        /// 咨询电话.
        phone,
        /// 开放年度.
        years,
        /// 调用地址: the networks that its programs call from; may be empty.
        ranges,
    }
}

crate::form! {
    /// A token of a school that is asked for, or ended, or both: one that nobody wrote down, for another one.
    pub struct TokenForm {
        /// Id of the school.
        school,
        /// Id of the token that is ended; empty for none.
        id,
        /// Id of the newest token as it was seen, so that a repetition asks for nothing more; empty for none.
        newest,
    }
}

crate::form! {
    /// What another administrator says to what one asked for.
    pub struct ApprovalForm {
        /// Id of the school.
        school,
        /// Id of what was asked for.
        id,
        /// The version of the school that was shown.
        version,
        /// What is done about it, as a code.
        act,
    }
}

crate::form! {
    /// A new token, shown once.
    pub struct NewToken {
        /// Id of the school.
        school,
        /// The token.
        text,
    }
}

/// A school without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// 网校代码.
    pub code: String,
    /// 网校名称.
    pub name: String,
    /// 简介.
    pub intro: String,
    /// 收费说明.
    pub fees: String,
    /// 网址.
    pub site: String,
    /// Where people are sent with their ticket.
    pub entry: String,
    /// 咨询电话.
    pub phone: String,
    /// 开放年度, the newest first.
    pub years: Vec<i32>,
    /// The networks that its programs call from.
    pub ranges: Ranges,
}

impl SchoolForm {
    /// Everything that is wrong with it, or what is to be kept. `may_be_local` is for the demonstration.
    ///
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong`, `Character`, `NotInList` and `TooManyRows` at their fields.
    pub fn check(&self, rules: &LearningRules, may_be_local: bool) -> Result<Checked, FieldErrors> {
        let mut errors = FieldErrors::default();
        let code = half_width(&tidy(&self.code)).to_ascii_lowercase();
        let refused = code.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-');
        match (refused, within(&code, 2, 32)) {
            (Some(refused), _) => errors.push("code", Fault::Character(refused)),
            (None, Err(fault)) => errors.push("code", fault),
            (None, Ok(_)) => {}
        }
        let mut take = |field: &str, text: String, min: u32, max: u32| match within(&text, min, max) {
            Err(Fault::Missing) if min == 0 => String::new(),
            Err(fault) => {
                errors.push(field, fault);
                String::new()
            }
            Ok(text) => text,
        };
        let name = take("name", tidy(&self.name), 2, 40);
        let intro = take("intro", tidy_lines(&self.intro), 0, 1000);
        let fees = take("fees", tidy_lines(&self.fees), 0, 500);
        let phone = take("phone", half_width(&tidy(&self.phone)), 5, 60);
        let mut address = |field: &str, typed: &str| match WebAddress::check(typed, may_be_local) {
            Ok(address) => address.as_str().to_owned(),
            Err(fault) => {
                errors.push(field, fault);
                String::new()
            }
        };
        let site = address("site", &self.site);
        let entry = address("entry", &self.entry);
        let years = match years_of(&self.years) {
            Ok(years) if years.iter().all(|year| rules.year(*year).is_some()) => years,
            _ => {
                errors.push("years", Fault::NotInList);
                Vec::new()
            }
        };
        let ranges = Ranges::parse(&self.ranges).unwrap_or_else(|fault| {
            errors.push("ranges", fault);
            Ranges::default()
        });
        errors.or(Checked { code, name, intro, fees, site, entry, phone, years, ranges })
    }
}

fn within(text: &str, min: u32, max: u32) -> Result<String, Fault> {
    match length(text) {
        0 => Err(Fault::Missing),
        n if n < min => Err(Fault::TooShort(min)),
        n if n > max => Err(Fault::TooLong(max)),
        _ => Ok(text.to_owned()),
    }
}
