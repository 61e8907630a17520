use chrono::Datelike;
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::date::Dated;

codes! {
    /// What makes somebody owe 继续教育.
    pub enum Trigger {
        /// 取得会计专业技术资格.
        Qualification = "qualification",
        /// 从事会计工作.
        Work = "work",
    }
}

/// From when somebody owes 继续教育, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The first learning year.
    pub from: i32,
    /// Which of the two came first.
    pub by: Trigger,
    /// The date that decided.
    pub on: Dated,
}

/// The duty begins in the year after the qualification or after the start of accounting work, whichever came first
/// (财会〔2018〕10号: 自取得资格的次年、自从事会计工作的次年). `None` for somebody who has neither. On the same day it is the qualification.
#[must_use]
pub fn duty(qualified: Option<Dated>, started: Option<Dated>) -> Option<Duty> {
    let triggers = [(Trigger::Qualification, qualified), (Trigger::Work, started)];
    let dated = triggers.into_iter().filter_map(|(by, on)| Some((by, on?)));
    // A month counts with its first day; within one year the order does not change the duty.
    let (by, on) = dated.min_by_key(|(_, on)| on.first())?;
    Some(Duty { from: on.first().year().saturating_add(1), by, on })
}

impl Duty {
    /// The learning years that somebody owes until now, the newest first; those before the first known standard are left out.
    #[must_use]
    pub fn years(self, rules: &super::LearningRules, now: i32) -> Vec<i32> {
        let first = rules.first_year().map_or(self.from, |first| first.max(self.from));
        (first..=now).rev().filter(|year| rules.year(*year).is_some()).collect()
    }
}
