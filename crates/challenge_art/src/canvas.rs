//! Drawing with soft edges: what is drawn first goes onto a mask, then a mask is painted in one colour.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

pub(super) type Point = (f32, f32);
pub(super) type Color = [u8; 3];

/// How far every pixel is covered, 0 to 255. Strokes of one mask do not darken each other where they cross.
pub(super) struct Mask {
    width: u32,
    height: u32,
    cover: Vec<u8>,
}

impl Mask {
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self { width, height, cover: vec![0; (width * height) as usize] }
    }

    /// A straight stroke with round ends.
    pub(super) fn line(&mut self, from: Point, to: Point, radius: f32) {
        let reach = radius + 1.0;
        let low = |a: f32, b: f32| (a.min(b) - reach).max(0.0) as u32;
        let high = |a: f32, b: f32, end: u32| ((a.max(b) + reach).max(0.0) as u32 + 1).min(end);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let square = (dx * dx + dy * dy).max(1e-6);
        for y in low(from.1, to.1)..high(from.1, to.1, self.height) {
            for x in low(from.0, to.0)..high(from.0, to.0, self.width) {
                let (px, py) = (x as f32 + 0.5 - from.0, y as f32 + 0.5 - from.1);
                let along = ((px * dx + py * dy) / square).clamp(0.0, 1.0);
                let distance = (px - along * dx).hypot(py - along * dy);
                let cover = soft(radius - distance);
                let at = (y * self.width + x) as usize;
                self.cover[at] = self.cover[at].max(cover);
            }
        }
    }

    /// A stroke through all points.
    pub(super) fn path(&mut self, points: &[Point], radius: f32) {
        points.windows(2).for_each(|pair| self.line(pair[0], pair[1], radius));
    }
}

/// Coverage by the signed distance to an edge, positive inside. Few levels: they compress better and look the same.
pub(super) fn soft(inside: f32) -> u8 {
    ((inside + 0.5).clamp(0.0, 1.0) * 5.0).round() as u8 * 51
}

pub(super) fn mix(from: Color, to: Color, part: f32) -> Color {
    let part = part.clamp(0.0, 1.0);
    [0, 1, 2].map(|at| (f32::from(from[at]) + (f32::from(to[at]) - f32::from(from[at])) * part + 0.5) as u8)
}

/// Paints everything that the mask covers.
pub(super) fn paint(picture: &mut RgbImage, mask: &Mask, color: Color, opacity: f32) {
    for (pixel, cover) in picture.pixels_mut().zip(&mask.cover).filter(|(_, cover)| **cover > 0) {
        *pixel = Rgb(mix(pixel.0, color, f32::from(*cover) / 255.0 * opacity));
    }
}

/// Writing a picture of these sizes into memory cannot fail; if it did, the picture would be empty and nobody pass.
pub(super) fn png(data: &[u8], width: u32, height: u32, color: ExtendedColorType) -> Vec<u8> {
    let encode = |filter| {
        let mut bytes = Vec::new();
        let written =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, filter).write_image(data, width, height, color);
        written.map(|()| bytes).unwrap_or_default()
    };
    let (plain, adaptive) = (encode(FilterType::NoFilter), encode(FilterType::Adaptive));
    if plain.len() <= adaptive.len() { plain } else { adaptive }
}

pub(super) fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).map(|()| bytes).unwrap_or_default()
}
