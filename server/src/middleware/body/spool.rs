//! A body on its way to a file without a name: it is gone with the last handle, whatever happens, and what lies on the disk
//! meanwhile is sealed with a key that is kept nowhere.

use std::io::{Error, ErrorKind, SeekFrom};
use std::time::Duration;

use aes_gcm::aead::Aead;
use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce};
use axum::body::{Body, Bytes};
use futures::future::ready;
use futures::{StreamExt, stream};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};

use crate::routes::{appeal, import, upload};

/// After the grace at least so many bytes a second arrive on average.
const LEAST_RATE: u64 = 16 * 1024;
const GRACE: Duration = Duration::from_secs(10);
const PIECE: usize = 64 * 1024;
/// By how much a sealed piece is longer.
const TAG: usize = 16;

/// What is longer is cut one byte beyond what routes read, and they say in their own words that it is too much.
const MOST: usize = most(import::MOST, most(upload::MOST, appeal::MOST)) + 1;

const fn most(one: usize, other: usize) -> usize {
    if one > other { one } else { other }
}

pub enum Broke {
    TooSlow,
    HungUp,
    Disk(Error),
}

/// Pieces of one body, each sealed with the number of its place.
struct Sealed {
    file: File,
    cipher: Aes256Gcm,
    at: u64,
}

impl Sealed {
    async fn new() -> Result<Self, Error> {
        let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(rand::random::<[u8; 32]>()));
        Ok(Self { file: nameless().await?, cipher, at: 0 })
    }

    fn nonce(&mut self) -> Nonce<aes_gcm::aead::consts::U12> {
        let mut nonce = [0; 12];
        nonce[4..].copy_from_slice(&self.at.to_be_bytes());
        self.at += 1;
        nonce.into()
    }

    async fn write(&mut self, piece: &[u8]) -> Result<(), Error> {
        let nonce = self.nonce();
        let sealed = self.cipher.encrypt(&nonce, piece).map_err(|_| Error::from(ErrorKind::InvalidInput))?;
        self.file.write_all(&sealed).await
    }

    /// From here on it is read.
    async fn turn(mut self) -> Result<Self, Error> {
        self.file.flush().await?;
        self.file.seek(SeekFrom::Start(0)).await?;
        Ok(Self { at: 0, ..self })
    }

    async fn read(mut self) -> Result<Option<(Bytes, Self)>, Error> {
        let mut sealed = Vec::with_capacity(PIECE + TAG);
        (&mut self.file).take((PIECE + TAG) as u64).read_to_end(&mut sealed).await?;
        if sealed.is_empty() {
            return Ok(None);
        }
        let nonce = self.nonce();
        let piece = self.cipher.decrypt(&nonce, sealed.as_slice()).map_err(|_| Error::from(ErrorKind::InvalidData))?;
        Ok(Some((piece.into(), self)))
    }
}

/// The body again, once all of it is there. Its first piece is in memory: whoever reads a form out of it asks twice before the first
/// piece came, and takes one that came together with the end for one that was cut off.
pub async fn spool(body: Body) -> Result<Body, Broke> {
    let mut kept = Sealed::new().await.map_err(Broke::Disk)?;
    let (begun, mut length, mut waiting) = (Instant::now(), 0_usize, Vec::with_capacity(PIECE));
    let mut pieces = body.into_data_stream();
    while length < MOST {
        let earned = Duration::from_secs(u64::try_from(length).unwrap_or(u64::MAX) / LEAST_RATE);
        let Some(piece) = timeout_at(begun + GRACE + earned, pieces.next()).await.map_err(|_| Broke::TooSlow)? else { break };
        let piece = piece.map_err(|_| Broke::HungUp)?;
        let mut piece = piece.slice(..piece.len().min(MOST - length));
        length += piece.len();
        while !piece.is_empty() {
            let more = piece.split_to(piece.len().min(PIECE - waiting.len()));
            waiting.extend_from_slice(&more);
            if waiting.len() == PIECE {
                kept.write(&waiting).await.map_err(Broke::Disk)?;
                waiting.clear();
            }
        }
    }
    if !waiting.is_empty() {
        kept.write(&waiting).await.map_err(Broke::Disk)?;
    }
    let kept = kept.turn().await.map_err(Broke::Disk)?;
    let Some((first, rest)) = kept.read().await.map_err(Broke::Disk)? else { return Ok(Body::empty()) };
    Ok(Body::from_stream(stream::once(ready(Ok(first))).chain(stream::try_unfold(rest, Sealed::read))))
}

async fn nameless() -> Result<File, Error> {
    let path = std::env::temp_dir().join(format!("suanpan-{}", uuid::Uuid::new_v4().simple()));
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let file = options.open(&path).await?;
    tokio::fs::remove_file(&path).await?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use futures::FutureExt;

    use super::*;

    fn in_parts(whole: &[u8]) -> Body {
        let parts: Vec<_> = whole.chunks(10_007).map(|part| Ok::<_, Error>(Bytes::copy_from_slice(part))).collect();
        Body::from_stream(stream::iter(parts))
    }

    /// A reader of forms that looks, finds nothing, looks again and finds beginning and end together says that it was cut off.
    #[tokio::test]
    async fn what_is_spooled_begins_at_the_first_look() {
        for length in [1, 2_000, PIECE, 3 * PIECE] {
            let mut pieces = spool(in_parts(&vec![7; length])).await.ok().unwrap().into_data_stream();
            let first = pieces.next().now_or_never().flatten().and_then(Result::ok);
            assert_eq!(first.map(|piece| piece.len()), Some(length.min(PIECE)));
        }
        let mut nothing = spool(Body::empty()).await.ok().unwrap().into_data_stream();
        assert!(nothing.next().await.is_none());
    }

    #[tokio::test]
    async fn what_is_spooled_comes_back_to_the_byte_and_lies_sealed_on_the_disk() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7, MOST + 99] {
            let whole: Vec<u8> = (0..length).map(|n| u8::try_from(n % 251).unwrap()).collect();
            let body = spool(in_parts(&whole)).await.ok().unwrap();
            assert!(to_bytes(body, usize::MAX).await.unwrap() == whole[..length.min(MOST)], "{length}");
        }
        let mut kept = Sealed::new().await.unwrap();
        kept.write(b"110101199001011234").await.unwrap();
        let mut kept = kept.turn().await.unwrap();
        let mut raw = Vec::new();
        kept.file.read_to_end(&mut raw).await.unwrap();
        assert_eq!(raw.len(), 18 + TAG);
        assert!(!raw.windows(6).any(|six| six == b"110101"));
    }
}
