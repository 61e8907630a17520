//! 审核: the forms and pages of the desk.

mod due;
pub mod forms;
mod lapse;
pub mod view;

pub use due::Due;
pub use lapse::Lapse;
