//! 信息变更: 变更入口, 变更页, 资料上传 and 变更退回. They stand behind addresses of the application, because an address of its own would be one
//! that every visitor has to fetch: the entry behind its first page, the form where its controls are, and 资料上传 where pictures are taken.

pub mod api;
mod entry;
mod papers;
mod sheet;

pub use entry::entry;

use domain::answer::Flash;
use domain::case::Action;
use domain::change::view::{ChangeFormView, ChangeView};
use domain::intake::StepKey;
use leptos::prelude::*;

use crate::ui::form::FormState;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;

/// 资料上传, where something is open.
pub fn files(frame: &Frame, view: &ChangeView) -> AnyView {
    match is_open(view) {
        true => papers::papers(frame, view),
        false => nothing(frame, &view.name, "资料上传"),
    }
}

/// 变更页. `has_more` asks for an empty row.
pub fn form(frame: &Frame, view: &ChangeFormView, has_more: bool) -> AnyView {
    match &view.sheet {
        Some(shown) => sheet::sheet(frame, view, shown, has_more),
        None => nothing(frame, &view.name, "变更页"),
    }
}

/// Nothing is open, and the way to where something can be begun.
fn nothing(frame: &Frame, name: &str, here: &'static str) -> AnyView {
    view! {
        {head(frame, name, here)}
        <h1 tabindex="-1">{here}</h1>
        <div class="notice notice--info">
            <p>"现在没有可以修改的变更。"</p>
            <p><a href=page(frame, "all")>"前往变更入口"</a></p>
        </div>
    }
    .into_any()
}

/// Whether it is with its person.
fn is_open(view: &ChangeView) -> bool {
    view.actions.contains(&Action::Save)
}

/// The address of the entry (`all`) or of 资料上传 (`files`).
fn page(frame: &Frame, what: &str) -> String {
    frame.path(match what {
        "files" => "intake/amend?change=files",
        _ => "intake?change=all",
    })
}

/// The address of a form.
fn form_page(frame: &Frame, step: StepKey) -> String {
    frame.path(&format!("intake/{}?change=yes", step.as_str()))
}

/// What was posted without scripts by one of the forms.
fn flash_of<'a>(flash: Option<&'a Flash>, form: &str) -> Option<&'a Flash> {
    flash.filter(|flash| flash.form == form)
}

/// The state of the small forms, of which nothing is typed.
fn other(view: &ChangeView) -> FormState {
    FormState::new([("item", "项目")], flash_of(view.flash.as_ref(), "change-other"))
}

/// Title and way of a page; `here` is the entry itself where it is empty.
fn head(frame: &Frame, name: &str, here: &str) -> AnyView {
    let mut trail = frame.services_trail();
    let title = if here.is_empty() { name.to_owned() } else { here.to_owned() };
    if !here.is_empty() {
        trail.push((name.to_owned(), page(frame, "all")));
    }
    let tab = if here.is_empty() {
        format!("{} – {}", name, frame.site.province.title)
    } else {
        format!("{here} – {} – {}", name, frame.site.province.title)
    };
    view! {
        <leptos_meta::Title text=tab />
        <Breadcrumbs trail=trail here=title />
    }
    .into_any()
}
