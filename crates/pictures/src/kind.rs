//! What a file is, by its first bytes: its name and what the browser calls it are only words.

use domain::fault::{Fault, Format};

/// What can be made a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    /// What [`crate::Pages`] draws: a PDF, or a picture of another format.
    Foreign,
}

impl Kind {
    /// # Errors
    /// `FileFormat` for what is known and cannot be drawn here, `FileKind` for everything else.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, Fault> {
        let known = match bytes {
            [0xFF, 0xD8, 0xFF, ..] => return Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => return Ok(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] | [b'B', b'M', ..] => return Ok(Self::Foreign),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => return Ok(Self::Foreign),
            [b'G', b'I', b'F', b'8', ..] => Format::Gif,
            [0xD0, 0xCF, 0x11, 0xE0, ..] | [b'P', b'K', 3, 4, ..] => Format::Document,
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => return Err(boxed(brand)),
            // Before it there may be some bytes of whoever sent it on (PDF 1.7, implementation note 13).
            _ if bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") => return Ok(Self::Foreign),
            _ => return Err(Fault::FileKind),
        };
        Err(Fault::FileFormat(known))
    }

    pub(super) fn is_among(self, kinds: &[String]) -> bool {
        kinds.iter().any(|kind| match self {
            Self::Jpeg => kind == "jpg" || kind == "jpeg",
            Self::Png => kind == "png",
            Self::Foreign => false,
        })
    }
}

/// ISO/IEC 23008-12: what telephones write since 2017, and films.
fn boxed(brand: &[u8]) -> Fault {
    match brand.get(..4) {
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => Fault::FileFormat(Format::Heic),
        Some(b"avif" | b"avis") => Fault::FileFormat(Format::Avif),
        _ => Fault::FileFormat(Format::Film),
    }
}
