//! What lies around the paper: reached from the rim of the picture without a step, and darker than what is beyond the step.

use std::collections::VecDeque;

use studio::{Picture, Pixels};

type Colour = [f32; 3];

/// From one pixel of a desk to the next its colour changes less than this.
const STEP: f32 = 9.0;
/// Paper is lighter than the desk by this much.
const APART: f32 = 18.0;
/// Within so many pixels beyond the end of the desk paper is met, even behind a shadow and a printed frame.
const BEYOND: usize = 14;
/// Hundredths of the rim that a piece of the desk has.
const PIECE: usize = 4;
/// Hundredths of the rim that the desk has in all.
const ALL: usize = 20;
/// Hundredths of the shorter side; the frame of a certificate is not so broad.
const DEEP: usize = 9;
/// Hundredths of the picture that a piece has so deep inside.
const ROOMY: usize = 2;
/// So many pixels of the desk are looked at on both sides of a paper.
const BESIDE: usize = 14;

/// The pixels along the sides, clockwise from the upper left.
#[derive(Clone, Copy)]
pub(crate) struct Rim {
    width: usize,
    height: usize,
}

impl Rim {
    pub fn count(self) -> usize {
        2 * (self.width + self.height)
    }

    /// Top, right, bottom, left.
    pub fn side(self, n: usize) -> usize {
        let (half, n) = (self.width + self.height, n % self.count());
        2 * (n / half) + usize::from(n % half >= self.width)
    }

    fn at(self, n: usize) -> usize {
        let (half, n) = (self.width + self.height, n % self.count());
        let (x, y) = if n % half < self.width { (n % half, 0) } else { (self.width - 1, n % half - self.width) };
        let at = y * self.width + x;
        if n < half { at } else { self.width * self.height - 1 - at }
    }
}

/// From the end of a piece into what is beyond.
#[derive(Clone, Copy)]
struct Way {
    at: usize,
    steps: usize,
    /// How light it was where the way began.
    from: f32,
    /// The most light on the way.
    most: f32,
}

/// Which pixels are of the desk.
pub(crate) struct Desk {
    rim: Rim,
    colours: Vec<Colour>,
    is_desk: Vec<bool>,
}

impl Desk {
    /// `None` where hardly any is seen.
    pub fn of(small: &Picture) -> Option<Self> {
        let (width, height) = (small.width as usize, small.height as usize);
        let rim = Rim { width, height };
        let mut desk = Self { rim, colours: colours(small), is_desk: vec![false; width * height] };
        let mut is_seen = desk.is_desk.clone();
        for n in 0..rim.count() {
            let piece = desk.piece(rim.at(n), &mut is_seen);
            if desk.is_one(&piece) {
                piece.iter().for_each(|at| desk.is_desk[*at] = true);
            }
        }
        let found = (0..rim.count()).filter(|n| desk.is_desk[rim.at(*n)]).count();
        (found * 100 >= rim.count() * ALL).then_some(desk)
    }

    pub fn rim(&self) -> Rim {
        self.rim
    }

    /// The pixels of the rim where paper is seen, ink on it included.
    pub fn paper(&self) -> Vec<usize> {
        let all = self.rim.count();
        let is_desk = |n: usize| self.is_desk[self.rim.at(n)];
        let Some(first) = (0..all).find(|n| is_desk(*n)) else { return Vec::new() };
        let around: Vec<usize> = (first..first + all).collect();
        around
            .chunk_by(|one, other| is_desk(*one) == is_desk(*other))
            .filter(|stretch| !is_desk(stretch[0]) && self.is_lighter(stretch))
            .flatten()
            .copied()
            .collect()
    }

    /// Whether most of a stretch is paper, or ink between paper.
    fn is_lighter(&self, stretch: &[usize]) -> bool {
        let all = self.rim.count();
        let (first, last) = (stretch[0] + all, stretch[stretch.len() - 1]);
        let beside = (first - BESIDE..first).chain(last + 1..=last + BESIDE).filter(|n| self.is_desk[self.rim.at(*n)]);
        let light = |n: usize| self.colours[self.rim.at(n)][0];
        let desk = part_of(beside.map(light).collect(), 0.5);
        part_of(stretch.iter().copied().map(light).collect(), 0.75) >= desk + APART
    }

    /// What can be reached from a pixel without a step.
    fn piece(&self, from: usize, is_seen: &mut [bool]) -> Vec<usize> {
        if is_seen[from] || !self.is_even(from) {
            return Vec::new();
        }
        is_seen[from] = true;
        let (mut piece, mut next) = (vec![from], 0);
        while let Some(at) = piece.get(next).copied() {
            next += 1;
            for other in self.around(at) {
                if !is_seen[other] && self.is_even(other) {
                    is_seen[other] = true;
                    piece.push(other);
                }
            }
        }
        piece
    }

    /// Whether there is no step to any side: along a blurred edge one could climb it slowly.
    fn is_even(&self, at: usize) -> bool {
        self.around(at).all(|other| distance(self.colours[at], self.colours[other]) < STEP)
    }

    /// Whether a piece is of the desk: long, roomy, and with something lighter beyond most of its end.
    fn is_one(&self, piece: &[usize]) -> bool {
        let Rim { width, height } = self.rim;
        let depth = |at: usize| (at % width).min(width - 1 - at % width).min(at / width).min(height - 1 - at / width);
        let along = piece.iter().filter(|at| depth(**at) == 0).count();
        let deep = piece.iter().filter(|at| depth(**at) * 100 >= width.min(height) * DEEP).count();
        along * 100 >= self.rim.count() * PIECE && deep * 100 >= width * height * ROOMY && self.is_below(piece)
    }

    /// Goes out from a piece on all sides, and compares the most light on each way with where it began.
    fn is_below(&self, piece: &[usize]) -> bool {
        let mut is_met = vec![false; self.colours.len()];
        piece.iter().for_each(|at| is_met[*at] = true);
        let begin = |at: &usize| Way { at: *at, steps: 0, from: self.colours[*at][0], most: 0.0 };
        let mut ways: VecDeque<Way> = piece.iter().map(begin).collect();
        let (mut lighter, mut all) = (0, 0);
        while let Some(way) = ways.pop_front() {
            if way.steps == BEYOND {
                all += 1;
                lighter += usize::from(way.most >= way.from + APART);
                continue;
            }
            for at in self.around(way.at) {
                if !std::mem::replace(&mut is_met[at], true) {
                    ways.push_back(Way { at, steps: way.steps + 1, most: way.most.max(self.colours[at][0]), ..way });
                }
            }
        }
        all > 0 && lighter * 2 >= all
    }

    fn around(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let Rim { width, height } = self.rim;
        let (x, y) = (at % width, at / width);
        let (left, up) = ((x > 0).then(|| at - 1), (y > 0).then(|| at - width));
        let (right, down) = ((x + 1 < width).then_some(at + 1), (y + 1 < height).then_some(at + width));
        [left, right, up, down].into_iter().flatten()
    }
}

/// Light and two colours, so that their distance is about what an eye sees; each pixel with its neighbours, so that grain goes.
fn colours(small: &Picture) -> Vec<Colour> {
    let (width, height) = small.size();
    let near = |at: u32, side: u32| [at.saturating_sub(1), at, (at + 1).min(side - 1)];
    let mean = |x: u32, y: u32| {
        let mut sum = [0.0; 3];
        for (x, y) in near(y, height).into_iter().flat_map(|y| near(x, width).map(|x| (x, y))) {
            let pixel = small.at(x, y);
            sum = [0, 1, 2].map(|n| sum[n] + f32::from(pixel[n]) / 9.0);
        }
        let [r, g, b] = sum;
        [0.3 * r + 0.59 * g + 0.11 * b, 0.8 * (r - g), 0.5 * (0.5 * (r + g) - b)]
    };
    (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(x, y)).collect()
}

fn distance(a: Colour, b: Colour) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt()
}

/// The value below which so large a part of all lies; infinite for none.
fn part_of(mut values: Vec<f32>, part: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get((values.len() as f32 * part) as usize).copied().unwrap_or(f32::INFINITY)
}
