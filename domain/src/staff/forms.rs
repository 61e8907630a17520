//! The forms of the administrator, and of whoever activates an account.

use crate::fault::{Fault, FieldErrors};
use crate::identity::Mobile;
use crate::identity::name::person_name;
use crate::province::Bureaus;
use crate::review::StaffRole;

use super::login_name;

crate::form! {
    /// A new account.
    pub struct PersonForm { login, name, mobile, bureau, role }
}

crate::form! {
    /// A search for staff: `words` are a whole name, to log in with or of the person.
    pub struct FindForm { bureau, words }
}

crate::form! {
    /// What is done to an account; `version` is the one that was seen, `mobile` another telephone with a reset.
    pub struct ActForm { person, version, act, mobile }
}

crate::form! {
    /// 启用账号: the one-time token from the telephone and a password of one's own.
    pub struct ActivateForm { token, password, password_again }
}

/// An account without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    pub login: String,
    pub name: String,
    pub mobile: Mobile,
    pub bureau: String,
    pub role: StaffRole,
}

impl PersonForm {
    /// Everything that is wrong with it, or the account. Administrators belong to the bureau of the province.
    ///
    /// # Errors
    /// Those of the name to log in with and of a person's name and a mobile number; `NotInList`, `ProvinceOnly`.
    pub fn check(&self, bureaus: &Bureaus) -> Result<NewPerson, FieldErrors> {
        let mut errors = FieldErrors::default();
        let login = login_name(&self.login).map_err(|fault| errors.push("login", fault)).unwrap_or_default();
        let name = person_name(&self.name).map_err(|fault| errors.push("name", fault)).unwrap_or_default();
        let mobile = Mobile::check(&self.mobile).map_err(|fault| errors.push("mobile", fault)).ok();
        let role = StaffRole::from_code(&self.role);
        match bureaus.get(&self.bureau) {
            None => errors.push("bureau", Fault::NotInList),
            Some(bureau) if role == Some(StaffRole::Administrator) && bureau.level != 1 => {
                errors.push("bureau", Fault::ProvinceOnly);
            }
            Some(_) => {}
        }
        if role.is_none() {
            errors.push("role", Fault::NotInList);
        }
        let bureau = self.bureau.clone();
        match (mobile, role) {
            (Some(mobile), Some(role)) => errors.or(NewPerson { login, name, mobile, bureau, role }),
            _ => Err(errors),
        }
    }
}
