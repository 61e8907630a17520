//! 行政处罚 of a person, as a bureau records it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Ban;
use crate::case::codes;

codes! {
    /// 处罚种类, as the law names them.
    pub enum PenaltyKind {
        /// 警告.
        Warning = "warning",
        /// 通报批评.
        Criticism = "criticism",
        /// 罚款.
        Fine = "fine",
        /// 没收违法所得.
        Confiscation = "confiscation",
        /// 五年内不得从事会计工作.
        BanFive = "ban_five",
        /// 不得再从事会计工作.
        BanLife = "ban_life",
    }
}

impl PenaltyKind {
    /// What the law calls it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Warning => "警告",
            Self::Criticism => "通报批评",
            Self::Fine => "罚款",
            Self::Confiscation => "没收违法所得",
            Self::BanFive => "五年内不得从事会计工作",
            Self::BanLife => "不得再从事会计工作",
        }
    }

    /// Those of codes that are joined by commas; `None` where one of them is none.
    #[must_use]
    pub fn list(codes: &str) -> Option<Vec<Self>> {
        let words = codes.split(',').map(str::trim).filter(|code| !code.is_empty());
        let mut kinds = words.map(Self::from_code).collect::<Option<Vec<_>>>()?;
        kinds.sort_unstable();
        kinds.dedup();
        Some(kinds)
    }
}

/// A penalty without a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Penalty {
    /// 处罚决定机关.
    pub body: String,
    /// 处罚决定书文号.
    pub number: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// In the order of the law; never empty.
    pub kinds: Vec<PenaltyKind>,
    /// The law by its name, as it was in force on that day.
    pub law: String,
    /// Its articles, as people read them.
    pub articles: Vec<String>,
    /// 违法事实, in short.
    pub facts: String,
}

impl Penalty {
    /// What it keeps the person from.
    #[must_use]
    pub fn ban(&self) -> Option<Ban> {
        Ban::of(&self.kinds, self.decided_on)
    }

    /// 警告、罚款.
    #[must_use]
    pub fn kinds_words(&self) -> String {
        self.kinds.iter().map(|kind| kind.term()).collect::<Vec<_>>().join("、")
    }

    /// The codes of the kinds, joined by commas.
    #[must_use]
    pub fn kinds_codes(&self) -> String {
        self.kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(",")
    }

    /// The law with its articles.
    #[must_use]
    pub fn basis(&self) -> String {
        format!("{}{}", self.law, self.articles.join("、"))
    }
}
