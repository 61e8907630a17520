//! The markers of a JPEG and what stands behind them.

/// A marker with its segment (empty for markers that have none), and where the next byte is.
pub(crate) struct Segment<'a> {
    pub marker: u8,
    pub body: &'a [u8],
    pub end: usize,
}

pub(crate) const START: u8 = 0xD8;
pub(crate) const END: u8 = 0xD9;
pub(crate) const SCAN: u8 = 0xDA;
pub(crate) const HUFFMAN: u8 = 0xC4;
pub(crate) const QUANTIZATION: u8 = 0xDB;
pub(crate) const RESTARTS: u8 = 0xDD;
pub(crate) const EXIF: u8 = 0xE1;
pub(crate) const ADOBE: u8 = 0xEE;

pub(crate) fn is_restart(marker: u8) -> bool {
    (0xD0..=0xD7).contains(&marker)
}

/// The frames, which are numbered around the tables for Huffman and arithmetic codes.
pub(crate) fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF)
}

/// The next segment from `at` on. Filling, coded data and stray restarts are stepped over. `None` where the file ends.
pub(crate) fn next(bytes: &[u8], mut at: usize) -> Option<Segment<'_>> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        at += bytes.get(at..)?.iter().position(|byte| *byte != 0xFF)?;
        let marker = bytes[at];
        at += 1;
        match marker {
            0 | 1 | 0xD0..=0xD7 => {}
            START | END => return Some(Segment { marker, body: &[], end: at }),
            _ => {
                let length = usize::from(u16_at(bytes, at)?).max(2);
                let body = bytes.get(at + 2..at + length)?;
                return Some(Segment { marker, body, end: at + length });
            }
        }
    }
}

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
}
