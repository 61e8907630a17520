//! Files of the texts. A picture is drawn anew by the gate of all pictures and stands within the text; a PDF is kept as it came and only
//! ever given out to be kept.

use domain::fault::{Fault, FieldErrors};
use domain::limit::Limited;
use domain::portal::{TextStage, file_name};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::Tx;
use store::portal::file::TextFileRow;
use store::portal::text::TextRow;
use store::portal::version::VersionRow;

use super::kept::keeper;
use super::save::writable;
use super::seen;
use super::shown::reading;
use crate::account::count;
use crate::{Failure, Limit, Services, Visit};
use pictures::{PictureError, PictureRules};

/// The most bytes of a file.
pub const MOST_BYTES: u32 = 10 << 20;
/// The long side of a picture within a text, in pixels.
const LONG: u32 = 1_600;
/// The most files of a text.
const MOST_FILES: u32 = 20;
/// Files that one may send in an hour.
const SENT: Limit = Limit::new(Limited::Uploads, 60, 3_600);
const PDF: &str = "application/pdf";

/// Adds a file to the newest version of a text; a published text gets a new one by that. What is sent is its name, and its bytes or what
/// is wrong with them already.
///
/// # Errors
/// At `file` what is wrong with it, `TooLong` where the text has too many; `Stale` when somebody else wrote in between or the text waits for another; `TooOften`, `Busy`,
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `NotFound`, `Store`.
pub async fn add_file(
    visit: &Visit,
    (id, version): (&str, &str),
    (name, sent): (&str, Result<Vec<u8>, Fault>),
) -> Result<(), Failure> {
    let by = keeper(visit)?.id.clone();
    let version = seen(version)?;
    let there = visit.services.db.read().await?.find_text(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
    let (work, bucket) = (visit.clone(), visit.bucket("portal:file", by.as_str()));
    visit.write(move |tx| Box::pin(async move { count(tx, &work, &bucket, &[SENT]).await })).await?;
    let at_file = |fault: Fault| Failure::from(FieldErrors::one("file", fault));
    let (bytes, media_type, ending) = accepted(visit, sent.map_err(at_file)?).await?;
    let row = TextFileRow {
        id: visit.services.ids.id(),
        text_id: id.to_owned(),
        since_nth: 0,
        until_nth: None,
        name: file_name(name, ending),
        media_type: media_type.to_owned(),
        sha256: Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        added_by: by,
        added_at: visit.now(),
    };
    let kept = kept_name(&row);
    visit.services.files.put(&kept, visit.services.vault.seal("file", &kept, &bytes)).await?;
    let (job, seen) = (visit.clone(), TextRow { version, ..there });
    visit.write(move |tx| Box::pin(async move { add(tx, &job, seen, row).await })).await
}

fn kept_name(row: &TextFileRow) -> String {
    format!("t-{}", row.sha256)
}

/// What is kept of a file, by its content: its bytes, what it is, and how its name ends.
async fn accepted(visit: &Visit, bytes: Vec<u8>) -> Result<(Vec<u8>, &'static str, &'static str), Failure> {
    let refused = |fault: Fault| Failure::from(FieldErrors::one("file", fault));
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    if size > MOST_BYTES {
        return Err(refused(Fault::FileTooBig { max: MOST_BYTES, bytes: size }));
    }
    if bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") {
        return Ok((bytes, PDF, "pdf"));
    }
    // No format is kept as it came, so that what is shown was always drawn here.
    let rules = PictureRules {
        max_bytes: MOST_BYTES,
        max_source: MOST_BYTES,
        kinds: Vec::new(),
        min: None,
        portrait: None,
        most: 1,
        long: LONG,
    };
    match visit.services.pictures.inspect(bytes, rules).await {
        Ok(pictures) => {
            let view = pictures.into_iter().next().map(|picture| picture.view).ok_or_else(|| refused(Fault::FileDamaged))?;
            Ok((view, "image/jpeg", "jpg"))
        }
        Err(PictureError::Refused(fault)) => Err(refused(fault)),
        Err(PictureError::Busy) => Err(Failure::Busy),
    }
}

async fn add(tx: &mut Tx, visit: &Visit, seen: TextRow, row: TextFileRow) -> Result<(), Failure> {
    let text = opened(tx, visit, seen).await?;
    if tx.list_text_files(&text.id, text.nth).await?.len() >= MOST_FILES as usize {
        return Err(FieldErrors::one("file", Fault::TooLong(MOST_FILES)).into());
    }
    let row = TextFileRow { since_nth: text.nth, ..row };
    tx.insert_text_file(&row).await?;
    let detail = json!({ "file": row.id, "nth": text.nth, "sha256": row.sha256 });
    Ok(tx.audit(&visit.entry("add_text_file", "text", &text.id, detail)).await?)
}

/// The newest version does not have a file any more; those before it keep it.
///
/// # Errors
/// `Stale` as [`add_file`], and for a file that it does not have; `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `NotFound`, `Store`.
pub async fn remove_file(visit: &Visit, (id, version): (&str, &str), file: &str) -> Result<(), Failure> {
    keeper(visit)?;
    let version = seen(version)?;
    let there = visit.services.db.read().await?.find_text(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
    let (job, seen, file) = (visit.clone(), TextRow { version, ..there }, file.to_owned());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let text = opened(tx, &job, seen).await?;
            tx.take_text_file(&text.id, &file, text.nth).await?;
            let detail = json!({ "file": file, "nth": text.nth });
            Ok::<_, Failure>(tx.audit(&job.entry("remove_text_file", "text", &text.id, detail)).await?)
        })
    });
    written.await
}

/// The text with a newest version that may be changed, written by whoever asks.
async fn opened(tx: &mut Tx, visit: &Visit, seen: TextRow) -> Result<TextRow, Failure> {
    let (text, is_new) = writable(tx, visit, seen).await?;
    let from = if is_new { text.nth - 1 } else { text.nth };
    let version = tx.find_version(&text.id, from).await?.ok_or_else(|| Failure::Broken("a text without version".into()))?;
    let row = VersionRow { nth: text.nth, author_id: keeper(visit)?.id.clone(), written_at: visit.now(), ..version };
    if is_new {
        tx.insert_version(&row).await?
    } else {
        tx.save_version(&row).await?
    };
    Ok(TextRow { stage: TextStage::Draft, ..text })
}

/// A file: its row, with the name under which it is given out, and its bytes. Those who keep the texts have every one, readers those of
/// what they read.
///
/// # Errors
/// `NotFound` for everybody else, `Broken` when the bytes are gone, `Store`.
pub async fn text_file(visit: &Visit, id: &str) -> Result<(TextFileRow, Vec<u8>), Failure> {
    let mut reader = visit.services.db.read().await?;
    let row = reader.find_text_file(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
    if keeper(visit).is_err() {
        let who = reading(visit, &mut reader).await?;
        let shown = reader.find_shown_text(who, &row.text_id).await?.ok_or(Failure::NotFound)?;
        let is_of = row.since_nth <= shown.nth && row.until_nth.is_none_or(|until| until > shown.nth);
        if !is_of {
            return Err(Failure::NotFound);
        }
    }
    drop(reader);
    let name = kept_name(&row);
    let sealed = visit.services.files.get(&name).await?.ok_or_else(|| Failure::Broken("a file is missing".into()))?;
    let bytes = visit.services.vault.open("file", &name, &sealed)?;
    Ok((row, bytes))
}

/// Whether a file with this content (SHA-256 as hexadecimal digits) belongs to a text.
///
/// # Errors
/// `Store`.
pub async fn knows_file(services: &Services, sha256: &str) -> Result<bool, Failure> {
    Ok(services.db.read().await?.knows_text_file(sha256).await?)
}
