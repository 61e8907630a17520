//! 审核: the forms and pages of the desk.

pub mod forms;
mod lapse;
pub mod view;

pub use lapse::Lapse;
