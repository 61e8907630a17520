//! What happens to every request before and after the pages.

mod address;
mod arrival;
mod body;
mod cross_site;
mod headers;
mod looking;
mod retyped;
mod worded;

pub use address::{Addresses, WholeAddress, client_address};
pub use arrival::{arrival, arrive};
pub use body::{FORM, FORMS, gather, gather_files, gather_report};
pub use cross_site::refuse_cross_site;
pub use headers::{Headers, guard};
pub use looking::looking;
pub use retyped::draw_retyped;
pub use worded::{trouble, worded};
