//! Files that no row of the database knows: what was written when its row was refused, on a full disk for one. They are set
//! aside after a day and removed after forty, and whoever asks for one of them meanwhile gets it. So are the files of imports that
//! were put aside: lists of people that serve nothing any more.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use service::Services;
use store::case::attachment::Part;

const DAY: Duration = Duration::from_secs(86_400);
/// A file is looked at while it is young, once a day; servers that stood still for a week catch up.
const LOOKED_AT: (Duration, Duration) = (DAY, Duration::from_secs(9 * 86_400));
/// What the name of the file of an import begins with.
const IMPORTED: &str = "i";
/// How old what was set aside becomes.
const REMOVED_AFTER: Duration = Duration::from_secs(40 * 86_400);

/// How many files were set aside and how many removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub aside: usize,
    pub removed: usize,
}

/// Where what nobody knows is put, below the folder of files.
#[must_use]
pub fn aside(root: &Path) -> PathBuf {
    root.join("aside")
}

/// Sets aside the files of a day ago and more that no row knows, and removes those that were set aside long ago.
///
/// # Errors
/// When the database does not answer or a folder cannot be read.
pub async fn sweep(services: &Services, root: &Path) -> anyhow::Result<Swept> {
    let mut swept = Swept::default();
    for first in folders(root)? {
        for second in folders(&first)? {
            for path in files(&second, looked_at)? {
                if !is_known(services, &path).await? && set_aside(root, &path)? {
                    swept.aside += 1;
                }
            }
        }
    }
    for path in files(&aside(root), |_| (REMOVED_AFTER, Duration::MAX))? {
        // What a photograph was made from is here only where its person let it go.
        let is_source = name_of(&path).starts_with("s-");
        if (is_source || !is_known(services, &path).await?) && fs::remove_file(&path).is_ok() {
            swept.removed += 1;
        }
    }
    if swept != Swept::default() {
        tracing::info!(aside = swept.aside, removed = swept.removed, "files that no row knows");
    }
    Ok(swept)
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// A batch may be put aside long after its file came; there are few of them.
fn looked_at(path: &Path) -> (Duration, Duration) {
    let is_imported = name_of(path).split_once('-').is_some_and(|(kind, _)| kind == IMPORTED);
    if is_imported { (DAY, Duration::MAX) } else { LOOKED_AT }
}

async fn is_known(services: &Services, path: &Path) -> anyhow::Result<bool> {
    let (part, hash) = match name_of(path).split_once('-') {
        Some(("o", hash)) => (Part::Original, hash),
        Some(("v", hash)) => (Part::View, hash),
        Some(("t", hash)) => return Ok(service::portal::knows_file(services, hash).await?),
        Some((IMPORTED, hash)) => return Ok(service::import::knows_file(services, hash).await?),
        // What the house did not name is none of its business.
        _ => return Ok(true),
    };
    Ok(services.db.read().await?.knows_file(part, hash).await?)
}

/// Moves a file; its row may come in this moment, so that it is never deleted here.
pub(crate) fn set_aside(root: &Path, path: &Path) -> io::Result<bool> {
    let Some(name) = path.file_name() else { return Ok(false) };
    crate::disk::folder(&aside(root))?;
    fs::rename(path, aside(root).join(name))?;
    crate::disk::sync(&aside(root))?;
    if let Some(folder) = path.parent() {
        crate::disk::sync(folder)?;
    }
    Ok(true)
}

fn folders(at: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(entries(at)?.into_iter().filter(|path| path.is_dir() && path.file_name() != Some("aside".as_ref())).collect())
}

fn files(at: &Path, ages: impl Fn(&Path) -> (Duration, Duration)) -> io::Result<Vec<PathBuf>> {
    let is_of_age = |path: &PathBuf| {
        let (from, to) = ages(path);
        let age = fs::metadata(path).and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok()).unwrap_or_default();
        age >= from && age < to
    };
    Ok(entries(at)?.into_iter().filter(|path| path.is_file() && is_of_age(path)).collect())
}

fn entries(at: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(at) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.map(|entry| entry.map(|entry| entry.path())).collect(),
    }
}
