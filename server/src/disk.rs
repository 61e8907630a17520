//! Whatever the house writes into folders: whole or not at all, on the disk before anybody hears of it, its owner's alone.

#[cfg(test)]
mod tests;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};

/// No server takes this long for one file, so what is older was left behind.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);

/// Makes a folder and those above it, each `0700`, each synced with the one that names it.
///
/// # Errors
/// When one cannot be made or synced.
pub fn folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let above = above(path);
    folder(above)?;
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made?,
    }
    sync(above)
}

/// Waits until a folder's names are on the disk.
///
/// # Errors
/// When the disk says no.
pub fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Waits until a file that is there, and its name, are on the disk.
///
/// # Errors
/// When the disk says no.
pub fn sync_file(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()?;
    sync(above(path))
}

/// Writes a file, or replaces it: written beside (`.UUID`), synced, renamed, the folder synced. A failure leaves nothing.
///
/// # Errors
/// When the disk says no.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    placed(path, bytes, |beside| fs::rename(beside, path))
}

/// As [`write`], but a file that is there stays as it is.
///
/// # Errors
/// `AlreadyExists`, or what the disk says.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    placed(path, bytes, |beside| {
        fs::hard_link(beside, path)?;
        fs::remove_file(beside)
    })
}

fn placed(path: &Path, bytes: &[u8], into_place: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let parent = above(path);
    folder(parent)?;
    let beside = parent.join(format!(".{}", uuid::Uuid::now_v7()));
    let done = filled(&beside, bytes).and_then(|()| into_place(&beside));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
        return done;
    }
    sync(parent)
}

fn filled(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn above(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => path,
    }
}

/// Removes, in the background, what killed servers left beside the files and messages of a data folder.
pub fn sweep_beside(data: PathBuf) {
    tokio::task::spawn_blocking(move || {
        for folder in ["files", "sms"] {
            if let Err(error) = sweep(&data.join(folder), LEFT_BEHIND) {
                tracing::warn!(folder, kind = ?error.kind(), "half files could not be swept away");
            }
        }
    });
}

/// Removes the half files below a folder that have not been touched for `age`; answers how many.
///
/// # Errors
/// When a folder cannot be read.
pub fn sweep(folder: &Path, age: Duration) -> io::Result<usize> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut swept = 0;
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            swept += sweep(&entry.path(), age)?;
            continue;
        }
        let name = entry.file_name();
        let is_beside = name.to_str().and_then(|name| name.strip_prefix('.')).is_some_and(|id| uuid::Uuid::parse_str(id).is_ok());
        let is_old = || entry.metadata().and_then(|m| m.modified()).is_ok_and(|at| at.elapsed().is_ok_and(|past| past >= age));
        if is_beside && is_old() && fs::remove_file(entry.path()).is_ok() {
            swept += 1;
        }
    }
    Ok(swept)
}

/// Refuses what others than its owner may read.
///
/// # Errors
/// Says the `chmod` that mends it.
pub fn ensure_private(path: &Path, wanted: u32) -> anyhow::Result<()> {
    let mode = fs::metadata(path).with_context(|| format!("looking at {}", path.display()))?.permissions().mode() & 0o777;
    let shown = path.display();
    ensure!(
        mode & 0o077 == 0,
        "{shown} is open to other users of this machine (mode {mode:04o}): run `chmod {wanted:o} {shown}`"
    );
    Ok(())
}
