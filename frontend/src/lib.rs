//! Wakes the accountants' pages up in the browser.

/// Called by the page after the module has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(feature = "both")]
    if app::ui::browser::is_staff_page() {
        return app::wake_up(app::StaffApp);
    }
    app::wake_up(app::AccountantApp);
}
