//! The colour behind the person.

use crate::pixels::{Pixels, Rect};
use crate::scale::{scale, within};

/// So many hundredths of what is looked at must have one colour.
const MAJORITY: usize = 85;
/// Large enough to see a colour, small enough to average noise away.
const THUMBNAIL: u32 = 200;

/// The colours that provinces ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Background {
    Red,
    Blue,
    White,
}

impl Background {
    pub const ALL: [Self; 3] = [Self::Red, Self::Blue, Self::White];

    /// The word in profiles and pages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Blue => "blue",
            Self::White => "white",
        }
    }

    /// The colour of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|background| background.as_str() == name)
    }

    fn of([r, g, b]: [u8; 3]) -> Option<Self> {
        let [r, g, b] = [r, g, b].map(f32::from);
        let (value, least) = (r.max(g).max(b), r.min(g).min(b));
        let range = value - least;
        let saturation = if value > 0.0 { range / value } else { 0.0 };
        if saturation < 0.12 {
            return (value > 200.0).then_some(Self::White);
        }
        let hue = match () {
            () if value == r => 60.0 * ((g - b) / range),
            () if value == g => 60.0 * ((b - r) / range) + 120.0,
            () => 60.0 * ((r - g) / range) + 240.0,
        };
        let hue = if hue < 0.0 { hue + 360.0 } else { hue };
        match hue {
            _ if value < 60.0 => None,
            0.0..20.0 | 340.0.. if saturation > 0.45 => Some(Self::Red),
            190.0..250.0 if saturation > 0.25 => Some(Self::Blue),
            _ => None,
        }
    }
}

/// The colour of the band above and of the upper bands at both sides; `None` for any other colour, and for a motley.
pub(crate) fn measure(source: &dyn Pixels, part: Rect) -> Option<Background> {
    let (width, height) = within(part.width, part.height, THUMBNAIL);
    let small = scale(source, part, width, height);
    let (band, side, upper) = ((height / 10).max(1), (width * 12 / 100).max(1), (height * 2 / 5).max(1));
    let is_behind = |x: u32, y: u32| y < band || y < upper && (x < side || x >= width - side);
    let mut counts = [0_usize; 3];
    let mut all = 0;
    for (x, y) in (0..upper).flat_map(|y| (0..width).map(move |x| (x, y))).filter(|(x, y)| is_behind(*x, *y)) {
        all += 1;
        if let Some(colour) = Background::of(small.at(x, y)) {
            counts[colour as usize] += 1;
        }
    }
    Background::ALL.into_iter().find(|colour| counts[*colour as usize] * 100 >= all * MAJORITY)
}
