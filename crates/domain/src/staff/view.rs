//! What the pages of the administrator show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Act, Second};
use crate::account::settings::SessionView;
use crate::answer::Flash;
use crate::case::StaffRole;
use crate::id::{BureauCode, StaffId};

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonState {
    /// The owner has set a password.
    Active,
    /// A new or reset account that a second person has to agree to until then.
    Asked {
        /// A new account, not a reset.
        is_new: bool,
        /// In UTC.
        until: DateTime<Utc>,
        /// Whether that time has passed.
        is_over: bool,
    },
    /// The token can be used until then; afterwards the account has to be reset.
    Waiting {
        /// In UTC.
        until: DateTime<Utc>,
        /// Whether that time has passed.
        is_over: bool,
    },
    /// 停用.
    Disabled,
}

/// A line of the list of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// What names it in addresses.
    pub id: StaffId,
    /// With the city before it.
    pub bureau_name: String,
    /// The name to log in with.
    pub login: String,
    /// Of the person.
    pub name: String,
    /// 审核人员 or 管理员.
    pub role: StaffRole,
    /// Whether the account can be used.
    pub state: PersonState,
    /// Whether 动态口令 is set up.
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
    /// What was asked for.
    pub query: PeopleQuery,
    /// What was searched for: a whole name, to log in with or of the person.
    pub words: String,
    /// Whether the token of the search stands for nothing any more.
    pub is_search_over: bool,
    /// By bureau and name to log in with.
    pub lines: Vec<PersonLine>,
    /// Where the following page begins; `None` on the last.
    pub next: Option<StaffId>,
    /// (code, name) of every bureau.
    pub bureaus: Vec<(BureauCode, String)>,
}

/// The form for a new account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewPersonView {
    /// (code, name) of every bureau.
    pub bureaus: Vec<(BureauCode, String)>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// What waits for a second person, or for the account's owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedView {
    /// The name of the administrator who asked.
    pub by: String,
    /// When it was asked for, in UTC.
    pub at: DateTime<Utc>,
    /// Whether whoever is looking asked for it.
    pub is_mine: bool,
    /// Who has to agree.
    pub second: Second,
    /// Another telephone that comes with the reset, with its middle hidden.
    pub mobile: Option<String>,
}

/// An account.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    /// As in the list.
    pub line: PersonLine,
    /// What the next act must name.
    pub version: i64,
    /// In UTC.
    pub created_at: DateTime<Utc>,
    /// What whoever is looking may do now.
    pub acts: Vec<Act>,
    /// The account of whoever is looking, to which nothing can be done.
    pub is_own: bool,
    /// The telephone on file, with its middle hidden; empty when there is none.
    pub mobile: String,
    /// `None` while nothing waits.
    pub asked: Option<AskedView>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// 账号设置 of a staff member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnSettingsView {
    /// The name to log in with.
    pub login: String,
    /// Masked; empty when none is on file.
    pub mobile: String,
    /// How many 恢复码 are not used yet.
    pub recovery_left: i64,
    /// Where somebody is signed in to the account, this window first.
    pub sessions: Vec<SessionView>,
    /// What was wrong with a password that was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// The second factor of a staff member, while it is being set up.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EnrolView {
    /// Whether the second factor is set up.
    pub is_enrolled: bool,
    /// For typing in; empty when enrolled.
    pub secret: String,
    /// A drawing of the address, as SVG made here.
    pub qr: String,
    /// How many 恢复码 are not used yet.
    pub recovery_left: i64,
    /// Shown once, right after enrolment.
    pub recovery_codes: Vec<String>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}
