//! The papers that people send, flat and clean.

use super::canvas::{Canvas, Colour};
use super::dice::Dice;

/// What lies before the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    CardPortrait,
    CardEmblem,
    Diploma,
    Certificate,
    Form,
    /// A page with little on it.
    Letter,
    /// Open, of two pages; only among the pictures that no threshold was chosen by.
    Booklet,
    /// Printed by a machine, in grey and blue; only among the pictures that no threshold was chosen by.
    Statement,
}

const INK: Colour = [32.0, 32.0, 38.0];

/// Draws it, the longer side so many pixels.
pub fn draw(paper: Paper, dice: &mut Dice, long: usize) -> Canvas {
    match paper {
        Paper::CardPortrait => card_portrait(dice, long),
        Paper::CardEmblem => card_emblem(dice, long),
        Paper::Diploma => diploma(dice, long),
        Paper::Certificate => certificate(dice, long),
        Paper::Form => form(dice, long),
        Paper::Letter => letter(dice, long),
        Paper::Booklet => booklet(dice, long),
        Paper::Statement => statement(dice, long),
    }
}

fn tinted(dice: &mut Dice, of: &[Colour]) -> Colour {
    let by = dice.between(-6.0, 3.0);
    dice.pick(of).map(|value| (value + by).min(255.0))
}

fn short(long: usize, proportion: f32) -> usize {
    (long as f32 / proportion) as usize
}

/// The waves that cards and certificates are printed with.
fn waves(sheet: &mut Canvas, dice: &mut Dice, colours: [Colour; 2]) {
    let (wide, high) = (sheet.width as f32, sheet.height as f32);
    let (pace, swing) = (dice.between(9.0, 15.0), dice.between(4.0, 9.0));
    sheet.lay([0.0, 0.0, wide, high], colours[0], |x, _| x / wide * 0.6);
    sheet.lay([0.0, 0.0, wide, high], colours[1], |x, y| {
        let wave = ((y + swing * (x / 37.0).sin()) / pace * std::f32::consts::TAU).sin();
        (wave - 0.5).max(0.0) * 0.25
    });
}

fn card(dice: &mut Dice, long: usize) -> Canvas {
    let ground = tinted(dice, &[[224.0, 232.0, 236.0], [230.0, 234.0, 228.0]]);
    let mut sheet = Canvas::new(long, short(long, 1.585), ground);
    waves(&mut sheet, dice, [[236.0, 222.0, 224.0], [170.0, 200.0, 215.0]]);
    sheet
}

fn card_portrait(dice: &mut Dice, long: usize) -> Canvas {
    let mut sheet = card(dice, long);
    let (w, h) = (sheet.width as f32, sheet.height as f32);
    let blue = [60.0, 110.0, 170.0];
    for (n, count) in [3, 1, 6, 10, 7].into_iter().enumerate() {
        let y = h * (0.1 + 0.13 * n as f32);
        sheet.line(dice, (w * 0.06, y), 2, h * 0.055, blue);
        sheet.line(dice, (w * 0.18, y), count, h * 0.062, INK);
    }
    sheet.line(dice, (w * 0.06, h * 0.83), 4, h * 0.055, blue);
    sheet.line(dice, (w * 0.34, h * 0.82), 18, h * 0.05, INK);
    let wall = tinted(dice, &[[228.0, 232.0, 236.0], [214.0, 226.0, 238.0]]);
    sheet.portrait(dice, [w * 0.65, h * 0.12, w * 0.93, h * 0.74], wall);
    sheet
}

fn card_emblem(dice: &mut Dice, long: usize) -> Canvas {
    let mut sheet = card(dice, long);
    let (w, h) = (sheet.width as f32, sheet.height as f32);
    let (red, gold) = ([200.0, 28.0, 36.0], [222.0, 176.0, 70.0]);
    let middle = (w * 0.155, h * 0.27);
    sheet.oval(middle, (h * 0.155, h * 0.165), red, 1.0);
    sheet.oval((middle.0, middle.1 + h * 0.02), (h * 0.06, h * 0.05), gold, 1.0);
    for n in 0..14 {
        let turn = (n as f32 * 25.7).to_radians();
        sheet.oval((middle.0 + turn.cos() * h * 0.145, middle.1 + turn.sin() * h * 0.155), (h * 0.016, h * 0.016), gold, 1.0);
    }
    sheet.line(dice, (w * 0.33, h * 0.13), 7, h * 0.105, INK);
    sheet.line(dice, (w * 0.31, h * 0.32), 5, h * 0.15, INK);
    for (n, count) in [9, 18].into_iter().enumerate() {
        let y = h * (0.7 + 0.13 * n as f32);
        sheet.line(dice, (w * 0.2, y), 4, h * 0.058, INK);
        sheet.line(dice, (w * 0.4, y), count, h * 0.058, INK);
    }
    sheet
}

fn diploma(dice: &mut Dice, long: usize) -> Canvas {
    let ground = tinted(dice, &[[250.0, 248.0, 240.0], [246.0, 242.0, 226.0], [248.0, 246.0, 246.0]]);
    let mut sheet = Canvas::new(long, short(long, dice.between(1.38, 1.46)), ground);
    let (w, h) = (sheet.width as f32, sheet.height as f32);
    let edge = dice.pick(&[[176.0, 60.0, 58.0], [70.0, 120.0, 90.0], [180.0, 150.0, 80.0]]);
    sheet.frame([w * 0.03, h * 0.04, w * 0.97, h * 0.96], h * 0.02, edge);
    sheet.frame([w * 0.055, h * 0.075, w * 0.945, h * 0.925], h * 0.005, edge);
    let size = h * 0.075;
    sheet.line(dice, (w * 0.5 - size * 2.6, h * 0.14), 4, size, [150.0, 30.0, 30.0]);
    let wall = dice.pick(&[[70.0, 140.0, 215.0], [200.0, 40.0, 45.0], [240.0, 240.0, 240.0]]);
    sheet.portrait(dice, [w * 0.09, h * 0.3, w * 0.23, h * 0.56], wall);
    for n in 0..5 {
        let count = 16 + dice.below(8);
        sheet.line(dice, (w * 0.28, h * (0.31 + 0.075 * n as f32)), count, h * 0.037, INK);
    }
    sheet.line(dice, (w * 0.1, h * 0.8), 16, h * 0.028, INK);
    sheet.line(dice, (w * 0.62, h * 0.74), 7, h * 0.036, INK);
    sheet.line(dice, (w * 0.66, h * 0.81), 9, h * 0.03, INK);
    sheet.seal(dice, (w * 0.74, h * 0.74), h * 0.11);
    sheet
}

fn certificate(dice: &mut Dice, long: usize) -> Canvas {
    let ground = tinted(dice, &[[244.0, 226.0, 196.0], [246.0, 222.0, 222.0], [222.0, 238.0, 224.0], [220.0, 232.0, 246.0]]);
    let is_upright = dice.chance(0.5);
    let other = short(long, 1.414);
    let (width, height) = if is_upright { (other, long) } else { (long, other) };
    let mut sheet = Canvas::new(width, height, ground);
    waves(&mut sheet, dice, [[250.0, 240.0, 232.0], [200.0, 170.0, 150.0]]);
    let (w, h) = (width as f32, height as f32);
    let side = w.min(h);
    let edge = dice.pick(&[[170.0, 40.0, 44.0], [40.0, 100.0, 80.0], [60.0, 80.0, 150.0], [150.0, 110.0, 40.0]]);
    // Some frames go out to the edge of the paper.
    let away = if dice.chance(0.4) { 0.0 } else { side * 0.03 };
    sheet.frame([away, away, w - away, h - away], side * dice.between(0.03, 0.05), edge);
    let size = side * 0.085;
    sheet.line(dice, (w * 0.5 - size * 2.9, h * 0.13), 5, size, edge);
    sheet.portrait(dice, [w * 0.5 - side * 0.1, h * 0.28, w * 0.5 + side * 0.1, h * 0.28 + side * 0.28], [235.0, 240.0, 245.0]);
    let first = h * 0.3 + side * 0.3;
    for n in 0..6 {
        let y = first + n as f32 * side * 0.055;
        let count = 10 + dice.below(6);
        sheet.line(dice, (w * 0.5 - side * 0.3, y), count, side * 0.032, INK);
    }
    sheet.seal(dice, (w * 0.5 + side * 0.2, (h * 0.86).min(first + side * 0.36)), side * 0.1);
    sheet
}

fn form(dice: &mut Dice, long: usize) -> Canvas {
    let ground = tinted(dice, &[[252.0, 252.0, 252.0], [248.0, 248.0, 244.0]]);
    let mut sheet = Canvas::new(short(long, 1.414), long, ground);
    let (w, h) = (sheet.width as f32, sheet.height as f32);
    sheet.line(dice, (w * 0.28, h * 0.06), 9, w * 0.045, INK);
    let rows = 14 + dice.below(8);
    let (top, bottom) = (h * 0.13, h * 0.93);
    let step = (bottom - top) / rows as f32;
    sheet.frame([w * 0.08, top, w * 0.92, bottom], 2.0, INK);
    let size = (step * 0.45).min(w * 0.024);
    for row in 0..rows {
        let y = top + row as f32 * step;
        sheet.block([w * 0.08, y, w * 0.92, y + 1.4], INK);
        for (x, most) in [(0.1, 4), (0.3, 9), (0.55, 4), (0.75, 6)] {
            sheet.block([w * (x - 0.02), y, w * (x - 0.02) + 1.4, y + step], INK);
            let count = dice.below(most) + 1;
            sheet.line(dice, (w * x, y + (step - size) / 2.0), count, size, INK);
        }
    }
    if dice.chance(0.6) {
        sheet.seal(dice, (w * 0.72, h * 0.85), w * 0.1);
    }
    sheet
}

fn letter(dice: &mut Dice, long: usize) -> Canvas {
    let ground = tinted(dice, &[[252.0, 252.0, 250.0], [246.0, 244.0, 236.0]]);
    let mut sheet = Canvas::new(short(long, 1.414), long, ground);
    let (w, h) = (sheet.width as f32, sheet.height as f32);
    sheet.line(dice, (w * 0.36, h * 0.12), 5, w * 0.05, INK);
    for n in 0..3 + dice.below(4) {
        let count = 18 + dice.below(10);
        sheet.line(dice, (w * 0.12, h * (0.22 + 0.035 * n as f32)), count, w * 0.024, INK);
    }
    sheet.line(dice, (w * 0.62, h * 0.5), 8, w * 0.026, INK);
    sheet.line(dice, (w * 0.65, h * 0.54), 9, w * 0.022, INK);
    if dice.chance(0.8) {
        sheet.seal(dice, (w * 0.74, h * 0.52), w * 0.1);
    }
    sheet
}

fn booklet(dice: &mut Dice, long: usize) -> Canvas {
    let ground = tinted(dice, &[[238.0, 232.0, 214.0], [232.0, 240.0, 236.0]]);
    let mut sheet = Canvas::new(long, short(long, 1.45), ground);
    waves(&mut sheet, dice, [[244.0, 236.0, 226.0], [190.0, 196.0, 180.0]]);
    let (w, h) = (sheet.width as f32, sheet.height as f32);
    sheet.portrait(dice, [w * 0.12, h * 0.2, w * 0.36, h * 0.62], [90.0, 150.0, 215.0]);
    sheet.line(dice, (w * 0.1, h * 0.74), 10, h * 0.035, INK);
    sheet.line(dice, (w * 0.1, h * 0.82), 12, h * 0.032, INK);
    for n in 0..9 {
        let count = 7 + dice.below(5);
        sheet.line(dice, (w * 0.56, h * (0.14 + 0.075 * n as f32)), count, h * 0.034, INK);
    }
    sheet.seal(dice, (w * 0.8, h * 0.78), h * 0.1);
    // The fold.
    let fold = w / 2.0;
    sheet.lay([fold - w * 0.03, 0.0, fold + w * 0.03, h], [90.0, 84.0, 78.0], |x, _| 0.5 * (1.0 - (x - fold).abs() / (w * 0.03)));
    sheet
}

fn statement(dice: &mut Dice, long: usize) -> Canvas {
    let mut sheet = Canvas::new(short(long, 1.414), long, [255.0; 3]);
    let (w, h) = (sheet.width as f32, sheet.height as f32);
    sheet.line(dice, (w * 0.25, h * 0.05), 10, w * 0.04, INK);
    sheet.block([w * 0.07, h * 0.12, w * 0.93, h * 0.15], [214.0, 226.0, 242.0]);
    for n in 0..24 {
        let y = h * (0.125 + 0.03 * n as f32);
        if n % 2 == 1 {
            sheet.block([w * 0.07, y - h * 0.005, w * 0.93, y + h * 0.025], [244.0, 246.0, 248.0]);
        }
        for (x, count) in [(0.09, 5), (0.32, 6), (0.56, 4), (0.76, 5)] {
            sheet.line(dice, (w * x, y), count, w * 0.02, [50.0, 50.0, 56.0]);
        }
    }
    sheet.seal(dice, (w * 0.7, h * 0.88), w * 0.1);
    sheet
}
