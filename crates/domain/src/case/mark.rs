//! What a reviewer rings round on a picture: a rectangle in thousandths of the picture, however large that is shown.

use serde::{Deserialize, Serialize};

/// The side of a picture.
const WHOLE: u16 = 1000;
/// What is smaller was a click and no rectangle.
const SMALLEST: u16 = 5;
/// How far an arrow key moves it.
const STEP: i16 = 20;

/// A rectangle on one of the pictures of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The slot of the picture.
    pub slot: String,
    /// Which of the pictures in the slot, from 0.
    pub nth: usize,
    /// Thousandths from the left edge.
    pub left: u16,
    /// Thousandths from the upper edge.
    pub top: u16,
    /// In thousandths of the picture's width.
    pub width: u16,
    /// In thousandths of the picture's height.
    pub height: u16,
}

impl Mark {
    /// A rectangle that lies within the picture and is large enough to be seen.
    #[must_use]
    pub fn new(slot: &str, nth: usize, [left, top, width, height]: [u16; 4]) -> Option<Self> {
        let fits = |from: u16, length: u16| length >= SMALLEST && from <= WHOLE && length <= WHOLE - from;
        let is_within = fits(left, width) && fits(top, height);
        (is_within && !slot.is_empty()).then(|| Self { slot: slot.to_owned(), nth, left, top, width, height })
    }

    /// The rectangle between two points in fractions of the picture; what lies outside of it counts as its edge.
    #[must_use]
    pub fn between(slot: &str, nth: usize, one: (f64, f64), other: (f64, f64)) -> Option<Self> {
        let side = f64::from(WHOLE);
        // Never negative and never above a thousand.
        let at = |fraction: f64| (fraction.clamp(0.0, 1.0) * side).round() as u16;
        let (x, y) = ((at(one.0), at(other.0)), (at(one.1), at(other.1)));
        let (left, top) = (x.0.min(x.1), y.0.min(y.1));
        Self::new(slot, nth, [left, top, x.0.max(x.1) - left, y.0.max(y.1) - top])
    }

    /// The middle of a picture, from where the keys move it.
    #[must_use]
    pub fn middle(slot: &str, nth: usize) -> Option<Self> {
        Self::new(slot, nth, [350, 400, 300, 200])
    }

    /// Moved by so many steps, or made so much larger; at the edges of the picture it stays.
    #[must_use]
    pub fn stepped(&self, (right, down): (i16, i16), is_size: bool) -> Self {
        let add = |value: u16, steps: i16| value.saturating_add_signed(steps * STEP);
        let mut to = self.clone();
        if is_size {
            to.width = add(self.width, right).clamp(SMALLEST, WHOLE - self.left);
            to.height = add(self.height, down).clamp(SMALLEST, WHOLE - self.top);
        } else {
            to.left = add(self.left, right).min(WHOLE - self.width);
            to.top = add(self.top, down).min(WHOLE - self.height);
        }
        to
    }

    /// As a form sends it and a row keeps it: `employer_proof 0 120 300 250 80`.
    #[must_use]
    pub fn code(&self) -> String {
        let Self { slot, nth, left, top, width, height } = self;
        format!("{slot} {nth} {left} {top} {width} {height}")
    }

    /// What [`Self::code`] wrote; `None` for everything else.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let parts: Vec<&str> = code.split(' ').collect();
        let [slot, nth, left, top, width, height] = parts.as_slice() else { return None };
        let number = |text: &str| text.parse().ok();
        Self::new(slot, nth.parse().ok()?, [number(left)?, number(top)?, number(width)?, number(height)?])
    }

    /// The outline on a picture of this size, as the path of a drawing.
    #[must_use]
    pub fn outline(&self, (width, height): (u32, u32)) -> String {
        let of = |part: u16, whole: u32| u32::from(part) * whole / u32::from(WHOLE);
        let (left, top) = (of(self.left, width), of(self.top, height));
        let (right, down) = (of(self.width, width), of(self.height, height));
        format!("M{left} {top}h{right}v{down}h-{right}z")
    }
}

/// Where a point of the screen lies on a picture, in fractions of it. The picture, of the size `picture`, is shown whole and as large
/// as fits in the middle of a box that is turned clockwise by quarters and then stands at (left, top, width, height).
#[must_use]
pub fn place_on(picture: (f64, f64), stands: [f64; 4], quarters: u8, at: (f64, f64)) -> (f64, f64) {
    let [left, top, width, height] = stands;
    let (mut x, mut y) = (at.0 - left - width / 2.0, at.1 - top - height / 2.0);
    let (mut across, mut upright) = (width, height);
    for _ in 0..quarters % 4 {
        (x, y) = (y, -x);
        (across, upright) = (upright, across);
    }
    let scale = (across / picture.0).min(upright / picture.1);
    (x / (picture.0 * scale) + 0.5, y / (picture.1 * scale) + 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_lies_within_its_picture() {
        let mark = Mark::between("photo", 1, (0.4, 0.9), (0.1, 1.7)).unwrap();
        assert_eq!((mark.left, mark.top, mark.width, mark.height), (100, 900, 300, 100));
        assert_eq!(Mark::parse(&mark.code()), Some(mark));
        assert_eq!(Mark::between("photo", 0, (0.5, 0.5), (0.501, 0.501)), None, "a click");
        for wrong in
            ["", "photo", "photo 0 900 0 200 100", "photo 0 0 0 0 0", "photo -1 0 0 9 9", "photo 0 0 0 9.5 9", " 0 0 0 9 9"]
        {
            assert_eq!(Mark::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn keys_move_it_as_far_as_the_edge() {
        let middle = Mark::middle("photo", 0).unwrap();
        let far = (0..99).fold(middle.clone(), |mark, _| mark.stepped((1, -1), false));
        assert_eq!((far.left, far.top, far.width, far.height), (700, 0, 300, 200));
        let large = (0..99).fold(middle, |mark, _| mark.stepped((1, 1), true));
        assert_eq!((large.width, large.height), (650, 600));
        assert!(Mark::parse(&large.code()).is_some());
    }

    #[test]
    fn a_point_is_found_on_a_picture_that_is_turned() {
        // Twice as wide as high, in a square of 200: 100 high, with 50 above and below.
        let at = |quarters, x, y| place_on((400.0, 200.0), [10.0, 10.0, 200.0, 200.0], quarters, (x, y));
        assert_eq!(at(0, 10.0, 60.0), (0.0, 0.0));
        assert_eq!(at(0, 210.0, 160.0), (1.0, 1.0));
        assert_eq!(at(1, 160.0, 10.0), (0.0, 0.0), "turned clockwise its upper left corner is at the upper right");
        assert_eq!(at(2, 210.0, 160.0), (0.0, 0.0));
        assert_eq!(at(3, 60.0, 210.0), (0.0, 0.0));
    }
}
