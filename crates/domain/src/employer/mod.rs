//! 单位管理: somebody claims an employer by its credit code, and then sees those who work there and let it be seen (docs/adr/0041).

pub mod forms;
pub mod view;

use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::id::BureauCode;
use crate::identity::CreditCode;
use crate::province::{Bureaus, Divisions};

/// What a province says of it, beside the line of the claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmployerRules {
    /// What the page is called: 单位管理.
    pub page_name: String,
    /// What whoever manages an employer is called: 单位管理员.
    pub manager_name: String,
    /// How many employers one person manages or claims at a time.
    pub most: u32,
    /// Another way to manage an employer, said beside the claim; may be empty.
    #[serde(default)]
    pub note: String,
    /// Whether a manager sees of those who agreed that they may not work as accountants at present. Whoever is asked reads that.
    #[serde(default)]
    pub shows_bans: bool,
}

impl EmployerRules {
    /// Nobody keeps the accountants of more employers; agencies of book-keeping are asked for by the profile.
    pub const MOST: u32 = 20;

    /// What a manager sees of somebody who agrees, and nothing else.
    #[must_use]
    pub const fn seen(&self) -> &'static str {
        match self.shows_bans {
            true => "您的姓名、同意的日期和正在执行的从业限制",
            false => "您的姓名和同意的日期",
        }
    }
}

codes! {
    /// Why an employer cannot be claimed, or the claim not handed in. Each is told on the page, with what to do.
    pub enum NotClaimed {
        /// 信息采集 has to be approved first.
        NotCollected = "not_collected",
        /// Somebody else manages the employer.
        Taken = "taken",
        /// Whoever asks manages it already.
        Own = "own",
        /// Another claim of theirs is about the same employer.
        Open = "open",
        /// They manage or claim as many as the province allows.
        TooMany = "too_many",
    }
}

codes! {
    /// What a person answers to the manager of their employer.
    pub enum Consent {
        /// They work there, and the manager may see it.
        Confirmed = "confirmed",
        /// The manager sees nothing.
        Refused = "refused",
    }
}

codes! {
    /// What a manager says of somebody who confirmed.
    pub enum Vouched {
        /// They work there.
        Confirmed = "confirmed",
        /// They do not.
        Denied = "denied",
    }
}

/// The bureau of the division that registered an employer, by the third to the eighth character of its code: its own, or the nearest above
/// it that takes cases. `None` for a division of another province, or one that is historic.
#[must_use]
pub fn bureau_of(code: &CreditCode, divisions: &Divisions, bureaus: &Bureaus) -> Option<BureauCode> {
    let registered = code.as_str().get(2..8)?;
    let nearest = divisions.path(registered).into_iter().rev().find_map(|division| bureaus.for_division(&division.code));
    nearest.map(|bureau| bureau.code.clone())
}

#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
