//! Pixels of any kind, read where they lie, flattened on white.

use image::{DynamicImage, GenericImageView};
use studio::Pixels;

pub(crate) struct Flat<'a>(pub &'a DynamicImage);

impl Pixels for Flat<'_> {
    fn size(&self) -> (u32, u32) {
        self.0.dimensions()
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let [r, g, b, alpha] = self.0.get_pixel(x, y).0.map(u32::from);
        [r, g, b].map(|value| ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
    }
}
