//! 信息变更: 变更入口, 变更页, 资料上传 and 变更退回. They stand behind the addresses of what is amended and of the forms, because an address of
//! its own would be one that every visitor has to fetch, and the form stands where its controls are.

pub mod api;
mod entry;
mod papers;
mod sheet;

use domain::answer::Flash;
use domain::case::Action;
use domain::change::view::ChangeView;
use domain::intake::StepKey;
use leptos::prelude::*;

use crate::ui::form::FormState;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;

/// The page that was asked for; while nothing is open it is the entry.
pub fn draw(frame: &Frame, view: &ChangeView, what: &str) -> AnyView {
    match what {
        "files" if is_open(view) => papers::papers(frame, view),
        _ => entry::entry(frame, view),
    }
}

/// 变更页. `has_more` asks for an empty row.
pub fn form(frame: &Frame, view: &ChangeView, has_more: bool) -> AnyView {
    match &view.sheet {
        Some(shown) => sheet::sheet(frame, view, shown, has_more),
        None => view! {
            {head(frame, view, "变更页")}
            <h1 tabindex="-1">"变更页"</h1>
            <div class="notice notice--info">
                <p>"现在没有可以修改的变更。"</p>
                <p><a href=page(frame, "all")>"前往变更入口"</a></p>
            </div>
        }
        .into_any(),
    }
}

/// Whether it is with its person.
fn is_open(view: &ChangeView) -> bool {
    view.actions.contains(&Action::Save)
}

/// The address of the entry (`all`) or of 资料上传 (`files`).
fn page(frame: &Frame, what: &str) -> String {
    frame.path(&format!("intake/amend?change={what}"))
}

/// The address of a form.
fn form_page(frame: &Frame, step: StepKey) -> String {
    frame.path(&format!("intake/{}?change=yes", step.as_str()))
}

/// What was posted without scripts by one of the forms.
fn flash_of<'a>(view: &'a ChangeView, form: &str) -> Option<&'a Flash> {
    view.flash.as_ref().filter(|flash| flash.form == form)
}

/// The state of the small forms, of which nothing is typed.
fn other(view: &ChangeView) -> FormState {
    FormState::new([("item", "项目")], flash_of(view, "change-other"))
}

/// Title and way of a page; `here` is the entry itself where it is empty.
fn head(frame: &Frame, view: &ChangeView, here: &str) -> AnyView {
    let mut trail = frame.services_trail();
    let title = if here.is_empty() { view.name.clone() } else { here.to_owned() };
    if !here.is_empty() {
        trail.push((view.name.clone(), page(frame, "all")));
    }
    let name = if here.is_empty() {
        format!("{} – {}", view.name, frame.site.province.title)
    } else {
        format!("{here} – {} – {}", view.name, frame.site.province.title)
    };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=title />
    }
    .into_any()
}
