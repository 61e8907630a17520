//! 数据导入 for the administrators: plain pages, a form with a file, and the annotated file.

use app::plain::imports::{Beside, Said, Typed};
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFRESH};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::import::ImportKind;
use domain::import::view::{ImportBatchView, ImportSaid};
use serde::Deserialize;
use service::import::Handed;
use service::{Failure, Visit};
use tokio::sync::Semaphore;

use super::certificate::style;
use super::upload::see;
use super::{Asking, answer};
use crate::import::{report, sentence};
use crate::router::House;

/// The most that is read of a post.
pub const MOST: usize = 24 * 1024 * 1024;
/// The most that a text of the form may hold, in bytes.
const LONGEST_TEXT: usize = 1024;
/// Seconds after which a page is asked for again while the house is at work.
const AGAIN: &str = "2";
/// Files that are read at once; each lies in memory.
static READING: Semaphore = Semaphore::const_new(1);

const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn page(status: StatusCode, html: String) -> Response {
    (status, [(CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response()
}

/// Who is not signed in is led to where one does that.
fn refused(visit: &Visit, failure: &Failure) -> Response {
    let key = &visit.province.profile.key;
    match failure {
        Failure::Refused(Refusal::SignInAgain) => see(&format!("/{key}/staff/login?again=1")),
        Failure::Refused(Refusal::SecondFactorNeeded) => see(&format!("/{key}/staff/second-factor")),
        other => answer(other),
    }
}

/// What a page came back with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    trouble: String,
    /// Whoever reads it wants it to stay as it is.
    still: String,
}

fn trouble(came: &Came) -> Option<String> {
    let text = match came.trouble.as_str() {
        "" => return None,
        "busy" => "现在办理的人较多，没有受理，请稍候再试。",
        "stale" => "这一批刚刚在别处办理过。下面是最新的情况，请核对后再办理。",
        "yours" => "自己申请的事项由另一位管理员同意。",
        _ => "没有办理成功，请稍后再试。",
    };
    Some(text.to_owned())
}

/// The batches, and the form.
pub async fn list(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    let faults = trouble(&came).map(|said| ("file", said)).into_iter().collect();
    listed(&house, &visit, StatusCode::OK, Typed { faults, ..Typed::default() }).await
}

async fn listed(house: &House, visit: &Visit, status: StatusCode, typed: Typed) -> Response {
    match service::import::batches(visit).await {
        Ok(lines) => page(status, app::plain::imports::list(&visit.province.profile, &style(house), lines, typed)),
        Err(failure) => refused(visit, &failure),
    }
}

/// What a form carries.
#[derive(Default)]
struct Sent {
    kind: String,
    key: String,
    name: String,
    bytes: Vec<u8>,
}

/// A file to be looked at.
pub async fn receive(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Nothing is read of whoever may not.
    if let Err(failure) = service::import::batches(&visit).await {
        return refused(&visit, &failure);
    }
    let Ok(turn) = READING.try_acquire() else {
        return see(&format!("/{}/staff/imports?trouble=busy", visit.province.profile.key));
    };
    let (sent, too_big) = match form {
        Ok(form) => read(form).await,
        Err(_) => (Sent::default(), false),
    };
    let (kind, key) = (sent.kind.clone(), sent.key.clone());
    let outcome = if too_big {
        Err(FieldErrors::one("file", Fault::FileTooBig { max: MOST as u32, bytes: MOST as u32 }).into())
    } else {
        let handed = Handed { kind: &sent.kind, key: &sent.key, name: &sent.name, bytes: sent.bytes };
        service::import::receive(&visit, handed).await
    };
    drop(turn);
    match outcome {
        Ok(Answer { go: Some(path), .. }) => see(&path),
        Ok(_) => see(&format!("/{}/staff/imports", visit.province.profile.key)),
        Err(Failure::Invalid(errors)) => {
            let typed = Typed { kind, key, faults: errors.0.iter().map(|error| said(&error.field, &error.fault)).collect() };
            listed(&house, &visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(failure) => refused(&visit, &failure),
    }
}

fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    match (field, fault) {
        ("kind", _) => ("kind", "请选择文件的内容".into()),
        ("key", Fault::DuplicateRow) => ("key", "这个批次编号已用于另一个文件，请换一个编号".into()),
        ("key", fault) => ("key", app::ui::sentence::fault("批次编号", fault)),
        (_, Fault::FileTooBig { .. }) => ("file", "文件超过 24 MB，请分成几个文件".into()),
        _ => ("file", "请选择文件".into()),
    }
}

/// The parts of the form, and whether the file was too large.
async fn read(mut form: Multipart) -> (Sent, bool) {
    let mut sent = Sent::default();
    loop {
        match part(&mut form, &mut sent).await {
            Ok(true) => {}
            Ok(false) => return (sent, false),
            Err(error) => return (sent, error.status() == StatusCode::PAYLOAD_TOO_LARGE),
        }
    }
}

async fn part(form: &mut Multipart, sent: &mut Sent) -> Result<bool, MultipartError> {
    let Some(mut field) = form.next_field().await? else { return Ok(false) };
    let (name, file) = (field.name().unwrap_or_default().to_owned(), field.file_name().unwrap_or_default().to_owned());
    let most = if name == "file" { MOST } else { LONGEST_TEXT };
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk[..chunk.len().min(most - bytes.len())]);
    }
    match name.as_str() {
        "file" => {
            sent.name = file;
            sent.bytes = bytes;
        }
        "kind" => sent.kind = String::from_utf8_lossy(&bytes).into_owned(),
        "key" => sent.key = String::from_utf8_lossy(&bytes).into_owned(),
        _ => {}
    }
    Ok(true)
}

/// A batch.
pub async fn batch(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((_, id)): Path<(String, String)>,
    Query(came): Query<Came>,
) -> Response {
    match service::import::batch(&visit, &id).await {
        Ok(view) => {
            let is_followed = app::plain::imports::is_at_work(&view) && came.still.is_empty();
            let beside = Beside { trouble: trouble(&came), is_followed };
            let html = app::plain::imports::batch(&visit.province.profile, &style(&house), &view, told(&view), beside);
            let mut response = page(StatusCode::OK, html);
            if is_followed {
                response.headers_mut().insert(REFRESH, HeaderValue::from_static(AGAIN));
            }
            response
        }
        Err(failure) => refused(&visit, &failure),
    }
}

fn told(view: &ImportBatchView) -> Vec<Said> {
    let kind = view.line.kind;
    let words = |row: &ImportSaid| (row.line, row.name.clone(), row.number.clone(), sentence::said(kind, row));
    view.said.iter().map(words).collect()
}

/// What is done about a batch.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Act {
    act: String,
    version: String,
}

/// 申请导入, 同意 and the others.
pub async fn act(Asking(visit): Asking, Path((key, id)): Path<(String, String)>, Form(form): Form<Act>) -> Response {
    let here = format!("/{key}/staff/imports/{id}");
    match service::import::act(&visit, &id, (&form.act, &form.version)).await {
        Ok(_) => see(&here),
        Err(Failure::Stale) => see(&format!("{here}?trouble=stale")),
        Err(Failure::Busy) => see(&format!("{here}?trouble=busy")),
        Err(Failure::Refused(Refusal::NotYours)) if service::import::batches(&visit).await.is_ok() => {
            see(&format!("{here}?trouble=yours"))
        }
        Err(failure) => refused(&visit, &failure),
    }
}

/// Every row of a batch with what is said of it.
pub async fn rows(Asking(visit): Asking, Path((_, id)): Path<(String, String)>) -> Response {
    match annotated(&visit, &id).await {
        Ok(text) => {
            let name = format!("attachment; filename=\"import-{id}.csv\"");
            ([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], text).into_response()
        }
        Err(failure) => refused(&visit, &failure),
    }
}

async fn annotated(visit: &Visit, id: &str) -> Result<Vec<u8>, Failure> {
    let view = service::import::batch(visit, id).await?;
    let (kind, is_effective): (ImportKind, bool) = (view.line.kind, view.effective_at.is_some());
    let broken = |error: anyhow::Error| Failure::Broken(error.to_string());
    let mut text = report::begin().map_err(broken)?;
    let mut from = 0;
    loop {
        let rows = service::import::of_page(visit, id, from).await?;
        if rows.is_empty() {
            return Ok(text);
        }
        from += i64::try_from(rows.len()).unwrap_or(i64::MAX);
        text.extend(report::lines(kind, is_effective, &rows).map_err(broken)?);
    }
}
