//! What a session remembers between two requests.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::answer::Flash;
use serde::{Deserialize, Serialize};

use crate::Attempt;

/// What a session remembers between two requests, sealed in its row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memo {
    /// Forms posted without scripts, by name, until their page is shown.
    pub flashes: BTreeMap<String, Flash>,
    /// A forgotten or a first password on its way.
    pub reset: Option<ResetMemo>,
    /// The mobile number that the last code of each purpose went to.
    pub code_sent_to: BTreeMap<String, String>,
    /// Faults of uploads without scripts, by slot.
    pub upload_faults: BTreeMap<String, domain::fault::Fault>,
    /// Recovery codes to be shown once.
    pub recovery_codes: Vec<String>,
    /// The secret of an authenticator while it is being set up, in hexadecimal.
    pub totp_secret: String,
    /// The token of a staff account that was just made or reset, to be shown once.
    pub issued: Option<IssuedMemo>,
    /// A sign-in at the identity service on its way; only the newest counts.
    pub identity: Option<IdentityMemo>,
}

/// The token with which a staff account is activated, until its page is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedMemo {
    pub person: String,
    pub token: String,
}

/// A sign-in at the identity service on its way.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityMemo {
    pub attempt: Attempt,
    pub begun_at: DateTime<Utc>,
}

impl std::fmt::Debug for IdentityMemo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityMemo").field("begun_at", &self.begun_at).finish_non_exhaustive()
    }
}

/// A password on its way. `account` is `None` when the number belongs to nobody, which nobody may notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetMemo {
    pub account: Option<String>,
    pub is_proven: bool,
    /// It is the first one of the account, not a forgotten one.
    #[serde(default)]
    pub is_first: bool,
}
