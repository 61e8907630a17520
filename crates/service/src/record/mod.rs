//! 个人档案: everything that is kept of a person, for themselves. It stands above the lines: what a line tells of itself is behind
//! `Kind::moments`, and no line knows this room.

mod delete;
mod expiry;
mod history;
mod library;
mod looks;
mod papers;
mod reuse;
mod show;
mod sure;

#[cfg(test)]
mod stories;

pub use delete::delete_paper;
pub use expiry::note_expiry;
pub use history::history_view;
pub use looks::looks_view;
pub use papers::papers_view;
pub use reuse::reuse_paper;
pub use show::own_record;
pub use sure::be_sure;

use crate::Visit;

/// The page of 证照库.
fn papers_path(visit: &Visit) -> String {
    format!("/{}/record?show=papers", visit.province_key())
}
