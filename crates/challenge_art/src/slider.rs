//! A landscape in layers, and the piece that was cut out of it.

use image::{ExtendedColorType, RgbImage};

use super::Dice;
use super::canvas::{Color, Mask, jpeg, mix, paint, png, soft};

/// All measures that leave this file are those at which the picture is shown; it is drawn at twice them.
const WIDTH: u32 = 320;
const HEIGHT: u32 = 160;
const PIECE: u32 = 52;
const SHARP: u32 = 2;
/// Of the 178 places that a hole can have a guess hits five: one blind guess in 36 passes.
const TOLERANCE: u32 = 2;
const JPEG_QUALITY: u8 = 54;
const SHADE: Color = [18, 26, 44];

/// Body of the piece inside its box, and the knobs on its sides, in shown pixels.
const BODY: (f32, f32) = (8.0, 44.0);
const KNOB: f32 = 6.4;

/// Sky above, sky at the horizon, sun, far and near mountains.
const THEMES: [[Color; 5]; 6] = [
    [[122, 178, 222], [232, 242, 246], [255, 250, 226], [168, 198, 216], [38, 92, 108]],
    [[242, 176, 132], [252, 232, 206], [255, 248, 220], [214, 170, 160], [92, 62, 84]],
    [[142, 196, 182], [238, 246, 232], [255, 252, 232], [166, 206, 188], [28, 88, 72]],
    [[70, 96, 150], [196, 204, 226], [250, 246, 226], [130, 148, 190], [28, 42, 84]],
    [[196, 176, 214], [250, 232, 232], [255, 246, 226], [190, 172, 206], [72, 62, 112]],
    [[230, 206, 150], [252, 244, 222], [255, 252, 238], [206, 194, 150], [84, 88, 52]],
];

/// A puzzle: the hole's box has its left upper corner at (`x`, `y`); the piece starts at 0 on the same height. `x` lies in
/// `0..=width - piece_width`. All numbers are shown pixels; the pictures (JPEG, and PNG with transparency) have twice as many.
#[derive(Clone, PartialEq, Eq)]
pub struct Slider {
    /// Left edge of the box of the hole, in shown pixels; the answer.
    pub x: u32,
    /// Upper edge of the box of the hole, in shown pixels.
    pub y: u32,
    /// Width of the landscape, in shown pixels.
    pub width: u32,
    /// Height of the landscape, in shown pixels.
    pub height: u32,
    /// Width of the box of the piece, in shown pixels.
    pub piece_width: u32,
    /// Height of the box of the piece, in shown pixels.
    pub piece_height: u32,
    /// The landscape with its hole, as JPEG of twice the shown size.
    pub background: Vec<u8>,
    /// The piece on transparent ground, as PNG of twice the shown size.
    pub piece: Vec<u8>,
}

/// The puzzle of a seed.
pub fn slider(seed: u64) -> Slider {
    let mut dice = Dice(seed);
    let x = place(&mut dice);
    let y = 14 + dice.below((HEIGHT - PIECE - 28) as usize) as u32;
    let shape = Shape { sides: [dice.sign(), dice.sign(), dice.sign(), dice.sign()] };
    let mut picture = landscape(&mut Dice(!seed));
    let piece = cut(&mut picture, &shape, x, y);
    let side = PIECE * SHARP;
    Slider {
        x,
        y,
        width: WIDTH,
        height: HEIGHT,
        piece_width: PIECE,
        piece_height: PIECE,
        background: jpeg(&picture, JPEG_QUALITY),
        piece: png(&piece, side, side, ExtendedColorType::Rgba8),
    }
}

/// Where the hole of a puzzle lies: the first throw of its dice.
fn place(dice: &mut Dice) -> u32 {
    PIECE + 28 + dice.below((WIDTH - 2 * PIECE - 28 - 10) as usize) as u32
}

/// The same of a seed, without drawing anything.
#[cfg(test)]
pub fn slider_place(seed: u64) -> u32 {
    place(&mut Dice(seed))
}

/// Whether the piece was put into its place, to within two shown pixels.
pub fn slider_accepts(answer_x: u32, given_x: u32) -> bool {
    answer_x.abs_diff(given_x) <= TOLERANCE
}

/// A square with a knob (1) or a notch (-1) on every side: up, right, down, left.
struct Shape {
    sides: [f32; 4],
}

impl Shape {
    /// The distance to the edge in shown pixels, positive inside.
    fn inside(&self, x: f32, y: f32) -> f32 {
        const ROUND: f32 = 3.0;
        let middle = (BODY.0 + BODY.1) / 2.0;
        let half = (BODY.1 - BODY.0) / 2.0 - ROUND;
        let (dx, dy) = ((x - middle).abs() - half, (y - middle).abs() - half);
        let mut inside = ROUND - dx.max(0.0).hypot(dy.max(0.0)) - dx.max(dy).min(0.0);
        for (index, side) in self.sides.into_iter().enumerate() {
            // The centre of a knob lies a little outside, that of a notch as far inside.
            let shift = half + ROUND + side * 1.4;
            let (cx, cy) = match index {
                0 => (middle, middle - shift),
                1 => (middle + shift, middle),
                2 => (middle, middle + shift),
                _ => (middle - shift, middle),
            };
            let knob = KNOB - (x - cx).hypot(y - cy);
            inside = if side > 0.0 { inside.max(knob) } else { inside.min(-knob) };
        }
        inside
    }
}

/// Takes the piece out of the picture (RGBA) and leaves a shaded hole with a light rim.
fn cut(picture: &mut RgbImage, shape: &Shape, left: u32, top: u32) -> Vec<u8> {
    let side = PIECE * SHARP;
    let mut piece = Vec::with_capacity((side * side * 4) as usize);
    for y in 0..side {
        for x in 0..side {
            let pixel = picture.get_pixel_mut(left * SHARP + x, top * SHARP + y);
            let at = |shift: f32| ((x as f32 + 0.5) / SHARP as f32, (y as f32 + 0.5 - shift) / SHARP as f32);
            let inside = shape.inside(at(0.0).0, at(0.0).1) * SHARP as f32;
            let cover = soft(inside);
            let (edge, rim) = (f32::from(soft(1.2 - inside)) / 255.0, f32::from(soft(2.8 - inside)) / 255.0);
            // A dark edge and a light rim, so that the piece stands out from dark and from light.
            let [r, g, b] = if cover == 0 { [0; 3] } else { mix(mix(pixel.0, [255; 3], rim * 0.9), SHADE, edge * 0.8) };
            piece.extend_from_slice(&[r, g, b, cover]);
            // Darker below the upper edge, as if the light came from above.
            let depth = shape.inside(at(7.0).0, at(7.0).1) * SHARP as f32;
            let shade = 0.50 + 0.16 * (1.0 - depth / 6.0).clamp(0.0, 1.0);
            let hole = mix(mix(pixel.0, SHADE, shade), [255; 3], rim * (1.0 - edge * 0.2) * 0.75);
            pixel.0 = mix(pixel.0, hole, f32::from(cover) / 255.0);
        }
    }
    piece
}

fn landscape(dice: &mut Dice) -> RgbImage {
    let (width, height) = (WIDTH * SHARP, HEIGHT * SHARP);
    let [above, horizon, sun, far, near] = dice.pick(&THEMES);
    let (high, wide) = (height as f32, width as f32);
    let mut picture = RgbImage::from_fn(width, height, |_, y| image::Rgb(mix(above, horizon, y as f32 / (high * 0.62))));
    let centre = (wide * dice.between(0.16, 0.84), high * dice.between(0.16, 0.30));
    let radius = dice.between(22.0, 32.0);
    for (grown, opacity) in [(2.1, 0.16), (1.5, 0.22), (1.0, 0.95)] {
        let mut mask = Mask::new(width, height);
        mask.line(centre, centre, radius * grown);
        paint(&mut picture, &mask, sun, opacity);
    }
    birds(&mut picture, dice, mix(near, above, 0.25));
    let layers = 5_u8;
    for layer in 0..layers {
        let depth = f32::from(layer) / f32::from(layers - 1);
        let ridge = Ridge::of(dice, depth);
        let (color, mist) = (mix(far, near, depth), mix(far, horizon, 0.55 - 0.35 * depth));
        let base = high * (0.34 + 0.14 * f32::from(layer));
        let crests: Vec<f32> = (0..width).map(|x| base - ridge.height(x as f32)).collect();
        let top = crests.iter().copied().fold(high, f32::min).max(0.0);
        for (y, row) in picture.chunks_mut(width as usize * 3).enumerate().skip(top as usize) {
            let (middle, tone) = (y as f32 + 0.5, mix(color, mist, (y as f32 - base + 30.0) / (high * 0.36)));
            for (pixel, crest) in row.chunks_mut(3).zip(&crests).filter(|(_, crest)| **crest < middle + 1.0) {
                let cover = f32::from(soft(middle - crest)) / 255.0;
                pixel.copy_from_slice(&mix([pixel[0], pixel[1], pixel[2]], tone, cover));
            }
        }
    }
    picture
}

/// The line of a mountain range: a few waves, sharper and lower towards the front.
struct Ridge {
    waves: [(f32, f32, f32); 4],
    sharp: f32,
}

impl Ridge {
    fn of(dice: &mut Dice, depth: f32) -> Self {
        let size = 46.0 - 24.0 * depth;
        let mut wave = |height: f32, length: f32| (height * size, length * dice.between(0.8, 1.25), dice.between(0.0, 6.3));
        Self { waves: [wave(0.9, 150.0), wave(0.5, 66.0), wave(0.22, 27.0), wave(0.07, 9.0)], sharp: 0.75 - 0.4 * depth }
    }

    fn height(&self, x: f32) -> f32 {
        let wave = |(height, length, phase): (f32, f32, f32)| {
            let sine = (x / length + phase).sin();
            height * (sine * (1.0 - self.sharp) + (1.0 - 2.0 * sine.abs()) * self.sharp)
        };
        self.waves.into_iter().map(wave).sum()
    }
}

fn birds(picture: &mut RgbImage, dice: &mut Dice, color: Color) {
    let (width, height) = picture.dimensions();
    let mut mask = Mask::new(width, height);
    let start = (width as f32 * dice.between(0.2, 0.7), height as f32 * dice.between(0.1, 0.24));
    for bird in 0..4 {
        let span = dice.between(7.0, 11.0);
        let (x, y) = (start.0 + bird as f32 * dice.between(22.0, 34.0), start.1 + dice.between(-14.0, 14.0));
        let wing = |side: f32| [(x, y), (x + side * span * 0.45, y - span * 0.42), (x + side * span, y - span * 0.18)];
        mask.path(&wing(1.0), 1.1);
        mask.path(&wing(-1.0), 1.1);
    }
    paint(picture, &mask, color, 0.8);
}
