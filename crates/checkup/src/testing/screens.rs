//! Screens whose contents were kept as a picture.

use studio::{Pixels, scale};

use super::camera::{compress, develop};
use super::canvas::{Canvas, Colour};
use super::dice::Dice;
use super::papers::{Paper, draw};
use super::shots::{Shot, clean};
use crate::{Facts, WORKING};

const PHONES: [(u32, u32); 9] =
    [(1080, 2400), (1170, 2532), (720, 1600), (1080, 2340), (1290, 2796), (750, 1334), (1080, 1920), (1240, 2772), (1116, 2480)];
const DESKS: [(u32, u32); 4] = [(1920, 1080), (1366, 768), (2560, 1440), (1440, 900)];

/// A screen of any kind.
pub fn shot(dice: &mut Dice, paper: Paper) -> Shot {
    let is_phone = dice.chance(0.75);
    let (width, height) = if is_phone { dice.pick(&PHONES) } else { dice.pick(&DESKS) };
    let by = WORKING as f32 / width.max(height) as f32;
    let size = ((width as f32 * by) as usize, (height as f32 * by) as usize);
    let seen = match dice.below(3) {
        _ if !is_phone => desktop(dice, paper, size),
        0 => gallery(dice, paper, size),
        1 => chat(dice, paper, size),
        _ => page(dice, paper, size),
    };
    let mut picture = develop(&seen, dice, 0.0);
    if dice.chance(0.7) {
        compress(&mut picture, dice.between(0.3, 1.5));
    }
    Shot { picture, facts: Facts { width, height, is_from_camera: false }, face: None, paper }
}

/// Puts a picture of the paper into a box, as large as fits.
fn place(screen: &mut Canvas, dice: &mut Dice, paper: Paper, [left, top, right, bottom]: [f32; 4]) {
    let shown = clean(dice, paper).picture;
    let by = ((right - left) / shown.width as f32).min((bottom - top) / shown.height as f32).min(1.0);
    let small = scale(&shown, shown.whole(), (shown.width as f32 * by) as u32, (shown.height as f32 * by) as u32);
    let (x, y) = ((left + right - small.width as f32) / 2.0, (top + bottom - small.height as f32) / 2.0);
    for row in 0..small.height {
        for column in 0..small.width {
            let at = (y as usize + row as usize) * screen.width + x as usize + column as usize;
            screen.at[at] = small.at(column, row).map(f32::from);
        }
    }
}

/// Clock to the left, signs to the right.
fn status(screen: &mut Canvas, dice: &mut Dice, ink: Colour) {
    let (w, h) = (screen.width as f32, screen.height as f32);
    let (size, y) = (h * 0.014, h * 0.011);
    screen.line(dice, (w * 0.07, y), 4, size, ink);
    let first = w * dice.between(0.72, 0.8);
    for n in 0..4 {
        screen.block([first + n as f32 * w * 0.05, y, first + n as f32 * w * 0.05 + w * 0.03, y + size], ink);
    }
}

fn gallery(dice: &mut Dice, paper: Paper, (width, height): (usize, usize)) -> Canvas {
    let mut screen = Canvas::new(width, height, [0.0; 3]);
    let (w, h) = (width as f32, height as f32);
    if dice.chance(0.6) {
        status(&mut screen, dice, [235.0; 3]);
    }
    place(&mut screen, dice, paper, [0.0, h * 0.13, w, h * 0.87]);
    screen
}

fn chat(dice: &mut Dice, paper: Paper, (width, height): (usize, usize)) -> Canvas {
    let mut screen = Canvas::new(width, height, [237.0; 3]);
    let (w, h) = (width as f32, height as f32);
    status(&mut screen, dice, [20.0; 3]);
    screen.line(dice, (w * 0.42, h * 0.055), 4, h * 0.02, [20.0; 3]);
    screen.block([w * 0.04, h * 0.13, w * 0.14, h * 0.13 + w * 0.1], [80.0, 140.0, 200.0]);
    place(&mut screen, dice, paper, [w * 0.17, h * 0.13, w * 0.95, h * 0.75]);
    screen.block([0.0, h * 0.93, w, h], [247.0; 3]);
    screen.block([w * 0.14, h * 0.942, w * 0.76, h * 0.985], [255.0; 3]);
    screen
}

/// Something official in a browser or an app.
fn page(dice: &mut Dice, paper: Paper, (width, height): (usize, usize)) -> Canvas {
    let bar = dice.pick(&[[255.0, 255.0, 255.0], [40.0, 110.0, 220.0], [200.0, 40.0, 40.0]]);
    let mut screen = Canvas::new(width, height, [245.0; 3]);
    let (w, h) = (width as f32, height as f32);
    let ink = if bar[1] > 200.0 { [30.0; 3] } else { [255.0; 3] };
    screen.block([0.0, 0.0, w, h * 0.085], bar);
    status(&mut screen, dice, ink);
    screen.line(dice, (w * 0.36, h * 0.05), 6, h * 0.018, ink);
    let flat = draw(paper, dice, (w * 0.9) as usize);
    for (n, pixel) in flat.at.iter().enumerate() {
        let (x, y) = (n % flat.width + (w * 0.05) as usize, n / flat.width + (h * 0.12) as usize);
        if x < width && y < height {
            screen.at[y * width + x] = *pixel;
        }
    }
    screen.block([w * 0.08, h * 0.91, w * 0.92, h * 0.96], [40.0, 110.0, 220.0]);
    screen
}

fn desktop(dice: &mut Dice, paper: Paper, (width, height): (usize, usize)) -> Canvas {
    let mut screen = Canvas::new(width, height, [230.0; 3]);
    let (w, h) = (width as f32, height as f32);
    screen.block([0.0, 0.0, w, h * 0.035], [222.0, 225.0, 230.0]);
    screen.line(dice, (w * 0.02, h * 0.008), 8, h * 0.02, [40.0; 3]);
    for n in 0..3 {
        screen.frame([w * (0.9 + 0.03 * n as f32), h * 0.01, w * (0.91 + 0.03 * n as f32), h * 0.028], 1.5, [40.0; 3]);
    }
    screen.block([0.0, h * 0.035, w, h * 0.1], [250.0; 3]);
    screen.line(dice, (w * 0.1, h * 0.055), 20, h * 0.022, [90.0; 3]);
    place(&mut screen, dice, paper, [w * 0.2, h * 0.12, w * 0.8, h * 0.93]);
    screen.block([0.0, h * 0.955, w, h], [32.0, 36.0, 44.0]);
    for n in 0..6 {
        let x = w * (0.02 + 0.03 * n as f32);
        screen.block([x, h * 0.965, x + h * 0.025, h * 0.99], [90.0, 160.0, 220.0]);
    }
    screen
}
