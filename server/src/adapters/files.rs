//! Files in a local folder: written beside, synced, then moved into place, so that a name never has half its bytes.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use futures::FutureExt;
use futures::future::BoxFuture;
use service::{FileError, Files};

use crate::{disk, orphans};

/// A folder with two levels of subfolders by the first characters of the hash.
pub struct FolderFiles {
    root: PathBuf,
}

impl FolderFiles {
    /// Files below a folder, which is made when needed.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn place(&self, name: &str) -> Result<PathBuf, FileError> {
        let is_plain = name.len() > 8 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_plain {
            return Err(FileError::Failed("a name that is no hash".into()));
        }
        Ok(self.root.join(&name[..4]).join(&name[4..6]).join(name))
    }
}

fn failed(what: &'static str) -> impl Fn(std::io::Error) -> FileError {
    move |error| match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FileError::DiskFull,
        kind => FileError::Failed(format!("{what}: {kind:?}")),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if path.exists() {
        return Ok(());
    }
    disk::write(path, bytes).map_err(failed("writing"))?;
    // Two levels of folders may be new with the file, or have been left unsynced by a server that was killed.
    for folder in path.ancestors().skip(2).take(2) {
        disk::sync(folder).map_err(failed("syncing a folder"))?;
    }
    Ok(())
}

/// What was set aside because no row knew it, and whose row came in that moment.
fn brought_back(aside: &Path, path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    let bytes = match std::fs::read(aside) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        read => read.map_err(failed("reading"))?,
    };
    write(path, &bytes)?;
    Ok(Some(bytes))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, FileError> + Send + 'static) -> Result<T, FileError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| FileError::Failed("the task ended".into()))?
}

impl Files for FolderFiles {
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> BoxFuture<'a, Result<(), FileError>> {
        async move {
            let path = self.place(name)?;
            blocking(move || write(&path, &bytes)).await
        }
        .boxed()
    }

    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<Vec<u8>>, FileError>> {
        async move {
            let (path, aside) = (self.place(name)?, orphans::aside(&self.root).join(name));
            blocking(move || match std::fs::read(&path) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == ErrorKind::NotFound => brought_back(&aside, &path),
                Err(error) => Err(failed("reading")(error)),
            })
            .await
        }
        .boxed()
    }

    fn let_go<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), FileError>> {
        async move {
            let (root, path) = (self.root.clone(), self.place(name)?);
            blocking(move || match orphans::set_aside(&root, &path) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                done => done.map(|_| ()).map_err(failed("setting aside")),
            })
            .await
        }
        .boxed()
    }
}
