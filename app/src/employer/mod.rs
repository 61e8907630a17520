//! 单位管理: claiming an employer, those who work there, and what oneself was asked.

pub mod api;
mod claim;
mod list;

pub use claim::claim;
pub use list::employers;
