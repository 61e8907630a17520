//! Cases, whatever they are about: the file, its rounds, what was typed and uploaded for it, and the queue.

pub(crate) mod answered;
pub mod attachment;
pub mod barred;
pub mod begun;
pub mod draft;
pub(crate) mod entered;
pub mod figures;
pub mod file;
pub mod former;
pub mod queue;
pub mod round;
pub mod skip;
pub mod staged;
pub mod urge;
pub mod waited;
