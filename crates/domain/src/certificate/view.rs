//! What the holder and what strangers see of a certificate.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{NameShown, Shared, Signed, Statement, Verdict};
use crate::answer::Flash;

/// The answer to whoever verifies one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedView {
    /// What holds of it.
    pub verdict: Verdict,
    /// What was certified; `None` where nothing can be shown as such, and for a number alone.
    pub signed: Option<Signed>,
    /// What the register has of a number alone; `None` for a code.
    pub registered: Option<Registered>,
}

/// What whoever has but the number learns: nothing of the holder, and nothing that they may have kept back elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// 证明编号.
    pub number: String,
    /// Of which year or version it is.
    pub of: RegisteredOf,
    /// Who certified.
    pub issuer: String,
}

/// What is registered under a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisteredOf {
    /// 完成证明 of a 继续教育年度.
    Year(i32),
    /// 信息登记表 of a 档案版本.
    Version(i64),
}

/// The page of the holder: the certificate of a year, and the links that they gave out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CertificateView {
    /// 继续教育年度.
    pub year: i32,
    /// What a credit is called.
    pub unit: String,
    /// What is certified.
    pub statement: Statement,
    /// How much of the name the printed code shows.
    pub shown: NameShown,
    /// The links that are open, the newest first.
    pub shares: Vec<ShareView>,
    /// What was posted without scripts; `None` on a fresh page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flash: Option<Flash>,
}

/// A link that is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShareView {
    /// What names it.
    pub id: String,
    /// The whole address.
    pub address: String,
    /// What it shows.
    pub shared: Shared,
    /// When it is good for nothing any more, in UTC.
    pub until: DateTime<Utc>,
    /// How often it was opened, by day, the newest first; of whom, nobody knows.
    pub opened: Vec<(NaiveDate, i64)>,
}

/// What whoever opens a link sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedView {
    /// What was certified; `None` while the year is not complete any more.
    pub statement: Option<Statement>,
    /// What is shown of it.
    pub shared: Shared,
    /// The name as far as it is shown.
    pub name: String,
    /// The number of the document, masked; `None` where it is not shown.
    pub document: Option<String>,
    /// When the link ends, in UTC.
    pub until: DateTime<Utc>,
}
