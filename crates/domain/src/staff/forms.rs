//! The forms of the administrator, and of whoever activates an account.

use chrono::NaiveDate;

use crate::case::StaffRole;
use crate::fault::{Fault, FieldErrors};
use crate::identity::name::person_name;
use crate::identity::{DocumentKind, DocumentNumber, Mobile};
use crate::province::Bureaus;
use crate::text::tidy;

use super::login_name;
use crate::id::BureauCode;

crate::form! {
    /// A new account.
    pub struct PersonForm {
        /// The name to log in with.
        login,
        /// Of the person.
        name,
        /// 手机号, as typed.
        mobile,
        /// 证件号码; administrators need none.
        document_number,
        /// 财政局代码.
        bureau,
        /// 审核人员 or 管理员, as a code.
        role,
    }
}

crate::form! {
    /// A search for staff: `words` are a whole name, to log in with or of the person.
    pub struct FindForm {
        /// 财政局代码; empty for all of them.
        bureau,
        /// What is searched for; may be empty.
        words,
    }
}

crate::form! {
    /// What is done to an account; `version` is the one that was seen, `mobile` another telephone with a reset.
    pub struct ActForm {
        /// The account of the staff that it is done to.
        person,
        /// The one that was seen.
        version,
        /// 停用, 启用 or 重置, as a code.
        act,
        /// Another telephone with a reset; may be empty.
        mobile,
    }
}

crate::form! {
    /// 启用账号: the one-time token from the telephone and a password of one's own.
    pub struct ActivateForm {
        /// 启用口令, from the telephone.
        token,
        /// Exactly as typed.
        password,
        /// The same once more.
        password_again,
    }
}

crate::form! {
    /// 更换动态口令: a code of the authenticator in use, or a recovery code, and one of the new authenticator.
    pub struct RenewFactorForm {
        /// Of the one in use.
        present,
        /// Of the new one.
        code,
    }
}

/// An account without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// The name to log in with.
    pub login: String,
    /// Of the person.
    pub name: String,
    /// Where the 启用口令 goes.
    pub mobile: Mobile,
    /// Reviewers have one, so that nobody decides on an application of their own.
    pub document: Option<DocumentNumber>,
    /// The bureau that employs them.
    pub bureau: BureauCode,
    /// 审核人员 or 管理员.
    pub role: StaffRole,
}

impl PersonForm {
    /// Everything that is wrong with it, or the account. Administrators belong to the bureau of the province; they see no case,
    /// and need no document. `today` bounds the birth date.
    ///
    /// # Errors
    /// Those of the name to log in with, of a person's name, a mobile and an identity number; `NotInList`, `ProvinceOnly`.
    pub fn check(&self, bureaus: &Bureaus, today: NaiveDate) -> Result<NewPerson, FieldErrors> {
        let mut errors = FieldErrors::default();
        let login = login_name(&self.login).map_err(|fault| errors.push("login", fault)).unwrap_or_default();
        let name = person_name(&self.name).map_err(|fault| errors.push("name", fault)).unwrap_or_default();
        let mobile = Mobile::check(&self.mobile).map_err(|fault| errors.push("mobile", fault)).ok();
        let role = StaffRole::from_code(&self.role);
        if role.is_none() {
            errors.push("role", Fault::NotInList);
        }
        let is_needed = role == Some(StaffRole::Reviewer) || !tidy(&self.document_number).is_empty();
        let document = is_needed.then(|| DocumentNumber::check(DocumentKind::ResidentId, &self.document_number, today));
        let document = document.and_then(|checked| checked.map_err(|fault| errors.push("document_number", fault)).ok());
        let bureau = BureauCode::from(self.bureau.as_str());
        match bureaus.get(&bureau) {
            None => errors.push("bureau", Fault::NotInList),
            Some(bureau) if role == Some(StaffRole::Administrator) && bureau.level != 1 => {
                errors.push("bureau", Fault::ProvinceOnly);
            }
            Some(_) => {}
        }
        match (mobile, role) {
            (Some(mobile), Some(role)) => errors.or(NewPerson { login, name, mobile, document, bureau, role }),
            _ => Err(errors),
        }
    }
}
