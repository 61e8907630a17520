//! Size and quality for the province's window of bytes.

use crate::pixels::{Picture, Pixels};
use crate::scale::scale;
use crate::verdict::{Flaw, Rules};

/// What a picture has when nothing speaks against it.
const BEST: u8 = 92;
/// Rather fewer pixels than less quality than this.
const GOOD: u8 = 80;
/// Below this a face is no longer a face.
const WORST: u8 = 30;
/// Measures that are tried, in hundredths of the province's: no more than twice as many pixels a side as asked.
const SIZES: [u32; 4] = [200, 160, 130, 100];

/// A finished file and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub width: u32,
    pub height: u32,
    pub quality: u8,
    pub bytes: Vec<u8>,
}

/// Finds measures and quality with which the part fits between the bounds. `part` has the proportion of the rules and at least their
/// pixels; `encode` makes a file of a picture, the larger the higher the quality (1 to 100).
///
/// # Errors
/// `Heavy` or `Light`, when no quality reaches the upper or the lower bound; nothing is ever enlarged or filled up.
pub fn make(part: &Picture, rules: &Rules, encode: &mut dyn FnMut(&Picture, u8) -> Vec<u8>) -> Result<Made, Flaw> {
    let (mut made, picture) = lightest(part, rules, encode)?;
    let (min, max) = (rules.min_bytes as usize, rules.max_bytes as usize);
    if made.bytes.len() < min {
        made = heavier(&picture, rules, encode);
    }
    // Still too light: more of the pixels that are there.
    if made.bytes.len() < min && (picture.width, picture.height) != (part.width, part.height) {
        made = heavier(part, rules, encode);
    }
    match made.bytes.len() {
        bytes if bytes < min => Err(Flaw::Light { min_bytes: rules.min_bytes, bytes: count(bytes) }),
        bytes if bytes > max => Err(Flaw::Heavy { max_bytes: rules.max_bytes, bytes: count(bytes) }),
        _ => Ok(made),
    }
}

fn count(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// The largest of the usual measures whose file is below the upper bound in good quality; in the smallest, in any quality.
fn lightest(part: &Picture, rules: &Rules, encode: &mut dyn FnMut(&Picture, u8) -> Vec<u8>) -> Result<(Made, Picture), Flaw> {
    let max = rules.max_bytes as usize;
    let mut sizes: Vec<(u32, u32)> = SIZES
        .iter()
        .map(|percent| ((rules.width * percent).div_ceil(100), (rules.height * percent).div_ceil(100)))
        .filter(|(width, height)| *width <= part.width && *height <= part.height)
        .collect();
    // Between two of them, all that is there.
    if sizes.first().is_none_or(|first| *first != (rules.width * 2, rules.height * 2)) {
        sizes.insert(0, (part.width, part.height));
    }
    let last = sizes.len() - 1;
    for (n, (width, height)) in sizes.into_iter().enumerate() {
        let picture = scale(part, part.whole(), width, height);
        let worst = if n == last { WORST } else { GOOD };
        if let Some(made) = best_below(&picture, worst, max, encode) {
            return Ok((made, picture));
        }
        if n == last {
            let bytes = encode(&picture, WORST).len();
            return Err(Flaw::Heavy { max_bytes: rules.max_bytes, bytes: count(bytes) });
        }
    }
    Err(Flaw::Heavy { max_bytes: rules.max_bytes, bytes: rules.max_bytes })
}

/// The best quality, at least `worst`, whose file is at most `max` bytes.
fn best_below(picture: &Picture, worst: u8, max: usize, encode: &mut dyn FnMut(&Picture, u8) -> Vec<u8>) -> Option<Made> {
    let mut at = |quality| Made { width: picture.width, height: picture.height, quality, bytes: encode(picture, quality) };
    let mut found = at(worst);
    if found.bytes.len() > max {
        return None;
    }
    let (mut low, mut high) = (worst, BEST + 1);
    let mut next = BEST;
    while low + 1 < high {
        let made = at(next);
        if made.bytes.len() <= max {
            (low, found) = (next, made);
        } else {
            high = next;
        }
        next = low.midpoint(high);
    }
    Some(found)
}

/// The lowest quality above the usual whose file is at least the lower bound, or the heaviest that there is.
fn heavier(picture: &Picture, rules: &Rules, encode: &mut dyn FnMut(&Picture, u8) -> Vec<u8>) -> Made {
    let mut at = |quality| Made { width: picture.width, height: picture.height, quality, bytes: encode(picture, quality) };
    let mut found = at(100);
    let (mut low, mut high) = (GOOD - 1, 100);
    while found.bytes.len() >= rules.min_bytes as usize && low + 1 < high {
        let next = low.midpoint(high);
        let made = at(next);
        if made.bytes.len() >= rules.min_bytes as usize {
            (high, found) = (next, made);
        } else {
            low = next;
        }
    }
    found
}
