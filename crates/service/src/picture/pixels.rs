//! Decoded pixels of any kind, read where they lie: 8 bits, flattened on white, upright.

use image::ColorType;
use image::metadata::Orientation;
use studio::Pixels;

/// What a decoder left behind. `width` and `height` are those of the file, before it is turned.
pub(super) struct Decoded {
    pub bytes: Vec<u8>,
    pub color: ColorType,
    pub width: u32,
    pub height: u32,
}

impl Pixels for Decoded {
    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let step = usize::from(self.color.bytes_per_pixel());
        let at = (y as usize * self.width as usize + x as usize) * step;
        let pixel = &self.bytes[at..at + step];
        let wide = |at: usize| {
            let value = u32::from(u16::from_ne_bytes([pixel[at * 2], pixel[at * 2 + 1]]));
            ((value + 128) / 257) as u8
        };
        match self.color {
            ColorType::L8 => [pixel[0]; 3],
            ColorType::La8 => flat([pixel[0]; 3], pixel[1]),
            ColorType::Rgb8 => [pixel[0], pixel[1], pixel[2]],
            ColorType::Rgba8 => flat([pixel[0], pixel[1], pixel[2]], pixel[3]),
            ColorType::L16 => [wide(0); 3],
            ColorType::La16 => flat([wide(0); 3], wide(1)),
            ColorType::Rgb16 => [wide(0), wide(1), wide(2)],
            _ => flat([wide(0), wide(1), wide(2)], wide(3)),
        }
    }
}

fn flat(color: [u8; 3], alpha: u8) -> [u8; 3] {
    let alpha = u32::from(alpha);
    color.map(|value| ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}

/// The picture as it stands upright, without a copy of it.
pub(super) struct Upright<'a> {
    pub decoded: &'a Decoded,
    pub orientation: Orientation,
}

impl Pixels for Upright<'_> {
    fn size(&self) -> (u32, u32) {
        let (width, height) = self.decoded.size();
        if is_turned(self.orientation) { (height, width) } else { (width, height) }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let (right, below) = (self.decoded.width - 1, self.decoded.height - 1);
        let (x, y) = match self.orientation {
            Orientation::NoTransforms => (x, y),
            Orientation::FlipHorizontal => (right - x, y),
            Orientation::Rotate180 => (right - x, below - y),
            Orientation::FlipVertical => (x, below - y),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate90 => (y, below - x),
            Orientation::Rotate270FlipH => (right - y, below - x),
            Orientation::Rotate270 => (right - y, x),
        };
        self.decoded.at(x, y)
    }
}

pub(super) fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}
