//! Parts in a proportion.

use crate::pixels::Rect;

/// Whether width and height have the proportion of `to`, give or take one hundredth.
#[must_use]
pub fn has_proportion((width, height): (u32, u32), to: (u32, u32)) -> bool {
    let (one, other) = (u64::from(width) * u64::from(to.1), u64::from(height) * u64::from(to.0));
    one.abs_diff(other) * 100 <= one
}

/// The largest part in a proportion: in the middle, and rather above, where the head is.
#[must_use]
pub fn largest(inside: Rect, (width, height): (u32, u32)) -> Rect {
    let part =
        |side: u32, by: u32, of: u32| ((2 * u64::from(side) * u64::from(by) + u64::from(of)) / (2 * u64::from(of).max(1))) as u32;
    if u64::from(inside.width) * u64::from(height) > u64::from(inside.height) * u64::from(width) {
        let narrow = part(inside.height, width, height).clamp(1, inside.width);
        Rect { x: inside.x + (inside.width - narrow) / 2, width: narrow, ..inside }
    } else {
        let low = part(inside.width, height, width).clamp(1, inside.height);
        Rect { y: inside.y + (inside.height - low) / 4, height: low, ..inside }
    }
}
