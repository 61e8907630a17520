//! What an inspection may take, and how small a picture is decoded so that it stays within it.
//!
//! The reckoning, in bytes besides the upload itself. While decoding there are the decoded pixels and what the decoder keeps
//! beside them (coefficients of a progressive JPEG; for a PNG the stream without its texts, and rows); then the decoded
//! pixels and what is drawn of them; then only that and its encoding. The first two are reckoned from the headers before
//! anything is decoded, the third is always smaller. `memory.rs` among the tests measures it.

use domain::fault::Fault;
use studio::LONG_SIDE;

/// Bytes that one inspection may take besides the upload: together with it and with what a request needs they stay below
/// 64 MiB, which `hostile_files_do_not_eat_the_memory` measures on the real program.
const MOST: u64 = 40 << 20;
/// Of these, what small things take: tables, rows, the encoder.
const SMALL_THINGS: u64 = 1 << 20;

/// A JPEG cannot be longer; for others it keeps a row small.
const LONGEST: u32 = 65_535;

/// Refuses what has more pixels than may be, or none.
pub(super) fn measure(width: u32, height: u32, max_megapixels: u32) -> Result<(), Fault> {
    let count = u64::from(width) * u64::from(height);
    if count == 0 {
        return Err(Fault::FileDamaged);
    }
    if width.max(height) > LONGEST || count > u64::from(max_megapixels) * 1_000_000 {
        return Err(Fault::FilePixels(max_megapixels));
    }
    Ok(())
}

/// What must be left of a picture: pixels of its long and of its short side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub long: u32,
    pub short: u32,
}

impl Wanted {
    /// Nothing that is shown or made is longer. Of a photograph a part is cut out, so that its short side counts as well;
    /// twice the pixels of the province's measure are plenty.
    pub(super) fn for_portrait(rules: Option<&studio::Rules>) -> Self {
        Self { long: LONG_SIDE, short: rules.map_or(1, |rules| 2 * rules.width.max(rules.height)) }
    }

    /// Whether a picture that has shrunk to these measures from those is still large enough.
    pub(super) fn is_met(self, from: (u32, u32), to: (u32, u32)) -> bool {
        let sides = |(width, height): (u32, u32)| (width.max(height), width.min(height));
        let ((long, short), (new_long, new_short)) = (sides(from), sides(to));
        new_long >= self.long.min(long) && new_short >= self.short.min(short)
    }
}

/// Whether an inspection that takes so much for its decoded pixels, and `beside` them while decoding, stays within bounds.
pub(super) fn fits(decoded: u64, beside: u64) -> bool {
    let view = u64::from(LONG_SIDE) * u64::from(LONG_SIDE) * 3;
    decoded.saturating_add(beside.max(view)) <= MOST - SMALL_THINGS
}
