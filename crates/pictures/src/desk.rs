//! The desk where uploads are inspected, one after the other.

use std::sync::Arc;
use std::time::Duration;

use domain::fault::Fault;
use tokio::sync::{Semaphore, oneshot};

use super::kind::Kind;
use super::{Pages, PagesError};
use super::{Picture, PictureRules, inspect, kind};

const PATIENCE: Duration = Duration::from_secs(20);

/// Why the desk returned no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The picture is not acceptable.
    #[error("the picture is refused: {0:?}")]
    Refused(Fault),
    /// Nobody got to it within 20 seconds; the answer to the browser is 503 with `Retry-After`.
    #[error("too many pictures are being inspected")]
    Busy,
}

/// Inspects pictures on threads of their own, a fixed number at a time.
#[derive(Clone)]
pub struct PictureDesk {
    semaphore: Arc<Semaphore>,
    pages: Arc<dyn Pages>,
}

impl PictureDesk {
    /// A desk for `permits` pictures at once; each may need 40 MiB, so 1 keeps the whole server below 64 MB more.
    pub fn new(permits: usize, pages: Arc<dyn Pages>) -> Self {
        Self { semaphore: Arc::new(Semaphore::new(permits)), pages }
    }

    /// [`inspect`] on a thread of its own, when its turn has come. A document of several pages becomes several pictures, and
    /// there is always one.
    ///
    /// # Errors
    /// [`PictureError`].
    pub async fn inspect<B>(&self, bytes: B, rules: PictureRules) -> Result<Vec<Picture>, PictureError>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        let turn = tokio::time::timeout(PATIENCE, self.semaphore.clone().acquire_owned()).await;
        let Ok(Ok(permit)) = turn else { return Err(PictureError::Busy) };
        let kind = kind(bytes.as_ref(), &rules).map_err(PictureError::Refused)?;
        let drawn = if kind == Kind::Foreign { Some(self.draw(bytes.as_ref(), rules.most).await?) } else { None };
        let (tell, told) = oneshot::channel();
        // A thread of its own: what the allocator kept for it goes back when it ends.
        std::thread::spawn(move || {
            let result = match drawn {
                Some(pages) => pages.into_iter().map(|page| drawn_page(page, &rules)).collect(),
                None => inspect(bytes.as_ref(), &rules).map(|picture| vec![picture]),
            };
            drop((bytes, permit));
            // Nobody listens any more where the browser has gone.
            drop(tell.send(result));
        });
        told.await.unwrap_or(Err(Fault::FileDamaged)).map_err(PictureError::Refused)
    }

    async fn draw(&self, bytes: &[u8], most: u32) -> Result<Vec<Vec<u8>>, PictureError> {
        let fault = match self.pages.draw(bytes, most).await {
            Ok(pages) if !pages.is_empty() => return Ok(pages),
            Ok(_) | Err(PagesError::Damaged) => Fault::FileDamaged,
            Err(PagesError::Many { pages }) => Fault::FilePages { pages, most },
            Err(PagesError::Locked) => Fault::FileLocked,
            Err(PagesError::TooHeavy) => Fault::FileTooHeavy,
            Err(PagesError::Broken(error)) => {
                tracing::error!(error, "pages could not be drawn");
                Fault::FileTooHeavy
            }
        };
        Err(PictureError::Refused(fault))
    }
}

/// A page is kept as it was drawn: it is upright, no longer than what is shown, and without metadata already.
fn drawn_page(page: Vec<u8>, rules: &PictureRules) -> Result<Picture, Fault> {
    let picture = inspect(&page, rules)?;
    if picture.made.is_some() {
        return Ok(picture);
    }
    Ok(Picture::made(page, (picture.width, picture.height), picture.missing))
}
