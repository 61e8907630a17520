//! 档案关闭: the record of somebody who has retired, does the work no more, or has died. It is closed and never deleted.

pub mod asked;
pub mod forms;
#[cfg(test)]
mod tests;
pub mod view;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::date::Dated;
use crate::fault::{Fault, FieldErrors};

codes! {
    /// Why a record is closed.
    pub enum ClosingCause {
        /// 离退休.
        Retired = "retired",
        /// 不再从事会计工作.
        Left = "left",
        /// 死亡.
        Died = "died",
        /// 撤销登记: what it rests on was false. It is never typed.
        Annulled = "annulled",
    }
}

impl ClosingCause {
    /// What people call it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Retired => "离退休",
            Self::Left => "不再从事会计工作",
            Self::Died => "死亡",
            Self::Annulled => "登记被撤销",
        }
    }

    /// Whether somebody of a bureau enters it; the other follows from another decision.
    #[must_use]
    pub const fn is_entered(self) -> bool {
        !matches!(self, Self::Annulled)
    }

    /// Whether the person may come back by 信息采集; what was entered of somebody wrongly the bureau takes back.
    #[must_use]
    pub const fn may_return(self) -> bool {
        match self {
            Self::Retired | Self::Left | Self::Annulled => true,
            Self::Died => false,
        }
    }
}

/// A closing without a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Why.
    pub cause: ClosingCause,
    /// The day on which it happened.
    pub since: NaiveDate,
    /// 说明 of the bureau; may be empty.
    pub note: String,
}

impl Closing {
    /// The same, of somebody who was born on a day; `None` where nobody knows it.
    ///
    /// # Errors
    /// `TooEarly` at `since` for what happened before.
    pub fn of_somebody_born(self, on: Option<NaiveDate>) -> Result<Self, FieldErrors> {
        match on {
            Some(born) if self.since < born => Err(FieldErrors::one("since", Fault::TooEarly)),
            _ => Ok(self),
        }
    }
}

/// A record that is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Why.
    pub cause: ClosingCause,
    /// The day on which it happened.
    pub since: NaiveDate,
    /// The bureau that closed it.
    pub bureau_name: String,
}

impl Closed {
    /// What that means, with the way out; `intake` is what the province calls 信息采集.
    #[must_use]
    pub fn words(&self, intake: &str) -> String {
        let Self { cause, since, bureau_name } = self;
        let (term, since) = (cause.term(), Dated::Day(*since).words());
        if *cause == ClosingCause::Annulled {
            return format!(
                "{bureau_name}已撤销登记（{since}，{term}），会计人员档案停用。停用期间不办理其他业务，原有记录保留。请按真实情况重新办理{intake}，审核通过后档案恢复。认为有误的，请联系{bureau_name}。"
            );
        }
        let closed =
            format!("会计人员档案已由{bureau_name}关闭，原因：{term}（{since}）。关闭期间不办理其他业务，原有记录保留。");
        match cause.may_return() {
            true => {
                format!("{closed}恢复从事会计工作的，请重新办理{intake}，审核通过后档案恢复。认为有误的，请联系{bureau_name}。")
            }
            false => format!("{closed}认为登记有误的，请联系{bureau_name}撤销。"),
        }
    }
}
