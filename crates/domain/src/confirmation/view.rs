//! What the pages of 单位确认 show. They are drawn by the server alone.

use chrono::{DateTime, NaiveDate, Utc};

use super::Said;

/// What a person asked of employers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmationsView {
    /// What whoever manages an employer is called: 单位管理员.
    pub manager_name: String,
    /// Whether there is an open record, of whose person an employer is asked.
    pub is_collected: bool,
    /// Whether the house knows its own address, without which a message has no link.
    pub has_links: bool,
    /// So many days a link serves.
    pub link_days: u32,
    /// So many days a confirmation stands in for the paper.
    pub counts_days: u32,
    /// The newest first.
    pub lines: Vec<ConfirmationLine>,
}

/// A question to an employer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmationLine {
    /// Its id.
    pub id: String,
    /// 单位名称.
    pub employer_name: String,
    /// When it was asked, in China.
    pub asked_on: NaiveDate,
    /// Where it stands.
    pub state: Stands,
}

/// Where a question stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Nobody has answered; until when the link serves.
    Waiting(DateTime<Utc>),
    /// Nobody answered in time.
    Expired,
    /// What was said, when, and why; the reason is empty but for a refusal.
    Said(Said, NaiveDate, String),
}

/// What the administrator of an employer reads behind a link: whom it is about, and nothing else of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedView {
    /// 姓名.
    pub name: String,
    /// 单位名称.
    pub employer_name: String,
    /// Until when the link serves.
    pub until: DateTime<Utc>,
}
