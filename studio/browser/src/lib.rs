//! The studio: a dialog in which a photograph is cropped, looked at and made as large as the province wants it, or a document is
//! turned and made lighter; all on the person's own machine. A program of its own, fetched when the first studio is opened.
//!
//! Whoever wants it opened marks a button with `data-studio-waiting` and lets the event `studio-open` rise from it; the other
//! attributes of the button say for which input and by which rules (see [`asked`]). The finished file is put into that
//! input, and `change` is told as if the person had chosen it.

#![cfg(target_arch = "wasm32")]

mod asked;
mod dom;
mod files;
mod hands;
mod panel;
mod session;
mod stage;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the script itself, once.
#[wasm_bindgen(start)]
pub fn start() {
    let Some(document) = dom::document() else { return };
    dom::on(&document, "studio-open", |_| open_waiting());
    hands::watch_choices();
    open_waiting();
}

fn open_waiting() {
    let found = dom::document().and_then(|document| document.query_selector("[data-studio-waiting]").ok().flatten());
    let Some(opener) = found else { return };
    let _ = opener.remove_attribute("data-studio-waiting");
    if let Some(asked) = asked::Asked::of(opener) {
        session::open(asked);
    }
}
