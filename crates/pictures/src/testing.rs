//! What tests hand in and draw with. Optimised with this crate, for there are many pixels.

use futures::FutureExt;
use futures::future::BoxFuture;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

use crate::{Pages, PagesError};

/// Draws pages where it is called. The program does it in a process that it can end (`server::adapters::pages`).
pub struct TestPages;

impl Pages for TestPages {
    fn draw<'a>(&'a self, bytes: &'a [u8], most: u32) -> BoxFuture<'a, Result<Vec<Vec<u8>>, PagesError>> {
        let mut drawn = Vec::new();
        let result = pages::draw(bytes.to_vec(), most, None, &mut |page| drawn.push(page));
        let answer = result.map(|()| drawn).map_err(|flaw| match flaw {
            pages::Flaw::Many(pages) => PagesError::Many { pages },
            pages::Flaw::Locked => PagesError::Locked,
            pages::Flaw::Damaged => PagesError::Damaged,
        });
        async move { answer }.boxed()
    }
}

/// A JPEG of a paper that no other shade is like.
///
/// # Panics
/// When it cannot be encoded.
#[must_use]
#[expect(clippy::unwrap_used, reason = "a test without its picture has failed")]
pub fn paper(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Neighbours in shade alone are one picture to a JPEG.
    let line = u32::from(shade) * 2;
    let paper = RgbImage::from_fn(600, 420, |x, _| Rgb(if x / 2 * 2 == line { [255; 3] } else { [shade, 90, 90] }));
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&paper).unwrap();
    bytes
}
