//! 信息采集: from the pledge over the drafts and files to the submission, the withdrawal and the amended submission.

mod amend;
mod archive;
mod check;
mod door;
mod elder;
mod employer;
mod explain;
mod facts;
mod files;
mod home;
mod hub;
mod kind;
mod known;
mod landing;
mod load;
mod on_behalf;
mod pledge;
mod print;
mod progress;
mod receipt;
mod record;
mod show;
mod slots;
mod step;
mod submit;
mod submitted;
mod turn;
mod withdraw;

#[cfg(test)]
pub(crate) mod stories;

pub use amend::amend_view;
pub use archive::RecordBody;
pub use check::check_view;
pub(crate) use door::{Door, lock_slot, slot_view};
pub use elder::elder_site;
use employer::remember;
pub use employer::{LocalEmployers, fill_employer, find_employer};
pub use explain::{explain, explain_view};
pub(crate) use files::upload_by;
pub use files::{asks_for, remove_file, upload};
pub use home::home;
pub use hub::{briefing, hub};
pub(crate) use kind::Intake;
pub use pledge::pledge;
pub use print::{extract, printed, printed_for_bureau};
pub use progress::progress_view;
pub use receipt::receipt;
pub use record::record_view;
pub use slots::files_view;
pub use step::{save_step, step_view};
pub use submit::{certificates, submit};
pub use submitted::{Submitted, TakenIn};
pub use withdraw::withdraw;
