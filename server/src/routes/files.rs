//! Files: what people uploaded, re-encoded and behind authorisation, and the templates of a province.

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::{Asking, answer, not_found};
use crate::router::Folders;

/// The picture of an attachment, as it may be shown: re-encoded, upright, without metadata (ux U6).
pub async fn attachment(Asking(visit): Asking, Path((_, id)): Path<(String, String)>, RawQuery(query): RawQuery) -> Response {
    // What is fetched beforehand was not looked at yet.
    let found = match query.as_deref() {
        Some("ahead") => service::case::file_ahead(&visit, &id).await,
        _ => service::case::file_view(&visit, &id).await,
    };
    match found {
        Ok((bytes, kind)) => {
            let headers = [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, "inline"), (CACHE_CONTROL, "private, no-store")];
            (headers, bytes).into_response()
        }
        Err(failure) => answer(&failure),
    }
}

/// The style sheet by which the questions of the form follow the answers. It is kept by the browser alone: the answer may carry
/// the cookie of a new visitor.
pub async fn questions(Asking(visit): Asking) -> Response {
    let sheet = app::intake::stylesheet(&visit.province.profile.intake.steps);
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "private, max-age=600")], sheet).into_response()
}

/// A template that the briefing of the province names.
pub async fn template(
    Asking(visit): Asking,
    State(folders): State<Folders>,
    Path((key, name)): Path<(String, String)>,
) -> Response {
    let briefing = &visit.province.profile.intake_line().briefing;
    let Some(template) = briefing.templates.iter().find(|template| template.file == name) else { return not_found() };
    let file = format!("{key}-{}.docx", template.file);
    match tokio::fs::read(folders.provinces.join("data/templates").join(&file)).await {
        Ok(bytes) => {
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            let disposition = format!("attachment; filename=\"{file}\"");
            ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
        }
        Err(_) => {
            tracing::error!(file, "a template is missing");
            not_found()
        }
    }
}
