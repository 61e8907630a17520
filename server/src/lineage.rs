//! Databases of another lineage: made by other migrations than those of this program, so that nothing leads from their tables to
//! those of today. A demonstration is set aside and begins anew; everything else is refused.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use store::Db;

use crate::config::Place;

const REFUSAL: &str = "this database was made by another line of the program, whose tables are not those of today: serve it with the \
    program that made it, or name a new database";

/// Opens the database of a place. That of a demonstration in its own folder is moved to `<folder>.old-<date>` where it is of
/// another lineage.
///
/// # Errors
/// When it cannot be opened, or is of another lineage.
pub async fn open(place: &Place, is_demo: bool, today: NaiveDate) -> anyhow::Result<Db> {
    let url = place.database()?;
    let db = Db::open(&url).await.context("opening the database")?;
    if !db.is_of_another_lineage().await.context("reading how the database was made")? {
        return Ok(db);
    }
    db.close().await;
    // Only a file of the folder itself goes with it.
    if !is_demo || place.database_url.is_some() {
        bail!(REFUSAL);
    }
    let folder = place.folder()?;
    let old = set_aside(&folder, today)?;
    println!("The data of the demonstration were made by another line of the program: they are in {} now.", old.display());
    Db::open(&place.database()?).await.context("opening the database")
}

fn set_aside(folder: &Path, today: NaiveDate) -> anyhow::Result<PathBuf> {
    let name = folder.file_name().context("the data folder has no name")?.to_string_lossy().into_owned();
    let old = (1..).map(|n| if n == 1 { format!("{name}.old-{today}") } else { format!("{name}.old-{today}-{n}") });
    let old = old.map(|name| folder.with_file_name(name)).find(|path| !path.exists()).context("no name is free")?;
    std::fs::rename(folder, &old).with_context(|| format!("moving {} to {}", folder.display(), old.display()))?;
    Ok(old)
}
