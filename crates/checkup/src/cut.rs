//! Cut edges: along the rim of the picture the desk is seen, and somewhere the paper instead. Light and shadow change slowly, a desk is about
//! as even as they are, and paper begins with a step: so the desk is what can be reached from the rim without a step, and what is lighter beyond
//! the step is the paper. Where no desk is seen, as in a scan, nothing is cut.

use studio::{Picture, Pixels};

use crate::Side;
use crate::desk::Desk;

/// Hundredths of a side on which paper is no accident.
const LEAST: usize = 6;
/// A side with more paper than so many hundredths has no desk at its ends: a scan with a strip of the scanner's lid.
const WHOLE: usize = 95;

/// The sides beyond which the paper goes on.
pub(crate) fn sides(small: &Picture) -> Vec<Side> {
    let (width, height) = small.size();
    let Some(desk) = Desk::of(small) else { return Vec::new() };
    let rim = desk.rim();
    let mut counts = [0_usize; 4];
    desk.paper().into_iter().for_each(|n| counts[rim.side(n)] += 1);
    let hundredths = |side: usize| counts[side] * 100 / if side.is_multiple_of(2) { width } else { height }.max(1) as usize;
    let parts = [0, 1, 2, 3].map(hundredths);
    if parts.iter().any(|part| *part > WHOLE) {
        return Vec::new();
    }
    let sides = [Side::Top, Side::Right, Side::Bottom, Side::Left];
    sides.into_iter().zip(parts).filter(|(_, part)| *part >= LEAST).map(|(side, _)| side).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: u32 = 240;
    const HEIGHT: u32 = 180;
    const DESK: [u8; 3] = [120, 90, 60];

    fn desk() -> Picture {
        Picture { width: WIDTH, height: HEIGHT, rgb: DESK.repeat((WIDTH * HEIGHT) as usize) }
    }

    /// Lays a box over a picture, as far as it is inside.
    fn lay(mut picture: Picture, [left, top, right, bottom]: [u32; 4], colour: [u8; 3]) -> Picture {
        for (x, y) in (top..bottom.min(HEIGHT)).flat_map(|y| (left..right.min(WIDTH)).map(move |x| (x, y))) {
            let at = ((y * WIDTH + x) * 3) as usize;
            picture.rgb[at..at + 3].copy_from_slice(&colour);
        }
        picture
    }

    /// A paper with lines of writing.
    fn paper(on: Picture, [left, top, right, bottom]: [u32; 4]) -> Picture {
        let sheet = lay(on, [left, top, right, bottom], [240, 238, 230]);
        (top + 12..bottom - 6).step_by(12).fold(sheet, |sheet, y| lay(sheet, [left + 12, y, right - 12, y + 3], [50, 50, 50]))
    }

    /// The light falls off to the right, and half of it lies in a shadow whose edge is soft.
    fn in_shadow(mut picture: Picture) -> Picture {
        for (n, pixel) in picture.rgb.chunks_exact_mut(3).enumerate() {
            let (x, y) = ((n as u32 % WIDTH) as f32, (n as u32 / WIDTH) as f32);
            let shade = 1.0 - 0.35 / (1.0 + ((x + y - 200.0) / -12.0).exp());
            pixel.iter_mut().for_each(|value| *value = (f32::from(*value) * shade * (1.0 - x / 1200.0)) as u8);
        }
        picture
    }

    #[test]
    fn the_sides_are_named_beyond_which_the_paper_goes_on() {
        let cases: [([u32; 4], &[Side]); 6] = [
            ([30, 30, 210, 150], &[]),
            ([30, 60, 210, 240], &[Side::Bottom]),
            ([0, 30, 150, 150], &[Side::Left]),
            ([90, 30, 280, 150], &[Side::Right]),
            ([30, 0, 210, 120], &[Side::Top]),
            ([90, 0, 280, 120], &[Side::Top, Side::Right]),
        ];
        for (place, expected) in cases {
            let picture = paper(desk(), place);
            assert_eq!(sides(&picture), expected, "{place:?}");
            assert_eq!(sides(&in_shadow(picture)), expected, "{place:?} in a shadow");
        }
    }

    #[test]
    fn something_dark_on_the_cut_edge_does_not_hide_it() {
        let card = paper(desk(), [30, 60, 210, 240]);
        assert_eq!(sides(&lay(card, [150, 120, 200, 240], [30, 32, 50])), [Side::Bottom], "a portrait");
        let framed = lay(lay(desk(), [30, 60, 210, 240], [150, 30, 36]), [38, 68, 202, 240], [240, 238, 230]);
        assert_eq!(sides(&framed), [Side::Bottom], "a frame out to the edge of the paper");
    }

    #[test]
    fn neither_a_scan_nor_a_second_desk_nor_a_pen_is_a_cut_paper() {
        let scan = paper(desk(), [0, 0, WIDTH, HEIGHT]);
        assert_eq!(sides(&scan), []);
        let framed = lay(lay(desk(), [0, 0, WIDTH, HEIGHT], [150, 30, 36]), [9, 0, WIDTH - 6, HEIGHT - 9], [240, 238, 230]);
        assert_eq!(sides(&framed), [], "a scan whose frame is cut off on one side");
        let lid = lay(scan, [0, 0, WIDTH, 30], DESK);
        assert_eq!(sides(&lid), [], "a scan with a strip of the lid");
        let whole = paper(desk(), [30, 40, 190, 150]);
        assert_eq!(sides(&lay(whole.clone(), [0, 0, WIDTH, 20], [60, 64, 70])), [], "the edge of a table");
        assert_eq!(sides(&lay(whole, [200, 60, WIDTH, 80], [20, 20, 24])), [], "a pen");
    }
}
