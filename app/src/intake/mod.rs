//! 信息采集: the pages of the person who applies (手册甲 二（一）–（五）).

mod amend;
pub mod api;
pub(crate) mod autosave;
mod briefing;
mod check;
mod conflict;
mod controls;
mod elder;
mod employer;
mod explain;
pub(crate) mod files;
mod group;
mod hub;
mod known;
mod late;
pub(crate) mod one_sheet;
mod parts;
mod progress;
#[cfg(feature = "ssr")]
mod questions;
mod rows;
mod step;
mod summary;

pub use amend::AmendPage;
pub use briefing::BriefingPage;
pub use check::CheckPage;
pub(crate) use controls::Sheet;
pub use explain::ExplainPage;
pub use files::FilesPage;
pub use hub::HubPage;
pub(crate) use parts::{agree, promise};
pub use progress::ProgressPage;
#[cfg(feature = "ssr")]
pub use questions::stylesheet;
pub(crate) use rows::rows;
pub use step::StepPage;
pub(crate) use step::{current, form_check};
pub(crate) use summary::{sections, sections_with};
