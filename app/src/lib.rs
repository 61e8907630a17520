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

/// Takes over the page that the server has drawn, and tells pages and tests that the scripts are alive.
#[cfg(feature = "hydrate")]
pub fn wake_up<V: leptos::prelude::IntoView + 'static>(pages: fn() -> V) {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(pages);
    if let Some(root) = ui::browser::document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-awake", "yes");
    }
}
