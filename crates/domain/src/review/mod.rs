//! 审核: the forms and pages of the desk.

pub mod forms;
pub mod view;
