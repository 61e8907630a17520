//! 窗口更正: what staff correct for somebody who stands before them.

mod api;
mod found;
mod page;

pub use page::{CorrectPage, CounterPage};
