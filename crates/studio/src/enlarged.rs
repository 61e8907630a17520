//! Telling that a picture has more pixels than it ever had details. Nobody is accused for a soft lens: only when every
//! edge is as wide as enlarging four times makes it, or when pixels stand in equal groups, is it said.

use crate::pixels::{Pixels, Rect};
use crate::scale::scale;

/// An edge has at least this contrast; below, noise and compression have too much say.
const CONTRAST: i32 = 80;
/// The pixels before and after that an edge is looked at over.
const REACH: usize = 3;
/// Fewer edges say nothing.
const EDGES: usize = 200;
/// The steepest step of an edge, in hundredths of its contrast; the sharpest twentieth of the edges must stay below it.
const SOFT: usize = 27;

pub(crate) fn is_enlarged(source: &dyn Pixels, part: Rect, least: (u32, u32)) -> bool {
    is_repeated(source, part) || is_soft(source, part, least)
}

/// Whether even the sharpest edges are wide when the part has no more pixels than are asked for.
fn is_soft(source: &dyn Pixels, part: Rect, least: (u32, u32)) -> bool {
    let small = scale(source, part, least.0, least.1);
    let mut steps = [0_usize; 101];
    for y in 0..small.height {
        let row: Vec<i32> = (0..small.width).map(|x| small.luma(x, y)).collect();
        count_edges(&row, &mut steps);
    }
    for x in 0..small.width {
        let column: Vec<i32> = (0..small.height).map(|y| small.luma(x, y)).collect();
        count_edges(&column, &mut steps);
    }
    let all: usize = steps.iter().sum();
    let sharp: usize = steps[SOFT..].iter().sum();
    all >= EDGES && sharp * 20 < all
}

fn count_edges(line: &[i32], steps: &mut [usize; 101]) {
    for window in line.windows(2 * REACH + 2) {
        let contrast = (window[window.len() - 1] - window[0]).abs();
        if contrast >= CONTRAST {
            let step = |at: usize| (window[at + 1] - window[at]).abs();
            // Beside its middle an edge looks sharper than it is, because a part of its contrast is out of sight.
            let steepest = step(REACH);
            if (0..window.len() - 1).all(|at| step(at) <= steepest) {
                steps[(steepest * 100 / contrast).clamp(0, 100) as usize] += 1;
            }
        }
    }
}

/// Whether the pixels stand in equal groups of `2` to `8`, both ways, as plain enlarging leaves them.
fn is_repeated(source: &dyn Pixels, part: Rect) -> bool {
    let lines = |length: u32| (0..length).step_by((length as usize / 64).max(1));
    let across = changes(part.width, &|x| {
        lines(part.height).map(|y| (source.luma(part.x + x, part.y + y) - source.luma(part.x + x + 1, part.y + y)).abs()).sum()
    });
    if !is_in_groups(&across) {
        return false;
    }
    is_in_groups(&changes(part.height, &|y| {
        lines(part.width).map(|x| (source.luma(part.x + x, part.y + y) - source.luma(part.x + x, part.y + y + 1)).abs()).sum()
    }))
}

fn changes(length: u32, at: &dyn Fn(u32) -> i32) -> Vec<i32> {
    (0..length.saturating_sub(1)).map(at).collect()
}

/// Whether nearly all change happens at every n-th place, and at nearly each of them: a grid of lines is no enlargement.
fn is_in_groups(changes: &[i32]) -> bool {
    let all: i64 = changes.iter().map(|change| i64::from(*change)).sum();
    all > 0
        && (2..=8).any(|group| {
            (0..group).any(|first| {
                let here = || changes.iter().skip(first).step_by(group);
                let sum: i64 = here().map(|change| i64::from(*change)).sum();
                let busy = here().filter(|change| **change > 0).count();
                sum * 100 >= all * 92 && busy >= 16 && busy * 100 >= here().count() * 60
            })
        })
}
