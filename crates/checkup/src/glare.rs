//! Reflection: a spot that is burnt out while the paper around it is not, and that fades into it. A white field that was printed has
//! sharp edges, and a white scan is burnt out everywhere.

use studio::Picture;

use crate::plane::{Plane, quantile};

/// All three colours at least so light.
const BURNT: u8 = 250;
/// Paper that is as light as this leaves nothing to see of a spot.
const WHITE: i32 = 243;
/// Hundredths of the picture that a spot covers: smaller hides nothing, larger is the light of the room.
const LEAST: f64 = 0.35;
const MOST: f64 = 22.0;
/// So large a part of its rim must fade.
const FADES: f64 = 0.6;
/// Just outside the rim, the paper is lighter than elsewhere by so many hundredths of what is left to white.
const FADED: i32 = 25;
/// A shorter rim says nothing.
const LEAST_RIM: usize = 6;

pub(crate) fn is_there(small: &Picture) -> bool {
    let plane = Plane::of(small);
    let (width, height) = (plane.width, plane.height);
    let burnt: Vec<bool> = small.rgb.chunks_exact(3).map(|pixel| pixel.iter().all(|value| *value >= BURNT)).collect();
    let all = (width * height) as f64;
    let paper = paper(&plane, &burnt);
    if paper >= WHITE {
        return false;
    }
    spots(&burnt, width, height).into_iter().any(|spot| {
        let share = spot.len() as f64 * 100.0 / all;
        (LEAST..MOST).contains(&share) && is_compact(&spot, width) && does_fade(&plane, &burnt, &spot, paper)
    })
}

/// The connected parts of a mask, as places row by row.
pub(crate) fn spots(mask: &[bool], width: usize, height: usize) -> Vec<Vec<usize>> {
    let mut left = mask.to_vec();
    let mut spots = Vec::new();
    for start in 0..mask.len() {
        if !left[start] {
            continue;
        }
        left[start] = false;
        let mut spot = vec![start];
        let mut next = 0;
        while next < spot.len() {
            let at = spot[next];
            next += 1;
            let (x, y) = (at % width, at / width);
            let beside = [
                (x > 0, at.wrapping_sub(1)),
                (x + 1 < width, at + 1),
                (y > 0, at.wrapping_sub(width)),
                (y + 1 < height, at + width),
            ];
            for (is_inside, other) in beside {
                if is_inside && left[other] {
                    left[other] = false;
                    spot.push(other);
                }
            }
        }
        spots.push(spot);
    }
    spots
}

/// Left, top, right and bottom of a spot, all inside it.
pub(crate) fn bounds(spot: &[usize], width: usize) -> [usize; 4] {
    spot.iter().fold([usize::MAX, usize::MAX, 0, 0], |[left, top, right, bottom], at| {
        let (x, y) = (at % width, at / width);
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    })
}

fn is_compact(spot: &[usize], width: usize) -> bool {
    let [left, top, right, bottom] = bounds(spot, width);
    spot.len() * 100 >= (right - left + 1) * (bottom - top + 1) * 30
}

/// How light the paper is where it is not burnt out: the middle of what is not ink.
fn paper(plane: &Plane, burnt: &[bool]) -> i32 {
    let ink = i32::from(plane.quantile(0.9)) * 6 / 10;
    let mut counts = [0_usize; 256];
    for (value, _) in plane.luma.iter().zip(burnt).filter(|(value, burnt)| !**burnt && i32::from(**value) > ink) {
        counts[usize::from(*value)] += 1;
    }
    quantile(&counts, 0.5) as i32
}

/// Whether the paper grows lighter towards the spot. Looked at from its middle outwards; what is burnt out again behind the rim is
/// writing inside the spot.
fn does_fade(plane: &Plane, burnt: &[bool], spot: &[usize], paper: i32) -> bool {
    let [left, top, right, bottom] = bounds(spot, plane.width);
    let (middle_x, middle_y) = ((left + right) as f64 / 2.0, (top + bottom) as f64 / 2.0);
    let is_burnt = |x: usize, y: usize| burnt[y * plane.width + x];
    let (mut rim, mut fading) = (0_usize, 0_usize);
    for at in spot {
        let (x, y) = (at % plane.width, at / plane.width);
        let is_inside = x > 0 && y > 0 && x + 1 < plane.width && y + 1 < plane.height;
        if !is_inside || is_burnt(x - 1, y) && is_burnt(x + 1, y) && is_burnt(x, y - 1) && is_burnt(x, y + 1) {
            continue;
        }
        let (dx, dy) = (x as f64 - middle_x, y as f64 - middle_y);
        let away = dx.hypot(dy).max(1.0);
        // The lightest of a few pixels is paper, not ink.
        let behind = (3..6).filter_map(|far| {
            let step = |at: usize, by: f64| usize::try_from((at as f64 + by / away * f64::from(far)).round() as i64).ok();
            let (x, y) = (step(x, dx)?, step(y, dy)?);
            (x < plane.width && y < plane.height).then(|| if is_burnt(x, y) { i32::MAX } else { plane.at(x, y) })
        });
        if let Some(near) = behind.max().filter(|near| *near < i32::MAX) {
            rim += 1;
            fading += usize::from(near >= paper + (255 - paper) * FADED / 100);
        }
    }
    rim >= LEAST_RIM && fading as f64 >= rim as f64 * FADES
}
