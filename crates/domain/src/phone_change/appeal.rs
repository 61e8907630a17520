//! 账号申诉: whoever holds a document says that the account with its number is theirs and shut to them, or is not theirs. What it
//! shares with 手机号更换 is asked and checked there.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::forms::{PhoneChange, PhoneChangeForm};
use super::{Compared, FILES};
use crate::case::{Check, CheckRule, Level};
use crate::fault::{Fault, FieldErrors};
use crate::province::AccountRules;
use crate::text::tidy;

/// The pictures of an appeal: slot and title.
pub const APPEAL_FILES: [(&str, &str); 3] = [FILES[0], FILES[1], ("hand", "本人手持证件的照片")];

/// What somebody says about the account with the number of their document. The bureau agrees to it or gives it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// It is theirs, and they cannot enter it: it gets another telephone, as by 手机号更换.
    Mine,
    /// Somebody else registered it: it is handed over.
    Taken,
}

impl Claim {
    /// Every claim, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Mine, Self::Taken];

    /// The code in the form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Taken => "taken",
        }
    }

    /// How people say it, and how the bureau reads it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Mine => "账号是本人的，但是无法登录",
            Self::Taken => "账号不是本人注册的",
        }
    }
}

crate::form! {
    /// 账号申诉, once a code went to the number of who appeals.
    pub struct AppealForm {
        /// What is said about the account, as the code of a [`Claim`].
        claim,
        /// 姓名, as on the identity document.
        name,
        /// 证件类型, as a code.
        document_kind,
        /// 证件号码, as typed.
        document_number,
        /// 短信验证码, as typed.
        sms_code,
        /// 情况说明; may be empty.
        note,
    }
}

impl AppealForm {
    /// Checks everything at once, as [`PhoneChangeForm::check`] does.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, rules: &AccountRules, today: NaiveDate) -> Result<(Claim, PhoneChange), FieldErrors> {
        let mut errors = FieldErrors::default();
        let code = tidy(&self.claim);
        let claim = Claim::ALL.into_iter().find(|claim| claim.code() == code);
        if claim.is_none() {
            errors.push("claim", Fault::NotInList);
        }
        let form = PhoneChangeForm {
            name: self.name.clone(),
            document_kind: self.document_kind.clone(),
            document_number: self.document_number.clone(),
            sms_code: self.sms_code.clone(),
            note: self.note.clone(),
        };
        match (claim, form.check(rules, today)) {
            (Some(claim), Ok(wanted)) => Ok((claim, wanted)),
            (_, Ok(_)) => Err(errors),
            (_, Err(more)) => {
                errors.0.extend(more.0);
                Err(errors)
            }
        }
    }
}

/// The findings; the reddest first. An account that is not theirs may well bear another name.
#[must_use]
pub fn check(compared: Compared, claim: Claim) -> Vec<Check> {
    let mut checks: Vec<Check> = super::check(compared)
        .into_iter()
        .map(|check| {
            let is_expected = check.rule == CheckRule::AccountName && claim == Claim::Taken;
            let level = if is_expected { check.level.min(Level::Look) } else { check.level };
            Check { level, item: check.item.replacen("phone_change.", "appeal.", 1), ..check }
        })
        .collect();
    checks.sort_by_key(|check| std::cmp::Reverse(check.level));
    checks
}

#[cfg(test)]
mod tests {
    use super::super::Holder;
    use super::*;

    #[test]
    fn another_name_contradicts_whoever_says_that_the_account_is_theirs_and_nobody_else() {
        let compared = Compared { is_same_name: false, is_same_document: true, holder: Holder::Nobody };
        let of = |claim| check(compared, claim).into_iter().map(|check| (check.item, check.level)).next();
        assert_eq!(of(Claim::Mine), Some(("appeal.name".to_owned(), Level::Wrong)));
        assert_eq!(of(Claim::Taken), Some(("appeal.name".to_owned(), Level::Look)));
    }
}
