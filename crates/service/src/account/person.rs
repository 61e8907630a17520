//! The row of a new account, however the person came: registered, vouched for by the identity service, imported, or enrolled at
//! a counter.

use chrono::DateTime;
use domain::id::AccountId;
use domain::identity::{DocumentNumber, Mobile};
use store::account::AccountRow;

use super::detach::no_mobile;
use crate::Services;

/// The telephone of a new account, by whoever answers for it.
pub(crate) enum Number<'a> {
    /// By a code, or by the identity service.
    Proven(&'a Mobile),
    /// By somebody else and proven by nobody: an old file, or a clerk who typed it. Whoever proves the number has it at once, and
    /// whoever comes in by it alone says the end of the document first.
    Told(&'a Mobile),
    /// There is none.
    None,
}

impl<'a> Number<'a> {
    /// One that somebody else told, where there is one.
    pub(crate) fn told(mobile: Option<&'a Mobile>) -> Self {
        mobile.map_or(Self::None, Self::Told)
    }
}

/// Whose account it is to be, and where.
pub(crate) struct NewAccount<'a> {
    pub(crate) province: &'a str,
    pub(crate) document: &'a DocumentNumber,
    pub(crate) name: &'a str,
    pub(crate) number: Number<'a>,
}

impl NewAccount<'_> {
    /// The row, not yet written, which opens for no password.
    pub(crate) fn row(&self, services: &Services) -> AccountRow {
        let (vault, id, now) = (&services.vault, AccountId::from(services.ids.id()), services.now());
        let (mobile_hash, mobile_sealed) = match self.number {
            Number::Proven(mobile) | Number::Told(mobile) => {
                let mobile = mobile.as_str();
                (vault.keyed_hash("mobile", mobile), vault.seal_text("account.mobile", id.as_str(), mobile))
            }
            Number::None => no_mobile(vault, id.as_str()),
        };
        // What nobody has proven counts as settled and as long unused.
        let used_at = if matches!(self.number, Number::Proven(_)) { now } else { DateTime::UNIX_EPOCH };
        AccountRow {
            province: self.province.to_owned(),
            document_kind: self.document.kind().code().to_owned(),
            document_hash: vault.keyed_hash("document", self.document.number()),
            document_sealed: vault.seal_text("account.document", id.as_str(), self.document.number()),
            name: self.name.to_owned(),
            username: String::new(),
            mobile_hash,
            mobile_sealed,
            email_sealed: None,
            // An empty hash opens for no password.
            password_hash: String::new(),
            failed_logins: 0,
            version: 1,
            created_at: now,
            updated_at: used_at,
            signed_in_at: used_at,
            id,
        }
    }
}
