//! What is done with an uploaded picture before anybody sees it: its kind is told by its content, it is measured, decoded
//! within bounds (`memory`), turned upright, and drawn anew as a JPEG without metadata. The original is only ever kept
//! sealed, never shown.
//!
//! What a browser shows is taken: a JPEG without its end, in any scans, of many pixels; of what is cut the rest is grey, and
//! how much is said. Of a format that the slot does not keep, and of what is heavier than it keeps, a JPEG is made that fits
//! (`fit`). What is neither JPEG nor PNG is drawn by `Pages`, which the program confines to a process of its own, and comes back
//! here as JPEGs.

#![deny(missing_docs)]

#[cfg(test)]
mod case_tests;
mod desk;
mod fit;
#[cfg(test)]
mod fit_tests;
mod foreign;
mod jpeg;
mod kind;
mod memory;
mod photo;
#[cfg(test)]
mod photo_tests;
mod pixels;
mod png;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::fault::Fault;
use sha2::{Digest, Sha256};
use studio::Pixels;

pub use desk::{PictureDesk, PictureError};
use fit::{Fitted, fitted};
pub use foreign::{Pages, PagesError};
use kind::Kind;
use memory::Wanted;
pub use photo::Portrait;
use photo::{Outcome, encoded};
use pixels::Upright;

const VIEW_QUALITY: u8 = 84;
/// Of a picture that lacks more than this, in hundredths, nobody can judge anything.
const MOST_MISSING: u8 = 50;

/// What a slot accepts. `kinds` are `jpg` and `png`; `min` is width and height after orientation, in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureRules {
    /// Most bytes of a file that is kept, whether it is the upload or was made of it.
    pub max_bytes: u32,
    /// Most bytes of an upload of which a JPEG is made.
    pub max_source: u32,
    /// Formats that are kept: `jpg`, `png`. Of others a JPEG is made.
    pub kinds: Vec<String>,
    /// Least width and height after orientation, in pixels; `None` for any.
    pub min: Option<(u32, u32)>,
    /// For a photograph of the person (`None` for others).
    pub portrait: Option<Portrait>,
    /// How many pictures there is room for: a document may have so many pages.
    pub most: u32,
    /// The long side of what is shown at most, in pixels.
    pub long: u32,
}

/// An accepted picture. Measures (upright) and SHA-256 (hex) are those of the file that is kept: the upload itself, or
/// what was `made` of it. `view` is the JPEG to be shown (upright, no longer than the rules say, no metadata).
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
    /// The JPEG to be shown: upright, no longer than the rules say, no metadata.
    pub view: Vec<u8>,
    /// The JPEG that is kept instead of the upload; `None` where the upload is kept.
    pub made: Option<Vec<u8>>,
    /// Which part of the picture was not in the file, in hundredths, from below.
    pub missing: u8,
}

impl Picture {
    /// Of a JPEG that was made here and is kept and shown alike.
    fn made(bytes: Vec<u8>, (width, height): (u32, u32), missing: u8) -> Self {
        let sha256 = sha256(&bytes);
        Self { media_type: "image/jpeg", width, height, sha256, view: bytes.clone(), made: Some(bytes), missing }
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture {{ {} {}×{}, {} }}", self.media_type, self.width, self.height, self.sha256)
    }
}

/// Inspects a JPEG or PNG. Blocks for up to some hundred milliseconds: call it through [`PictureDesk`].
///
/// # Errors
/// The first of `FileEmpty`, `FileKind`, `FileFormat`, `FileTooBig`, `FilePixels`, `FileUnusual`, `FileDamaged`, `FileCut`,
/// `Photo`, `FileSmall` that applies, and `FileTooBig` again for what no quality makes fit.
pub fn inspect(bytes: &[u8], rules: &PictureRules) -> Result<Picture, Fault> {
    let kind = kind(bytes, rules)?;
    // The bounds keep the decoders from harm; this is for a decoder's own mistakes.
    catch_unwind(AssertUnwindSafe(|| draw(bytes, kind, rules))).unwrap_or(Err(Fault::FileDamaged))
}

/// The kind of an upload that is not too large for it.
fn kind(bytes: &[u8], rules: &PictureRules) -> Result<Kind, Fault> {
    if bytes.is_empty() {
        return Err(Fault::FileEmpty);
    }
    let kind = Kind::of(bytes)?;
    if length(bytes) <= rules.max_source {
        return Ok(kind);
    }
    // What is told is the limit of what is kept, as the page has it.
    let is_kept = kind.is_among(&rules.kinds) && rules.portrait.is_none();
    let max = if is_kept { rules.max_bytes } else { rules.max_source };
    Err(Fault::FileTooBig { max, bytes: length(bytes) })
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

fn draw(bytes: &[u8], kind: Kind, rules: &PictureRules) -> Result<Picture, Fault> {
    let wanted = Wanted::for_portrait(rules.portrait.as_ref().map(|portrait| &portrait.rules));
    let mut decoded = match kind {
        Kind::Jpeg => jpeg::decode(bytes, wanted)?,
        Kind::Png => png::decode(bytes, wanted)?,
        Kind::Foreign => return Err(Fault::FileKind),
    };
    let missing = decoded.missing;
    if missing > MOST_MISSING {
        return Err(Fault::FileCut);
    }
    let mut is_kept = kind.is_among(&rules.kinds);
    if let Some(portrait) = &rules.portrait {
        match photo::develop(decoded, kind, bytes.len(), portrait)? {
            Outcome::Keep(right) => (decoded, is_kept) = (right, true),
            Outcome::Made(made) => return Ok(Picture::made(made.bytes, (made.width, made.height), missing)),
        }
    }
    let (width, height) = decoded.upright_size();
    if let Some(min) = rules.min.filter(|min| width < min.0 || height < min.1) {
        return Err(Fault::FileSmall { width: min.0, height: min.1 });
    }
    let small = studio::within(width, height, rules.long);
    let upright = Upright(&decoded);
    let seen = studio::scale(&upright, upright.whole(), small.0, small.1);
    drop(decoded);
    let view = encoded(&seen, VIEW_QUALITY);
    if view.is_empty() {
        return Err(Fault::FileDamaged);
    }
    if !is_kept || length(bytes) > rules.max_bytes {
        let too_big = |lightest: u32| Fault::FileTooBig { max: rules.max_bytes, bytes: length(bytes).max(lightest) };
        let Fitted { bytes, size } = fitted(&seen, view, rules.max_bytes, rules.min).map_err(too_big)?;
        return Ok(Picture::made(bytes, size, missing));
    }
    let media_type = if kind == Kind::Png { "image/png" } else { "image/jpeg" };
    Ok(Picture { media_type, width, height, sha256: sha256(bytes), view, made: None, missing })
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
