//! What is sent from the pages while something is filled in, and what comes back.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::intake::Back;

/// What 获取单位信息 came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmployerAnswer {
    /// The name of the employer.
    Found(String),
    /// The directory knows no employer of this code.
    Unknown,
    /// The code is wrong.
    Wrong(Fault),
    /// The directory did not answer.
    Silent,
}

/// What the page that saves knew of the step: the version that it had loaded or saved last. A page that runs says as well
/// who it is and which of its saves this is: of one page the later save stands, whatever the order of arrival.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// 0 when the step was new.
    pub version: i64,
    /// Chosen anew by every page that runs; empty without scripts.
    pub tab: String,
    /// From 1; 0 without scripts.
    pub sequence: i64,
    /// The page that a finished step leads back to.
    pub back: Option<Back>,
}

impl From<i64> for Seen {
    fn from(version: i64) -> Self {
        Self { version, ..Self::default() }
    }
}

/// How a step was saved: 保存并继续, 保存，稍后再办, or by itself while the person types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaveHow {
    /// 保存并继续.
    #[default]
    Continue,
    /// 保存，稍后再办.
    Later,
    /// By itself, while the person types.
    Auto,
}
