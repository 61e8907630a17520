//! Pages, each drawn whole and sent as one answer of known length, with its data behind it. leptos_axum would send them in pieces,
//! and write the data by `Debug`, which looks for each Chinese character whether it can be printed (docs/performance.md).

#[cfg(test)]
mod tests;

use std::fmt::Write;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use hydration_context::{SharedContext, SsrSharedContext};
use leptos::error::{Error, ErrorId};
use leptos::nonce::{Nonce, provide_nonce};
use leptos::prelude::*;
use leptos::reactive::owner::Sandboxed;
use leptos::{PrefetchLazyFn, WasmSplitManifest};
use leptos_axum::ResponseOptions;
use leptos_meta::{Link, ServerMetaContext};
use leptos_router::location::RequestUrl;

/// Draws the page of an address; `context` provides what it finds there.
pub async fn draw(request: Request, options: LeptosOptions, context: impl FnOnce() + Send) -> Response {
    let data = Arc::new(SsrSharedContext::new());
    let owner = Owner::new_root(Some(data.clone()));
    let (answer, parts) = (ResponseOptions::default(), PrefetchLazyFn::default());
    let page = Sandboxed::new(whole(&owner, &data, request, (answer.clone(), parts), options, context)).await;
    owner.unset_with_forced_cleanup();
    let mut response = Body::from(page).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    let mut said = answer.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    *response.status_mut() = said.status.unwrap_or(StatusCode::OK);
    response.headers_mut().extend(std::mem::take(&mut said.headers));
    drop(said);
    response
}

async fn whole(
    owner: &Owner,
    data: &SsrSharedContext,
    request: Request,
    (answer, parts): (ResponseOptions, PrefetchLazyFn),
    options: LeptosOptions,
    context: impl FnOnce() + Send,
) -> String {
    let (meta, head) = ServerMetaContext::new();
    let (nonce, drawing) = owner.with(|| {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        provide_context(RequestUrl::new(&format!("http://leptos.dev{path}")));
        provide_context(meta);
        provide_context(request.into_parts().0);
        provide_context(answer);
        provide_context(parts.clone());
        provide_nonce();
        context();
        (use_nonce(), app::shell(options).to_html_stream_in_order())
    });
    let page: String = drawing.collect().await;
    while let Some(waited_for) = data.await_deferred() {
        waited_for.await;
    }
    owner.with(|| fetch_early(&parts, nonce.as_ref()));
    let page = head.inject_meta_context(futures::stream::iter([page])).await;
    let mut page: String = page.collect().await;
    write_data(&mut page, nonce.as_ref(), data.consume_buffers().await, data.take_errors());
    page
}

/// The part of the program that the page belongs to is fetched beside the program.
fn fetch_early(parts: &PrefetchLazyFn, nonce: Option<&Nonce>) {
    let parts = parts.0.read_value();
    let Some(manifest) = use_context::<WasmSplitManifest>().filter(|_| !parts.is_empty()) else { return };
    let manifest = manifest.0.read_value();
    let (folder, files, loader) = &*manifest;
    let nonce = nonce.map(ToString::to_string).unwrap_or_default();
    // Drawing one tells the head of it.
    for file in parts.iter().filter_map(|part| files.get(*part)).flatten() {
        let href = format!("{folder}/{file}.wasm");
        drop(view! { <Link rel="preload" href=href as_="fetch" type_="application/wasm" crossorigin=nonce.clone() /> }.to_html());
    }
    drop(view! { <Link rel="modulepreload" href=format!("{folder}/{loader}") crossorigin=nonce /> }.to_html());
}

type Id = hydration_context::SerializedDataId;

/// What the program finds when it wakes up, as leptos looks for it.
fn write_data(page: &mut String, nonce: Option<&Nonce>, data: Vec<(Id, String)>, errors: Vec<(Id, ErrorId, Error)>) {
    page.reserve(data.iter().map(|(_, json)| json.len() + json.len() / 4 + 64).sum::<usize>() + 256);
    page.push_str("<script");
    if let Some(nonce) = nonce {
        let _ = write!(page, " nonce=\"{nonce}\"");
    }
    page.push_str(">__RESOLVED_RESOURCES=[];__SERIALIZED_ERRORS=[");
    for (boundary, id, error) in errors {
        let _ = write!(page, "[{},{id},", boundary.into_inner());
        quote(page, &error.to_string());
        page.push_str("],");
    }
    page.push_str("];__INCOMPLETE_CHUNKS=[];");
    for (id, json) in data {
        let _ = write!(page, "__RESOLVED_RESOURCES[{}]=", id.into_inner());
        quote(page, &json);
        page.push(';');
    }
    page.push_str("</script>");
}

/// Writes a text as a string of JavaScript inside a script of a page: nothing in it ends the string, the line or the script. The
/// quotes of JSON stay as they are.
fn quote(page: &mut String, text: &str) {
    page.push('\'');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !matches!(byte, b'\'' | b'\\' | b'<' | 0..=0x1F | 0x7F) {
            continue;
        }
        page.push_str(&text[from..at]);
        match byte {
            b'\\' => page.push_str("\\\\"),
            byte => drop(write!(page, "\\x{byte:02x}")),
        }
        from = at + 1;
    }
    page.push_str(&text[from..]);
    page.push('\'');
}
