//! Which side of the resident identity card is seen: the one with the portrait (skin below dark hair), or the one with the red emblem. Copies
//! without colour, and other documents, show neither and get no answer.

use studio::{Picture, Pixels};

use crate::glare::{bounds, spots};

/// A side of the resident identity card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// 人像面.
    Portrait,
    /// 国徽面.
    Emblem,
}

/// The one side that is clearly seen.
pub(crate) fn face(small: &Picture) -> Option<Face> {
    match (has_portrait(small), has_emblem(small)) {
        (true, false) => Some(Face::Portrait),
        (false, true) => Some(Face::Emblem),
        _ => None,
    }
}

/// Whether one round piece of a colour lies inside, of at least `least` and at most `most` hundredths of the picture.
fn has_piece(
    small: &Picture,
    is_of: impl Fn([f32; 3]) -> bool,
    (least, most): (f32, f32),
    fits: impl Fn([usize; 4]) -> bool,
) -> bool {
    let (width, height) = (small.width as usize, small.height as usize);
    let mask: Vec<bool> = small.rgb.chunks_exact(3).map(|pixel| is_of([pixel[0], pixel[1], pixel[2]].map(f32::from))).collect();
    spots(&mask, width, height).iter().any(|spot| {
        let share = spot.len() as f32 * 100.0 / mask.len() as f32;
        let [left, top, right, bottom] = bounds(spot, width);
        let (across, down) = (right - left + 1, bottom - top + 1);
        let is_inside = left > 1 && top > 1 && right + 2 < width && bottom + 2 < height;
        let is_round = across * 2 > down && down * 2 > across && spot.len() * 100 >= across * down * 45;
        (least..most).contains(&share) && is_inside && is_round && fits([left, top, right, bottom])
    })
}

/// The emblem: a strong red.
fn has_emblem(small: &Picture) -> bool {
    let is_red = |[r, g, b]: [f32; 3]| r > 60.0 && r > 1.7 * g && r > 1.6 * b;
    has_piece(small, is_red, (0.35, 9.0), |_| true)
}

/// The portrait: skin, and above it something much darker.
fn has_portrait(small: &Picture) -> bool {
    let is_skin = |[r, g, b]: [f32; 3]| {
        r > 70.0 && r > g && g > b && (1.08..1.75).contains(&(r / g.max(1.0))) && (1.15..2.6).contains(&(r / b.max(1.0)))
    };
    let has_hair = |[left, top, right, bottom]: [usize; 4]| {
        // Any of the four ways up.
        let (across, down) = (right - left + 1, bottom - top + 1);
        let (middle_x, middle_y) = (usize::midpoint(left, right), usize::midpoint(top, bottom));
        let (reach_x, reach_y) = (across / 5 + 1, down / 5 + 1);
        let face = small.luma(middle_x as u32, middle_y as u32);
        let places = [(middle_x, top.checked_sub(reach_y)), (middle_x, Some(bottom + reach_y))];
        let beside = [(left.checked_sub(reach_x), middle_y), (Some(right + reach_x), middle_y)];
        let places =
            places.into_iter().filter_map(|(x, y)| Some((x, y?))).chain(beside.into_iter().filter_map(|(x, y)| Some((x?, y))));
        places
            .filter(|(x, y)| *x < small.width as usize && *y < small.height as usize)
            .any(|(x, y)| small.luma(x as u32, y as u32) * 2 < face)
    };
    has_piece(small, is_skin, (0.5, 12.0), has_hair)
}
