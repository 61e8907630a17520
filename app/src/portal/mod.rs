//! The first page of a province, 通知公告, 操作指南 and 咨询电话: read by everybody, kept by the staff.

mod abacus;
pub mod api;
mod edit_contacts;
mod edit_texts;
mod finder;
mod front;
mod hotlines;
mod notices;

pub use edit_contacts::{ContactPage, ContactsPage};
pub use edit_texts::{EditGuidePage, EditGuidesPage, EditNoticePage, EditNoticesPage};
pub use front::PortalPage;
pub use hotlines::HotlinesPage;
pub(crate) use hotlines::phone;
pub(crate) use notices::lines;
pub use notices::{GuidePage, GuidesPage, NoticePage, NoticesPage};

use domain::portal::NoticeKind;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The name of a kind, and the last part of the addresses of its lists.
fn names(kind: NoticeKind) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::Notice => ("通知公告", "notices"),
        NoticeKind::Guide => ("操作指南", "guides"),
    }
}

/// A word of the address, behind the question mark.
fn asked(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get(name).unwrap_or_default()))
}

/// The last part of the address.
fn id() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()))
}
