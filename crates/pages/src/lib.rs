//! Makes JPEGs of what people hand in that is neither JPEG nor PNG: the pages of a PDF, and BMP, TIFF and WebP.
//!
//! The decoders are other people's and believe what a file says of itself, so nothing here bounds memory or time: whoever
//! calls it does so in a process that may be ended ([`docs/adr/0028`]).

mod flat;
mod pdf;
#[cfg(test)]
mod tests;
mod tiff;

use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageReader};
use studio::{LONG_SIDE, Picture, Pixels};

use flat::Flat;

/// Text on paper shows the blocks of a JPEG sooner than a photograph does.
const QUALITY: u8 = 88;

/// Why a file was not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It has more pages than were asked for.
    #[error("{0} pages")]
    Many(u32),
    /// It opens with a password.
    #[error("locked")]
    Locked,
    /// It cannot be read, or has no page.
    #[error("damaged")]
    Damaged,
}

/// The pages as JPEGs, upright, on white, with a long side of at most [`LONG_SIDE`] pixels, each handed over before the next
/// is drawn. `font` is what Chinese text is drawn with that brings no typeface of its own.
///
/// # Errors
/// [`Flaw`]; pages may have been handed over before.
pub fn draw(bytes: Vec<u8>, most: u32, font: Option<&Path>, hand_over: &mut dyn FnMut(Vec<u8>)) -> Result<(), Flaw> {
    if bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") {
        return pdf::draw(bytes, most, font, hand_over);
    }
    if !tiff::is_tiff(&bytes) {
        hand_over(encoded(&picture(&bytes)?)?);
        return Ok(());
    }
    let pages = tiff::pages(&bytes);
    check(pages.len(), most)?;
    let mut bytes = bytes;
    for page in pages {
        tiff::begin_with(&mut bytes, page);
        hand_over(encoded(&picture(&bytes)?)?);
    }
    Ok(())
}

fn check(pages: usize, most: u32) -> Result<(), Flaw> {
    match u32::try_from(pages).unwrap_or(u32::MAX) {
        0 => Err(Flaw::Damaged),
        pages if pages > most => Err(Flaw::Many(pages)),
        _ => Ok(()),
    }
}

/// The first picture of a file, upright and small.
fn picture(bytes: &[u8]) -> Result<Picture, Flaw> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Flaw::Damaged)?;
    let mut decoder = reader.into_decoder().map_err(|_| Flaw::Damaged)?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|_| Flaw::Damaged)?;
    let mut small = scaled(&Flat(&image));
    drop(image);
    if orientation != image::metadata::Orientation::NoTransforms {
        let rgb = image::RgbImage::from_raw(small.width, small.height, small.rgb).ok_or(Flaw::Damaged)?;
        let mut turned = DynamicImage::from(rgb);
        turned.apply_orientation(orientation);
        small = Picture { width: turned.width(), height: turned.height(), rgb: turned.into_rgb8().into_raw() };
    }
    Ok(small)
}

fn scaled(pixels: &dyn Pixels) -> Picture {
    let (width, height) = pixels.size();
    let (width, height) = studio::within(width, height, LONG_SIDE);
    studio::scale(pixels, pixels.whole(), width, height)
}

fn encoded(picture: &Picture) -> Result<Vec<u8>, Flaw> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    let done = encoder.encode(&picture.rgb, picture.width, picture.height, ExtendedColorType::Rgb8);
    done.map(|()| bytes).map_err(|_| Flaw::Damaged)
}
