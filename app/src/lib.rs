//! Shows it: the shell, the routes, and the pages in the feature folders.

pub mod account;
pub mod certificate;
pub mod change;
pub mod counter;
pub mod employer;
pub mod error;
pub mod handover;
pub mod intake;
pub mod integrity;
pub mod json;
pub mod learning;
mod parts;
#[cfg(feature = "ssr")]
pub mod plain;
pub mod portal;
pub mod record;
#[cfg(feature = "ssr")]
pub mod request;
pub mod review;
mod routes;
pub mod school;
#[cfg(feature = "ssr")]
mod shell;
pub mod site;
#[cfg(feature = "ssr")]
mod speech;
pub mod staff;
pub mod ui;

pub use error::AppError;
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;

/// Takes over the page that the server has drawn, once the part that its address belongs to is there.
#[cfg(feature = "hydrate")]
pub fn wake_up() {
    use std::{cell::Cell, rc::Rc};
    console_error_panic_hook::set_once();
    ui::kept::sweep();
    let Some(body) = ui::browser::document().and_then(|document| document.body()) else { return };
    let kept = Rc::new(Cell::new(None));
    let keep = kept.clone();
    let pages = move || {
        keep.set(leptos::prelude::Owner::current_shared_context());
        App()
    };
    wasm_bindgen_futures::spawn_local(async move {
        leptos::mount::hydrate_from_async(body, pages).await.forget();
        // The framework looks for it where it cannot be found any more after waiting.
        if let Some(context) = kept.take() {
            context.hydration_complete();
        }
        ui::browser::say_awake();
    });
}
