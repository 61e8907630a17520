//! Pictures as pixels.

/// Something that has pixels, upright and without transparency.
pub trait Pixels {
    /// Width and height.
    fn size(&self) -> (u32, u32);
    /// Red, green and blue at a place inside.
    fn at(&self, x: u32, y: u32) -> [u8; 3];

    /// All of it.
    fn whole(&self) -> Rect {
        let (width, height) = self.size();
        Rect { x: 0, y: 0, width, height }
    }

    /// How light it is there, 0 to 255.
    fn luma(&self, x: u32, y: u32) -> i32 {
        let [r, g, b] = self.at(x, y).map(i32::from);
        (299 * r + 587 * g + 114 * b) / 1000
    }
}

/// A part of a picture, in its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// Four bytes a pixel, as a canvas gives them; what is transparent lies on white.
#[derive(Clone, Copy)]
pub struct Rgba<'a> {
    width: u32,
    height: u32,
    bytes: &'a [u8],
}

impl<'a> Rgba<'a> {
    /// `None` when there are too few bytes, or no pixel at all.
    #[must_use]
    pub fn new(width: u32, height: u32, bytes: &'a [u8]) -> Option<Self> {
        let needed = (width as usize).checked_mul(height as usize)?.checked_mul(4)?;
        (needed > 0 && bytes.len() >= needed).then_some(Self { width, height, bytes })
    }
}

impl Pixels for Rgba<'_> {
    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.width as usize + x as usize) * 4;
        let pixel = &self.bytes[at..at + 4];
        let alpha = u32::from(pixel[3]);
        [pixel[0], pixel[1], pixel[2]].map(|value| {
            let value = u32::from(value) * alpha + 255 * (255 - alpha);
            ((value + 127) / 255) as u8
        })
    }
}

/// A picture of our own: three bytes a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// Red, green, blue, row by row.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// The bytes for a canvas.
    #[must_use]
    pub fn rgba(&self) -> Vec<u8> {
        self.rgb.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect()
    }
}

impl Pixels for Picture {
    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.width as usize + x as usize) * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }
}
