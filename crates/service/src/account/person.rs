//! The row of a new account, however the person came: registered, vouched for by the identity service, imported, or enrolled at
//! a counter.

use chrono::DateTime;
use domain::id::AccountId;
use domain::identity::{DocumentNumber, Mobile};
use store::account::AccountRow;

use super::detach::no_mobile;
use crate::Services;

/// An account as [`new_account`] makes it, with a number that was told by somebody else and proven by nobody: an old file, or a
/// clerk who typed it. Whoever proves the number has it at once, and whoever comes in by it alone says the end of the document first.
pub(crate) fn told_account(
    services: &Services,
    province: &str,
    document: &DocumentNumber,
    name: &str,
    mobile: Option<&Mobile>,
) -> AccountRow {
    let row = new_account(services, province, document, name, mobile);
    AccountRow { updated_at: DateTime::UNIX_EPOCH, signed_in_at: DateTime::UNIX_EPOCH, ..row }
}

/// An account that is not yet written, which opens for no password; its number was proven by a code or by the identity service.
pub(crate) fn new_account(
    services: &Services,
    province: &str,
    document: &DocumentNumber,
    name: &str,
    mobile: Option<&Mobile>,
) -> AccountRow {
    let (vault, id, now) = (&services.vault, AccountId::from(services.ids.id()), services.now());
    let (mobile_hash, mobile_sealed) = match mobile.map(Mobile::as_str) {
        Some(mobile) => (vault.keyed_hash("mobile", mobile), vault.seal_text("account.mobile", id.as_str(), mobile)),
        None => no_mobile(vault, id.as_str()),
    };
    AccountRow {
        province: province.to_owned(),
        document_kind: document.kind().code().to_owned(),
        document_hash: vault.keyed_hash("document", document.number()),
        document_sealed: vault.seal_text("account.document", id.as_str(), document.number()),
        name: name.to_owned(),
        username: String::new(),
        mobile_hash,
        mobile_sealed,
        email_sealed: None,
        // An empty hash opens for no password.
        password_hash: String::new(),
        failed_logins: 0,
        version: 1,
        created_at: now,
        updated_at: now,
        signed_in_at: now,
        id,
    }
}
