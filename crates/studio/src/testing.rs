//! Photographs for tests: a table of inputs and how each is drawn. Optimised with this crate, for there are many pixels.

use crate::pixels::{Picture, Pixels};

/// A row of `inputs/photos.csv`; `flaw` is what is wrong with it, or `-`.
#[derive(Clone, Debug)]
pub struct Input {
    pub rules: String,
    pub width: u32,
    pub height: u32,
    pub border: u32,
    pub background: String,
    pub format: String,
    pub orientation: u8,
    pub drawn: String,
    pub noise: u32,
    pub flaw: String,
}

/// All of them.
///
/// # Panics
/// When the table is not one.
#[must_use]
#[expect(clippy::unwrap_used, reason = "a broken table is a broken test")]
pub fn inputs() -> Vec<Input> {
    let lines = include_str!("../inputs/photos.csv").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let part: Vec<&str> = line.split(',').collect();
            let number = |n: usize| part[n].parse().unwrap();
            let word = |n: usize| part[n].to_owned();
            let orientation = u8::try_from(number(6)).unwrap();
            Input {
                rules: word(0),
                width: number(1),
                height: number(2),
                border: number(3),
                background: word(4),
                format: word(5),
                orientation,
                drawn: word(7),
                noise: number(8),
                flaw: word(9),
            }
        })
        .collect()
}

/// The same motif as in `end2end/fixtures/photos.ts`, pixel by pixel.
fn person(width: u32, height: u32, background: &str, noise: u32) -> Picture {
    let mut grain = 7_u32;
    let mut rgb = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let by = ((grain >> 16) % (2 * noise + 1)) as i32 - noise as i32;
        // As large as fits a portrait: a wide sheet shows more of the wall, not a wider head.
        let unit = f64::from(width).min(f64::from(height) * 0.7);
        let across = (f64::from(x) - f64::from(width) / 2.0) / unit;
        let down = (f64::from(y) - f64::from(height) * 0.42) * 0.7 / unit;
        let behind = match background {
            "red" => [200, 30, 40],
            "blue" => [67, 142, 219],
            "white" => [250, 250, 250],
            "grey" => [128, 128, 128],
            "green" => [60, 160, 70],
            _ if across < 0.0 => [67, 142, 219],
            _ => [200, 30, 40],
        };
        let (head_x, head_y) = (across / 0.26, down / 0.27);
        let colour: [i32; 3] = if down > 0.28 && across.abs() < 0.44 {
            [40, 44, 60]
        } else if down.abs() < 0.02 && (across.abs() - 0.1).abs() < 0.03 {
            [30, 20, 20]
        } else if head_x * head_x + head_y * head_y < 1.0 {
            [224, 180, 150]
        } else {
            behind
        };
        rgb.extend(colour.map(|value| (value + by).clamp(0, 255) as u8));
    }
    Picture { width, height, rgb }
}

fn resample(width: u32, height: u32, at: impl Fn(u32, u32) -> [u8; 3]) -> Picture {
    let rgb = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| at(x, y)).collect();
    Picture { width, height, rgb }
}

fn smoothly(small: &Picture, times: u32) -> Picture {
    let place = |at: u32, side: u32| ((f64::from(at) + 0.5) / f64::from(times) - 0.5).clamp(0.0, f64::from(side - 1));
    resample(small.width * times, small.height * times, |x, y| {
        let (x, y) = (place(x, small.width), place(y, small.height));
        let (right, below) = (x.fract(), y.fract());
        let at = |dx: u32, dy: u32| small.at((x as u32 + dx).min(small.width - 1), (y as u32 + dy).min(small.height - 1));
        let [a, b, c, d] = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
        [0, 1, 2].map(|n| {
            let [a, b, c, d] = [a[n], b[n], c[n], d[n]].map(f64::from);
            ((a * (1.0 - right) + b * right) * (1.0 - below) + (c * (1.0 - right) + d * right) * below + 0.5) as u8
        })
    })
}

impl Input {
    /// Upright.
    ///
    /// # Panics
    /// For a way of drawing that there is not.
    #[must_use]
    #[expect(clippy::unwrap_used, reason = "a broken table is a broken test")]
    pub fn drawn(&self) -> Picture {
        let (width, height) = (self.width - 2 * self.border, self.height - 2 * self.border);
        let small = |times: u32| person(width / times, height / times, &self.background, self.noise);
        let inner = match self.drawn.as_str() {
            "plain" => small(1),
            "smooth2" => smoothly(&small(2), 2),
            "smooth4" => smoothly(&small(4), 4),
            "smooth6" => smoothly(&small(6), 6),
            blocks => {
                let times: u32 = blocks.strip_prefix("blocks").unwrap().parse().unwrap();
                let small = small(times);
                resample(width, height, |x, y| small.at(x / times, y / times))
            }
        };
        let is_inside = |at: u32, side: u32| (self.border..self.border + side).contains(&at);
        resample(self.width, self.height, |x, y| {
            let is_picture = is_inside(x, width) && is_inside(y, height);
            if is_picture { inner.at(x - self.border, y - self.border) } else { [255; 3] }
        })
    }

    /// As it lies in a file whose orientation makes it stand upright again.
    #[must_use]
    pub fn lying(&self) -> Picture {
        let upright = self.drawn();
        let (width, height) = (upright.width, upright.height);
        let (across, down) = if self.orientation > 4 { (height, width) } else { (width, height) };
        resample(across, down, |x, y| {
            let (right, below) = (across - 1 - x, down - 1 - y);
            let (x, y) = match self.orientation {
                1 => (x, y),
                2 => (right, y),
                3 => (right, below),
                4 => (x, below),
                5 => (y, x),
                6 => (below, x),
                7 => (below, right),
                _ => (y, right),
            };
            upright.at(x, y)
        })
    }
}
