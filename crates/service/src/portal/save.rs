//! A text is kept: what was typed becomes its newest version, once, however often the button is pressed.

use domain::answer::Answer;
use domain::portal::{Text, TextAct, TextForm, TextKind, TextStage};
use serde_json::json;
use store::portal::text::TextRow;
use store::portal::version::VersionRow;
use store::{StoreError, Tx};

use super::act::{ask, publish};
use super::kept::keeper;
use super::seen;
use crate::account::path;
use crate::{Failure, Visit};

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
