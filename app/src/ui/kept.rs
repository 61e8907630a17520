//! What was typed into a form and not sent yet, kept by this tab of the browser: people leave by a link, by Back, to read a text
//! message, and telephones close pages behind their backs. It is kept for the page and for whoever typed it, never longer than half
//! an hour, and gone when it was sent and when somebody signs out. Secrets are never kept, nor what is to be confirmed by a tick.
//!
//! A visitor may be followed at the same computer by another one: what they typed is kept for ten minutes, for their session alone;
//! it is all gone when they send anything and when somebody signs in, and whoever finds it can clear it.

use domain::account::forms::SECRET_FIELDS;
use domain::account::view::VISITOR;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage};

use super::browser::{document, focus_first, now_and_written, tell_input, window};
use super::form::field_of;

/// In milliseconds, as a browser counts.
const LIFE: f64 = 30.0 * 60.0 * 1000.0;
/// Of what a visitor typed: as long as somebody takes who reads a text message on the same telephone.
const VISITORS_LIFE: f64 = 10.0 * 60.0 * 1000.0;

/// A control by its name, what was typed into it, and what the server had written there.
type Kept = (String, String, String);

/// What came back into a form.
#[derive(Clone, Default, PartialEq)]
pub struct Restored {
    has_any: bool,
    /// What was typed where the server has something else by now: it is shown, and writes over nothing.
    beside: Vec<String>,
    is_cleared: bool,
}

/// The forms of one page.
#[derive(Clone, Copy)]
pub struct Keeper(StoredValue<String>);

impl Keeper {
    /// For the page that is drawn now.
    pub fn here() -> Self {
        Self(StoredValue::new(use_location().pathname.get_untracked()))
    }

    /// Keeps what stands in the fields of a form and differs from what the server wrote there.
    pub fn keep(self, form: &HtmlFormElement) {
        let kept: Vec<Kept> = controls(form)
            .filter_map(|control| {
                let (now, written) = now_and_written(&control)?;
                (now != written).then(|| (name_of(&control), now, written))
            })
            .collect();
        if kept.is_empty() {
            return self.forget(form);
        }
        if let (Some(store), Some(key), Ok(text)) = (store(), self.key(form), serde_json::to_string(&(js_sys::Date::now(), kept)))
        {
            let _ = store.set_item(&key, &text);
        }
    }

    /// Puts what was kept into the fields that are still as the server drew them.
    pub fn restore(self, form: &HtmlFormElement) -> Restored {
        sweep();
        let mut restored = Restored::default();
        let (Some(store), Some(key)) = (store(), self.key(form)) else { return restored };
        let Some((_, kept)) = read(&store, &key) else { return restored };
        for control in controls(form) {
            let name = name_of(&control);
            for (_, typed, before) in kept.iter().filter(|(of, ..)| *of == name) {
                put(&control, typed, before, &mut restored);
            }
        }
        // What came back is seen.
        if restored != Restored::default()
            && let Ok(Some(fold)) = form.closest("details")
        {
            let _ = fold.set_attribute("open", "");
        }
        restored
    }

    /// Forgets it, once it was taken; of a visitor everything, who may be about to get up.
    pub fn sent(self, form: &HtmlFormElement) {
        self.forget(form);
        if typist().starts_with(VISITOR) {
            forget_if(is_visitors);
        }
    }

    /// Forgets what was typed into one form.
    pub fn forget(self, form: &HtmlFormElement) {
        if let (Some(store), Some(key)) = (store(), self.key(form)) {
            let _ = store.remove_item(&key);
        }
    }

    /// By whom, on which page, and in which of its forms: its id, or what it does to what. What only counts along is left out.
    fn key(self, form: &HtmlFormElement) -> Option<String> {
        let counts = |name: &str| {
            ["province", "page[", "version", "request_key", "[mark]", "[back]", "[captcha]"]
                .iter()
                .any(|part| name.contains(part))
        };
        let mut of = form.get_attribute("id").unwrap_or_default();
        if of.is_empty() {
            of = form.get_attribute("action").unwrap_or_default();
            let hidden = elements(form).filter_map(|control| control.dyn_into::<HtmlInputElement>().ok());
            for input in hidden.filter(|input| input.type_() == "hidden" && !counts(&input.name())) {
                of.push(',');
                of.push_str(&input.value());
            }
        }
        let page = self.0.try_get_value()?;
        Some([[ALL, &typist()].concat().as_str(), page.as_str(), of.as_str()].join(" "))
    }
}

/// The same for a form that is none of `PostForm`: restores it once it is there, and says so where it is put.
pub fn restored_in(keeper: Keeper, form: NodeRef<leptos::html::Form>) -> AnyView {
    let restored = RwSignal::new(Restored::default());
    Effect::new(move |_| {
        if let Some(form) = form.get() {
            restored.set(keeper.restore(&form));
        }
    });
    said(restored, form)
}

/// Forgets everything: somebody signs out.
pub fn clear() {
    forget_if(|_| true);
}

/// Forgets what is too old, what visitors before this one typed, and what a visitor did once somebody has signed in. To be called
/// whenever the program starts, whatever its page shows.
pub fn sweep() {
    let (Some(store), typist) = (store(), typist()) else { return };
    let own = [ALL, &typist, " "].concat();
    forget_if(|key| {
        let life = if is_visitors(key) { VISITORS_LIFE } else { LIFE };
        let is_over = read(&store, key).is_none_or(|(at, _)| js_sys::Date::now() - at > life);
        // A page that failed does not say who is looking.
        is_over || (is_visitors(key) && !typist.is_empty() && !key.starts_with(&own))
    });
}

/// Says what came back into a form, and lets a visitor clear what was not theirs.
pub fn said(restored: RwSignal<Restored>, form: NodeRef<leptos::html::Form>) -> AnyView {
    let clear_all = move |_| {
        forget_if(is_visitors);
        if let Some(form) = form.get_untracked() {
            form.reset();
            // What follows what is typed learns that nothing is.
            tell_input(&form);
        }
        restored.set(Restored { is_cleared: true, ..Restored::default() });
        focus_first("h1", 1);
    };
    let word = move || {
        let Restored { has_any, beside, is_cleared } = restored.get();
        let back = has_any.then(|| view! { <p>"已恢复您刚才在本页填写、还没有提交的内容。"</p> }.into_any());
        let cleared = is_cleared.then(|| view! { <p>"已经清除。"</p> }.into_any());
        let clear = ((has_any || !beside.is_empty()) && typist().starts_with(VISITOR)).then(|| {
            let button = view! {
                <button type="button" class="button button--quiet button--small" on:click=clear_all>"不是您填写的？清除"</button>
            };
            view! { <p>{button}</p> }.into_any()
        });
        let beside = (!beside.is_empty()).then(|| {
            let lines = beside.iter().flat_map(|text| text.lines()).map(|line| view! { <p>{line.to_owned()}</p> }.into_any());
            let lines = lines.collect::<Vec<_>>();
            view! { <p>"本页的内容在别处改过，下面是您刚才填写的，没有放回，需要时请复制："</p> {lines} }.into_any()
        });
        (back.is_some() || beside.is_some() || is_cleared)
            .then(|| view! { <div class="notice notice--info" role="status">{back} {beside} {clear} {cleared}</div> }.into_any())
    };
    word.into_any()
}

fn store() -> Option<Storage> {
    window()?.session_storage().ok().flatten()
}

/// Names whoever is looking; empty on pages that do not say.
fn typist() -> String {
    let main = document().and_then(|document| document.get_element_by_id("main"));
    main.and_then(|main| main.get_attribute("data-typist")).unwrap_or_default()
}

const ALL: &str = "typed:";

fn is_visitors(key: &str) -> bool {
    key.strip_prefix(ALL).is_some_and(|rest| rest.starts_with(VISITOR))
}

fn forget_if(is_gone: impl Fn(&str) -> bool) {
    let Some(store) = store() else { return };
    let count = store.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|at| store.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(ALL) && is_gone(key)) {
        let _ = store.remove_item(key);
    }
}

fn read(store: &Storage, key: &str) -> Option<(f64, Vec<Kept>)> {
    serde_json::from_str(&store.get_item(key).ok()??).ok()
}

/// Its controls, also those that stand outside of it.
fn elements(form: &HtmlFormElement) -> impl Iterator<Item = Element> {
    let all = form.elements();
    (0..all.length()).filter_map(move |at| all.get_with_index(at))
}

/// Those of which something may be kept.
fn controls(form: &HtmlFormElement) -> impl Iterator<Item = Element> {
    elements(form).filter(|control| {
        let is_one =
            |attribute: &str, words: &[&str]| control.get_attribute(attribute).is_some_and(|word| words.contains(&&*word));
        let is_secret = |field: String| SECRET_FIELDS.contains(&field.as_str());
        field_of(&name_of(control)).is_some_and(|field| !is_secret(field))
            && !is_one("type", &["password", "checkbox"])
            && !is_one("autocomplete", &["one-time-code"])
    })
}

fn name_of(control: &Element) -> String {
    control.get_attribute("name").unwrap_or_default()
}

fn put(control: &Element, typed: &str, before: &str, restored: &mut Restored) {
    if control.get_attribute("type").as_deref() == Some("radio") {
        if let Some(input) = control.dyn_ref::<HtmlInputElement>().filter(|input| input.value() == typed) {
            input.set_checked(true);
            restored.has_any = true;
        }
        return;
    }
    let Some((now, written)) = now_and_written(control) else { return };
    if now != written || written == typed {
        return;
    }
    if written != before {
        restored.beside.push(typed.to_owned());
        return;
    }
    restored.has_any = true;
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        input.set_value(typed);
    } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(typed);
    } else if let Some(list) = control.dyn_ref::<HtmlSelectElement>() {
        list.set_value(typed);
        // A choice that is no longer offered.
        if list.selected_index() < 0 {
            list.set_value(&written);
        }
    }
}
