//! 提交申请 and 重新提交: the next round of a case, with its number, its bureau and its due date.

use chrono::NaiveDate;
use domain::case::{Action, Level, Status, case_number};
use domain::id::BureauCode;
use domain::national::Doing;
use domain::province::Bureaus;
use store::case::file::{CaseRow, Desk, Submit};
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::{Asked, By, done_here, line, may_begin};
use crate::{Failure, Visit};

/// What is handed in.
pub(crate) struct HandIn<'a> {
    /// The bureau of the first seat.
    pub bureau: &'a BureauCode,
    pub form_version: i64,
    /// Sealed for the round that it makes, `case.round + 1`.
    pub body_sealed: Vec<u8>,
    pub by: By<'a>,
    /// What the timeline says with it; may be empty.
    pub note: &'a str,
}

/// Puts a case into the queue of its bureau. Answers it as it is then.
///
/// # Errors
/// `Elsewhere` for a draft that is handed in on the national platform by now, and where something of the person comes first;
/// `NotAllowedIn`, `Stale` when the case is no longer as `case` shows it, `Store`.
pub(crate) async fn hand_in(tx: &mut Tx, visit: &Visit, case: &CaseRow, what: HandIn<'_>) -> Result<CaseRow, Failure> {
    // What was handed in before goes on as it began.
    if case.status == Status::Draft {
        done_here(visit, case.kind, Doing::HandIn)?;
    }
    may_begin(tx, visit, &case.account_id, (case.kind, Some(&case.id))).await?;
    let (province, today, at) = (&visit.province, visit.services.today(), visit.now());
    let number = match &case.number {
        Some(number) => number.clone(),
        None => {
            let serial = tx.next_serial(&format!("{}:{today}", province.profile.key)).await?;
            case_number(&province.profile.code, today, u32::try_from(serial).unwrap_or(u32::MAX))
        }
    };
    let path = bureau_path(&province.bureaus, what.bureau);
    let due_on = province.calendar.add_working_days(today, visit.line(case.kind).review_working_days);
    let HandIn { bureau, form_version, body_sealed, by, note } = what;
    let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
    let round = case.round + 1;
    let event = line(&visit.services, &CaseRow { round, ..case.clone() }, action, by, note)?;
    let submission = SubmissionRow { round, body_sealed, submitted_at: at };
    let now = CaseRow {
        number: Some(number.clone()),
        bureau: Some(bureau.clone()),
        bureau_path: path.clone(),
        status: Status::Submitted,
        version: case.version + 1,
        round,
        seat: 0,
        form_version,
        submitted_at: Some(at),
        due_on: Some(due_on),
        ..case.clone()
    };
    let Listed { papers, doubts, year, due_on: by_rule, seat } = listed(tx, visit, &now, &submission).await?;
    let due_on = by_rule.unwrap_or(due_on);
    let submit = Submit { number: &number, bureau, bureau_path: &path, form_version, at, due_on, papers, doubts, year };
    tx.submit_case(case, &submit).await?;
    tx.insert_submission(&case.id, &submission).await?;
    tx.add_event(&event).await?;
    let now = CaseRow { due_on: Some(due_on), ..now };
    if seat == 0 {
        return Ok(now);
    }
    tx.hand_on_case(&now, &Desk { bureau, bureau_path: &path, seat }, at).await?;
    Ok(CaseRow { seat, version: now.version + 1, ..now })
}

/// What the list of the bureau knows of a round.
struct Listed {
    /// How many pictures there are.
    papers: i64,
    /// How many checks found something.
    doubts: i64,
    /// The year that it is for.
    year: Option<i32>,
    /// The last day, where the kind has a rule of its own.
    due_on: Option<NaiveDate>,
    /// The first seat that is asked.
    seat: i64,
}

/// It is told once, of what is handed in; whoever opens the case sees the checks as they are then.
async fn listed(reader: &mut Reader, visit: &Visit, row: &CaseRow, submission: &SubmissionRow) -> Result<Listed, Failure> {
    let body = visit.services.kinds.of(row.kind).open(&visit.services, &row.id, submission)?;
    let account = reader.find_account(&row.account_id).await?;
    let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
    let document = visit.services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    let sections = body.sections(visit);
    let asked = Asked { visit, row, account: &account, document: &document, sections: &sections };
    let found = body.checks(reader, asked).await?;
    let doubts = found.iter().filter(|check| check.level != Level::Fine).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (papers, doubts, seat) = (count(body.files().len()), count(doubts), count(body.first_seat()));
    Ok(Listed { papers, doubts, year: body.year(), due_on: body.due_on(visit), seat })
}

/// The codes from the province down to a bureau, joined by `/`, as the queue sorts them.
#[must_use]
pub fn bureau_path(bureaus: &Bureaus, code: &BureauCode) -> String {
    let above = bureaus.ancestors(code).into_iter().rev().map(|bureau| bureau.code.as_str());
    above.chain([code.as_str()]).collect::<Vec<_>>().join("/")
}
