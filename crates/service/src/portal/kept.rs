//! Texts under the pen of the province's administrators.

use domain::answer::Answer;
use domain::case::{Member, Power, holder};
use domain::portal::text_view::{KeptLine, KeptTextView, KeptTextsView, OldVersionView, TextFile, VersionLine};
use domain::portal::{Audience, Subject, Text, TextAct, TextForm, TextKind, TextStage, acts};
use serde_json::json;
use store::portal::file::TextFileRow;
use store::portal::text::{KeptRow, TextRow};
use store::portal::version::{VersionNames, VersionRow};
use store::{StoreError, Tx};

use super::act::{ask, publish};
use super::shown::{PAGE, page_and_one};
use super::{markdown, seen};
use crate::account::path;
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

/// Keeps what was typed as the newest version, and publishes it at once or asks another for it where `then` wants that. Answers the id.
///
/// # Errors
/// Faults at the fields; `Stale` when somebody else wrote in between, or the text waits for another; `SelfReview` where another
/// publishes; `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `NotFound`, `Store`.
pub async fn save_text(
    visit: &Visit,
    (kind, id): (Option<TextKind>, &str),
    form: &TextForm,
    then: Option<TextAct>,
) -> Result<Answer, Failure> {
    keeper(visit)?;
    let version = seen(&form.version)?;
    let text = if id == "new" {
        let text = unwritten(visit, kind.ok_or(Failure::NotFound)?);
        if is_key(&form.request_key) { TextRow { id: form.request_key.clone(), ..text } } else { text }
    } else {
        let row = visit.services.db.read().await?.find_text(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
        TextRow { version, ..row }
    };
    let typed = form.check(text.kind)?;
    match write(visit, &text, &typed, then).await {
        // The other press of the same button may have been there first.
        Err(Failure::Stale | Failure::Store(StoreError::Exists { .. })) => write(visit, &text, &typed, then).await?,
        written => written?,
    }
    Ok(Answer::go(path(visit, &format!("/staff/texts/{}", text.id))))
}

async fn write(visit: &Visit, text: &TextRow, typed: &Text, then: Option<TextAct>) -> Result<(), Failure> {
    let (job, text, typed) = (visit.clone(), text.clone(), typed.clone());
    visit.write(move |tx| Box::pin(async move { save(tx, &job, text, &typed, then).await })).await
}

/// What the page of something new gave out: the text will have it as its id.
fn is_key(text: &str) -> bool {
    (16..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn unwritten(visit: &Visit, kind: TextKind) -> TextRow {
    let (id, province) = (visit.services.ids.id(), visit.province_key().to_owned());
    TextRow { id, province, kind, stage: TextStage::Draft, nth: 0, version: 0 }
}

/// A new draft, inside a write of whoever keeps the texts. Answers its id.
///
/// # Errors
/// Faults at the fields; `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub(crate) async fn draft(tx: &mut Tx, visit: &Visit, kind: TextKind, form: &TextForm) -> Result<String, Failure> {
    keeper(visit)?;
    let (text, typed) = (unwritten(visit, kind), form.check(kind)?);
    let id = text.id.clone();
    save(tx, visit, text, &typed, None).await?;
    Ok(id)
}

async fn save(tx: &mut Tx, visit: &Visit, seen: TextRow, typed: &Text, then: Option<TextAct>) -> Result<(), Failure> {
    if is_kept(tx, visit, &seen, typed, then).await? {
        return Ok(());
    }
    let (text, is_new) = writable(tx, visit, seen).await?;
    let row = row(visit, &text, typed)?;
    if is_new {
        tx.insert_version(&row).await?
    } else {
        tx.save_version(&row).await?
    };
    let detail = json!({ "kind": text.kind.code(), "nth": text.nth });
    tx.audit(&visit.entry("save_text", "text", &text.id, detail)).await?;
    match then {
        Some(TextAct::Publish) => publish(tx, visit, &text, &row).await,
        Some(TextAct::Ask) => ask(tx, visit, &text).await,
        _ => Ok(()),
    }
}

/// Whether a press did already what this one would: a button was pressed twice, or the answer of the first was lost.
async fn is_kept(tx: &mut Tx, visit: &Visit, seen: &TextRow, typed: &Text, then: Option<TextAct>) -> Result<bool, Failure> {
    let Some(there) = tx.find_text(visit.province_key(), &seen.id).await? else { return Ok(false) };
    if there.version == seen.version {
        return Ok(false);
    }
    let Some(newest) = tx.find_version(&there.id, there.nth).await? else { return Ok(false) };
    let same = VersionRow {
        is_published: newest.is_published,
        replaced_on: newest.replaced_on,
        note: newest.note.clone(),
        written_at: newest.written_at,
        ..row(visit, &there, typed)?
    };
    let is_done = match then {
        Some(TextAct::Publish) => there.stage == TextStage::Published,
        Some(TextAct::Ask) => there.stage == TextStage::Waiting,
        _ => there.stage == TextStage::Draft,
    };
    if same == newest && is_done {
        return Ok(true);
    }
    // Something else was written under the key of something new.
    if seen.nth == 0 { Err(Failure::Stale) } else { Ok(false) }
}

/// The text with a newest version that may be written, and whether that has no row yet. Others are kept from it until the end.
///
/// # Errors
/// `Stale` where somebody was faster, or it waits for another.
pub(super) async fn writable(tx: &mut Tx, visit: &Visit, seen: TextRow) -> Result<(TextRow, bool), Failure> {
    if seen.nth == 0 {
        let text = TextRow { nth: 1, version: 1, ..seen };
        tx.insert_text(&text).await?;
        return Ok((text, true));
    }
    let there = tx.find_text(visit.province_key(), &seen.id).await?.ok_or(Failure::NotFound)?;
    let is_new = match there.stage {
        TextStage::Waiting => return Err(Failure::Stale),
        TextStage::Draft => false,
        TextStage::Published | TextStage::Withdrawn => true,
    };
    let nth = there.nth + i64::from(is_new);
    tx.move_text(&TextRow { version: seen.version, ..there.clone() }, TextStage::Draft, nth).await?;
    Ok((TextRow { stage: TextStage::Draft, nth, version: seen.version + 1, ..there }, is_new))
}

fn row(visit: &Visit, text: &TextRow, typed: &Text) -> Result<VersionRow, Failure> {
    let regulation = typed.regulation.clone();
    let of = regulation.as_ref();
    Ok(VersionRow {
        text_id: text.id.clone(),
        nth: text.nth,
        province: text.province.clone(),
        kind: text.kind,
        is_published: false,
        audience: typed.audience,
        subject: typed.subject,
        pin: i64::from(typed.is_pinned),
        listed_on: typed.listed_on(),
        shown_from: typed.shown_from,
        shown_until: typed.shown_until,
        replaced_on: None,
        title: typed.title.clone(),
        issued_on: of.map(|of| of.issued_on),
        effective_on: of.map(|of| of.effective_on),
        repealed_on: of.and_then(|of| of.repealed_on),
        number: of.map(|of| of.number.clone()).unwrap_or_default(),
        issuer: of.map(|of| of.issuer.clone()).unwrap_or_default(),
        repealed_by: regulation.map(|of| of.repealed_by).unwrap_or_default(),
        body: typed.body.clone(),
        note: String::new(),
        author_id: keeper(visit)?.id.clone(),
        written_at: visit.now(),
    })
}
