//! A body on its way to a file without a name: it is gone with the last handle, whatever happens.

use std::io::SeekFrom;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::StreamExt;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};

use crate::routes::{phone_change, upload};

/// After the grace at least so many bytes a second arrive on average.
const LEAST_RATE: u64 = 16 * 1024;
const GRACE: Duration = Duration::from_secs(10);
const PIECE: usize = 64 * 1024;

/// What is longer is cut one byte beyond what routes read, and they say in their own words that it is too much.
const MOST: usize = if upload::MOST > phone_change::MOST { upload::MOST } else { phone_change::MOST } + 1;

pub enum Broke {
    TooSlow,
    HungUp,
    Disk(std::io::Error),
}

/// The body again, once all of it is there.
pub async fn spool(body: Body) -> Result<Body, Broke> {
    let mut file = nameless().await.map_err(Broke::Disk)?;
    let (begun, mut length) = (Instant::now(), 0_usize);
    let mut pieces = body.into_data_stream();
    while length < MOST {
        let earned = Duration::from_secs(u64::try_from(length).unwrap_or(u64::MAX) / LEAST_RATE);
        let Some(piece) = timeout_at(begun + GRACE + earned, pieces.next()).await.map_err(|_| Broke::TooSlow)? else { break };
        let piece = piece.map_err(|_| Broke::HungUp)?;
        let piece = piece.slice(..piece.len().min(MOST - length));
        file.write_all(&piece).await.map_err(Broke::Disk)?;
        length += piece.len();
    }
    file.flush().await.map_err(Broke::Disk)?;
    file.seek(SeekFrom::Start(0)).await.map_err(Broke::Disk)?;
    Ok(Body::from_stream(futures::stream::try_unfold(file, next)))
}

async fn next(mut file: File) -> std::io::Result<Option<(Bytes, File)>> {
    let mut piece = vec![0; PIECE];
    let length = file.read(&mut piece).await?;
    piece.truncate(length);
    Ok((length > 0).then(|| (Bytes::from(piece), file)))
}

async fn nameless() -> std::io::Result<File> {
    let path = std::env::temp_dir().join(format!("suanpan-{}", uuid::Uuid::new_v4().simple()));
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let file = options.open(&path).await?;
    tokio::fs::remove_file(&path).await?;
    Ok(file)
}
