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
    tell_input(&element);
}

/// Tells whoever listens that something was typed.
pub fn tell_input(element: &web_sys::Element) {
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

/// Posts pairs so that the request is carried to its end even when the page goes away meanwhile.
pub fn post_to_the_end(url: &str, pairs: &[(String, String)], done: Done) {
    // Browsers carry 64 KB on behalf of pages that are gone.
    const CARRIED: u32 = 60_000;
    let Ok(body) = web_sys::UrlSearchParams::new() else { return done(0, String::new()) };
    for (name, value) in pairs {
        body.append(name, value);
    }
    let body = body.to_string();
    let (Some(window), Ok(headers)) = (window(), web_sys::Headers::new()) else { return done(0, String::new()) };
    let _ = headers.set("Accept", "application/json");
    let _ = headers.set("Content-Type", "application/x-www-form-urlencoded");
    let options = web_sys::RequestInit::new();
    options.set_method("POST");
    options.set_headers(&headers);
    options.set_body(&body);
    let _ = js_sys::Reflect::set(&options, &"keepalive".into(), &(body.length() < CARRIED).into());
    let sent = window.fetch_with_str_and_init(url, &options);
    leptos::task::spawn_local(async move {
        let (status, text) = answer_of(sent).await.unwrap_or_default();
        done(status, text);
    });
}

async fn answer_of(sent: js_sys::Promise) -> Option<(u16, String)> {
    let answer: web_sys::Response = wasm_bindgen_futures::JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let text = wasm_bindgen_futures::JsFuture::from(answer.text().ok()?).await.ok()?;
    Some((answer.status(), text.as_string()?))
}

/// A name that no other page has.
pub fn random_name() -> String {
    let part = || format!("{:013x}", (js_sys::Math::random() * 2f64.powi(52)) as u64);
    format!("{}{}", part(), part())
}

/// Whether a control of a form does not say any more what the server wrote into it.
pub fn is_touched(form: &HtmlFormElement) -> bool {
    let controls = form.elements();
    let mut controls = (0..controls.length()).filter_map(|at| controls.get_with_index(at));
    controls.any(|control| now_and_written(&control).is_some_and(|(now, written)| now != written))
}

/// What a control says now, and what the server wrote into it; a tick or a choice that is not made says nothing.
pub fn now_and_written(control: &web_sys::Element) -> Option<(String, String)> {
    if let Some(input) = control.dyn_ref::<web_sys::HtmlInputElement>() {
        let of = |is_made: bool| if is_made { input.value() } else { String::new() };
        return match input.type_().as_str() {
            "hidden" | "file" => None,
            "checkbox" | "radio" => Some((of(input.checked()), of(input.default_checked()))),
            _ => Some((input.value(), input.default_value())),
        };
    }
    if let Some(area) = control.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        return Some((area.value(), area.default_value().ok()?));
    }
    let list = control.dyn_ref::<web_sys::HtmlSelectElement>()?;
    let options = list.options();
    let option = |at: u32| options.get_with_index(at).and_then(|option| option.dyn_into::<web_sys::HtmlOptionElement>().ok());
    let written = (0..options.length()).filter_map(option).find(web_sys::HtmlOptionElement::default_selected);
    // A list of which the server chose nothing stands on its first line.
    let written = written.or_else(|| option(0)).map(|option| option.value()).unwrap_or_default();
    Some((list.value(), written))
}

/// Posts a file, and a remark about it before it, telling how many hundredths have gone.
pub fn post_file(url: &str, file: &web_sys::File, remark: Option<&str>, progress: Box<dyn Fn(u32)>, done: Done) {
    let Ok(body) = FormData::new() else { return done(0, String::new()) };
    if let Some(remark) = remark {
        let _ = body.append_with_str("remark", remark);
    }
    let _ = body.append_with_blob_and_filename("file", file, &file.name());
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

/// Sends a form that ends the session a moment later than it was pressed: whatever saves when the page is left saves now.
pub fn save_first(event: &leptos::ev::SubmitEvent) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let (Some(form), Some(window), Ok(leaving)) = (form, window(), web_sys::Event::new("pagehide")) else { return };
    event.prevent_default();
    let _ = window.dispatch_event(&leaving);
    later(400, move || {
        let _ = form.submit();
    });
}

/// Leaves for a path, with a full load: after signing in or out nothing of the page before may stay.
pub fn leave(path: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_href(path);
    }
}
