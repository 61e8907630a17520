//! 单位内部培训: a manager files a class before it begins and reports its results by a sheet; credits are booked when those are approved
//! (docs/adr/0042). Institutions that the province admits do the same for everybody.

mod asked;
mod cancel;
mod door;
mod ended;
mod file;
mod institution;
mod kind;
mod list;
mod report;
mod results;

pub(crate) use asked::employers_of_year;
pub use asked::{answer_employee, ask_employer};
pub use cancel::cancel_class;
pub use door::may_report;
pub use file::file_class;
pub use institution::{INSTITUTION_FORM, admit_institution, end_institution, institutions_view};
pub(crate) use kind::Class;
pub use list::classes_view;
pub use report::report_results;
pub(crate) use results::ClassResults;

use domain::case::CaseKind;
use domain::id::{AccountId, BureauCode, CaseId};
use domain::learning::class::{ClassRules, Planned};
use domain::learning::{Credits, LearningRules};
use serde::{Deserialize, Serialize};
use store::Reader;
use store::learning::class::ClassRow;

use super::{path, rules, year_of};
use crate::case::SubmittedFile;
use crate::{Failure, Visit};

const FILING: CaseKind = CaseKind::Class;
const RESULTS: CaseKind = CaseKind::ClassResults;

/// What was filed, as it lies sealed in the submission.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ClassBody {
    pub planned: Planned,
    /// 单位名称.
    pub employer: String,
    /// A class has none.
    pub files: Vec<SubmittedFile>,
}

/// The results, as they lie sealed in the submission.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ResultsBody {
    pub class: CaseId,
    pub planned: Planned,
    /// 单位名称.
    pub employer: String,
    pub people: Vec<PersonResult>,
    /// Results have none.
    pub files: Vec<SubmittedFile>,
}

/// A row of the sheet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct PersonResult {
    pub account: AccountId,
    pub name: String,
    /// Masked.
    pub document: String,
    pub passed: bool,
}

/// The rules of the province; where employers file nothing there is no such thing.
fn class_rules(visit: &Visit) -> Result<(&LearningRules, &ClassRules), Failure> {
    let learning = rules(visit)?;
    learning.classes.as_ref().map(|classes| (learning, classes)).ok_or(Failure::NotFound)
}

/// An employer that somebody manages now.
struct Managed {
    id: String,
    name: String,
    /// The bureau that reviews what is filed for it.
    bureau: BureauCode,
    /// Whether the province admits it as an institution.
    is_institution: bool,
}

impl Managed {
    /// The employer of a manager who is the person that asks.
    ///
    /// # Errors
    /// `NotFound` for that of somebody else and one that ended, `SignInAgain`, `Store`.
    async fn of(visit: &Visit, reader: &mut Reader, manager: &str) -> Result<Self, Failure> {
        let account = visit.account()?;
        let found = reader.find_manager(manager).await?;
        let found = found.filter(|found| found.account_id == *account && found.ended_at.is_none()).ok_or(Failure::NotFound)?;
        let name = reader.find_employer(visit.province_key(), &found.code).await?.unwrap_or_else(|| found.code.clone());
        let is_institution = reader.find_institution(visit.province_key(), &found.code).await?.is_some();
        Ok(Self { id: found.id, name, bureau: found.bureau, is_institution })
    }
}

fn page(visit: &Visit, manager: &str) -> String {
    path(visit, &format!("learning?classes={manager}"))
}

fn planned(row: &ClassRow) -> Planned {
    Planned {
        title: row.title.clone(),
        programme: row.programme.clone(),
        teacher: row.teacher.clone(),
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        year: year_of(row.year),
        subject: row.subject,
        credits: Credits::of_hundredths(row.credits),
        audience: row.audience,
    }
}
