//! Notices and guides under the pen of the province's administrators.

use domain::answer::Answer;
use domain::case::{Power, holder};
use domain::portal::NoticeKind;
use domain::portal::forms::{Notice, NoticeForm};
use domain::portal::view::{Shown, TextLine, TextView, TextsView};
use serde_json::json;
use store::Tx;
use store::portal::notice::{NoticePage, NoticeRow};

use super::read::PAGE;
use super::{changed, keep_typed, seen, staff_id, under_the_pen};
use crate::account::path;
use crate::{Failure, Visit};

/// The form that is kept between two requests.
const FORM: &str = "notice";

/// A page of all notices or guides, the newest first, shown to visitors or not.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn texts(visit: &Visit, kind: NoticeKind, after: &str) -> Result<TextsView, Failure> {
    holder(&visit.actor, Power::KeepPortal, &visit.province.bureaus)?;
    let mut reader = visit.services.db.read().await?;
    let last = if after.is_empty() { None } else { reader.find_notice(visit.province_key(), kind, after).await? };
    let page = NoticePage {
        province: visit.province_key(),
        kind,
        after: last.as_ref().map(|row| (row.published_on, row.id.as_str())),
        limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    };
    let mut rows = reader.list_notices(page).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| has_more).map(|row| row.id.clone());
    let today = visit.services.today();
    let line = |row: NoticeRow| TextLine { shown: shown(&row, today), id: row.id, title: row.title, on: row.published_on };
    Ok(TextsView { lines: rows.into_iter().map(line).collect(), next })
}

fn shown(row: &NoticeRow, today: chrono::NaiveDate) -> Shown {
    if !row.is_published {
        Shown::Hidden
    } else if row.published_on > today {
        Shown::Later
    } else if row.valid_to.is_some_and(|valid_to| valid_to < today) {
        Shown::Over
    } else {
        Shown::Yes
    }
}

/// A notice or guide to be written; with `new` an empty one.
///
/// # Errors
/// `NotFound`, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn text(visit: &Visit, kind: NoticeKind, id: &str) -> Result<TextView, Failure> {
    holder(&visit.actor, Power::KeepPortal, &visit.province.bureaus)?;
    let (stored, changed) = if id == "new" {
        (empty(visit, kind), None)
    } else {
        let mut reader = visit.services.db.read().await?;
        let row = reader.find_notice(visit.province_key(), kind, id).await?.ok_or(Failure::NotFound)?;
        let changed = changed(&mut reader, &row.author_id, row.updated_at).await?;
        (form_of(row), changed)
    };
    let (form, typed, flash) = under_the_pen(stored, visit.take_flash(FORM).await?, "id");
    Ok(TextView { form, typed, changed, flash })
}

fn empty(visit: &Visit, kind: NoticeKind) -> NoticeForm {
    NoticeForm {
        version: "0".to_owned(),
        kind: kind.code().to_owned(),
        published_on: visit.services.today().to_string(),
        publish: "yes".to_owned(),
        ..NoticeForm::default()
    }
}

fn form_of(row: NoticeRow) -> NoticeForm {
    NoticeForm {
        id: row.id,
        version: row.version.to_string(),
        kind: row.kind.code().to_owned(),
        title: row.title,
        body: row.body,
        published_on: row.published_on.to_string(),
        valid_to: row.valid_to.map(|on| on.to_string()).unwrap_or_default(),
        publish: if row.is_published { "yes" } else { "no" }.to_owned(),
    }
}

/// Writes a notice or guide, a new one or over the version that was seen.
///
/// # Errors
/// Faults at the fields; `Stale` when somebody else wrote in between: what was typed is then kept for the page.
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `NotFound`, `Store`.
pub async fn save_text(visit: &Visit, form: &NoticeForm) -> Result<Answer, Failure> {
    holder(&visit.actor, Power::KeepPortal, &visit.province.bureaus)?;
    let kind = NoticeKind::from_code(&form.kind).ok_or(Failure::NotFound)?;
    let row = row(visit, form, kind, form.check()?)?;
    let is_new = form.id.is_empty();
    let job = visit.clone();
    let written = visit.write(move |tx| Box::pin(async move { save(tx, &job, &row, is_new).await })).await;
    let list = if kind == NoticeKind::Notice { "/staff/notices" } else { "/staff/guides" };
    keep_typed(visit, FORM, form, written.map(|()| Answer::go(path(visit, &format!("{list}?saved=1"))))).await
}

fn row(visit: &Visit, form: &NoticeForm, kind: NoticeKind, notice: Notice) -> Result<NoticeRow, Failure> {
    Ok(NoticeRow {
        id: if form.id.is_empty() { visit.services.ids.id() } else { form.id.clone() },
        province: visit.province_key().to_owned(),
        kind,
        title: notice.title,
        body: notice.body,
        published_on: notice.published_on,
        valid_to: notice.valid_to,
        is_published: notice.is_published,
        version: seen(&form.version)?,
        author_id: staff_id(visit)?,
        updated_at: visit.now(),
    })
}

async fn save(tx: &mut Tx, visit: &Visit, row: &NoticeRow, is_new: bool) -> Result<(), Failure> {
    if is_new {
        tx.insert_notice(row).await?;
    } else {
        tx.find_notice(&row.province, row.kind, &row.id).await?.ok_or(Failure::NotFound)?;
        tx.save_notice(row).await?;
    }
    let detail = json!({ "kind": row.kind.code(), "over": row.version, "is_published": row.is_published });
    tx.audit(&visit.entry("save_notice", "notice", &row.id, detail)).await?;
    Ok(())
}
