//! 审核: the desk, the queue, and one case with its verdicts and its decision.

mod ahead;
pub mod api;
mod bar;
mod bench;
mod benches;
mod beside;
mod case;
mod checks;
mod decide;
mod desk;
pub mod dossier;
mod evidence;
mod filters;
mod history;
mod item;
mod keys;
mod originals;
mod pop;
mod proof;
mod queue;
mod reveal;
mod stage;
mod staged;
mod toast;
mod words;

pub use case::CasePage;
pub use desk::DeskPage;
pub use queue::QueuePage;
