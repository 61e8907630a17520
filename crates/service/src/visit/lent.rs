//! Slots that a session lends to telephones (手机传图).

use chrono::{DateTime, Utc};
use domain::id::CaseId;
use serde::{Deserialize, Serialize};

use super::memo::Glimpse;

/// A slot that is lent to a telephone. The database knows the token by its hash alone; the page of the session shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lent {
    pub id: String,
    pub case: CaseId,
    pub slot: String,
    pub token: String,
    /// When it is good for nothing any more, in UTC.
    pub until: DateTime<Utc>,
}

domain::shown!(Lent { id, case, slot, until });

impl Glimpse {
    /// The token of a slot that is lent.
    pub(crate) fn lent(&self, id: &str) -> Option<&str> {
        self.lent.iter().find(|one| one.id == id).map(|one| one.token.as_str())
    }
}
