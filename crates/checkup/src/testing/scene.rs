//! A paper before a camera: on a desk, in some light, seen a little from aside. Or on the glass of a scanner.

#![expect(clippy::approx_constant, reason = "the sets that were measured are drawn with these turns")]

use super::canvas::{Canvas, Colour};
use super::dice::Dice;

/// What lies below the paper.
#[derive(Clone, Copy, Debug)]
pub enum Desk {
    Wood { base: Colour, across: f32, seed: f32 },
    Plain { base: Colour },
    Cloth { base: Colour },
}

impl Desk {
    pub fn any(dice: &mut Dice) -> Self {
        let by = dice.between(-12.0, 12.0);
        let some = |base: Colour| base.map(|value| value + by);
        match dice.below(6) {
            0 | 1 => Self::Wood {
                base: some(dice.pick(&[[150.0, 108.0, 70.0], [112.0, 76.0, 50.0], [188.0, 152.0, 108.0]])),
                across: dice.between(14.0, 40.0),
                seed: dice.between(0.0, 900.0),
            },
            2 | 3 => Self::Plain {
                base: some(dice.pick(&[[120.0, 122.0, 126.0], [70.0, 78.0, 92.0], [176.0, 178.0, 178.0], [60.0, 96.0, 84.0]])),
            },
            _ => Self::Cloth { base: some(dice.pick(&[[56.0, 58.0, 66.0], [96.0, 40.0, 44.0], [130.0, 126.0, 116.0]])) },
        }
    }

    fn at(self, x: f32, y: f32) -> Colour {
        match self {
            Self::Plain { base } => base,
            Self::Wood { base, across, seed } => {
                let bend = (x / 170.0 + seed).sin() * 6.0 + (x / 61.0 + seed * 2.0).sin() * 2.0;
                let grain = ((y + bend) / across * 6.0).sin() * 5.0 + ((y + bend * 0.5) / across * 17.0).sin() * 3.0;
                base.map(|value| value + grain)
            }
            Self::Cloth { base } => {
                let weave = (x * 1.9).sin() * (y * 2.1).sin() * 5.0;
                base.map(|value| value + weave)
            }
        }
    }
}

/// Where the paper lies: its corners in the picture, clockwise from the upper left.
pub type Corners = [(f32, f32); 4];

/// From places of the picture to places of the paper, both 0 to 1 across the paper.
pub struct Way([f32; 9]);

impl Way {
    /// The projection that takes the corners to those of a square.
    pub fn to_paper([(x0, y0), (x1, y1), (x2, y2), (x3, y3)]: Corners) -> Self {
        let (dx1, dx2, dx3) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, dy3) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let size = dx1 * dy2 - dx2 * dy1;
        let g = (dx3 * dy2 - dx2 * dy3) / size;
        let h = (dx1 * dy3 - dx3 * dy1) / size;
        let [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0];
        let [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0];
        // Its adjugate goes the other way.
        Self([
            e - f * h,
            c * h - b,
            b * f - c * e,
            f * g - d,
            a - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ])
    }

    pub fn of(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let depth = g * x + h * y + i;
        ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)
    }
}

/// How light it is across the picture.
#[derive(Clone, Copy, Debug)]
pub struct Light {
    pub gain: f32,
    pub slope: (f32, f32),
    pub cast: Colour,
    /// A soft shadow: direction, place, how soft, what is left of the light.
    pub shadow: Option<(f32, f32, f32, f32)>,
}

impl Light {
    pub fn any(dice: &mut Dice) -> Self {
        let shadow = dice
            .chance(0.3)
            .then(|| (dice.between(0.0, 6.28), dice.between(-0.25, 0.25), dice.between(0.08, 0.25), dice.between(0.66, 0.9)));
        let slope = (dice.between(-0.12, 0.12), dice.between(-0.12, 0.12));
        let warm = dice.between(-0.05, 0.05);
        Self { gain: dice.between(0.76, 0.92), slope, cast: [1.0 + warm, 1.0, 1.0 - warm], shadow }
    }

    /// `x` and `y` from −0.5 to 0.5.
    fn at(&self, x: f32, y: f32) -> f32 {
        let light = self.gain * (1.0 + self.slope.0 * x + self.slope.1 * y - 0.12 * (x * x + y * y));
        let shade = self.shadow.map_or(1.0, |(turn, place, soft, left)| {
            let into = (turn.cos() * x + turn.sin() * y - place) / soft;
            1.0 - (1.0 - left) / (1.0 + (-4.0 * into).exp())
        });
        light * shade
    }
}

/// What the camera sees, before its lens and its sensor.
pub fn expose(paper: &Canvas, desk: Desk, light: &Light, (width, height): (usize, usize), corners: Corners) -> Canvas {
    let way = Way::to_paper(corners);
    let mut seen = Canvas::new(width, height, [0.0; 3]);
    for y in 0..height {
        for x in 0..width {
            let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
            let (u, v) = way.of(px, py);
            let outside = (u - u.clamp(0.0, 1.0)).hypot(v - v.clamp(0.0, 1.0));
            let colour = if outside <= 0.0 {
                sample(paper, u, v)
            } else {
                // The paper throws a little shadow.
                let shade = 1.0 - 0.3 * (1.0 - outside * 60.0).max(0.0);
                desk.at(px, py).map(|value| value * shade)
            };
            let lit = light.at(px / width as f32 - 0.5, py / height as f32 - 0.5);
            seen.at[y * width + x] = [0, 1, 2].map(|n| colour[n] * lit * light.cast[n]);
        }
    }
    seen
}

fn sample(paper: &Canvas, u: f32, v: f32) -> Colour {
    let (x, y) = (u * paper.width as f32 - 0.5, v * paper.height as f32 - 0.5);
    let place = |at: f32, side: usize| (at.max(0.0) as usize).min(side - 1);
    let (left, top) = (place(x, paper.width), place(y, paper.height));
    let (right, below) = ((left + 1).min(paper.width - 1), (top + 1).min(paper.height - 1));
    let (across, down) = ((x - left as f32).clamp(0.0, 1.0), (y - top as f32).clamp(0.0, 1.0));
    let at = |x: usize, y: usize| paper.at[y * paper.width + x];
    let (a, b, c, d) = (at(left, top), at(right, top), at(left, below), at(right, below));
    [0, 1, 2].map(|n| (a[n] * (1.0 - across) + b[n] * across) * (1.0 - down) + (c[n] * (1.0 - across) + d[n] * across) * down)
}
