//! The one error that crosses the wire: no SQL, no path, no personal data, a request id to quote.

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::json::JsonText;

/// Why a page or a post came to nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AppError {
    /// There is no such page, or not for this person.
    NotFound,
    /// The rules say no; pages show the sentence and the way out.
    Refused(domain::case::Refusal),
    /// Somebody changed it in between.
    Stale,
    /// Too many people at once.
    Busy,
    /// The connection failed.
    Network,
    /// It broke here; the id finds it in the log.
    Broken { request_id: String },
    /// A disk is full; nothing was stored.
    DiskFull,
}

impl FromServerFnError for AppError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Network,
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                crate::request::unreadable()
            }
            _ => Self::Broken { request_id: String::new() },
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(crate::ui::sentence::app_error(self).as_str())
    }
}
