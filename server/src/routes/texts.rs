//! 网站内容: plain pages of those who keep it, the files of the texts, and whether a 常见问题 was of use.

mod readers;
mod said;

use std::collections::BTreeMap;

use app::plain::texts::{Typed, editor, list, reading, readings, version};
use app::ui::{format, sentence};
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::fault::Fault;
use domain::form::{Form as _, Typed as Words};
use domain::portal::{TextAct, TextForm, TextKind};
use serde::Deserialize;
use service::portal::MOST_FILE_BYTES;
use service::{Failure, Visit};

pub use self::readers::{file, useful};
use self::said::said;
use super::certificate::style;
use super::import::{page, refused};
use super::left::{back, leave, not_taken};
use super::upload::{MOST, Read, read, see};
use super::{Asking, answer, to_login};
use crate::router::House;

/// The forms in the memo of a session.
const FORM: &str = "text";
const NOTE: &str = "text-note";
const STALE: &str = "内容在别处被修改过，或者已经提交等待同意。下面是最新的内容，您刚才的操作没有生效，请核对后再操作。";
const OWN: &str = "这类内容由另一位管理员核对后发布，请提交同意。";
const BUSY: &str = "现在办理的人较多，没有受理，请稍候再试。";

/// What a page is asked for with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Came {
    kind: String,
    after: String,
    trouble: String,
    /// Of the text that was seen, where a file is sent.
    version: String,
}

fn list_of(visit: &Visit) -> String {
    format!("/{}/staff/texts", visit.province_key())
}

/// The texts of a kind, 通知公告 first.
pub async fn texts(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    let kind = TextKind::from_code(&came.kind).unwrap_or(TextKind::Notice);
    match service::portal::kept_texts(&visit, kind, &came.after).await {
        Ok(view) => page(StatusCode::OK, list(&visit.province.profile, &style(&house), view)),
        Err(failure) => turned_away(&house, &visit, &failure, &list_of(&visit)),
    }
}

fn turned_away(house: &House, visit: &Visit, failure: &Failure, page: &str) -> Response {
    match failure {
        Failure::Refused(Refusal::SignInAgain) => to_login(house, visit, page, "1"),
        other => refused(visit, other),
    }
}

/// The texts of a kind as the staff read them.
pub async fn staff_list(State(house): State<House>, Asking(visit): Asking, Query(came): Query<Came>) -> Response {
    let kind = TextKind::from_code(&came.kind).unwrap_or(TextKind::Notice);
    match service::portal::staff_texts(&visit, kind, &came.after).await {
        Ok(view) => page(StatusCode::OK, readings(&visit.province.profile, &style(&house), view)),
        Err(failure) => turned_away(&house, &visit, &failure, &format!("/{}/staff/reading", visit.province_key())),
    }
}

/// One of them.
pub async fn staff_text(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((key, kind, id)): Path<(String, String, String)>,
) -> Response {
    match service::portal::staff_text(&visit, &kind, &id).await {
        Ok(view) => page(StatusCode::OK, reading(&visit.province.profile, &style(&house), view)),
        Err(failure) => turned_away(&house, &visit, &failure, &format!("/{key}/staff/reading")),
    }
}

/// A text under the pen.
pub async fn text(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((_, id)): Path<(String, String)>,
    Query(came): Query<Came>,
) -> Response {
    // What was typed when a session had ended.
    let left = match visit.take_flash(FORM).await {
        Ok(left) => left.filter(|left| left.values.get("id").is_some_and(|of| *of == id)),
        Err(failure) => return answer(&failure),
    };
    let note = match back::<Words>(&visit, NOTE).await {
        Ok((Some(note), said)) if note.get("id") == Some(id.as_str()) => Some((note, said)),
        Ok(_) => None,
        Err(failure) => return answer(&failure),
    };
    let kind = left.as_ref().and_then(|left| left.values.get("kind")).map_or(came.kind.as_str(), String::as_str);
    let kind = TextKind::from_code(kind);
    let form = left.as_ref().map(Flash::refill);
    let given_back = left.and_then(|left| left.answer.refusal).map(|refusal| sentence::refusal(&refusal));
    let (note, said) = note.unwrap_or_default();
    let trouble = given_back.or(said).or_else(|| (came.trouble == "busy").then(|| BUSY.to_owned()));
    let note = note.get("note").unwrap_or_default().to_owned();
    let typed = Typed { form, trouble, note, ..Typed::default() };
    shown(&house, &visit, (kind, &id), StatusCode::OK, typed).await
}

async fn shown(house: &House, visit: &Visit, (kind, id): (Option<TextKind>, &str), status: StatusCode, typed: Typed) -> Response {
    match service::portal::kept_text(visit, kind, id).await {
        Ok(view) => page(status, editor(&visit.province.profile, &style(house), view, typed)),
        Err(failure) => turned_away(house, visit, &failure, &list_of(visit)),
    }
}

/// A version as it was kept.
pub async fn old(State(house): State<House>, Asking(visit): Asking, Path((_, id, nth)): Path<(String, String, i64)>) -> Response {
    match service::portal::old_version(&visit, &id, nth).await {
        Ok(view) => page(StatusCode::OK, version(&visit.province.profile, &style(&house), view)),
        Err(failure) => turned_away(&house, &visit, &failure, &list_of(&visit)),
    }
}

/// What was typed: to be looked at, kept, published, or given to another.
pub async fn save(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Response {
    let of = |field: &str| sent.get(field).map(String::as_str).unwrap_or_default();
    let (kind, act) = (TextKind::from_code(of("kind")), of("act").to_owned());
    let mut form = TextForm::default();
    for (field, value) in &sent {
        form.set(field, value.clone());
    }
    let at = (kind, id.as_str());
    if act == "preview" {
        let html = match service::portal::preview(&visit, &form) {
            Ok(html) => html,
            Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, at, &form).await,
            Err(failure) => return refused(&visit, &failure),
        };
        let typed = Typed { form: Some(form), preview: Some(html), ..Typed::default() };
        return shown(&house, &visit, at, StatusCode::OK, typed).await;
    }
    let (status, typed) = match service::portal::save_text(&visit, at, &form, TextAct::from_code(&act)).await {
        Ok(Answer { go: Some(path), .. }) => return see(&path),
        Ok(_) => return see(&list_of(&visit)),
        Err(Failure::Invalid(errors)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Typed { form: Some(form), faults: said(&errors), ..Typed::default() })
        }
        Err(Failure::Stale) => {
            (StatusCode::CONFLICT, Typed { lost: Some(form), trouble: Some(STALE.to_owned()), ..Typed::default() })
        }
        Err(Failure::Refused(Refusal::SelfReview)) => {
            (StatusCode::FORBIDDEN, Typed { form: Some(form), trouble: Some(OWN.to_owned()), ..Typed::default() })
        }
        Err(Failure::Busy) => {
            (StatusCode::SERVICE_UNAVAILABLE, Typed { form: Some(form), trouble: Some(BUSY.to_owned()), ..Typed::default() })
        }
        Err(Failure::Refused(Refusal::SignInAgain)) => return left(&house, &visit, at, &form).await,
        Err(failure) => match not_taken(&failure) {
            Some((status, said)) => (status, Typed { form: Some(form), trouble: Some(said), ..Typed::default() }),
            None => return refused(&visit, &failure),
        },
    };
    shown(&house, &visit, at, status, typed).await
}

/// What was typed waits for whoever typed it.
async fn left(house: &House, visit: &Visit, (kind, id): (Option<TextKind>, &str), form: &TextForm) -> Response {
    let here = format!("{}/{id}", list_of(visit));
    let mut flash = Flash::of(FORM, form, Answer::default());
    flash.values.insert("id".to_owned(), id.to_owned());
    flash.values.insert("kind".to_owned(), kind.map(TextKind::code).unwrap_or_default().to_owned());
    match visit.leave_form(&here, flash).await {
        Ok(is_kept) => to_login(house, visit, &here, if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

/// What is done about a text as it is kept.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Act {
    act: String,
    version: String,
    note: String,
    /// The file that goes.
    file: String,
}

/// 发布, 退回修改 and the others.
pub async fn act(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Act>,
) -> Response {
    let Some(what) = TextAct::from_code(&form.act) else { return see(&format!("{}/{id}", list_of(&visit))) };
    let done = service::portal::act_on_text(&visit, &id, what, (&form.version, &form.note)).await;
    if matches!(done, Err(Failure::Refused(Refusal::SignInAgain))) && !form.note.is_empty() {
        let page = format!("{}/{id}", list_of(&visit));
        let note = Words([("id".to_owned(), id), ("note".to_owned(), form.note)].into());
        return leave(&house, &visit, &page, (NOTE, &note)).await;
    }
    told(&house, &visit, (&id, form.note), done.map(|_| ())).await
}

/// The newest version does not have a file any more.
pub async fn remove(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Act>,
) -> Response {
    let done = service::portal::remove_file(&visit, (&id, &form.version), &form.file).await;
    told(&house, &visit, (&id, String::new()), done).await
}

/// A file for a text: an ordinary form, which leads back to its page.
pub async fn add(
    State(house): State<House>,
    Asking(visit): Asking,
    Path((_, id)): Path<(String, String)>,
    Query(came): Query<Came>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    // Of whoever may not nothing is read.
    if let Err(failure) = service::portal::kept_text(&visit, None, &id).await {
        return turned_away(&house, &visit, &failure, &format!("{}/{id}", list_of(&visit)));
    }
    let too_big = || Fault::FileTooBig { max: MOST_FILE_BYTES, bytes: u32::try_from(MOST).unwrap_or(u32::MAX) };
    let (name, sent) = match read(form).await {
        Read::File(sent) => (sent.name, Ok(sent.bytes)),
        Read::Nothing => (String::new(), Err(Fault::FileMissing)),
        Read::TooBig => (String::new(), Err(too_big())),
        Read::BrokeOff => (String::new(), Err(Fault::FileCut)),
        Read::Broken => return answer(&Failure::Busy),
    };
    let done = service::portal::add_file(&visit, (&id, &came.version), (&name, sent)).await;
    told(&house, &visit, (&id, String::new()), done).await
}

/// The page again, with what came of it and the reason as it was typed.
async fn told(house: &House, visit: &Visit, (id, note): (&str, String), done: Result<(), Failure>) -> Response {
    let here = format!("{}/{id}", list_of(visit));
    let with = |trouble: &str| Typed { trouble: Some(trouble.to_owned()), ..Typed::default() };
    let (status, typed) = match done {
        Ok(()) => return see(&here),
        Err(Failure::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, Typed { faults: said(&errors), ..Typed::default() }),
        Err(Failure::Stale) => (StatusCode::CONFLICT, with(STALE)),
        Err(Failure::Busy) => (StatusCode::SERVICE_UNAVAILABLE, with(BUSY)),
        Err(Failure::Refused(Refusal::SelfReview)) => (StatusCode::FORBIDDEN, with(OWN)),
        Err(Failure::Refused(Refusal::TooOften { retry_at, at, .. })) => {
            let text = format!("一小时内上传的文件已达上限，请在{}之后再上传。", format::soon(retry_at, at));
            (StatusCode::TOO_MANY_REQUESTS, with(&text))
        }
        Err(failure) => return turned_away(house, visit, &failure, &here),
    };
    let typed = Typed { note, ..typed };
    shown(house, visit, (None, id), status, typed).await
}
