//! 奖励 of a person (手册乙 8.1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::text::tidy_code;

/// 级别 of a reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RewardLevel {
    /// What names it.
    pub code: String,
    /// 国家级.
    pub label: String,
}

/// Which level is the lowest that is taken, of what was granted since a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lowest {
    /// The first day.
    pub from: NaiveDate,
    /// The code of the level.
    pub level: String,
}

codes! {
    /// Why a reward cannot be entered, or not handed in. Each is told on the page, with what to do.
    pub enum NotRewarded {
        /// 信息采集 has to be approved first.
        NotCollected = "not_collected",
        /// The record is closed.
        Closed = "closed",
        /// Another one of the person is of the same body, name and date.
        Same = "same",
        /// As many are open as the province allows.
        TooMany = "too_many",
    }
}

/// A reward without a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reward {
    /// 奖励名称.
    pub name: String,
    /// The code of its level.
    pub level: String,
    /// 授予单位.
    pub body: String,
    /// 授予日期.
    pub granted_on: NaiveDate,
    /// 文号; empty for none.
    pub number: String,
}

impl Reward {
    /// Whether both are the same reward, however widths, blanks and capitals were typed.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let key = |of: &Self| (tidy_code(&of.body), tidy_code(&of.name), of.granted_on);
        key(self) == key(other)
    }
}
