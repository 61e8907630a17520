//! What is done about a text beside writing it: it is given to another, published, given back or withdrawn.

use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::portal::{Regulation, Text, TextAct, TextStage, acts};
use domain::text::{length, tidy};
use serde_json::json;
use store::Tx;
use store::portal::text::TextRow;
use store::portal::version::VersionRow;

use super::kept::{is_reviewed, keeper};
use super::{letters, seen};
use crate::account::path;
use crate::{Failure, Visit};

/// The most characters of why a text is given back.
const LONGEST_NOTE: u32 = 200;

/// Does what is asked for about a text as it was seen; `note` says why it is given back.
///
/// # Errors
/// `TooLong` at `note`; `Stale` when it no longer stands so, `SelfReview` for its author where another publishes; `SignInAgain`,
/// `SecondFactorNeeded`, `NotYours`, `NotFound`, `Store`.
pub async fn act_on_text(visit: &Visit, id: &str, act: TextAct, (version, note): (&str, &str)) -> Result<Answer, Failure> {
    keeper(visit)?;
    let (version, note) = (seen(version)?, tidy(note));
    if length(&note) > LONGEST_NOTE {
        return Err(FieldErrors::one("note", Fault::TooLong(LONGEST_NOTE)).into());
    }
    let (job, of) = (visit.clone(), id.to_owned());
    let written = visit.write(move |tx| Box::pin(async move { apply(tx, &job, (&of, version), act, &note).await }));
    written.await?;
    Ok(Answer::go(path(visit, &format!("/staff/texts/{id}"))))
}

async fn apply(tx: &mut Tx, visit: &Visit, (id, version): (&str, i64), act: TextAct, note: &str) -> Result<(), Failure> {
    let there = tx.find_text(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
    // Nobody else writes to it from here on.
    tx.move_text(&TextRow { version, ..there.clone() }, there.stage, there.nth).await?;
    let text = TextRow { version: version + 1, ..there };
    let row = tx.find_version(id, text.nth).await?.ok_or_else(|| Failure::Broken("a text without version".into()))?;
    let is_author = row.author_id == keeper(visit)?.id;
    let is_out = tx.is_text_out(id, visit.services.today()).await?;
    if !acts(text.stage, is_reviewed(visit, text.kind), is_author, is_out).contains(&act) {
        let is_own = act == TextAct::Publish && is_author && is_reviewed(visit, text.kind);
        return Err(if is_own { Refusal::SelfReview.into() } else { Failure::Stale });
    }
    match act {
        TextAct::Ask => ask(tx, visit, &text).await,
        TextAct::Publish => publish(tx, visit, &text, &row).await,
        TextAct::Refuse => {
            tx.move_text(&text, TextStage::Draft, text.nth).await?;
            tx.note_version(id, text.nth, note).await?;
            noted(tx, visit, "give_text_back", &text).await
        }
        TextAct::Withdraw => {
            let stage = if text.stage == TextStage::Published { TextStage::Withdrawn } else { text.stage };
            tx.move_text(&text, stage, text.nth).await?;
            tx.replace_versions(id, text.nth + 1, visit.services.today()).await?;
            noted(tx, visit, "withdraw_text", &text).await
        }
    }
}

/// The newest version waits for another than its author.
pub(super) async fn ask(tx: &mut Tx, visit: &Visit, text: &TextRow) -> Result<(), Failure> {
    tx.move_text(text, TextStage::Waiting, text.nth).await?;
    noted(tx, visit, "ask_for_text", text).await
}

/// The newest version goes to the readers.
///
/// # Errors
/// `SelfReview` for its author where another publishes.
pub(super) async fn publish(tx: &mut Tx, visit: &Visit, text: &TextRow, row: &VersionRow) -> Result<(), Failure> {
    let me = keeper(visit)?;
    if is_reviewed(visit, text.kind) && row.author_id == me.id {
        return Err(Refusal::SelfReview.into());
    }
    tx.move_text(text, TextStage::Published, text.nth).await?;
    tx.publish_version(row, &letters::index(&text_of(row)), (&me.id, visit.now())).await?;
    noted(tx, visit, "publish_text", text).await
}

async fn noted(tx: &mut Tx, visit: &Visit, action: &'static str, text: &TextRow) -> Result<(), Failure> {
    let detail = json!({ "kind": text.kind.code(), "nth": text.nth });
    Ok(tx.audit(&visit.entry(action, "text", &text.id, detail)).await?)
}

/// What the search reads of a row.
fn text_of(row: &VersionRow) -> Text {
    let regulation = Regulation { number: row.number.clone(), issuer: row.issuer.clone(), ..Regulation::default() };
    Text {
        title: row.title.clone(),
        subject: row.subject,
        audience: row.audience,
        is_pinned: row.pin > 0,
        shown_from: row.shown_from,
        shown_until: row.shown_until,
        regulation: row.issued_on.is_some().then_some(regulation),
        body: row.body.clone(),
    }
}
