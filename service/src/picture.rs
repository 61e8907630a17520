//! What is done with an uploaded picture before anybody sees it: it is measured, decoded under limits, turned upright,
//! and drawn anew as a JPEG without metadata. The original is only ever kept sealed, never shown.
//!
//! One inspection needs at most 48 MiB besides the upload itself, which keeps the whole below 64 MB. [`headers`] reads the measures without decoding and
//! computes what the decoder will take: the decoded pixels, for progressive and multi-scan JPEGs also all coefficients,
//! and the copy of the file that the decoder reads. What would need more is refused before a pixel is decoded. Then
//! [`shrink`] reads the decoded pixels where they lie and keeps nothing but the picture of at most 1600 pixels; the
//! decoded pixels are dropped before that one is turned and encoded.

mod headers;
mod shrink;
#[cfg(test)]
mod tests;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use domain::fault::Fault;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, Limits};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use headers::{Header, Kind};

const VIEW_QUALITY: u8 = 84;
const PATIENCE: Duration = Duration::from_secs(20);

/// What a slot accepts. `kinds` are `jpg` and `png`; `min` is width and height after orientation, in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureRules {
    pub max_bytes: u32,
    pub kinds: Vec<String>,
    pub min: Option<(u32, u32)>,
}

/// An accepted picture: measures after orientation, the SHA-256 (hex) of the original, and the JPEG to be shown
/// (upright, long side at most 1600 pixels, no metadata).
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub media_type: &'static str,
    pub width: u32,
    pub height: u32,
    pub sha256: String,
    pub view: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture {{ {} {}×{}, {} }}", self.media_type, self.width, self.height, self.sha256)
    }
}

/// Inspects an upload. Blocks for up to some hundred milliseconds: call it through [`PictureDesk`].
///
/// # Errors
/// The first of `FileEmpty`, `FileTooBig`, `FileKind`, `FilePixels`, `FileDamaged`, `FileSmall` that applies.
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
    let (pixels, color) = decode(&header)?;
    drop(header.stream);
    let view = shrink::to_view(&pixels, color, header.width, header.height);
    drop(pixels);
    let (mut width, mut height) = (header.width, header.height);
    if is_turned(header.orientation) {
        (width, height) = (height, width);
    }
    if let Some(min) = rules.min.filter(|min| width < min.0 || height < min.1) {
        return Err(Fault::FileSmall { width: min.0, height: min.1 });
    }
    let mut view = DynamicImage::ImageRgb8(view);
    view.apply_orientation(header.orientation);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, VIEW_QUALITY).encode_image(&view).map_err(|_| Fault::FileDamaged)?;
    let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Picture { media_type: kind.media_type(), width, height, sha256, view: jpeg })
}

fn decode(header: &Header<'_>) -> Result<(Vec<u8>, ColorType), Fault> {
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
fn pixels(decoder: impl ImageDecoder, header: &Header<'_>) -> Result<(Vec<u8>, ColorType), Fault> {
    let (color, length) = (decoder.color_type(), decoder.total_bytes());
    if decoder.dimensions() != (header.width, header.height) || length != header.decoded {
        return Err(Fault::FileDamaged);
    }
    let mut pixels = vec![0; usize::try_from(length).map_err(|_| Fault::FileDamaged)?];
    decoder.read_image(&mut pixels).map_err(|_| Fault::FileDamaged)?;
    Ok((pixels, color))
}

fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
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
