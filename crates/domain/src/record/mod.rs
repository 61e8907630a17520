//! 个人档案: what its person reads of it beside the newest version: where each value came from, the timeline, who of the staff looked,
//! and the papers that were ever uploaded.

mod forms;
mod look;
mod paper;
pub mod view;

pub use forms::{ExpiryForm, PaperForm, ReuseForm, SureForm, check_expiry};
pub use look::{LOOKS, Look, LookKind, Sitting, sittings};
pub use paper::{Holds, Validity, WARN_DAYS, holds, validity};
