//! 诚信: what is recorded of oneself, and the rewards that one enters.

pub mod api;
mod list;
mod reward;

pub use list::integrity;
pub use reward::reward;
