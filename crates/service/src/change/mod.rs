//! 信息变更: an approved record is changed at the questions that its person touched. What is asked, checked and kept on record is the
//! form of 信息采集, over which this line stands; the bureau reads what is new beside what is on record, and the proof of it.

mod annul;
mod begin;
mod body;
mod drop;
mod earned;
mod effect;
mod file;
mod kind;
mod moves;
mod save;
mod sheet;
mod show;
#[cfg(test)]
pub(crate) mod stories;
mod submit;
mod word;

pub use begin::begin_change;
pub use drop::drop_change;
pub use earned::begin_earned;
pub(crate) use kind::Change;
pub use save::{save_change, undo_change};
pub use sheet::change_form;
pub use show::change_view;
pub use submit::submit_change;

use domain::case::CaseKind;
use domain::change::ChangeRules;

use crate::{Failure, Visit};

const KIND: CaseKind = CaseKind::Change;

/// The rules of the province; where it has none there is no such thing.
fn rules(visit: &Visit) -> Result<&ChangeRules, Failure> {
    visit.province.profile.change.as_ref().ok_or(Failure::NotFound)
}

/// 变更入口 (`all`) and 资料上传 (`files`), which have no addresses of their own, because every visitor would have to fetch them.
fn page(visit: &Visit, what: &str) -> String {
    match what {
        "files" => format!("/{}/intake/amend?change=files", visit.province_key()),
        _ => format!("/{}/intake?change=all", visit.province_key()),
    }
}

/// 变更页, of the form of that key.
fn form_page(visit: &Visit, step: &str) -> String {
    format!("/{}/intake/{step}?change=yes", visit.province_key())
}
