//! The first page of a province, 通知公告, 操作指南, 政策法规, 常见问题 and 咨询电话, as everybody reads them. The staff keep the texts on
//! pages without the program (`plain::texts`).

mod abacus;
pub mod api;
mod edit_contacts;
mod finder;
mod front;
mod hotlines;
mod texts;

pub use edit_contacts::{ContactPage, ContactsPage};
pub use front::PortalPage;
pub use hotlines::HotlinesPage;
pub(crate) use hotlines::phone;
pub(crate) use texts::lines;
pub use texts::{SearchPage, TextPage, TextsPage};

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A word of the address, behind the question mark.
fn asked(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get(name).unwrap_or_default()))
}

/// A part of the address.
fn param(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get(name).unwrap_or_default()))
}
