//! 调转: the record of an approved person goes to another bureau of the province, once the own one and the other one have agreed. It
//! stands over the form of 信息采集, because what moves is the record that came of it.

mod apply;
mod body;
mod drop;
mod effect;
mod file;
mod kind;
mod left;
mod show;
#[cfg(test)]
mod stories;

pub use apply::apply_transfer;
pub use drop::drop_transfer;
pub(crate) use kind::Transfer;
pub use left::left_view;
pub use show::transfer_view;

use domain::case::CaseKind;
use domain::id::BureauCode;
use domain::province::{AttachmentRules, Bureau};
use domain::transfer::TransferRules;

use crate::{Failure, Visit};

const KIND: CaseKind = CaseKind::Transfer;
/// The slot of the proof.
const PROOF: &str = "proof";

/// The rules of the province; where it has none there is no such thing.
fn rules(visit: &Visit) -> Result<&TransferRules, Failure> {
    visit.province.profile.transfer.as_ref().ok_or(Failure::NotFound)
}

/// What is asked of the proof.
fn proof(visit: &Visit) -> Result<&AttachmentRules, Failure> {
    visit.line(KIND).attachment(PROOF).ok_or(Failure::NotFound)
}

/// A bureau to which people may go.
fn destination<'a>(visit: &'a Visit, code: &BureauCode) -> Option<&'a Bureau> {
    visit.province.bureaus.get(code).filter(|bureau| bureau.handles_direct)
}

fn page(visit: &Visit) -> String {
    format!("/{}/transfer", visit.province_key())
}
