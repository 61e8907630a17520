//! 更正: another amount than was reckoned, which a reviewer books at the approval, with a reason that the person reads. It is
//! the engine's word for it: the desk knows no line of business.

use serde::{Deserialize, Serialize};

use crate::fault::{Fault, FieldErrors};
pub use crate::learning::Credits;
use crate::text;

crate::form! {
    /// 审核通过 with another amount.
    pub struct CorrectForm {
        /// What names the case in addresses.
        case,
        /// The one that was seen.
        version,
        /// What is booked in the place of what was reckoned.
        amount,
        /// Why, 2 to 200 characters; the person reads it.
        reason,
    }
}

/// What keeps an amount from being larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ceiling {
    /// The rule of the kind gives no more to anything.
    Rule,
    /// What the cap of the year has left.
    Cap,
}

/// An amount above what may be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the amount is none, or above {most}")]
pub struct TooMuch {
    /// The largest.
    pub most: Credits,
    /// Why.
    pub by: Ceiling,
}

/// What an approval would book now, and what a reviewer may put in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correctable {
    /// What an amount is called: 学分.
    pub unit: String,
    /// What is booked without a correction.
    pub reckoned: Credits,
    /// The largest.
    pub most: Credits,
    /// Why no more.
    pub by: Ceiling,
}

impl Correctable {
    /// Whether an amount may be booked.
    ///
    /// # Errors
    /// The largest, and why.
    pub fn permits(&self, amount: Credits) -> Result<(), TooMuch> {
        let is_right = amount.is_some() && amount <= self.most;
        if is_right { Ok(()) } else { Err(TooMuch { most: self.most, by: self.by }) }
    }

    /// What the timeline says of a correction.
    #[must_use]
    pub fn note(&self, amount: Credits, reason: &str) -> String {
        format!("{}由 {} 更正为 {amount}：{reason}", self.unit, self.reckoned)
    }
}

impl CorrectForm {
    /// The amount as typed.
    ///
    /// # Errors
    /// `Missing`, or `AmountAbove` for what is no amount above nothing: nothing larger is known of than [`Credits::MOST`].
    pub fn amount(&self) -> Result<Credits, FieldErrors> {
        let typed = text::tidy_code(&self.amount);
        if typed.is_empty() {
            return Err(FieldErrors::one("amount", Fault::Missing));
        }
        let amount = Credits::parse(&typed).filter(|amount| amount.is_some());
        amount.ok_or_else(|| FieldErrors::one("amount", Fault::NotAnAmount))
    }
}

impl From<TooMuch> for FieldErrors {
    fn from(too_much: TooMuch) -> Self {
        Self::one("amount", Fault::AmountAbove(too_much))
    }
}
