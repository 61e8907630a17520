//! The key of the audit trail, and its heads as they are written down outside the database.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, SecondsFormat, Utc};
use futures::FutureExt;
use rand::Rng;
use service::vault::same;
use store::audit::{AuditHead, AuditKey};
use store::{Db, StoreError};

use crate::disk;

/// The name under which the database knows the key again.
pub const NAME: &str = "audit";
const TITLE: &str = "suanpan audit heads";

/// The key in a file of its own, which is made when nothing was audited yet. The database is written with it from then on.
///
/// # Errors
/// Names the file that is missing or another's, and says how to bring it back.
pub async fn use_key(path: &Path, db: &Db) -> anyhow::Result<AuditKey> {
    let needed = db.read().await?.needed_keys().await?.remove(NAME);
    if !path.exists() {
        let is_new = needed.is_none() && !db.read().await?.holds_audit().await?;
        ensure!(is_new, "the key of the audit trail is missing. {}", bring_back(path));
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        let made = disk::write_new(path, URL_SAFE_NO_PAD.encode(bytes).as_bytes());
        if let Err(error) = made.as_ref()
            && error.kind() != std::io::ErrorKind::AlreadyExists
        {
            made.with_context(|| format!("writing {}", path.display()))?;
        }
    }
    let key = read_key(path)?;
    disk::sync_file(path).with_context(|| format!("syncing {}", path.display()))?;
    let id = key.id();
    let noted = db.write::<_, StoreError, _>(move |tx| {
        async move {
            tx.need_key(NAME, &id).await?;
            tx.needed_keys().await
        }
        .boxed()
    });
    let noted = noted.await?.remove(NAME);
    ensure!(noted == Some(key.id()), "{} is not the key of this audit trail. {}", path.display(), bring_back(path));
    db.set_audit_key(key.clone());
    Ok(key)
}

/// The key for looking: nothing is made and nothing is written.
///
/// # Errors
/// As [`use_key`].
pub async fn look_with_key(path: &Path, db: &Db) -> anyhow::Result<AuditKey> {
    ensure!(path.exists(), "the key of the audit trail is missing. {}", bring_back(path));
    let key = read_key(path)?;
    let needed = db.read().await?.needed_keys().await?.remove(NAME);
    ensure!(
        needed.is_none_or(|id| id == key.id()),
        "{} is not the key of this audit trail. {}",
        path.display(),
        bring_back(path)
    );
    db.set_audit_key(key.clone());
    Ok(key)
}

fn read_key(path: &Path) -> anyhow::Result<AuditKey> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    Ok(AuditKey::new(bytes.ok_or_else(|| anyhow!("{} is no key. {}", path.display(), bring_back(path)))?))
}

fn bring_back(path: &Path) -> String {
    format!(
        "What was audited can only be verified, and gone on with, by the key it was begun with. Put it from its backup to {} \
         (mode 0600) and start again; a new one is never made beside a trail",
        path.display()
    )
}

/// Writes the heads of all chains down, signed: a line in the log, and a file of the day in a folder that had better be on
/// another machine.
///
/// # Errors
/// When the database does not answer or the folder cannot be written.
pub async fn write_heads(db: &Db, folder: &Path, now: DateTime<Utc>) -> anyhow::Result<PathBuf> {
    let key = db.audit_key().ok_or(StoreError::NoAuditKey)?;
    let text = to_text(&db.audit_heads().await?, &key, now);
    tracing::info!(heads = text.replace('\n', "; "), "the heads of the audit trail");
    disk::folder(folder)?;
    let path = of_day(folder, now);
    disk::write(&path, text.as_bytes())?;
    Ok(path)
}

/// Whether the heads of a day are written down: the file is there, signed, and holds some.
#[must_use]
pub fn is_written(db: &Db, folder: &Path, now: DateTime<Utc>) -> bool {
    let Some(key) = db.audit_key() else { return false };
    read_heads(&of_day(folder, now), &key).is_ok_and(|heads| !heads.is_empty())
}

fn of_day(folder: &Path, now: DateTime<Utc>) -> PathBuf {
    folder.join(format!("{}.heads", now.format("%Y-%m-%d")))
}

fn to_text(heads: &[AuditHead], key: &AuditKey, now: DateTime<Utc>) -> String {
    let mut text = format!("{TITLE} {}\n", now.to_rfc3339_opts(SecondsFormat::Secs, true));
    for head in heads {
        text.push_str(&format!("{} {} {}\n", head.chain, head.seq, URL_SAFE_NO_PAD.encode(&head.hash)));
    }
    let signature = URL_SAFE_NO_PAD.encode(key.sign("heads", &[text.as_bytes()]));
    format!("{text}signed {signature}\n")
}

fn from_text(text: &str, key: &AuditKey) -> anyhow::Result<Vec<AuditHead>> {
    let (signed, signature) = text.rsplit_once("signed ").ok_or_else(|| anyhow!("there is no signature"))?;
    let signature = URL_SAFE_NO_PAD.decode(signature.trim()).unwrap_or_default();
    ensure!(same(&signature, &key.sign("heads", &[signed.as_bytes()])), "the signature is not of this key");
    let mut lines = signed.lines();
    ensure!(lines.next().is_some_and(|title| title.starts_with(TITLE)), "these are no heads");
    lines.map(|line| head(line).ok_or_else(|| anyhow!("`{line}` is no head"))).collect()
}

fn head(line: &str) -> Option<AuditHead> {
    let mut words = line.split(' ');
    let (chain, seq) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(AuditHead { chain, seq, hash: URL_SAFE_NO_PAD.decode(words.next()?).ok()? })
}

/// The heads in a file, or in every `.heads` of a folder.
///
/// # Errors
/// Names the file whose signature or text is wrong; a folder without any.
pub fn read_heads(path: &Path, key: &AuditKey) -> anyhow::Result<Vec<AuditHead>> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        let all = std::fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
        files = all.into_iter().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "heads")).collect();
        if files.is_empty() {
            bail!("{} holds no heads", path.display());
        }
    }
    let mut heads = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        heads.extend(from_text(&text, key).with_context(|| format!("in {}", file.display()))?);
    }
    Ok(heads)
}
