//! Cut edges: along the rim of the picture the desk is seen, and somewhere the paper instead. Where no desk is seen, as in a scan, nothing is cut.

use studio::{Picture, Pixels};

use crate::Side;

type Colour = [f32; 3];

/// Cells along each side of the rim.
const CELLS: usize = 40;
/// How deep a cell is, as a part of the shorter side.
const DEEP: f32 = 0.03;
/// Paper and desk differ at least by this much.
const APART: f32 = 24.0;
/// And by so many times what each varies in itself.
const CLEAR: f32 = 2.1;
/// Cells of one side on which paper is no accident.
const LEAST: usize = 3;
/// A side with more paper than this has no desk at its ends: a scan with a strip of the scanner's lid.
const WHOLE: usize = 38;

/// The sides beyond which the paper goes on.
pub(crate) fn sides(small: &Picture) -> Vec<Side> {
    let rim = steadied(&rim(small));
    let Some((is_paper, apart)) = split(small, &rim) else { return Vec::new() };
    if !ends_abruptly(&rim, &is_paper, apart) {
        return Vec::new();
    }
    let count = |side: usize| is_paper[side * CELLS..(side + 1) * CELLS].iter().filter(|paper| **paper).count();
    let counts = [0, 1, 2, 3].map(count);
    if counts.iter().any(|count| *count > WHOLE) {
        return Vec::new();
    }
    // The rim runs along the top, the right, the bottom and the left.
    let sides = [Side::Top, Side::Right, Side::Bottom, Side::Left];
    sides.into_iter().zip(counts).filter(|(_, count)| *count >= LEAST).map(|(side, _)| side).collect()
}

/// Light and two colours, so that their distance is about what an eye sees.
fn colour([r, g, b]: Colour) -> Colour {
    [0.3 * r + 0.59 * g + 0.11 * b, 0.8 * (r - g), 0.5 * (0.5 * (r + g) - b)]
}

fn distance(a: Colour, b: Colour) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt()
}

fn mean(small: &Picture, left: u32, top: u32, right: u32, bottom: u32) -> Colour {
    let mut sum = [0.0; 3];
    let mut count = 0.0;
    for (x, y) in (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))) {
        let pixel = small.at(x, y).map(f32::from);
        sum = [0, 1, 2].map(|n| sum[n] + pixel[n]);
        count += 1.0;
    }
    colour(sum.map(|value| value / f32::max(count, 1.0)))
}

/// The cells around the picture, clockwise from the upper left.
fn rim(small: &Picture) -> Vec<Colour> {
    let (width, height) = small.size();
    let deep = ((width.min(height) as f32 * DEEP).round() as u32).max(3);
    let stretch = |n: usize, side: u32| {
        let at = |n: usize| (n as u32 * side / CELLS as u32).min(side - 1);
        (at(n), at(n + 1).max(at(n) + 1))
    };
    let top = (0..CELLS).map(|n| stretch(n, width)).map(|(from, to)| mean(small, from, 0, to, deep));
    let right = (0..CELLS).map(|n| stretch(n, height)).map(|(from, to)| mean(small, width - deep, from, width, to));
    let bottom = (0..CELLS).rev().map(|n| stretch(n, width)).map(|(from, to)| mean(small, from, height - deep, to, height));
    let left = (0..CELLS).rev().map(|n| stretch(n, height)).map(|(from, to)| mean(small, 0, from, deep, to));
    top.chain(right).chain(bottom).chain(left).collect()
}

/// Each cell with the middle one of its neighbours: a line of writing that is met goes, an edge stays.
fn steadied(rim: &[Colour]) -> Vec<Colour> {
    let near = |n: usize, channel: usize| {
        let mut five = [0, 1, 2, 3, 4].map(|by| rim[(n + by + rim.len() - 2) % rim.len()][channel]);
        five.sort_by(f32::total_cmp);
        five[2]
    };
    (0..rim.len()).map(|n| [0, 1, 2].map(|channel| near(n, channel))).collect()
}

/// Which cells are paper, and how far desk and paper lie apart; `None` when the rim is all of one kind.
fn split(small: &Picture, rim: &[Colour]) -> Option<(Vec<bool>, f32)> {
    let paper = paper(small);
    let farthest = rim.iter().copied().max_by(|a, b| distance(*a, paper).total_cmp(&distance(*b, paper)))?;
    let mut centres = [paper, farthest];
    let mut is_paper = vec![false; rim.len()];
    for _ in 0..8 {
        for (cell, is_paper) in rim.iter().zip(&mut is_paper) {
            *is_paper = distance(*cell, centres[0]) < distance(*cell, centres[1]);
        }
        for (kind, centre) in centres.iter_mut().enumerate() {
            let of: Vec<Colour> =
                rim.iter().zip(&is_paper).filter(|(_, is_paper)| **is_paper == (kind == 0)).map(|(cell, _)| *cell).collect();
            if of.is_empty() {
                return None;
            }
            *centre = [0, 1, 2].map(|n| of.iter().map(|cell| cell[n]).sum::<f32>() / of.len() as f32);
        }
    }
    let apart = distance(centres[0], centres[1]);
    let spread =
        rim.iter().zip(&is_paper).map(|(cell, is_paper)| distance(*cell, centres[usize::from(!is_paper)]).powi(2)).sum::<f32>();
    let spread = (spread / rim.len() as f32).sqrt();
    let is_clear = apart >= APART && apart >= CLEAR * spread;
    let is_named_right = distance(centres[0], paper) < 0.5 * apart && distance(centres[1], paper) > 0.6 * apart;
    (is_clear && is_named_right).then_some((is_paper, apart))
}

/// The colour of the paper: that of the lightest eighth of the picture without its rim: there is ink as well, and much desk when most of the paper
/// lies outside.
fn paper(small: &Picture) -> Colour {
    let (width, height) = small.size();
    let (left, top, right, bottom) = (width / 10, height / 10, width * 9 / 10, height * 9 / 10);
    let mut inside: Vec<Colour> = (top..bottom)
        .flat_map(|y| (left..right).map(move |x| (x, y)))
        .map(|(x, y)| colour(small.at(x, y).map(f32::from)))
        .collect();
    inside.sort_by(|a, b| b[0].total_cmp(&a[0]));
    inside.truncate((inside.len() / 8).max(1));
    [0, 1, 2].map(|channel| {
        let mut values: Vec<f32> = inside.iter().map(|colour| colour[channel]).collect();
        values.sort_by(f32::total_cmp);
        values[values.len() / 2]
    })
}

/// Paper ends within a cell or two; a shadow and the light of a lamp do not.
fn ends_abruptly(rim: &[Colour], is_paper: &[bool], apart: f32) -> bool {
    let all = rim.len();
    let ends: Vec<usize> = (0..all).filter(|n| is_paper[*n] != is_paper[(n + 1) % all]).collect();
    let abrupt = ends.iter().filter(|n| distance(rim[(**n + all - 1) % all], rim[(**n + 2) % all]) > 0.6 * apart).count();
    !ends.is_empty() && ends.len() <= 8 && abrupt * 4 >= ends.len() * 3
}
