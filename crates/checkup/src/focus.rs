//! Sharpness: how steep the steepest edges are for their height. Where there is no edge there is no answer, so that a page with little on
//! it is not called blurred.

use crate::plane::{Plane, quantile};

/// So many pixels of a row are looked at together: a few strokes.
const RUN: usize = 24;
/// Runs with less contrast have no edge worth measuring.
const CONTRAST: i32 = 40;
/// Fewer runs with an edge say nothing.
const LEAST: usize = 60;
/// The steepest eighth is looked at: a desk out of focus says nothing about the paper on it.
const PART: f64 = 0.88;
/// Hundredths of the height of an edge that it climbs within a pixel.
const STEEP: usize = 30;

/// Whether the edges of at least one direction are soft; a hand that shook leaves those along its way sharp.
pub(crate) fn is_blurred(sharp: &Plane) -> bool {
    let plane = sharp.smoothed();
    [steepness(&plane), steepness(&plane.turned())].into_iter().flatten().min().is_some_and(|least| least < STEEP)
}

fn steepness(plane: &Plane) -> Option<usize> {
    let mut counts = [0_usize; 101];
    for row in (0..plane.height).step_by(2).map(|y| plane.row(y)) {
        for run in row.chunks_exact(RUN) {
            let (least, most) = (run.iter().min().copied().unwrap_or(0), run.iter().max().copied().unwrap_or(0));
            let height = i32::from(most) - i32::from(least);
            if height < CONTRAST {
                continue;
            }
            let slope = run.windows(3).map(|three| (i32::from(three[2]) - i32::from(three[0])).abs()).max().unwrap_or(0);
            counts[(slope * 50 / height).clamp(0, 100) as usize] += 1;
        }
    }
    (counts.iter().sum::<usize>() >= LEAST).then(|| quantile(&counts, PART))
}
