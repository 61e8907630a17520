//! 网校: enrolling at a school on the net, going there, and the interface by which it reports what was learnt (手册甲 三（二）;
//! docs/adr/0039).

mod approve;
mod aside;
mod booking;
mod credits;
mod day;
mod demo;
mod enrol;
mod keep;
mod known;
mod leave;
mod logo;
mod machine;
mod missing;
mod outcome;
mod progress;
mod requests;
mod sent;
#[cfg(test)]
pub(crate) mod stories;
mod turns;
mod wire;

pub use approve::{ask_token, decide_approval};
pub use aside::{ASIDE_FORM, answer_row, aside_view, try_row};
pub use credits::report;
pub use day::{DayBatch, DayView, day};
pub use demo::{DemoSchool, ensure_demo_schools};
pub use enrol::{change, enrol, schools_view};
pub use keep::{TOKEN_FORM, end_token, form_name, kept_school, kept_schools, save_school};
pub use leave::{give_ticket, leaving};
pub use logo::{MOST_BYTES as MOST_LOGO_BYTES, keep_logo, logo, take_logo_away};
pub use machine::{Caller, EnrolmentView, EnrolmentsView, TicketView, enrolments, school_of, verify_ticket};
pub use missing::{ask_school, missing_view};
pub use outcome::{BatchView, Counts, RowView, batch};
pub use progress::{ProgressRowView, ProgressView, report_progress};
pub use requests::{RequestView, RequestsView, answer, requests};
pub use turns::{Turn, Turns};

use domain::learning::LearningRules;
use domain::school::{OpenSchool, years_of};
use sha2::{Digest, Sha256};
use store::school::SchoolRow;

use crate::{Failure, Visit};

/// The rules of the province; where it has none there are no schools.
fn rules(visit: &Visit) -> Result<&LearningRules, Failure> {
    visit.province.profile.learning.as_ref().ok_or(Failure::NotFound)
}

/// A school of the province, as far as enrolling depends on it. One whose 登录地址 nobody agreed to yet is not open.
fn open_school(row: &SchoolRow) -> OpenSchool {
    let years = if row.entry.is_empty() { Vec::new() } else { years_of(&row.years).unwrap_or_default() };
    OpenSchool { id: row.id.clone(), years }
}

/// The only form in which a token is stored.
fn hash_of(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Tells one picture from another in its address.
fn hash_of_bytes(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn year_of(stored: i64) -> i32 {
    i32::try_from(stored).unwrap_or_default()
}
