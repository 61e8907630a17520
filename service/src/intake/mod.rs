//! 信息采集: from the pledge over the drafts and files to the submission, the withdrawal and the amended submission.

mod check;
mod employer;
mod files;
mod hub;
mod load;
mod pledge;
mod print;
mod progress;
mod record;
mod show;
mod step;
mod submit;
mod submitted;
mod withdraw;

#[cfg(test)]
pub(crate) mod stories;

pub use check::check_view;
pub(crate) use employer::remember;
pub use employer::{LocalEmployers, fill_employer, find_employer};
pub(crate) use files::tidy_name;
pub use files::{file_view, files_view, remove_file, upload};
pub use hub::hub;
pub use pledge::pledge;
pub use print::{Printed, printed};
pub use progress::progress_view;
pub use record::record_view;
pub use step::{save_step, step_view};
pub use submit::{bureau_path, certificates, submit};
pub(crate) use submitted::place;
pub use submitted::{Submitted, SubmittedFile};
pub use withdraw::withdraw;
