//! 单位确认: a person asks the registered administrator of an employer, who says by a link in a message that they work there, or why not
//! (docs/adr/0060). It stands beside the lines: it knows none of them, and what names an employer leans on it by `confirmed`.

mod answer;
mod ask;
mod list;
mod standing;
#[cfg(test)]
pub(crate) mod stories;

pub use answer::{answer_confirmation, asked_view};
pub use ask::{ask_employer, withdraw_question};
pub use list::confirmations_view;
pub(crate) use standing::{Confirmed, Employer, beside_named, confirmed};

use domain::confirmation::ConfirmationRules;

use crate::{Failure, Visit};

/// Of all that a person asked so much is looked at.
const MOST: i64 = 50;
/// Where the reason of a refusal is sealed; the row is the confirmation.
const REASON: &str = "employer_confirmation.reason";

/// The rules of the province; where it has none there is no such thing.
fn rules(visit: &Visit) -> Result<&ConfirmationRules, Failure> {
    visit.province.profile.confirmation.as_ref().ok_or(Failure::NotFound)
}

/// What whoever manages an employer is called here.
fn manager_name(visit: &Visit) -> &str {
    visit.province.profile.employers.as_ref().map_or("单位管理员", |rules| rules.manager_name.as_str())
}
