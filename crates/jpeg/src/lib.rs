//! JPEG as a browser takes it: without its end, in any number of scans, in grey, colour or the four inks of a printer.
//!
//! What this crate does that others do not: the memory is known from the header, exactly, and small. A picture is decoded
//! at 1, 1/2, 1/4 or 1/8 of its size, straight from its lowest frequencies. Of a progressive picture only the coefficients
//! that this needs are kept, and one bit for each of the others, whose corrections must still be read past (ITU-T T.81,
//! G.1.2.3). So 16 progressive megapixels take 30 MB where all their coefficients would take 96 (docs/adr/0028).
//!
//! Nothing here panics on any bytes; there is no `unsafe`.

mod bits;
mod colours;
mod frame;
mod header;
mod huffman;
mod inverse;
mod scan;
mod segments;
mod store;
mod tables;
#[cfg(test)]
mod tests;

pub use colours::Decoded;
pub use header::Header;

/// How much smaller than it is a picture is decoded, each way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reduction {
    /// As large as it is.
    None,
    /// Half as wide and high.
    Half,
    /// A quarter as wide and high.
    Quarter,
    /// An eighth as wide and high: one pixel for each block.
    Eighth,
}

impl Reduction {
    /// From the largest picture to the smallest.
    pub const ALL: [Self; 4] = [Self::None, Self::Half, Self::Quarter, Self::Eighth];

    /// Pixels that a block of eight has each way.
    pub(crate) fn side(self) -> usize {
        match self {
            Self::None => 8,
            Self::Half => 4,
            Self::Quarter => 2,
            Self::Eighth => 1,
        }
    }

    /// What a length in pixels becomes.
    #[must_use]
    pub fn of(self, length: u32) -> u32 {
        length.div_ceil(8 / self.side() as u32)
    }
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No JPEG, or one that ends before its picture begins.
    Damaged,
    /// A kind of JPEG that no browser shows either: arithmetic, lossless, twelve bits.
    Unusual,
}

/// Decodes a JPEG whose header was read. Takes as many bytes as [`Header::cost`] says besides the file.
///
/// # Errors
/// [`Flaw`]. What is damaged further on is no error: see [`Decoded::missing`].
pub fn decode(bytes: &[u8], header: &Header, reduction: Reduction) -> Result<Decoded, Flaw> {
    scan::Decoder::new(header, reduction).run(bytes)
}
