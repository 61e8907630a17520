//! 数据导入 for the administrators: plain pages, a form with a file, and the annotated file.

mod form;

use app::plain::imports::{Beside, Said, Typed};
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFRESH};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::form::Typed as Words;
use domain::import::ImportKind;
use domain::import::view::{ImportBatchView, ImportSaid};
use domain::national::has_copies;
use serde::Deserialize;
use service::import::Handed;
use service::{Failure, Visit};
use tokio::sync::Semaphore;

use self::form::{Sent, read, words};
use super::certificate::style;
use super::kept::with_script;
use super::left::not_taken;
use super::upload::see;
use super::{Asking, answer, not_found, to_login};
use crate::import::{report, sentence};
use crate::router::House;

/// The most that is read of a post.
pub const MOST: usize = 24 * 1024 * 1024;
/// Seconds after which a page is asked for again while the house is at work.
const AGAIN: &str = "2";
/// Files that are read at once; each lies in memory.
static READING: Semaphore = Semaphore::const_new(1);

const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) fn page(status: StatusCode, html: String) -> Response {
    let (policy, html) = with_script(POLICY, html);
    (status, [(CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}

/// Who is not signed in is led to where one does that.
pub(super) fn refused(visit: &Visit, failure: &Failure) -> Response {
    let key = &visit.province.profile.key;
    match failure {
        Failure::Refused(Refusal::SignInAgain) => see(&format!("/{key}/staff/login?again=1")),
        Failure::Refused(Refusal::SecondFactorNeeded) => see(&format!("/{key}/staff/second-factor")),
        other => answer(other),
    }
}

/// The form in the memo of a session.
const FORM: &str = "import";

/// The same, and the sign-in leads back to the page.
fn turned_away(house: &House, visit: &Visit, failure: &Failure, page: &str) -> Response {
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, page, "1"),
        other => refused(visit, other),
    }
}

fn list_of(visit: &Visit) -> String {
    format!("/{}/staff/imports", visit.province.profile.key)
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
    let mut faults: Vec<_> = trouble(&came).map(|said| ("file", said)).into_iter().collect();
    // What was typed when a session had ended.
    let left = match visit.take_flash(FORM).await {
        Ok(left) => left,
        Err(failure) => return answer(&failure),
    };
    let of = |field: &str| left.as_ref().and_then(|left| left.values.get(field)).cloned().unwrap_or_default();
    let (kind, key) = (of("kind"), of("key"));
    faults.extend(left.and_then(|left| left.answer.refusal).map(|refusal| ("file", app::ui::sentence::refusal(&refusal))));
    listed(&house, &visit, StatusCode::OK, Typed { kind, key, faults }).await
}

async fn listed(house: &House, visit: &Visit, status: StatusCode, typed: Typed) -> Response {
    match service::import::batches(visit).await {
        Ok(lines) => page(status, app::plain::imports::list(&visit.province.profile, &style(house), lines, typed)),
        Err(failure) => turned_away(house, visit, &failure, &list_of(visit)),
    }
}

/// A file to be looked at.
pub async fn receive(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    // Of whoever may not nothing is read, but for what somebody typed whose session has ended.
    match service::import::batches(&visit).await {
        Ok(_) => {}
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, form).await,
        Err(failure) => return refused(&visit, &failure),
    }
    let Ok(turn) = READING.try_acquire() else {
        let Sent { kind, key, .. } = words(form).await;
        let faults = vec![("file", "现在办理的人较多，没有受理，请稍候重新选择文件再试。".to_owned())];
        return listed(&house, &visit, StatusCode::SERVICE_UNAVAILABLE, Typed { kind, key, faults }).await;
    };
    let (sent, wrong) = match form {
        Ok(form) => read(form, true).await,
        Err(_) => (Sent::default(), Some(Fault::FileCut)),
    };
    let (kind, key) = (sent.kind.clone(), sent.key.clone());
    let outcome = if let Some(fault) = wrong {
        Err(FieldErrors::one("file", fault).into())
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
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => listed(&house, &visit, status, Typed { kind, key, faults: vec![("file", said)] }).await,
            None => turned_away(&house, &visit, &failure, &list_of(&visit)),
        },
    }
}

/// What was typed waits for whoever typed it; the file is chosen anew.
async fn left(house: &House, visit: &Visit, form: Result<Multipart, MultipartRejection>) -> Response {
    let Sent { kind, key, .. } = words(form).await;
    let is_empty = kind.is_empty() && key.is_empty();
    let typed = Words([("kind".to_owned(), kind), ("key".to_owned(), key)].into());
    let page = list_of(visit);
    let kept = match is_empty {
        true => Ok(false),
        false => visit.leave_form(&page, Flash::of(FORM, &typed, Answer::default())).await,
    };
    match kept {
        Ok(is_kept) => to_login(house, visit, &page, if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

fn said(field: &str, fault: &Fault) -> (&'static str, String) {
    match (field, fault) {
        ("kind", _) => ("kind", "请选择文件的内容".into()),
        ("key", Fault::DuplicateRow) => ("key", "这个批次编号已用于另一个文件，请换一个编号".into()),
        ("key", fault) => ("key", app::ui::sentence::fault("批次编号", fault)),
        (_, Fault::FileCut) => ("file", "文件没有传完，请检查网络后重新选择".into()),
        (_, Fault::FileTooBig { .. }) => ("file", "文件超过 24 MB，请分成几个文件".into()),
        _ => ("file", "请选择文件".into()),
    }
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
        Err(failure) => turned_away(&house, &visit, &failure, &format!("{}/{id}", list_of(&visit))),
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
pub async fn act(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((key, id)): Path<(String, String)>,
    Form(form): Form<Act>,
) -> Response {
    let here = format!("/{key}/staff/imports/{id}");
    match service::import::act(&visit, &id, (&form.act, &form.version)).await {
        Ok(_) => see(&here),
        Err(Failure::Stale) => see(&format!("{here}?trouble=stale")),
        Err(Failure::Busy) => see(&format!("{here}?trouble=busy")),
        Err(Failure::Refused(Refusal::NotYours)) if service::import::batches(&visit).await.is_ok() => {
            see(&format!("{here}?trouble=yours"))
        }
        Err(failure) => turned_away(&house, &visit, &failure, &here),
    }
}

/// A table of a kind that only has to be filled in.
pub async fn template(Asking(visit): Asking, Path((_, file)): Path<(String, String)>) -> Response {
    if let Err(failure) = service::import::batches(&visit).await {
        return refused(&visit, &failure);
    }
    let copies = has_copies(&visit.province.profile);
    let mut kinds =
        ImportKind::offered(visit.province.profile.integrity.is_some()).filter(|kind| copies || !kind.copies_records());
    let kind = file.strip_suffix(".csv").and_then(|code| kinds.find(|kind| kind.code() == code));
    let Some(kind) = kind else { return not_found() };
    match report::template(kind) {
        Ok(text) => {
            let name = format!("attachment; filename=\"{}-template.csv\"", kind.code());
            ([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], text).into_response()
        }
        Err(error) => answer(&Failure::Broken(error.to_string())),
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

/// The file as it came. Its name is the house's, with the end of the one that it had.
pub async fn original(Asking(visit): Asking, Path((_, id)): Path<(String, String)>) -> Response {
    match service::import::original(&visit, &id).await {
        Ok((name, bytes)) => {
            let end = if name.to_ascii_lowercase().ends_with(".xlsx") { "xlsx" } else { "csv" };
            let name = format!("attachment; filename=\"import-{id}-original.{end}\"");
            ([(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response()
        }
        Err(failure) => refused(&visit, &failure),
    }
}

async fn annotated(visit: &Visit, id: &str) -> Result<Vec<u8>, Failure> {
    service::import::note_export(visit, id).await?;
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
