//! What is known of a JPEG before it is decoded.

use std::ops::Range;

use crate::frame::Frame;
use crate::segments::{self, EXIF};
use crate::store::Store;
use crate::{Flaw, Reduction};

const MARK: &[u8] = b"Exif\0\0";

/// Measures, colours and texts of a JPEG, read without decoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub(crate) frame: Frame,
    /// Where the EXIF blocks lie, without the mark that they begin with. Some programs write several.
    pub exif: Vec<Range<usize>>,
}

impl Header {
    /// Reads up to the frame.
    ///
    /// # Errors
    /// [`Flaw`].
    pub fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        if !bytes.starts_with(&[0xFF, segments::START]) {
            return Err(Flaw::Damaged);
        }
        let (mut exif, mut at, mut frame) = (Vec::new(), 2, None);
        while let Some(segment) = segments::next(bytes, at) {
            match segment.marker {
                segments::SCAN | segments::END | segments::START => break,
                EXIF if segment.body.starts_with(MARK) => exif.push(segment.end - segment.body.len() + MARK.len()..segment.end),
                marker if segments::is_frame(marker) && frame.is_none() => {
                    frame = Some(Frame::read(marker, segment.body)?);
                }
                _ => {}
            }
            at = segment.end;
        }
        Ok(Self { frame: frame.ok_or(Flaw::Damaged)?, exif })
    }

    /// Width in pixels, as it lies in the file.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.frame.width
    }

    /// Height in pixels, as it lies in the file.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.frame.height
    }

    /// Whether it is progressive, so that all of it must be read before anything can be drawn.
    #[must_use]
    pub fn is_progressive(&self) -> bool {
        self.frame.is_progressive
    }

    /// Bytes that [`crate::decode`] takes at most besides the file, its result included.
    #[must_use]
    pub fn cost(&self, reduction: Reduction) -> u64 {
        let planes: u64 = self.drawn(reduction);
        let kept: u64 = if self.frame.is_progressive {
            self.frame
                .components
                .iter()
                .map(|component| Store::cost(self.frame.grid(component), self.frame.side(component, reduction)))
                .sum()
        } else {
            0
        };
        planes + kept
    }

    /// Bytes that the result of [`crate::decode`] takes.
    #[must_use]
    pub fn drawn(&self, reduction: Reduction) -> u64 {
        let plane = |component| {
            let side = self.frame.side(component, reduction);
            (self.frame.grid(component).blocks() * side * side) as u64
        };
        self.frame.components.iter().map(plane).sum()
    }
}
