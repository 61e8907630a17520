//! 审核: the desk, the queue, one case, its verdicts, its decision, and what is told about it.
//!
//! Everything here is for reviewers with their second factor. To a bureau that a case does not concern it does not exist;
//! a bureau above may look and do nothing else.

mod ahead;
mod case;
mod compared;
mod decide;
mod desk;
mod effect;
mod forward;
mod hold;
mod judge;
mod pieces;
mod queue;
mod reveal;
mod revoke;
mod seats;
mod stage;

#[cfg(test)]
pub(crate) mod stories;
#[cfg(test)]
mod stories_decide;
#[cfg(test)]
mod stories_holds;
#[cfg(test)]
mod stories_queue;
#[cfg(test)]
mod stories_rights;
#[cfg(test)]
mod stories_skip;
#[cfg(test)]
mod stories_undo;
#[cfg(test)]
mod stories_urged;

pub use ahead::ahead;
pub use case::case;
pub use decide::{correct, decide};
pub use desk::desk;
pub use effect::settle_decisions;
pub use forward::forward;
pub use hold::{next, release, skip, take_hold};
pub use judge::judge;
pub use queue::{queue, search};
pub use reveal::reveal;
pub use revoke::revoke;
pub use stage::undo;
