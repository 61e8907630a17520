//! What a file says of itself.

/// Of the file that was chosen: measures in pixels as it lies there, and whether it says that a camera took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub width: u32,
    pub height: u32,
    pub is_from_camera: bool,
}

/// Maker, model and exposure time: what cameras write and screenshots do not.
const MAKER: u16 = 0x010F;
const MODEL: u16 = 0x0110;

/// Whether the head of a JPEG names a camera. Whatever cannot be read says that it does not.
#[must_use]
pub fn is_from_camera(head: &[u8]) -> bool {
    camera(head).unwrap_or(false)
}

fn camera(head: &[u8]) -> Option<bool> {
    let mut rest = head.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let [0xFF, marker, high, low, ..] = *rest else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length)?;
        if marker == 0xE1
            && let Some(exif) = segment.strip_prefix(b"Exif\0\0")
        {
            return names_camera(exif);
        }
        // The picture itself begins.
        if marker == 0xDA {
            return None;
        }
        rest = rest.get(2 + length..)?;
    }
}

/// Looks through the first directory.
fn names_camera(exif: &[u8]) -> Option<bool> {
    let is_little = exif.starts_with(b"II");
    let short = |at: usize| {
        let two = [*exif.get(at)?, *exif.get(at + 1)?];
        Some(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| {
        let (one, two) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if is_little { two << 16 | one } else { one << 16 | two })
    };
    let start = long(4)?;
    let count = usize::from(short(start)?);
    Some((0..count).any(|n| short(start + 2 + n * 12).is_some_and(|tag| tag == MAKER || tag == MODEL)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(exif: &[u8]) -> Vec<u8> {
        let length = u16::try_from(exif.len() + 8).unwrap_or(0).to_be_bytes();
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xE1, length[0], length[1]];
        bytes.extend_from_slice(b"Exif\0\0");
        bytes.extend_from_slice(exif);
        bytes.extend_from_slice(&[0xFF, 0xDA, 0, 4, 0, 0]);
        bytes
    }

    #[test]
    fn a_camera_is_known_by_its_maker_in_both_orders_of_bytes() {
        let little = [b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x0F, 0x01, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        let big = [b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x10, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0];
        assert!(is_from_camera(&jpeg(&little)) && is_from_camera(&jpeg(&big)));
    }

    #[test]
    fn a_file_that_names_none_or_is_cut_off_is_of_no_camera() {
        let turned = [b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
        let whole = jpeg(&turned);
        assert!(!is_from_camera(&whole) && !is_from_camera(b"\x89PNG") && !is_from_camera(&[]));
        let little = [b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x0F, 0x01, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        let whole = jpeg(&little);
        assert!((0..whole.len() - 28).all(|length| !is_from_camera(&whole[..length])));
    }
}
