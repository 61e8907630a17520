//! The studio: a dialog in which a photograph is cropped, looked at and made as large as the province wants it, on the
//! person's own machine. A part of the program, fetched when a photograph is chosen first.
//!
//! The finished file is put into the input in which the photograph was chosen, and `change` is told as if the person had
//! chosen it ([`is_made`]).
//!
//! Beside it, in a part of its own: the [`checkup`] of a paper before it is sent.

#![cfg(target_arch = "wasm32")]

mod asked;
pub mod checkup;
mod dom;
mod files;
mod hands;
mod panel;
mod session;
mod stage;

use std::cell::Cell;

pub use asked::{Asked, is_made};

use wasm_bindgen::JsValue;

thread_local! {
    static IS_WATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Makes a JPEG of at most so many bytes of a file that the browser can open, and calls back with it, or with nothing.
pub fn make(file: web_sys::File, most: u32, answer: js_sys::Function) {
    wasm_bindgen_futures::spawn_local(async move {
        let made = files::as_jpeg(&file, most).await.map_or(JsValue::NULL, JsValue::from);
        drop(answer.call1(&JsValue::NULL, &made));
    });
}

/// Opens the studio with the photograph that was chosen; answers whether it did. What the browser cannot open is for the server.
pub async fn open(asked: Asked) -> bool {
    if !IS_WATCHING.replace(true) {
        hands::watch_choices();
    }
    session::open(asked).await
}
