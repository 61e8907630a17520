//! Wakes the pages up in the browser.

/// Called by the page after the module has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    app::wake_up();
}

/// Nobody reads it, so it is in no file that is sent. The splitter lays the constants of every file on their own boundaries, and where
/// that needs more room than the linker gave all of them, all constants of all parts go into the main program.
#[used]
static ROOM_FOR_THE_SPLITTER: [u8; 1 << 14] = [1; 1 << 14];
