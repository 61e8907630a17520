//! 审核: the desk, the queue, and one case with its verdicts and its decision.

pub mod api;
mod bench;
mod case;
mod checks;
mod decide;
mod desk;
mod evidence;
mod history;
mod item;
mod keys;
mod queue;
mod reveal;
mod staged;
mod words;

pub use case::CasePage;
pub use desk::DeskPage;
pub use queue::QueuePage;
