//! Wakes the pages up in the browser.

/// Called by the page after the module has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    app::wake_up();
}
