//! From decoded pixels of any kind to the picture that is shown: averaged over areas, flattened on white, 8 bits.

use image::{ColorType, RgbImage};

const LONG_SIDE: u32 = 1600;
pub(super) const MAX_VIEW_BYTES: u64 = LONG_SIDE as u64 * LONG_SIDE as u64 * 3;

fn view_size(width: u32, height: u32) -> (u32, u32) {
    let long = u64::from(width.max(height)).max(1);
    if long <= u64::from(LONG_SIDE) {
        return (width, height);
    }
    let scaled = |side: u32| (u64::from(side) * u64::from(LONG_SIDE)).div_ceil(long).clamp(1, u64::from(LONG_SIDE));
    (u32::try_from(scaled(width)).unwrap_or(LONG_SIDE), u32::try_from(scaled(height)).unwrap_or(LONG_SIDE))
}

/// What the picture that is shown takes in memory.
pub(super) fn view_bytes(width: u32, height: u32) -> u64 {
    let (width, height) = view_size(width, height);
    u64::from(width) * u64::from(height) * 3
}

/// Reads the pixels where they lie, so that nothing but the result is allocated.
pub(super) fn to_view(pixels: &[u8], color: ColorType, width: u32, height: u32) -> RgbImage {
    let wide = |pixel: &[u8], at: usize| f32::from(u16::from_ne_bytes([pixel[at * 2], pixel[at * 2 + 1]])) / 257.0;
    let byte = |pixel: &[u8], at: usize| f32::from(pixel[at]);
    let source = Source { pixels, width: width as usize, height: height as usize, step: color.bytes_per_pixel().into() };
    match color {
        ColorType::L8 => source.average(|pixel| [byte(pixel, 0); 3]),
        ColorType::La8 => source.average(|pixel| flat([byte(pixel, 0); 3], byte(pixel, 1))),
        ColorType::Rgb8 => source.average(|pixel| [byte(pixel, 0), byte(pixel, 1), byte(pixel, 2)]),
        ColorType::Rgba8 => source.average(|pixel| flat([byte(pixel, 0), byte(pixel, 1), byte(pixel, 2)], byte(pixel, 3))),
        ColorType::L16 => source.average(|pixel| [wide(pixel, 0); 3]),
        ColorType::La16 => source.average(|pixel| flat([wide(pixel, 0); 3], wide(pixel, 1))),
        ColorType::Rgb16 => source.average(|pixel| [wide(pixel, 0), wide(pixel, 1), wide(pixel, 2)]),
        _ => source.average(|pixel| flat([wide(pixel, 0), wide(pixel, 1), wide(pixel, 2)], wide(pixel, 3))),
    }
}

fn flat(color: [f32; 3], alpha: f32) -> [f32; 3] {
    color.map(|value| 255.0 + (value - 255.0) * alpha / 255.0)
}

struct Source<'a> {
    pixels: &'a [u8],
    width: usize,
    height: usize,
    step: usize,
}

impl Source<'_> {
    fn average(&self, read: impl Fn(&[u8]) -> [f32; 3]) -> RgbImage {
        let (width, height) = view_size(self.width as u32, self.height as u32);
        let columns: Vec<Span> = (0..width).map(|x| Span::of(x, width, self.width)).collect();
        let mut view = RgbImage::new(width, height);
        let mut sums = vec![[0_f32; 3]; width as usize];
        for (y, row) in (0..height).zip(view.chunks_mut(width as usize * 3)) {
            let span = Span::of(y, height, self.height);
            sums.fill([0.0; 3]);
            for (line, weight) in span.weights() {
                let line = &self.pixels[line * self.width * self.step..(line + 1) * self.width * self.step];
                for (sum, columns) in sums.iter_mut().zip(&columns) {
                    let mut part = [0.0; 3];
                    for (x, weight) in columns.weights() {
                        let color = read(&line[x * self.step..(x + 1) * self.step]);
                        part = [0, 1, 2].map(|channel| part[channel] + color[channel] * weight);
                    }
                    *sum = [0, 1, 2].map(|channel| sum[channel] + part[channel] * weight);
                }
            }
            for (out, sum) in row.chunks_mut(3).zip(&sums) {
                out.copy_from_slice(&sum.map(|value| (value + 0.5) as u8));
            }
        }
        view
    }
}

/// The stretch of source pixels that makes one pixel: the first and the last count by the part that lies inside.
struct Span {
    first: usize,
    last: usize,
    first_weight: f32,
    middle_weight: f32,
    last_weight: f32,
}

impl Span {
    fn of(index: u32, parts: u32, length: usize) -> Self {
        let scale = length as f64 / f64::from(parts);
        let (from, to) = (f64::from(index) * scale, f64::from(index + 1) * scale);
        let first = (from as usize).min(length - 1);
        let last = (to.ceil() as usize).clamp(first + 1, length) - 1;
        let weight = |pixel: usize| ((to.min(pixel as f64 + 1.0) - from.max(pixel as f64)).max(0.0) / scale) as f32;
        let middle_weight = (1.0 / scale) as f32;
        Self { first, last, first_weight: weight(first), middle_weight, last_weight: weight(last) }
    }

    fn weights(&self) -> impl Iterator<Item = (usize, f32)> + '_ {
        (self.first..=self.last).map(|pixel| match pixel {
            _ if pixel == self.first => (pixel, self.first_weight),
            _ if pixel == self.last => (pixel, self.last_weight),
            _ => (pixel, self.middle_weight),
        })
    }
}
