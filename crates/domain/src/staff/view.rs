//! What the pages of the administrator show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Act, Second};
use crate::answer::Flash;
use crate::case::StaffRole;
use crate::id::{BureauCode, StaffId};

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonState {
    Active,
    /// A new or reset account that a second person has to agree to until then.
    Asked {
        is_new: bool,
        until: DateTime<Utc>,
        is_over: bool,
    },
    /// The token can be used until then; afterwards the account has to be reset.
    Waiting {
        until: DateTime<Utc>,
        is_over: bool,
    },
    Disabled,
}

/// A line of the list of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    pub id: StaffId,
    /// With the city before it.
    pub bureau_name: String,
    pub login: String,
    pub name: String,
    pub role: StaffRole,
    pub state: PersonState,
    pub has_second_factor: bool,
}

/// What the list was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleQuery {
    /// One bureau, or all of them.
    pub bureau: Option<BureauCode>,
    /// The token of a search.
    pub search: String,
    /// The last of the page before.
    pub after: Option<StaffId>,
}

/// A page of the staff by bureau and name to log in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    pub query: PeopleQuery,
    /// What was searched for: a whole name, to log in with or of the person.
    pub words: String,
    /// Whether the token of the search stands for nothing any more.
    pub is_search_over: bool,
    pub lines: Vec<PersonLine>,
    pub next: Option<StaffId>,
    /// (code, name) of every bureau.
    pub bureaus: Vec<(BureauCode, String)>,
}

/// The form for a new account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewPersonView {
    /// (code, name) of every bureau.
    pub bureaus: Vec<(BureauCode, String)>,
    pub flash: Option<Flash>,
}

/// What waits for a second person, or for the account's owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedView {
    /// The name of the administrator who asked.
    pub by: String,
    pub at: DateTime<Utc>,
    pub is_mine: bool,
    /// Who has to agree.
    pub second: Second,
    /// Another telephone that comes with the reset, with its middle hidden.
    pub mobile: Option<String>,
}

/// An account.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    pub line: PersonLine,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub acts: Vec<Act>,
    /// The account of whoever is looking, to which nothing can be done.
    pub is_own: bool,
    /// The telephone on file, with its middle hidden; empty when there is none.
    pub mobile: String,
    pub asked: Option<AskedView>,
    pub flash: Option<Flash>,
}

/// The second factor of a staff member, while it is being set up.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EnrolView {
    pub is_enrolled: bool,
    /// For typing in; empty when enrolled.
    pub secret: String,
    /// A drawing of the address, as SVG made here.
    pub qr: String,
    pub recovery_left: i64,
    /// Shown once, right after enrolment.
    pub recovery_codes: Vec<String>,
    pub flash: Option<Flash>,
}
