//! What an employer has confirmed, for whatever names the employer: the paper is not asked then, and whoever reviews reads it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::Beside;
use domain::id::AccountId;
use store::Reader;
use store::confirmation::ConfirmationRow;

use super::{MOST, manager_name};
use crate::{Failure, Visit, china_date};

/// An employer that confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Confirmed {
    /// 统一社会信用代码.
    pub code: String,
    /// 单位名称.
    pub employer_name: String,
    /// The day, in China.
    pub on: NaiveDate,
}

impl Confirmed {
    /// Whether it is the employer that a case names.
    pub fn is(&self, named: Employer<'_>) -> bool {
        match named {
            Employer::Code(code) => self.code == code,
            Employer::Name(name) => !name.is_empty() && self.employer_name == name,
        }
    }

    fn of(row: ConfirmationRow) -> Option<(Self, DateTime<Utc>)> {
        let at = row.answered_at?;
        Some((Self { code: row.code, employer_name: row.employer_name, on: china_date(at) }, at))
    }
}

/// An employer as a case names it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Employer<'a> {
    /// 统一社会信用代码.
    Code(&'a str),
    /// 单位名称, as somebody typed it.
    Name(&'a str),
}

/// The employers whose word stands in for a paper of the person now, the newest first; none where the province has no such thing.
///
/// # Errors
/// `Store`.
pub(crate) async fn confirmed(reader: &mut Reader, visit: &Visit, account: &AccountId) -> Result<Vec<Confirmed>, Failure> {
    let Some(rules) = &visit.province.profile.confirmation else { return Ok(Vec::new()) };
    let rows = reader.list_confirmed(account, MOST).await?.into_iter().filter_map(Confirmed::of);
    Ok(rows.filter(|(_, at)| rules.counts(*at, visit.now())).map(|(of, _)| of).collect())
}

/// What whoever reviews a case reads of the employer that it names, however long ago it confirmed.
///
/// # Errors
/// `Store`.
pub(crate) async fn beside_named(
    reader: &mut Reader,
    visit: &Visit,
    account: &AccountId,
    named: Employer<'_>,
) -> Result<Vec<Beside>, Failure> {
    if visit.province.profile.confirmation.is_none() {
        return Ok(Vec::new());
    }
    let mut rows = reader.list_confirmed(account, MOST).await?.into_iter().filter_map(Confirmed::of);
    let said = |of: Confirmed| format!("{}的{}于 {} 确认申请人在该单位工作。", of.employer_name, manager_name(visit), of.on);
    let beside = |of| Beside { title: "单位已确认".to_owned(), said: vec![said(of)], columns: Vec::new(), rows: Vec::new() };
    Ok(rows.find(|(of, _)| of.is(named)).map(|(of, _)| beside(of)).into_iter().collect())
}
