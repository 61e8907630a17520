//! The white border of a scanned or framed photograph.

use crate::pixels::{Pixels, Rect};

const WHITE: u8 = 245;
/// So many hundredths of a row or column must be white.
const SHARE: u32 = 97;
/// One light row is what compression makes of an edge.
const THIN: u32 = 2;
/// What lies this many pixels further in tells a border from a background that is white itself.
const INSIDE: u32 = 3;

/// How many white rows and columns there are on each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Border {
    pub left: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
}

impl Border {
    /// Whether there is one.
    #[must_use]
    pub fn is_there(self) -> bool {
        self != Self::default()
    }

    /// What remains of a part when the border is cut off.
    #[must_use]
    pub fn cut(self, part: Rect) -> Rect {
        Rect {
            x: part.x + self.left,
            y: part.y + self.top,
            width: part.width - self.left - self.right,
            height: part.height - self.top - self.bottom,
        }
    }
}

fn is_white([r, g, b]: [u8; 3]) -> bool {
    r >= WHITE && g >= WHITE && b >= WHITE
}

fn is_row_white(source: &dyn Pixels, part: Rect, y: u32) -> bool {
    let white = (part.x..part.x + part.width).filter(|x| is_white(source.at(*x, y))).count();
    white as u64 * 100 > u64::from(part.width) * u64::from(SHARE)
}

fn is_column_white(source: &dyn Pixels, part: Rect, x: u32) -> bool {
    let white = (part.y..part.y + part.height).filter(|y| is_white(source.at(x, *y))).count();
    white as u64 * 100 > u64::from(part.height) * u64::from(SHARE)
}

/// The border of a part. A white background cannot be told from a border, so a picture with one has none.
pub(crate) fn find(source: &dyn Pixels, part: Rect) -> Border {
    let count = |rows: &mut dyn Iterator<Item = bool>| {
        let count = rows.take_while(|is_white| *is_white).count() as u32;
        if count < THIN { 0 } else { count }
    };
    let (right, bottom) = (part.x + part.width, part.y + part.height);
    let top = count(&mut (part.y..bottom).map(|y| is_row_white(source, part, y)));
    let below = count(&mut (part.y..bottom).rev().map(|y| is_row_white(source, part, y)));
    // A blank sheet, or a thing that lies on a sheet: no frame around a photograph.
    if (top + below) * 2 >= part.height {
        return Border::default();
    }
    let rows = Rect { y: part.y + top, height: part.height - top - below, ..part };
    let left = count(&mut (part.x..right).map(|x| is_column_white(source, rows, x)));
    let after = count(&mut (part.x..right).rev().map(|x| is_column_white(source, rows, x)));
    let border = Border { left, top, right: after, bottom: below };
    // A white shirt that fills the lower edge is no border.
    let is_only_below = left + top + after == 0;
    if (left + after) * 2 >= part.width || is_only_below || is_white_within(source, border, part) {
        return Border::default();
    }
    border
}

/// Whether most of what lies just inside is white as well.
fn is_white_within(source: &dyn Pixels, border: Border, part: Rect) -> bool {
    let inner = border.cut(part);
    if inner.width <= 2 * INSIDE || inner.height <= 2 * INSIDE {
        return true;
    }
    // The clothes begin in the lower half.
    let sides = inner.y + INSIDE..inner.y + inner.height / 2;
    let mut places = Vec::new();
    if border.top > 0 {
        places.extend((inner.x + INSIDE..inner.x + inner.width - INSIDE).map(|x| (x, inner.y + INSIDE)));
    }
    if border.left > 0 {
        places.extend(sides.clone().map(|y| (inner.x + INSIDE, y)));
    }
    if border.right > 0 {
        places.extend(sides.map(|y| (inner.x + inner.width - 1 - INSIDE, y)));
    }
    let white = places.iter().filter(|(x, y)| source.at(*x, *y).iter().all(|value| *value >= 235)).count();
    white * 2 >= places.len()
}
