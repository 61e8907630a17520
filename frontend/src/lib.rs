//! Wakes the pages up in the browser.

#[cfg(not(feature = "staff"))]
use app::AccountantApp as App;
#[cfg(feature = "staff")]
use app::StaffApp as App;

/// Called by the page after the module has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(App);
    app::awake();
}
