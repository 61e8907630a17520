//! The few things that need the browser itself.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, FormData, HtmlElement, HtmlFormElement, ProgressEvent, Window, XmlHttpRequest};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Whether the scripts have taken the page over.
pub fn is_awake() -> bool {
    document().and_then(|document| document.document_element()).is_some_and(|root| root.has_attribute("data-awake"))
}

/// Tells pages and tests that the scripts have taken the page over.
pub fn say_awake() {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-awake", "yes");
    }
}

/// Asks the server for a whole page.
pub fn ask_server(path: &str, query: &str) {
    let glue = if query.is_empty() { "" } else { "?" };
    leave(&format!("{path}{glue}{query}"));
}

/// Puts the focus on an element, and brings it into view.
pub fn focus(id: &str) {
    if let Some(element) = document().and_then(|d| d.get_element_by_id(id)).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
        element.scroll_into_view();
    }
}

/// Writes a value into a control, and lets its form know.
pub fn fill(id: &str, value: &str) {
    let Some(element) = document().and_then(|d| d.get_element_by_id(id)) else { return };
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        input.set_value(value);
    }
    if let Ok(event) = web_sys::Event::new("input") {
        event.init_event_with_bubbles("input", true);
        let _ = element.dispatch_event(&event);
    }
}

/// Puts the focus on the first element that fits a selector, as soon as there is one; tries so many times.
pub fn focus_first(selector: &'static str, tries: u32) {
    let found = document().and_then(|d| d.query_selector(selector).ok().flatten()).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    match found {
        Some(element) => drop(element.focus()),
        None if tries > 0 => later(60, move || focus_first(selector, tries - 1)),
        None => {}
    }
}

/// The values of a form by the names of its fields, in the order of the page.
pub fn values(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    pairs(&data)
}

fn pairs(data: &FormData) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let entries = data.entries();
    while let Ok(next) = entries.next() {
        if next.done() {
            break;
        }
        let entry = js_sys::Array::from(&next.value());
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            pairs.push((name, value));
        }
    }
    pairs
}

/// What a text from the server says.
///
/// # Errors
/// `Network`: it is cut off, or of another version, and a reload helps.
pub fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, crate::AppError> {
    serde_json::from_str(text).map_err(|_| crate::AppError::Network)
}

/// What came back: the status (0 when the connection failed) and the text.
pub type Done = Box<dyn FnOnce(u16, String)>;

/// Posts pairs, as a form would.
pub fn post_pairs(url: &str, pairs: &[(String, String)], done: Done) {
    let Ok(body) = web_sys::UrlSearchParams::new() else { return done(0, String::new()) };
    for (name, value) in pairs {
        body.append(name, value);
    }
    let body = String::from(body.to_string());
    send(url, Some("application/x-www-form-urlencoded"), |xhr| xhr.send_with_opt_str(Some(&body)), None, done);
}

/// Posts a file, telling how many hundredths have gone.
pub fn post_file(url: &str, field: &str, file: &web_sys::File, progress: Box<dyn Fn(u32)>, done: Done) {
    let Ok(body) = FormData::new() else { return done(0, String::new()) };
    let _ = body.append_with_blob_and_filename(field, file, &file.name());
    send(url, None, |xhr| xhr.send_with_opt_form_data(Some(&body)), Some(progress), done);
}

fn send(
    url: &str,
    content_type: Option<&str>,
    start: impl FnOnce(&XmlHttpRequest) -> Result<(), wasm_bindgen::JsValue>,
    progress: Option<Box<dyn Fn(u32)>>,
    done: Done,
) {
    let Ok(xhr) = XmlHttpRequest::new() else { return done(0, String::new()) };
    if xhr.open_with_async("POST", url, true).is_err() {
        return done(0, String::new());
    }
    let _ = xhr.set_request_header("Accept", "application/json");
    if let Some(kind) = content_type {
        let _ = xhr.set_request_header("Content-Type", kind);
    }
    if let (Some(progress), Ok(upload)) = (progress, xhr.upload()) {
        let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() && event.total() > 0.0 {
                progress((event.loaded() / event.total() * 100.0) as u32);
            }
        });
        upload.set_onprogress(Some(told.as_ref().unchecked_ref()));
        told.forget();
    }
    let done = Rc::new(RefCell::new(Some(done)));
    let finished = {
        let xhr = xhr.clone();
        Closure::<dyn Fn()>::new(move || {
            if let Some(done) = done.borrow_mut().take() {
                done(xhr.status().unwrap_or(0), xhr.response_text().ok().flatten().unwrap_or_default());
            }
        })
    };
    xhr.set_onloadend(Some(finished.as_ref().unchecked_ref()));
    finished.forget();
    let _ = start(&xhr);
}

/// Calls back once after so many milliseconds.
pub fn later(milliseconds: i32, call: impl FnOnce() + 'static) {
    let call = Closure::once_into_js(call);
    if let Some(window) = window() {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), milliseconds);
    }
}

/// Leaves for a path, with a full load: after signing in or out nothing of the page before may stay.
pub fn leave(path: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_href(path);
    }
}
