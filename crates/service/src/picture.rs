//! What is done with an uploaded picture before anybody sees it: it is measured, decoded under limits, turned upright,
//! and drawn anew as a JPEG without metadata. The original is only ever kept sealed, never shown.
//!
//! One inspection needs at most 48 MiB besides the upload itself, which keeps the whole below 64 MB. `headers` reads the measures without decoding and
//! computes what the decoder will take: the decoded pixels, for progressive and multi-scan JPEGs also all coefficients,
//! and the copy of the file that the decoder reads. What would need more is refused before a pixel is decoded. Then
//! `studio::scale` reads the decoded pixels where they lie and keeps nothing but the picture of at most 1600 pixels; the
//! decoded pixels are dropped before that one is encoded.

mod headers;
mod photo;
#[cfg(test)]
mod photo_tests;
mod pixels;
#[cfg(test)]
mod tests;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use domain::fault::Fault;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::{ImageDecoder, Limits};
use sha2::{Digest, Sha256};
use studio::Pixels;
use tokio::sync::Semaphore;

use headers::{Header, Kind};
pub use photo::Portrait;
use photo::{Outcome, jpeg};
use pixels::{Decoded, Upright};

const VIEW_QUALITY: u8 = 84;
const PATIENCE: Duration = Duration::from_secs(20);

/// What a slot accepts. `kinds` are `jpg` and `png`; `min` is width and height after orientation, in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureRules {
    /// Most bytes of the upload.
    pub max_bytes: u32,
    /// Formats of the upload: `jpg`, `png`.
    pub kinds: Vec<String>,
    /// Least width and height after orientation, in pixels; `None` for any.
    pub min: Option<(u32, u32)>,
    /// For a photograph of the person (`None` for others); then `max_bytes` and `kinds` are about the upload alone.
    pub portrait: Option<Portrait>,
}

/// An accepted picture. Measures (upright) and SHA-256 (hex) are those of the file that is kept: the upload itself, or
/// what was `made` of it. `view` is the JPEG to be shown (upright, long side at most 1600 pixels, no metadata).
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Media type of the kept file: `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// Width of the kept file when upright, in pixels.
    pub width: u32,
    /// Height of the kept file when upright, in pixels.
    pub height: u32,
    /// SHA-256 of the kept file, in hexadecimal digits.
    pub sha256: String,
    /// The JPEG to be shown: upright, long side at most 1600 pixels, no metadata.
    pub view: Vec<u8>,
    /// The JPEG that is kept instead of the upload; `None` where the upload is kept.
    pub made: Option<Vec<u8>>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture {{ {} {}×{}, {} }}", self.media_type, self.width, self.height, self.sha256)
    }
}

/// Inspects an upload. Blocks for up to some hundred milliseconds: call it through [`PictureDesk`].
///
/// # Errors
/// The first of `FileEmpty`, `FileTooBig`, `FileKind`, `FilePixels`, `FileScans`, `FileDamaged`, `Photo`, `FileSmall` that
/// applies.
pub fn inspect(bytes: &[u8], rules: &PictureRules) -> Result<Picture, Fault> {
    if bytes.is_empty() {
        return Err(Fault::FileEmpty);
    }
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    if length > rules.max_bytes {
        return Err(Fault::FileTooBig { max: rules.max_bytes, bytes: length });
    }
    let kind = Kind::of(bytes).filter(|kind| kind.is_among(&rules.kinds)).ok_or(Fault::FileKind)?;
    // The limits keep the decoders from harm; this is for the decoder's own mistakes.
    catch_unwind(AssertUnwindSafe(|| draw(bytes, kind, rules))).unwrap_or(Err(Fault::FileDamaged))
}

fn draw(bytes: &[u8], kind: Kind, rules: &PictureRules) -> Result<Picture, Fault> {
    let header = headers::read(bytes, kind)?;
    let mut decoded = decode(&header)?;
    let orientation = header.orientation;
    drop(header.stream);
    if let Some(portrait) = &rules.portrait {
        match photo::develop(decoded, orientation, kind, bytes.len(), portrait)? {
            Outcome::Keep(pixels) => decoded = pixels,
            Outcome::Made(made) => {
                let (width, height, sha256) = (made.width, made.height, sha256(&made.bytes));
                let view = made.bytes.clone();
                return Ok(Picture { media_type: Kind::Jpeg.media_type(), width, height, sha256, view, made: Some(made.bytes) });
            }
        }
    }
    let upright = Upright { decoded: &decoded, orientation };
    let (width, height) = upright.size();
    if let Some(min) = rules.min.filter(|min| width < min.0 || height < min.1) {
        return Err(Fault::FileSmall { width: min.0, height: min.1 });
    }
    let small = studio::within(width, height, studio::LONG_SIDE);
    let view = studio::scale(&upright, upright.whole(), small.0, small.1);
    drop(decoded);
    let view = jpeg(&view, VIEW_QUALITY);
    if view.is_empty() {
        return Err(Fault::FileDamaged);
    }
    Ok(Picture { media_type: kind.media_type(), width, height, sha256: sha256(bytes), view, made: None })
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn decode(header: &Header<'_>) -> Result<Decoded, Fault> {
    let reader = Cursor::new(&*header.stream);
    match header.kind {
        Kind::Jpeg => pixels(JpegDecoder::new(reader).map_err(|_| Fault::FileDamaged)?, header),
        Kind::Png => {
            let mut limits = Limits::no_limits();
            limits.max_alloc = Some(headers::PNG_ROWS);
            pixels(PngDecoder::with_limits(reader, limits).map_err(|_| Fault::FileDamaged)?, header)
        }
    }
}

/// The decoder must see what the header promised, or the reckoning of the memory would be another's.
fn pixels(decoder: impl ImageDecoder, header: &Header<'_>) -> Result<Decoded, Fault> {
    let (color, length) = (decoder.color_type(), decoder.total_bytes());
    if decoder.dimensions() != (header.width, header.height) || length != header.decoded {
        return Err(Fault::FileDamaged);
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| Fault::FileDamaged)?];
    decoder.read_image(&mut bytes).map_err(|_| Fault::FileDamaged)?;
    Ok(Decoded { bytes, color, width: header.width, height: header.height })
}

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

/// Inspects pictures on blocking threads, a fixed number at a time.
#[derive(Clone, Debug)]
pub struct PictureDesk {
    semaphore: Arc<Semaphore>,
}

impl PictureDesk {
    /// A desk for `permits` pictures at once; each may need 48 MiB, so 1 keeps the whole server below 64 MB.
    pub fn new(permits: usize) -> Self {
        Self { semaphore: Arc::new(Semaphore::new(permits)) }
    }

    /// [`inspect`] on a blocking thread, when its turn has come.
    ///
    /// # Errors
    /// [`PictureError`].
    pub async fn inspect<B>(&self, bytes: B, rules: PictureRules) -> Result<Picture, PictureError>
    where
        B: AsRef<[u8]> + Send + 'static,
    {
        let turn = tokio::time::timeout(PATIENCE, self.semaphore.clone().acquire_owned()).await;
        let Ok(Ok(permit)) = turn else { return Err(PictureError::Busy) };
        let work = tokio::task::spawn_blocking(move || {
            let result = inspect(bytes.as_ref(), &rules);
            drop((bytes, permit));
            result
        });
        work.await.unwrap_or(Err(Fault::FileDamaged)).map_err(PictureError::Refused)
    }
}
