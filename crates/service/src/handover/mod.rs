//! 手机传图 (ux 3): a person at a PC lends a slot of a case to a telephone by a 二维码. It is good for some minutes, for one slot of one
//! case, one telephone, and as long as the session lasts that lends it; what the telephone sends goes the way of every other file of
//! the kind.

mod door;
mod lend;
mod phone;
#[cfg(test)]
pub(crate) mod stories;

pub use lend::{arrived, lend, lent_view};
pub use phone::{keep_fault, keep_refusal, obstacle, phone_view, upload};

use chrono::{DateTime, Utc};
use domain::handover::LIFE;
use store::handover::HandoverRow;

use crate::clock::is_recent;

/// Whether a telephone may bring pictures by it, as far as the row tells: its session and its case are asked beside it.
fn is_open(row: &HandoverRow, now: DateTime<Utc>) -> bool {
    row.ended_at.is_none() && now < row.expires_at && is_recent(row.created_at, now, LIFE)
}
