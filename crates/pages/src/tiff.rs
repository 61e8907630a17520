//! The pages of a TIFF (6.0, section 2): each directory names the next, and the header names the first.

/// More are no paper; a ring of directories would have no end.
const MOST: usize = 1000;

pub(crate) fn is_tiff(bytes: &[u8]) -> bool {
    matches!(bytes, [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..])
}

/// Where the directories lie.
pub(crate) fn pages(bytes: &[u8]) -> Vec<u32> {
    let mut found = Vec::new();
    let mut next = number(bytes, 4, 4);
    while let Some(at) = next.filter(|at| *at != 0 && !found.contains(at) && found.len() < MOST) {
        let Some(entries) = number(bytes, at as usize, 2) else { break };
        found.push(at);
        next = number(bytes, at as usize + 2 + 12 * entries as usize, 4);
    }
    found
}

/// Makes a directory the first, so that a decoder that reads one page reads this one.
pub(crate) fn begin_with(bytes: &mut [u8], directory: u32) {
    let number = if bytes[0] == b'I' { directory.to_le_bytes() } else { directory.to_be_bytes() };
    bytes[4..8].copy_from_slice(&number);
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    let add = |number: u32, digit: &u8| number << 8 | u32::from(*digit);
    Some(if bytes[0] == b'I' { digits.iter().rev().fold(0, add) } else { digits.iter().fold(0, add) })
}
