//! From which day on somebody may work in accounting again.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::date::Dated;
use crate::integrity::PenaltyKind;

/// 会计法 第四十条, 第四十一条: 五年内不得从事会计工作.
const FIVE_YEARS: Months = Months::new(60);

/// What a penalty keeps somebody from: working in accounting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ban {
    /// Until the end of this day, in China.
    Until(NaiveDate),
    /// For life.
    Life,
}

impl Ban {
    /// That of a decision; `None` where it keeps nobody from anything. The day of the decision itself is not counted; the last day is
    /// the one that corresponds to it, and where the month has none, the last of the month (民法典 第二百零一条, 第二百零二条).
    #[must_use]
    pub fn of(kinds: &[PenaltyKind], decided_on: NaiveDate) -> Option<Self> {
        if kinds.contains(&PenaltyKind::BanLife) {
            return Some(Self::Life);
        }
        let until = || decided_on.checked_add_months(FIVE_YEARS).unwrap_or(NaiveDate::MAX);
        kinds.contains(&PenaltyKind::BanFive).then(|| Self::Until(until()))
    }

    /// As the store keeps it: a word, empty for none, and the last day.
    #[must_use]
    pub fn kept(ban: Option<Self>) -> (&'static str, Option<NaiveDate>) {
        match ban {
            None => ("", None),
            Some(Self::Until(day)) => ("until", Some(day)),
            Some(Self::Life) => ("life", None),
        }
    }

    /// From what the store keeps.
    #[must_use]
    pub fn read(word: &str, until: Option<NaiveDate>) -> Option<Self> {
        match word {
            "life" => Some(Self::Life),
            "until" => until.map(Self::Until),
            _ => None,
        }
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn is_active(self, today: NaiveDate) -> bool {
        match self {
            Self::Until(day) => today <= day,
            Self::Life => true,
        }
    }

    /// Whether one keeps somebody no longer than another.
    #[must_use]
    pub fn lasts_no_longer(ban: Option<Self>, than: Option<Self>) -> bool {
        match (ban, than) {
            (None, _) | (Some(_), Some(Self::Life)) => true,
            (Some(Self::Until(day)), Some(Self::Until(other))) => day <= other,
            (Some(_), None) | (Some(Self::Life), Some(Self::Until(_))) => false,
        }
    }

    /// 至 2029年6月28日, or 终身.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Until(day) => format!("至 {}", Dated::Day(day).words()),
            Self::Life => "终身".to_owned(),
        }
    }
}
