//! Pictures of a screen's contents: no camera took them, they have the measures of a screen, and rows that are perfectly even.

use crate::facts::Facts;
use crate::plane::Plane;

/// Screens, the shorter side first.
const SCREENS: [(u32, u32); 34] = [
    (640, 1136),
    (720, 1280),
    (720, 1520),
    (720, 1560),
    (720, 1600),
    (720, 1612),
    (750, 1334),
    (828, 1792),
    (1080, 1920),
    (1080, 2160),
    (1080, 2220),
    (1080, 2280),
    (1080, 2340),
    (1080, 2376),
    (1080, 2400),
    (1080, 2412),
    (1080, 2460),
    (1125, 2436),
    (1170, 2532),
    (1179, 2556),
    (1206, 2622),
    (1220, 2712),
    (1242, 2208),
    (1242, 2688),
    (1284, 2778),
    (1290, 2796),
    (1320, 2868),
    (1440, 3200),
    (768, 1366),
    (864, 1536),
    (900, 1440),
    (900, 1600),
    (1440, 2560),
    (1600, 2560),
];
/// A row is even when so large a part of it has one lightness.
const EVEN: f64 = 0.995;
/// A row of a status bar is even but for a clock and a few signs.
const NEARLY: f64 = 0.6;

pub(crate) fn is_screenshot(sharp: &Plane, facts: &Facts) -> bool {
    if facts.is_from_camera || !(is_screen(facts) || is_tall(facts)) {
        return false;
    }
    let even: Vec<f64> = (0..sharp.height).map(|y| evenness(sharp.row(y))).collect();
    let share = |rows: &[f64]| rows.iter().filter(|even| **even >= EVEN).count() as f64 / rows.len().max(1) as f64;
    let (twelfth, half) = (sharp.height / 12, sharp.height / 2);
    let has_bars = share(&even[..twelfth]) > 0.95 && share(&even[sharp.height - twelfth..]) > 0.95;
    let has_letterbox = has_bars && [0, sharp.height - 1].iter().all(|y| middle(sharp.row(*y)) < 40);
    has_letterbox || has_status_bar(sharp, &even) && share(&even[..half]) + share(&even[half..]) > 0.06
}

/// Exactly as many pixels as a screen has.
fn is_screen(facts: &Facts) -> bool {
    SCREENS.contains(&(facts.width.min(facts.height), facts.width.max(facts.height)))
}

/// As long for its breadth as telephones are and neither papers nor cameras.
fn is_tall(facts: &Facts) -> bool {
    let (short, long) = (f64::from(facts.width.min(facts.height).max(1)), f64::from(facts.width.max(facts.height)));
    facts.height > facts.width && (1.9..2.4).contains(&(long / short))
}

fn middle(row: &[u8]) -> u8 {
    let mut counts = [0_usize; 256];
    row.iter().for_each(|value| counts[usize::from(*value)] += 1);
    crate::plane::quantile(&counts, 0.5) as u8
}

/// The part of a row that is exactly as light as most of it.
fn evenness(row: &[u8]) -> f64 {
    let middle = middle(row);
    row.iter().filter(|value| value.abs_diff(middle) <= 2).count() as f64 / row.len().max(1) as f64
}

/// Clock at one end, signs at the other, nothing between them, on an even ground.
fn has_status_bar(sharp: &Plane, even: &[f64]) -> bool {
    let bar = sharp.height / 14;
    if bar < 4 || even[..bar].iter().any(|even| *even < NEARLY) {
        return false;
    }
    let ground = middle(sharp.row(0));
    let third = sharp.width / 3;
    let (mut left, mut centre, mut right) = (0_usize, 0_usize, 0_usize);
    // A title may follow below; a status bar has nothing in its middle.
    let rows = (0..bar).take_while(|y| middle(sharp.row(*y)).abs_diff(ground) <= 3);
    for y in rows.take(sharp.height / 28) {
        let signs = |part: &[u8]| part.iter().filter(|value| value.abs_diff(ground) > 50).count();
        let row = sharp.row(y);
        left += signs(&row[..third]);
        centre += signs(&row[third..2 * third]);
        right += signs(&row[2 * third..]);
    }
    left > 8 && right > 8 && centre * 8 < left.min(right)
}
