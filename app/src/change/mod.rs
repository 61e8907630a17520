//! 信息变更: 变更入口, 变更页, 资料上传 and 变更退回. They stand behind the address of what is amended, because an address of its own
//! would be one that every visitor has to fetch.

pub mod api;
mod entry;
mod papers;
mod sheet;

use domain::answer::Flash;
use domain::case::Action;
use domain::change::view::ChangeView;
use leptos::prelude::*;

use crate::ui::form::FormState;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;

/// The page that was asked for; while nothing is open it is the entry. `has_more` asks for an empty row.
pub fn draw(frame: &Frame, view: &ChangeView, (what, has_more): (&str, bool)) -> AnyView {
    match (&view.sheet, what) {
        (Some(shown), _) => sheet::sheet(frame, view, shown, has_more),
        (None, "files") if is_open(view) => papers::papers(frame, view),
        (None, _) => entry::entry(frame, view),
    }
}

/// Whether it is with its person.
fn is_open(view: &ChangeView) -> bool {
    view.actions.contains(&Action::Save)
}

/// The address of a page.
fn page(frame: &Frame, what: &str) -> String {
    frame.path(&format!("intake/amend?change={what}"))
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
