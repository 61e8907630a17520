//! 完成证明: what is certified of a completed learning year, in a statement that anybody can verify (docs/adr/0038), and 信息登记表 in
//! the same manner.

mod extract;
mod number;
mod presented;
mod share;
mod statement;
mod verdict;
pub mod view;

#[cfg(test)]
mod tests;

pub use extract::{Extract, Recorded, Signed};
pub use number::{NUMBER_BITS, certificate_number, province_of_number, read_number};
pub use presented::{LONGEST_CODE, Presented};
pub use share::{MOST_SHARES, ShareFor, ShareForm, Shared, SharedName, UnshareForm};
pub use statement::{Facts, NameShown, Statement, key_id, province_of_key};
pub use verdict::{Doubt, Standing, Verdict};
