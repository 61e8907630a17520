//! 诚信: rewards that people enter (手册乙 8), penalties that bureaus record, and what a penalty keeps somebody from, until when.

pub mod export;
pub mod forms;
mod law;
pub mod objection;
mod penalty;
pub mod public;
mod reward;
#[cfg(test)]
mod tests;
pub mod view;

pub use crate::ban::Ban;
pub use law::{Article, Law, Laws};
pub use objection::{Ending, Outcome};
pub use penalty::{Penalty, PenaltyKind};
pub use reward::{Lowest, NotRewarded, Reward, RewardLevel};

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::case::codes;

codes! {
    /// What an entry of the integrity record is about.
    pub enum EntryKind {
        /// 奖励.
        Reward = "reward",
        /// 行政处罚.
        Penalty = "penalty",
        /// 撤销登记.
        Annulment = "annulment",
    }
}

impl EntryKind {
    /// What people call it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Reward => "奖励",
            Self::Penalty => "行政处罚",
            Self::Annulment => "撤销登记",
        }
    }

    /// What records it is called, as a text speaks of it.
    #[must_use]
    pub const fn decision(self) -> &'static str {
        match self {
            Self::Reward => "奖励决定",
            Self::Penalty => "处罚决定",
            Self::Annulment => "撤销登记决定",
        }
    }

    /// What its body, its number, its day and its title are called.
    #[must_use]
    pub const fn labels(self) -> [&'static str; 4] {
        match self {
            Self::Reward => ["授予单位", "文号", "授予日期", "奖励名称"],
            Self::Penalty => ["处罚决定机关", "处罚决定书文号", "处罚决定日期", "处罚种类"],
            Self::Annulment => ["决定机关", "受理编号", "决定日期", "撤销的事项"],
        }
    }

    /// Whether the person may object to it.
    #[must_use]
    pub const fn may_be_objected_to(self) -> bool {
        match self {
            Self::Reward => false,
            Self::Penalty | Self::Annulment => true,
        }
    }
}

/// What a province says of 诚信, beside the lines of both kinds of case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntegrityRules {
    /// What the page of one's own record is called: 诚信信息查询.
    pub page_name: String,
    /// What entering a reward is called: 诚信录入.
    pub entry_name: String,
    /// What the list of what was entered is called: 诚信管理.
    pub management_name: String,
    /// How many rewards of one person may be open at a time.
    pub most: u32,
    /// Working days from the decision within which a penalty is recorded.
    pub record_working_days: u32,
    /// So many months from the decision on a penalty without a ban is public; one with a ban is while the ban holds. Nothing is public
    /// where nothing is said.
    #[serde(default)]
    pub public_months: Option<u32>,
    /// 级别, the highest first.
    pub levels: Vec<RewardLevel>,
    /// Which level is the lowest that is taken, since when; the oldest first.
    pub lowest: Vec<Lowest>,
}

impl IntegrityRules {
    /// The most that `most` may be: nobody is given more in a career of which nothing was entered.
    pub const MOST: u32 = 50;

    /// The level of a code.
    #[must_use]
    pub fn level(&self, code: &str) -> Option<&RewardLevel> {
        self.levels.iter().find(|level| level.code == code)
    }

    /// Until when a penalty is public; `None` where the province publishes none.
    #[must_use]
    pub fn public_until(&self, ban: Option<Ban>, decided_on: NaiveDate) -> Option<Ban> {
        let months = Months::new(self.public_months?);
        Some(ban.unwrap_or_else(|| Ban::Until(decided_on.checked_add_months(months).unwrap_or(NaiveDate::MAX))))
    }

    /// The levels that are taken of what was granted on some day.
    #[must_use]
    pub fn offered(&self) -> &[RewardLevel] {
        let place = |lowest: &Lowest| self.levels.iter().position(|level| level.code == lowest.level);
        let last = self.lowest.iter().filter_map(place).max();
        last.and_then(|last| self.levels.get(..=last)).unwrap_or(&self.levels)
    }

    /// The lowest level that is taken of what was granted on a day. What is older than the first rule follows that rule.
    #[must_use]
    pub fn lowest_on(&self, day: NaiveDate) -> Option<&RewardLevel> {
        let since = self.lowest.iter().rev().find(|lowest| lowest.from <= day).or(self.lowest.first())?;
        self.level(&since.level)
    }

    /// Whether a reward of a level that was granted on a day is taken.
    #[must_use]
    pub fn takes(&self, level: &str, granted_on: NaiveDate) -> bool {
        let place = |code: &str| self.levels.iter().position(|level| level.code == code);
        let lowest = self.lowest_on(granted_on).and_then(|level| place(&level.code));
        place(level).zip(lowest).is_some_and(|(level, lowest)| level <= lowest)
    }
}
