//! 继续教育: what the years of a person ask, the ledger behind it, and 学分折算 as a kind of case (手册甲 三, 手册乙 7;
//! docs/adr/0036).

mod beside;
mod calendar;
mod class;
mod delete;
mod file;
mod inspect;
mod kind;
mod list;
mod moments;
mod owed;
mod record;
mod revoke;
mod save;
mod show;
mod start;
#[cfg(test)]
mod stories;
mod submit;
mod top_up;
mod upload;

pub use calendar::calendar;
pub(crate) use class::employers_of_year;
pub(crate) use class::{Class, ClassResults};
pub use class::{
    INSTITUTION_FORM, admit_institution, answer_employee, ask_employer, cancel_class, classes_view, end_institution, file_class,
    institutions_view, may_report, report_results,
};
pub use delete::delete_conversion;
pub use inspect::{inspect, inspected};
pub(crate) use kind::Conversion;
pub use list::{conversions_view, new_conversion_view};
pub(crate) use owed::owed;
pub use record::{learning_card, learning_view};
pub use save::{Saving, save_conversion};
pub use show::conversion_view;
pub use start::start_conversion;
pub use submit::submit_conversion;

use domain::case::{CaseKind, Refusal};
use domain::id::{AccountId, CaseId};
use domain::learning::view::LearningWords;
use domain::learning::{LearningRules, NotConverted};
use serde::{Deserialize, Serialize};
use store::Reader;

use crate::case::{Recorded, SubmittedFile};
use crate::{Failure, Visit};

const KIND: CaseKind = CaseKind::Conversion;

/// What was handed in, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ConversionBody {
    pub year: i32,
    pub kind: String,
    /// 子选项; empty for none.
    pub option: String,
    pub answers: std::collections::BTreeMap<String, String>,
    pub files: Vec<SubmittedFile>,
    /// As it was reckoned then.
    pub reckoning: domain::learning::Reckoning,
    /// 备注 to the reviewer; may be empty.
    pub remark: String,
}

/// The rules of the province; where it has none there is no such thing.
fn rules(visit: &Visit) -> Result<&LearningRules, Failure> {
    visit.province.profile.learning.as_ref().ok_or(Failure::NotFound)
}

/// The same where people can ask for conversions.
fn converting(visit: &Visit) -> Result<&LearningRules, Failure> {
    rules(visit).and_then(|rules| if visit.province.profile.has_line(KIND) { Ok(rules) } else { Err(Failure::NotFound) })
}

/// What the record of somebody says; `None` while 信息采集 is not approved.
async fn recorded(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Option<Recorded>, Failure> {
    visit.services.kinds.of(CaseKind::Intake).recorded(visit, reader, account).await
}

/// What is said where the province has imported what would be converted: there is no case of it.
fn imported() -> NotConverted {
    NotConverted::Same { case: CaseId::from(""), number: String::new(), status: domain::case::Status::Approved }
}

/// That 信息采集 is approved; whoever's record was closed comes back by it.
async fn is_collected(reader: &mut Reader, account: &AccountId) -> Result<(), Failure> {
    let is_closed = reader.find_closing(account).await?.is_some();
    match reader.find_record(account).await?.filter(|_| !is_closed) {
        Some(_) => Ok(()),
        None => Err(Refusal::Conversion(NotConverted::NotCollected).into()),
    }
}

fn words(visit: &Visit, rules: &LearningRules, is_collected: bool) -> LearningWords {
    let employers = visit.province.profile.employers.as_ref();
    LearningWords {
        employers: employers.map(|rules| (rules.page_name.clone(), rules.manager_name.clone())),
        ..LearningWords::of(rules, visit.province.profile.has_line(KIND), is_collected)
    }
}

fn path(visit: &Visit, rest: &str) -> String {
    format!("/{}/{rest}", visit.province_key())
}

fn case_path(visit: &Visit, case: &CaseId) -> String {
    path(visit, &format!("learning/conversions/{case}"))
}

/// A learning year as it is typed or stored.
fn year_of(typed: i64) -> i32 {
    i32::try_from(typed).unwrap_or_default()
}
