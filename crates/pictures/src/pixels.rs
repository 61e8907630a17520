//! Decoded pixels of any kind, read where they lie and upright.

use image::metadata::Orientation;
use studio::{Picture, Pixels};

/// What a decoder left behind, lying as the file has it: smaller than the file's picture where nobody would see the rest.
pub(super) enum Pixelled {
    Jpeg(jpeg::Decoded),
    Plain(Picture),
}

impl Pixels for Pixelled {
    fn size(&self) -> (u32, u32) {
        match self {
            Self::Jpeg(decoded) => decoded.size(),
            Self::Plain(picture) => picture.size(),
        }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        match self {
            Self::Jpeg(decoded) => decoded.at(x, y),
            Self::Plain(picture) => picture.at(x, y),
        }
    }
}

/// A decoded file. `width` and `height` are those of the file, before it is turned.
pub(super) struct Decoded {
    pub pixels: Pixelled,
    pub width: u32,
    pub height: u32,
    pub orientation: Orientation,
    /// Hundredths of the picture that were not in the file.
    pub missing: u8,
}

impl Decoded {
    /// The measures of the file, upright.
    pub(super) fn upright_size(&self) -> (u32, u32) {
        if is_turned(self.orientation) { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// The picture as it stands upright, without a copy of it.
pub(super) struct Upright<'a>(pub &'a Decoded);

impl Pixels for Upright<'_> {
    fn size(&self) -> (u32, u32) {
        let (width, height) = self.0.pixels.size();
        if is_turned(self.0.orientation) { (height, width) } else { (width, height) }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let (width, height) = self.0.pixels.size();
        let (right, below) = (width - 1, height - 1);
        let (x, y) = match self.0.orientation {
            Orientation::NoTransforms => (x, y),
            Orientation::FlipHorizontal => (right - x, y),
            Orientation::Rotate180 => (right - x, below - y),
            Orientation::FlipVertical => (x, below - y),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate90 => (y, below - x),
            Orientation::Rotate270FlipH => (right - y, below - x),
            Orientation::Rotate270 => (right - y, x),
        };
        self.0.pixels.at(x, y)
    }
}

fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}
