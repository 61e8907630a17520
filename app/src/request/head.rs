//! What came with the request, read where it lies: it is not small, and is asked often.

use http::header::ACCEPT;
use http::request::Parts;
use leptos::prelude::with_context;
use service::Arrival;

use super::RequestId;

/// Reads of the request; `None` outside of one.
pub(super) fn of_request<T>(read: impl FnOnce(&Parts) -> T) -> Option<T> {
    with_context::<Parts, T>(read)
}

/// What the server put into the request.
pub(super) fn noted<T: Clone + Send + Sync + 'static>() -> Option<T> {
    of_request(|parts| parts.extensions.get::<T>().cloned()).flatten()
}

/// Whether it is so of the request.
pub(super) fn is_of_request(is_so: impl FnOnce(&Parts) -> bool) -> bool {
    of_request(is_so).unwrap_or_default()
}

/// The id of the request, for the log.
pub(super) fn request_id() -> String {
    noted::<RequestId>().map(|id| id.0).unwrap_or_default()
}

/// Whether a page is wanted, as by a browser without scripts.
pub(super) fn accepts_html() -> bool {
    is_of_request(|parts| parts.headers.get(ACCEPT).and_then(|a| a.to_str().ok()).is_some_and(|a| a.contains("text/html")))
}

/// Whether this is the rendering of a page, and not a call of a server function.
pub(super) fn is_page() -> bool {
    is_of_request(|parts| !parts.uri.path().starts_with("/api/"))
}

/// Whether a page is drawn as the answer to a post, with what was typed inside it.
#[must_use]
pub fn is_answer() -> bool {
    is_of_request(|parts| parts.extensions.get::<Arrival>().is_some_and(|arrival| arrival.typed.is_some()))
}
