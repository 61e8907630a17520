//! The file with the keys. New keys are made for an empty database alone; one that holds data says which keys it needs.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, anyhow, bail, ensure};
use futures::FutureExt;
use service::vault::{Keys, Vault};
use store::{Db, StoreError};

use crate::disk;

type Ids = BTreeMap<String, Vec<u8>>;

/// The vault over the keys in a file, which is made when file and database are both new.
///
/// # Errors
/// Names the keys that are missing, and says how to bring them back.
pub async fn vault(path: &Path, db: &Db) -> anyhow::Result<Vault> {
    let mut needed = db.read().await?.needed_keys().await?;
    needed.remove(crate::audit::NAME);
    let holds_data = !needed.is_empty() || db.read().await?.holds_people().await?;
    if !path.exists() {
        ensure!(!holds_data, "the keys file is missing. {}", bring_back(path, &names(&needed)));
        make(path)?;
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let keys = Keys::parse(&text).map_err(|error| unreadable(path, &error.to_string(), holds_data, &needed))?;
    // Whoever made it may have been killed before this.
    disk::sync_file(path).with_context(|| format!("syncing {}", path.display()))?;
    let ids = keys.ids();
    compare(path, &needed, &ids)?;
    let vault = Vault::new(keys).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    if needed.is_empty() {
        try_on(path, db, &vault).await?;
    }
    // Another server may have begun at the same time with other keys: what stands in the database decides.
    compare(path, &note(db, ids.clone()).await?, &ids)?;
    Ok(vault)
}

/// Two servers that start at once must end up with the same keys: whoever links first wins.
fn make(path: &Path) -> anyhow::Result<()> {
    match disk::write_new(path, Keys::generate().to_text().as_bytes()) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(error).with_context(|| format!("writing {}", path.display()))
        }
        _ => Ok(()),
    }
}

async fn note(db: &Db, ids: Ids) -> anyhow::Result<Ids> {
    let noted = db.write::<_, StoreError, _>(move |tx| {
        async move {
            for (name, id) in &ids {
                tx.need_key(name, id).await?;
            }
            tx.needed_keys().await
        }
        .boxed()
    });
    Ok(noted.await?)
}

fn compare(path: &Path, needed: &Ids, ids: &Ids) -> anyhow::Result<()> {
    // The key of the audit trail is kept apart.
    let here = needed.iter().filter(|(name, _)| *name != crate::audit::NAME);
    let missing: Vec<&str> = here.filter(|(name, id)| ids.get(*name) != Some(*id)).map(|(name, _)| name.as_str()).collect();
    ensure!(missing.is_empty(), "the keys file is not the one of this database. {}", bring_back(path, &missing.join(", ")));
    Ok(())
}

/// A database of before the ids were kept: the keys must open what it holds.
async fn try_on(path: &Path, db: &Db, vault: &Vault) -> anyhow::Result<()> {
    let Some((account, sealed)) = db.read().await?.sealed_sample().await? else { return Ok(()) };
    if vault.open("account.mobile", &account, &sealed).is_err() {
        bail!("the keys file is not the one of this database. {}", bring_back(path, "those it was sealed with"));
    }
    Ok(())
}

fn names(needed: &Ids) -> String {
    if needed.is_empty() {
        return "those it was sealed with".into();
    }
    needed.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn unreadable(path: &Path, error: &str, holds_data: bool, needed: &Ids) -> anyhow::Error {
    if holds_data {
        return anyhow!("{}: {error}. {}", path.display(), bring_back(path, &names(needed)));
    }
    anyhow!("{}: {error}. The database holds nothing yet: remove the file, and new keys are made", path.display())
}

fn bring_back(path: &Path, missing: &str) -> String {
    format!(
        "The database holds data that only these keys open: {missing}. Put the keys file from its backup to {} (mode 0600) and \
         start again; new keys are never made beside a database with data",
        path.display()
    )
}
