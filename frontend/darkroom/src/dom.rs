//! The few things of the document that are needed here.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, Document, Event, EventTarget, HtmlCanvasElement, Window};

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

/// Listens as long as the page lives.
pub fn on(target: &EventTarget, kind: &str, call: impl Fn(Event) + 'static) {
    let call = Closure::<dyn Fn(Event)>::new(call);
    let _ = target.add_event_listener_with_callback(kind, call.as_ref().unchecked_ref());
    call.forget();
}

/// Calls back once after so many milliseconds.
pub fn later(milliseconds: i32, call: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let call = Closure::once_into_js(call);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), milliseconds);
    }
}

/// A canvas that is not in the document, white all over.
pub fn sheet(width: u32, height: u32) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement = document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = pen(&canvas)?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    Some((canvas, context))
}

pub fn pen(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
