//! 窗口办理: what staff correct, print, fill in and hand in for somebody who stands before them.

mod acts;
mod api;
mod found;
mod page;

pub use page::{CorrectPage, CounterPage};
