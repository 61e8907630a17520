//! Planes of samples, read as red, green and blue.

use crate::Reduction;
use crate::frame::Frame;

/// What the samples of the planes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colours {
    Grey,
    Rgb,
    YCbCr,
    /// As Adobe writes it: 255 for no ink.
    Cmyk,
    Ycck,
}

impl Colours {
    /// `adobe` is what the APP14 segment says; without it the names of the components may tell.
    pub(crate) fn of(frame: &Frame, adobe: Option<u8>) -> Self {
        let ids: Vec<u8> = frame.components.iter().map(|component| component.id).collect();
        match (ids.len(), adobe) {
            (1, _) => Self::Grey,
            (3, Some(0)) => Self::Rgb,
            (3, None) if ids == *b"RGB" => Self::Rgb,
            (3, _) => Self::YCbCr,
            (_, Some(2)) => Self::Ycck,
            _ => Self::Cmyk,
        }
    }
}

/// The samples of a component. A pixel of the picture is found by multiplying with `across` (above and below the line).
#[derive(Clone, Debug)]
pub(crate) struct Plane {
    pub samples: Vec<u8>,
    pub stride: usize,
    pub across: (u32, u32),
    pub down: (u32, u32),
}

impl Plane {
    fn at(&self, x: u32, y: u32) -> i32 {
        let (x, y) = (x * self.across.0 / self.across.1, y * self.down.0 / self.down.1);
        i32::from(self.samples[y as usize * self.stride + x as usize])
    }
}

/// A decoded picture: smaller than the file's by the reduction, lying as the file has it.
#[derive(Clone, Debug)]
pub struct Decoded {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) planes: Vec<Plane>,
    pub(crate) colours: Colours,
    /// Which part of the picture was not in the file, in hundredths: it is grey, from below. Of a progressive picture it
    /// is all or nothing: whether its details are there.
    pub missing: u8,
}

impl Decoded {
    pub(crate) fn measure(frame: &Frame, reduction: Reduction) -> (u32, u32) {
        (reduction.of(frame.width), reduction.of(frame.height))
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Red, green and blue of a pixel inside [`Decoded::size`].
    #[must_use]
    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let one = self.planes[0].at(x, y);
        if self.colours == Colours::Grey {
            return [one as u8; 3];
        }
        let (two, three) = (self.planes[1].at(x, y), self.planes[2].at(x, y));
        match self.colours {
            Colours::Grey | Colours::Rgb => [one as u8, two as u8, three as u8],
            Colours::YCbCr => rgb(one, two, three),
            Colours::Cmyk => inked([one, two, three], self.planes[3].at(x, y)),
            Colours::Ycck => inked(rgb(one, two, three).map(i32::from), self.planes[3].at(x, y)),
        }
    }
}

/// JFIF 1.02, in sixteenths of a bit.
fn rgb(y: i32, cb: i32, cr: i32) -> [u8; 3] {
    let (cb, cr, y) = (cb - 128, cr - 128, (y << 16) + (1 << 15));
    [y + 91_881 * cr, y - 22_554 * cb - 46_802 * cr, y + 116_130 * cb].map(|value| (value >> 16).clamp(0, 255) as u8)
}

/// Browsers take every picture of four inks for one of Adobe's, where 255 is no ink.
fn inked(colour: [i32; 3], black: i32) -> [u8; 3] {
    colour.map(|value| ((value * black + 127) / 255) as u8)
}
