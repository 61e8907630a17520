//! 撤销登记: an approval whose information or proof turns out false is taken back by two of the bureau, after its person was heard.

pub mod forms;
#[cfg(test)]
mod tests;
pub mod view;

use serde::{Deserialize, Serialize};

use crate::case::codes;

codes! {
    /// What turned out false.
    pub enum Ground {
        /// 申请填写的信息不实.
        Information = "information",
        /// 提交的证明材料不实.
        Proof = "proof",
    }
}

impl Ground {
    /// What people call it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Information => "填写的信息不实",
            Self::Proof => "证明材料不实",
        }
    }
}

/// What a province says of it, beside the line of the kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnulmentRules {
    /// Working days, after the one on which the person was told, within which they say what they have to say; before these are over
    /// nobody agrees, unless they have said it.
    pub hear_working_days: u32,
}

/// An annulment without a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annulment {
    /// 受理编号 of the application whose approval is taken back.
    pub of: String,
    /// What turned out false.
    pub ground: Ground,
    /// What is false, and by what that was found. The person reads it.
    pub facts: String,
}
