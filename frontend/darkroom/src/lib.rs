//! The studio: a dialog in which a photograph is cropped, looked at and made as large as the province wants it, or a document is
//! turned and made lighter; all on the person's own machine. A part of the program, fetched when the first studio is opened.
//!
//! The attributes of the button that opens it say for which input and by which rules (see [`asked`]). The finished file is put
//! into that input, and `change` is told as if the person had chosen it.
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

/// Opens the studio that the button asks for.
pub fn open(opener: web_sys::Element) {
    if !IS_WATCHING.replace(true) {
        hands::watch_choices();
    }
    if let Some(asked) = asked::Asked::of(opener) {
        session::open(asked);
    }
}
