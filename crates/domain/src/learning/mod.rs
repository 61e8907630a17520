//! 继续教育: the rules of a province as data, what a conversion gives, and the arithmetic of the ledger (财会〔2018〕10号;
//! 手册甲 三, 手册乙 7; docs/adr/0036). Nothing here keeps a sum: all are reckoned from the rows.

mod claim;
pub mod class;
mod correct;
mod credits;
mod duty;
mod entry;
pub mod forms;
mod kind;
mod reckon;
mod rules;
mod standing;
mod top_up;
pub mod view;
mod ways;
mod window;

#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;

pub use crate::not_converted::NotConverted;
pub use claim::Claim;
pub use credits::Credits;
pub use duty::{Duty, Trigger, duty};
pub use entry::{CreditEntry, Irreversible, Source, SourceKind, booked_by, booked_of, kind_of, reversal_of, standing_entries};
pub use kind::{ConversionKind, Formula, OPTION, Question, QuestionKind, Same, SubOption, Within};
pub use reckon::{CapMet, Decided, Reckoning, Unreckoned, reckon, rule_name, rule_words, year_words};
pub use rules::{ConversionLayout, Form, LearningRules, Standard, Subject, YearRules};
pub use standing::{Missing, Standing, Sums};
pub use top_up::{TopUp, top_ups};
pub use ways::{LastDay, Offer, Way, YearState, last_day, ways, years};
pub use window::{Edge, Open, Period, Shut, WayOut, Window, WindowFor};
