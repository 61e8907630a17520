//! 窗口办理: what staff correct, print and hand in for somebody who stands before them.

mod api;
mod found;
mod page;

pub use page::{CorrectPage, CounterPage};
