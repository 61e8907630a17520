//! Shows it: the shell, the routes, and the pages in the feature folders.

pub mod account;
pub mod error;
pub mod intake;
pub mod portal;
#[cfg(feature = "ssr")]
pub mod request;
pub mod review;
mod routes;
pub mod site;
pub mod staff;
pub mod ui;
pub mod wire;

pub use error::AppError;
#[cfg(feature = "ssr")]
pub use routes::shell;
pub use routes::{AccountantApp, StaffApp};

/// Tells pages and tests that the scripts are alive.
#[cfg(feature = "hydrate")]
pub fn awake() {
    if let Some(root) = ui::browser::document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-awake", "yes");
    }
}
