//! What was typed into a form and not sent yet, kept by this tab of the browser: people leave to read a text message, and
//! telephones close pages behind their backs. Secrets are never kept, and nothing for longer than half an hour.

use domain::account::forms::SECRET_FIELDS;
use wasm_bindgen::JsCast;

use super::browser::{document, window};
use super::form::id_of;

/// In milliseconds, as a browser counts.
const LIFE: f64 = 30.0 * 60.0 * 1000.0;

fn store() -> Option<web_sys::Storage> {
    window()?.session_storage().ok().flatten()
}

fn key(form: &str) -> String {
    format!("typed:{form}")
}

/// Keeps what stands in the fields of a form.
pub fn keep(form: &str, typed: &[(String, String)]) {
    let is_kept = |(field, value): &&(String, String)| !value.is_empty() && !SECRET_FIELDS.contains(&field.as_str());
    let kept: Vec<&(String, String)> = typed.iter().filter(is_kept).collect();
    if let (Some(store), Ok(text)) = (store(), serde_json::to_string(&(js_sys::Date::now(), kept))) {
        let _ = store.set_item(&key(form), &text);
    }
}

/// Puts what was kept into the fields that are still as the server drew them.
pub fn restore(form: &str) {
    let text = store().and_then(|store| store.get_item(&key(form)).ok().flatten()).unwrap_or_default();
    let Ok((at, kept)) = serde_json::from_str::<(f64, Vec<(String, String)>)>(&text) else { return };
    if js_sys::Date::now() - at > LIFE {
        return forget(form);
    }
    for (field, value) in kept {
        let Some(control) = document().and_then(|document| document.get_element_by_id(&id_of(&field))) else { continue };
        if let Some(input) = control.dyn_ref::<web_sys::HtmlInputElement>() {
            if input.value().is_empty() {
                input.set_value(&value);
            }
        } else if let Some(list) = control.dyn_ref::<web_sys::HtmlSelectElement>() {
            list.set_value(&value);
        }
    }
}

/// Forgets it, once it was sent.
pub fn forget(form: &str) {
    if let Some(store) = store() {
        let _ = store.remove_item(&key(form));
    }
}
