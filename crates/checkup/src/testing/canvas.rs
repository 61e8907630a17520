//! A sheet to draw on.

use super::dice::Dice;

pub type Colour = [f32; 3];

/// Three values a pixel, 0 to 255.
#[derive(Clone)]
pub struct Canvas {
    pub width: usize,
    pub height: usize,
    pub at: Vec<Colour>,
}

impl Canvas {
    pub fn new(width: usize, height: usize, ground: Colour) -> Self {
        Self { width, height, at: vec![ground; width * height] }
    }

    /// Lays a colour over the pixels of a box that a shape says, as strongly as it says (0 to 1).
    pub fn lay(&mut self, [left, top, right, bottom]: [f32; 4], colour: Colour, strength: impl Fn(f32, f32) -> f32) {
        let limit = |value: f32, most: usize| (value.max(0.0) as usize).min(most);
        for y in limit(top, self.height)..limit(bottom.ceil(), self.height) {
            for x in limit(left, self.width)..limit(right.ceil(), self.width) {
                let part = strength(x as f32 + 0.5, y as f32 + 0.5).clamp(0.0, 1.0);
                let pixel = &mut self.at[y * self.width + x];
                *pixel = [0, 1, 2].map(|n| pixel[n] * (1.0 - part) + colour[n] * part);
            }
        }
    }

    pub fn block(&mut self, place: [f32; 4], colour: Colour) {
        let [left, top, right, bottom] = place;
        let cover = |at: f32, from: f32, to: f32| (at + 0.5 - from).clamp(0.0, 1.0).min((to - at + 0.5).clamp(0.0, 1.0));
        self.lay([left - 1.0, top - 1.0, right + 1.0, bottom + 1.0], colour, |x, y| {
            cover(x, left, right) * cover(y, top, bottom)
        });
    }

    /// A frame of lines.
    pub fn frame(&mut self, [left, top, right, bottom]: [f32; 4], thick: f32, colour: Colour) {
        self.block([left, top, right, top + thick], colour);
        self.block([left, bottom - thick, right, bottom], colour);
        self.block([left, top, left + thick, bottom], colour);
        self.block([right - thick, top, right, bottom], colour);
    }

    pub fn oval(&mut self, (x, y): (f32, f32), (across, down): (f32, f32), colour: Colour, part: f32) {
        self.lay([x - across, y - down, x + across, y + down], colour, |px, py| {
            let far = ((px - x) / across).hypot((py - y) / down);
            ((1.0 - far) * across.min(down)).clamp(0.0, 1.0) * part
        });
    }

    /// A stroke of a brush.
    pub fn stroke(&mut self, (x1, y1): (f32, f32), (x2, y2): (f32, f32), thick: f32, colour: Colour) {
        let length = ((x2 - x1).powi(2) + (y2 - y1).powi(2)).max(0.01);
        let space = [x1.min(x2) - thick, y1.min(y2) - thick, x1.max(x2) + thick, y1.max(y2) + thick];
        self.lay(space, colour, |x, y| {
            let along = (((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length).clamp(0.0, 1.0);
            let away = (x - x1 - along * (x2 - x1)).hypot(y - y1 - along * (y2 - y1));
            (thick / 2.0 + 0.5 - away).clamp(0.0, 1.0)
        });
    }

    /// A sign that looks like writing from afar: mostly level and upright strokes.
    pub fn sign(&mut self, dice: &mut Dice, (x, y): (f32, f32), size: f32, ink: Colour) {
        let thick = (size / 10.0).max(1.0);
        for _ in 0..dice.below(4) + 4 {
            let (a, b, c) = (dice.between(0.05, 0.45) * size, dice.between(0.5, 0.95) * size, dice.between(0.05, 0.95) * size);
            let (from, to) = match dice.below(5) {
                0 | 1 => ((x + a, y + c), (x + b, y + c)),
                2 | 3 => ((x + c, y + a), (x + c, y + b)),
                _ => ((x + c, y + a), (x + dice.between(0.05, 0.95) * size, y + b)),
            };
            self.stroke(from, to, thick, ink);
        }
    }

    /// So many signs in a line.
    pub fn line(&mut self, dice: &mut Dice, (x, y): (f32, f32), count: usize, size: f32, ink: Colour) {
        for n in 0..count {
            let x = x + n as f32 * size * 1.12;
            if x + size > self.width as f32 {
                break;
            }
            self.sign(dice, (x, y), size, ink);
        }
    }

    /// A round red seal with signs along its rim and a star.
    pub fn seal(&mut self, dice: &mut Dice, (x, y): (f32, f32), radius: f32) {
        let red = [205.0, 30.0 + dice.between(0.0, 25.0), 35.0];
        let thick = radius * 0.07;
        self.lay([x - radius, y - radius, x + radius, y + radius], red, |px, py| {
            let far = (px - x).hypot(py - y);
            (thick / 2.0 + 0.5 - (far - radius + thick).abs()).clamp(0.0, 1.0) * 0.75
        });
        for n in 0..12 {
            let turn = (n as f32 * 25.0 + 120.0).to_radians();
            let size = radius * 0.24;
            self.sign(
                dice,
                (x + turn.cos() * radius * 0.72 - size / 2.0, y + turn.sin() * radius * 0.72 - size / 2.0),
                size,
                red,
            );
        }
        let point = |n: u8| {
            let turn = (f32::from(n) * 144.0 - 90.0).to_radians();
            (x + turn.cos() * radius * 0.3, y + turn.sin() * radius * 0.3)
        };
        for n in 0..5 {
            self.stroke(point(n), point(n + 1), radius * 0.06, red);
        }
    }

    /// Somebody's photograph.
    pub fn portrait(&mut self, dice: &mut Dice, [left, top, right, bottom]: [f32; 4], wall: Colour) {
        let (across, down, x) = (right - left, bottom - top, f32::midpoint(left, right));
        let by = dice.between(-14.0, 14.0);
        let skin = [222.0 + by, 178.0 + by, 148.0 + by];
        let hair = [28.0 + by.abs(), 24.0, 22.0];
        self.block([left, top, right, bottom], wall);
        let shoulders = [45.0 + by, 50.0, 70.0 - by];
        self.lay([left, top + down * 0.66, right, bottom], shoulders, |px, py| {
            let width = across * (0.26 + 0.9 * ((py - top) / down - 0.66));
            (width - (px - x).abs()).clamp(0.0, 1.0)
        });
        self.oval((x, top + down * 0.36), (across * 0.27, down * 0.26), hair, 1.0);
        self.block([x - across * 0.09, top + down * 0.55, x + across * 0.09, top + down * 0.72], skin);
        self.oval((x, top + down * 0.44), (across * 0.22, down * 0.24), skin, 1.0);
        for side in [-0.09, 0.09] {
            self.block([x + across * (side - 0.035), top + down * 0.41, x + across * (side + 0.035), top + down * 0.43], hair);
        }
        self.block([x - across * 0.06, top + down * 0.57, x + across * 0.06, top + down * 0.585], [170.0, 80.0, 80.0]);
    }
}
