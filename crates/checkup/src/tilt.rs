//! Tilt: lines of writing, rules of tables and edges of paper lie along two directions that are square to each other; which two, a vote tells.

use crate::plane::Plane;

/// Below this an eye does not mind and a page is not worth taking again.
const ASKEW: usize = 9;
/// Edges that climb less are grain.
const STEEP: i32 = 96;
/// An edge votes for the directions within so many degrees of its own.
const SPREAD: i32 = 3;
/// Fewer edges say nothing.
const LEAST: usize = 400;
/// The winner must have so many times what the level directions have.
const CLEAR: f64 = 1.25;
/// And so many times what the middle one has.
const PEAK: f64 = 1.7;

/// By how many degrees the picture is askew, when it clearly is; a quarter turn is none.
pub(crate) fn degrees(plane: &Plane) -> Option<u8> {
    let plane = plane.smoothed();
    let votes = votes(&plane)?;
    let around = |at: usize| votes[(at + 89) % 90] + votes[at] + votes[(at + 1) % 90];
    let best = (0..90).max_by(|a, b| around(*a).total_cmp(&around(*b)))?;
    let level = (0..=5).chain(85..90).map(around).fold(0.0, f64::max);
    let mut sorted: Vec<f64> = (0..90).map(around).collect();
    sorted.sort_by(f64::total_cmp);
    let tilt = best.min(90 - best);
    (tilt >= ASKEW && around(best) >= level * CLEAR && around(best) >= sorted[45] * PEAK).then_some(tilt as u8)
}

/// For each degree of a quarter turn, how much lies on common lines of that direction.
fn votes(plane: &Plane) -> Option<[f64; 90]> {
    let reach = plane.width + plane.height;
    let mut lines = vec![0_u32; 180 * 2 * reach];
    let turns: Vec<(f32, f32)> = (0..180).map(|degree| (degree as f32).to_radians().sin_cos()).collect();
    let mut edges = 0;
    for y in 1..plane.height - 1 {
        for x in 1..plane.width - 1 {
            let at = |dx: usize, dy: usize| plane.at(x + dx - 1, y + dy - 1);
            let across = 3 * (at(2, 0) - at(0, 0)) + 10 * (at(2, 1) - at(0, 1)) + 3 * (at(2, 2) - at(0, 2));
            let down = 3 * (at(0, 2) - at(0, 0)) + 10 * (at(1, 2) - at(1, 0)) + 3 * (at(2, 2) - at(2, 0));
            if across.abs() + down.abs() < STEEP * 4 {
                continue;
            }
            edges += 1;
            let direction = (down as f32).atan2(across as f32).to_degrees().round() as i32;
            for degree in direction - SPREAD..=direction + SPREAD {
                let degree = degree.rem_euclid(180) as usize;
                let (sin, cos) = turns[degree];
                let along = (x as f32 * cos + y as f32 * sin).round() as isize + reach as isize;
                lines[degree * 2 * reach + (along.max(0) as usize).min(2 * reach - 1)] += 1;
            }
        }
    }
    if edges < LEAST {
        return None;
    }
    let weight = |degree: usize| -> f64 {
        lines[degree * 2 * reach..(degree + 1) * 2 * reach].iter().map(|count| f64::from(*count).powi(2)).sum()
    };
    Some(std::array::from_fn(|degree| weight(degree) + weight(degree + 90)))
}
