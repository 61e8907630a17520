//! Texts under the pen of the province's administrators.

use domain::case::{Member, Power, holder};
use domain::portal::text_view::{KeptLine, KeptTextView, KeptTextsView, OldVersionView, TextFile, VersionLine};
use domain::portal::{Audience, Subject, TextForm, TextKind, acts};
use store::portal::file::TextFileRow;
use store::portal::text::KeptRow;
use store::portal::version::{VersionNames, VersionRow};

use super::markdown;
use super::shown::{PAGE, page_and_one};
use crate::{Failure, Visit};

/// The administrator who is asking.
pub(super) fn keeper(visit: &Visit) -> Result<&Member, Failure> {
    Ok(holder(&visit.actor, Power::KeepPortal, &visit.province.bureaus)?)
}

/// Whether another than its author publishes a text of this kind.
pub(super) fn is_reviewed(visit: &Visit, kind: TextKind) -> bool {
    visit.province.profile.portal.two_persons.contains(&kind)
}

/// A page of all texts of a kind, the newest first, whoever may read them.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn kept_texts(visit: &Visit, kind: TextKind, after: &str) -> Result<KeptTextsView, Failure> {
    keeper(visit)?;
    let today = visit.services.today();
    let before = if after.is_empty() { "~" } else { after };
    let mut reader = visit.services.db.read().await?;
    let mut rows = reader.list_kept_texts((visit.province_key(), kind), before, (today, page_and_one())).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| has_more).map(|row| row.id.clone());
    let line = |row: KeptRow| KeptLine {
        id: row.id,
        title: row.title,
        stage: row.stage,
        from: row.shown_from,
        until: row.shown_until,
        is_shown: row.shown > 0,
        author: row.author,
        useful: (row.useful, row.useless),
    };
    Ok(KeptTextsView { kind, lines: rows.into_iter().map(line).collect(), next, today })
}

/// A text to be written, with its versions and files; `new` for an empty one of a kind.
///
/// # Errors
/// `NotFound`, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn kept_text(visit: &Visit, kind: Option<TextKind>, id: &str) -> Result<KeptTextView, Failure> {
    let me = keeper(visit)?;
    if id == "new" {
        return Ok(empty(visit, kind.ok_or(Failure::NotFound)?));
    }
    let mut reader = visit.services.db.read().await?;
    let text = reader.find_text(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
    let version = reader.find_version(id, text.nth).await?.ok_or_else(|| Failure::Broken("a text without version".into()))?;
    let is_out = reader.is_text_out(id, visit.services.today()).await?;
    let (is_reviewed, is_author) = (is_reviewed(visit, text.kind), version.author_id == me.id);
    Ok(KeptTextView {
        kind: text.kind,
        id: text.id,
        stage: Some(text.stage),
        acts: acts(text.stage, is_reviewed, is_author, is_out),
        is_reviewed,
        is_author,
        note: version.note.clone(),
        html: markdown::drawn(&version.body, visit.province_key()),
        files: reader.list_text_files(id, text.nth).await?.into_iter().map(file).collect(),
        versions: reader.list_versions(id).await?.into_iter().map(line).collect(),
        form: form_of(version, text.version),
    })
}

fn empty(visit: &Visit, kind: TextKind) -> KeptTextView {
    let form = TextForm {
        version: "0".to_owned(),
        request_key: visit.services.ids.id(),
        subject: if kind == TextKind::Notice { Subject::Other } else { Subject::Intake }.code().to_owned(),
        audience: Audience::Everyone.code().to_owned(),
        shown_from: visit.services.today().to_string(),
        ..TextForm::default()
    };
    KeptTextView {
        kind,
        id: String::new(),
        form,
        stage: None,
        acts: Vec::new(),
        is_reviewed: is_reviewed(visit, kind),
        is_author: true,
        note: String::new(),
        html: String::new(),
        files: Vec::new(),
        versions: Vec::new(),
    }
}

pub(super) fn file(row: TextFileRow) -> TextFile {
    TextFile { is_picture: row.media_type.starts_with("image/"), id: row.id, name: row.name, bytes: row.bytes }
}

fn line(row: VersionNames) -> VersionLine {
    VersionLine {
        nth: row.nth,
        title: row.title,
        written: (row.author, row.written_at),
        published: row.publisher.zip(row.published_at),
        replaced_on: row.replaced_on,
    }
}

fn form_of(row: VersionRow, version: i64) -> TextForm {
    let day = |on: Option<chrono::NaiveDate>| on.map(|on| on.to_string()).unwrap_or_default();
    TextForm {
        version: version.to_string(),
        request_key: String::new(),
        title: row.title,
        subject: row.subject.code().to_owned(),
        audience: row.audience.code().to_owned(),
        pinned: if row.pin > 0 { "yes" } else { "" }.to_owned(),
        shown_from: row.shown_from.to_string(),
        shown_until: day(row.shown_until),
        number: row.number,
        issuer: row.issuer,
        issued_on: day(row.issued_on),
        effective_on: day(row.effective_on),
        repealed_on: day(row.repealed_on),
        repealed_by: row.repealed_by,
        body: row.body,
    }
}

/// A version of a text as it was kept.
///
/// # Errors
/// As [`kept_text`].
pub async fn old_version(visit: &Visit, id: &str, nth: i64) -> Result<OldVersionView, Failure> {
    keeper(visit)?;
    let mut reader = visit.services.db.read().await?;
    let text = reader.find_text(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
    let version = reader.find_version(id, nth).await?.ok_or(Failure::NotFound)?;
    let html = markdown::drawn(&version.body, visit.province_key());
    Ok(OldVersionView { kind: text.kind, id: text.id, nth, title: version.title, html })
}

/// What is typed, as readers would see it; nothing is kept.
///
/// # Errors
/// As [`kept_text`].
pub fn preview(visit: &Visit, form: &TextForm) -> Result<String, Failure> {
    keeper(visit)?;
    let body: String = form.body.chars().take(domain::portal::LONGEST_TEXT as usize).collect();
    Ok(markdown::drawn(&body, visit.province_key()))
}
