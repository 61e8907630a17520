//! Four bent characters on tinted paper, crossed by two thin curves.

use image::{ExtendedColorType, Rgb, RgbImage};

use super::Dice;
use super::canvas::{Color, Mask, Point, mix, paint, png};
use super::glyphs::{ALPHABET, outline};

/// Drawn at twice the size at which it is shown (160 × 60), for sharp displays.
const WIDTH: u32 = 320;
const HEIGHT: u32 = 120;
/// Paper, and two inks whose contrast on it is at least 7 to 1.
const THEMES: [(Color, [Color; 2]); 5] = [
    ([241, 246, 252], [[22, 66, 130], [20, 84, 92]]),
    ([245, 248, 240], [[30, 82, 48], [72, 74, 22]]),
    ([252, 246, 238], [[124, 48, 20], [96, 58, 10]]),
    ([249, 243, 250], [[92, 38, 116], [124, 28, 78]]),
    ([240, 248, 248], [[12, 80, 88], [34, 62, 120]]),
];

/// Characters to be read: `answer` has four capitals or digits (compare without regard to case), `png` 320 × 120 pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Captcha {
    /// The four capitals or digits to be read; case does not matter.
    pub answer: String,
    /// The picture as PNG, 320 × 120 pixels.
    pub png: Vec<u8>,
}

/// The captcha of a seed.
pub fn captcha(seed: u64) -> Captcha {
    let answer = answer(seed);
    let mut dice = Dice(!seed);
    let (paper, inks) = dice.pick(&THEMES);
    let mut picture = RgbImage::from_pixel(WIDTH, HEIGHT, Rgb(paper));
    dots(&mut picture, &mut dice, mix(paper, inks[0], 0.16));
    let (wave, first) = (Wave::of(&mut dice), dice.below(2));
    for (index, sign) in answer.chars().enumerate() {
        let mut mask = Mask::new(WIDTH, HEIGHT);
        let (place, radius) = (Place::of(&mut dice, index, sign), dice.between(4.4, 5.6));
        for stroke in outline(sign) {
            let bent: Vec<Point> = stroke.into_iter().map(|point| wave.bend(place.put(point))).collect();
            mask.path(&bent, radius);
        }
        paint(&mut picture, &mask, inks[(first + index) % 2], 1.0);
    }
    curves(&mut picture, &mut dice, mix(paper, inks[1], 0.55));
    Captcha { answer, png: png(&picture, WIDTH, HEIGHT, ExtendedColorType::Rgb8) }
}

pub(super) fn answer(seed: u64) -> String {
    let mut dice = Dice(seed);
    (0..4).map(|_| char::from(dice.pick(ALPHABET.as_bytes()))).collect()
}

/// Where and how a character stands.
struct Place {
    centre: Point,
    middle: f32,
    scale: Point,
    turn: (f32, f32),
    slant: f32,
}

impl Place {
    fn of(dice: &mut Dice, index: usize, sign: char) -> Self {
        let column = 47.0 + 75.0 * index as f32;
        let wide = match sign {
            'M' => 12.0,
            'W' => 13.0,
            _ => 9.8,
        };
        let height = dice.between(4.5, 5.3);
        Self {
            centre: (column + dice.between(-4.0, 4.0), HEIGHT as f32 / 2.0 + dice.between(-8.0, 8.0)),
            middle: wide / 2.0,
            scale: (dice.between(4.1, 4.8) * if wide > 10.0 { 0.86 } else { 1.0 }, height),
            turn: dice.between(-0.24, 0.24).sin_cos(),
            slant: dice.between(-0.1, 0.1),
        }
    }

    fn put(&self, (x, y): Point) -> Point {
        let (x, y) = ((x - self.middle) * self.scale.0, (y - 7.0) * self.scale.1);
        let (sin, cos) = self.turn;
        let x = x + y * self.slant;
        (self.centre.0 + x * cos - y * sin, self.centre.1 + x * sin + y * cos)
    }
}

/// Bends everything a little, each picture in its own way.
struct Wave {
    height: f32,
    length: f32,
    phase: f32,
}

impl Wave {
    fn of(dice: &mut Dice) -> Self {
        Self { height: dice.between(2.5, 4.5), length: dice.between(17.0, 24.0), phase: dice.between(0.0, 6.3) }
    }

    fn bend(&self, (x, y): Point) -> Point {
        let across = self.height * (y / self.length + self.phase).sin();
        (x + across, y + self.height * (x / (self.length * 1.7) + self.phase).sin())
    }
}

fn dots(picture: &mut RgbImage, dice: &mut Dice, color: Color) {
    let mut mask = Mask::new(WIDTH, HEIGHT);
    for _ in 0..26 {
        let at = (dice.between(4.0, WIDTH as f32 - 4.0), dice.between(4.0, HEIGHT as f32 - 4.0));
        mask.line(at, at, dice.between(1.5, 4.0));
    }
    paint(picture, &mask, color, 1.0);
}

fn curves(picture: &mut RgbImage, dice: &mut Dice, color: Color) {
    let mut mask = Mask::new(WIDTH, HEIGHT);
    for base in [0.36, 0.64] {
        let (height, length, phase) = (dice.between(10.0, 22.0), dice.between(38.0, 60.0), dice.between(0.0, 6.3));
        let (base, tilt) = (HEIGHT as f32 * base, dice.between(-0.08, 0.08));
        let points: Vec<Point> = (0..=40)
            .map(|step| step as f32 * WIDTH as f32 / 40.0)
            .map(|x| (x, base + tilt * (x - 160.0) + height * (x / length + phase).sin()))
            .collect();
        mask.path(&points, 1.2);
    }
    paint(picture, &mask, color, 1.0);
}
