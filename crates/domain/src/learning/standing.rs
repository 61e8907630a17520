use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::credits::Credits;
use super::entry::{CreditEntry, SourceKind, standing_entries};
use super::rules::{Standard, Subject};

/// What is booked for a learning year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Every credit once.
    pub total: Credits,
    /// 专业科目, with what counts to either part.
    pub professional: Credits,
    /// 公需科目, with what counts to either part.
    pub public: Credits,
}

/// What is missing for a learning year; nothing everywhere where it is complete.
pub type Missing = Sums;

impl Sums {
    /// The sums of a learning year. Order does not matter, and no amount is kept anywhere else.
    #[must_use]
    pub fn of(entries: &[CreditEntry], year: i32) -> Self {
        entries
            .iter()
            .filter(|entry| entry.year == year)
            .fold(Self::default(), |sums, entry| sums.with(entry.subject, entry.amount))
    }

    /// With a further amount.
    #[must_use]
    pub fn with(self, subject: Subject, amount: Credits) -> Self {
        let part = |counts: bool| if counts { amount } else { Credits::ZERO };
        Self {
            total: self.total + amount,
            professional: self.professional + part(subject != Subject::Public),
            public: self.public + part(subject != Subject::Professional),
        }
    }

    /// What is missing to a standard.
    #[must_use]
    pub fn missing(self, standard: &Standard) -> Missing {
        let part = |asked: Option<Credits>, have| asked.unwrap_or_default().less(have);
        Missing {
            total: standard.total.less(self.total),
            professional: part(standard.professional, self.professional),
            public: part(standard.public, self.public),
        }
    }

    /// These as what is missing: 还差 30 学分，专业科目还差 12 学分; `unit` is what an amount is called.
    #[must_use]
    pub fn words_of_missing(&self, unit: &str) -> String {
        let part = |name: Subject, amount: Credits| {
            if amount.is_some() { format!("，{}还差 {amount} {unit}", name.term()) } else { String::new() }
        };
        let (professional, public) = (part(Subject::Professional, self.professional), part(Subject::Public, self.public));
        match self.total.is_some() {
            true => format!("还差 {} {unit}{professional}{public}", self.total),
            false => format!("总{unit}已够{professional}{public}"),
        }
    }

    /// Whether a standard is reached: total and each part that it asks.
    #[must_use]
    pub fn completes(self, standard: &Standard) -> bool {
        self.missing(standard) == Missing::default()
    }
}

/// Where somebody stands in a learning year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// What is booked.
    pub sums: Sums,
    /// What is missing.
    pub missing: Missing,
    /// 通过时间: the day since which the standard is reached without a break; `None` while it is not.
    pub completed_on: Option<NaiveDate>,
    /// 通过方式: where the credits that stand come from.
    pub ways: BTreeSet<SourceKind>,
}

impl Standing {
    /// From the rows of one person. Rows of one instant count together, so that a correction, which takes back and books anew,
    /// does not move the day.
    #[must_use]
    pub fn of(entries: &[CreditEntry], year: i32, standard: &Standard) -> Self {
        let mut rows: Vec<&CreditEntry> = entries.iter().filter(|entry| entry.year == year).collect();
        rows.sort_by_key(|entry| entry.booked_at);
        let (mut sums, mut completed_on) = (Sums::default(), None);
        for together in rows.chunk_by(|one, next| one.booked_at == next.booked_at) {
            sums = together.iter().fold(sums, |sums, entry| sums.with(entry.subject, entry.amount));
            completed_on = match (sums.completes(standard), completed_on) {
                (false, _) => None,
                (true, Some(since)) => Some(since),
                (true, None) => together.first().map(|entry| entry.booked_on()),
            };
        }
        let ways = standing_entries(entries).filter(|entry| entry.year == year).map(|entry| entry.source.kind).collect();
        Self { sums, missing: sums.missing(standard), completed_on, ways }
    }

    /// Whether the year is complete.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing == Missing::default()
    }
}
