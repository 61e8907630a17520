//! Smaller pictures, by averaging over areas: what is small is never enlarged.

use crate::pixels::{Picture, Pixels, Rect};

/// The largest measures of the same proportion whose long side is at most `long`; smaller ones stay as they are.
#[must_use]
pub fn within(width: u32, height: u32, long: u32) -> (u32, u32) {
    let longer = u64::from(width.max(height)).max(1);
    if longer <= u64::from(long) {
        return (width, height);
    }
    let scaled = |side: u32| (u64::from(side) * u64::from(long)).div_ceil(longer).clamp(1, u64::from(long));
    (u32::try_from(scaled(width)).unwrap_or(long), u32::try_from(scaled(height)).unwrap_or(long))
}

/// A part of a picture in `width` × `height` pixels, or in as many as it has when that is fewer. The pixels are read where they
/// lie, so that nothing but the result is allocated.
pub fn scale(source: &dyn Pixels, part: Rect, width: u32, height: u32) -> Picture {
    let (width, height) = (width.clamp(1, part.width.max(1)), height.clamp(1, part.height.max(1)));
    let columns: Vec<Span> = (0..width).map(|x| Span::of(x, width, part.width)).collect();
    let mut rgb = vec![0; width as usize * height as usize * 3];
    let mut sums = vec![[0_f32; 3]; width as usize];
    for (y, row) in (0..height).zip(rgb.chunks_mut(width as usize * 3)) {
        sums.fill([0.0; 3]);
        for (line, weight) in Span::of(y, height, part.height).weights() {
            for (sum, columns) in sums.iter_mut().zip(&columns) {
                let mut mean = [0.0; 3];
                for (x, weight) in columns.weights() {
                    let color = source.at(part.x + x, part.y + line);
                    mean = [0, 1, 2].map(|channel| mean[channel] + f32::from(color[channel]) * weight);
                }
                *sum = [0, 1, 2].map(|channel| sum[channel] + mean[channel] * weight);
            }
        }
        for (out, sum) in row.chunks_mut(3).zip(&sums) {
            out.copy_from_slice(&sum.map(|value| (value + 0.5) as u8));
        }
    }
    Picture { width, height, rgb }
}

/// The stretch of source pixels that makes one pixel: the first and the last count by the part that lies inside.
struct Span {
    first: u32,
    last: u32,
    first_weight: f32,
    middle_weight: f32,
    last_weight: f32,
}

impl Span {
    fn of(index: u32, parts: u32, length: u32) -> Self {
        let scale = f64::from(length) / f64::from(parts);
        let (from, to) = (f64::from(index) * scale, f64::from(index + 1) * scale);
        let first = (from as u32).min(length - 1);
        let last = (to.ceil() as u32).clamp(first + 1, length) - 1;
        let weight = |pixel: u32| ((to.min(f64::from(pixel) + 1.0) - from.max(f64::from(pixel))).max(0.0) / scale) as f32;
        let middle_weight = (1.0 / scale) as f32;
        Self { first, last, first_weight: weight(first), middle_weight, last_weight: weight(last) }
    }

    fn weights(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        (self.first..=self.last).map(|pixel| match pixel {
            _ if pixel == self.first => (pixel, self.first_weight),
            _ if pixel == self.last => (pixel, self.last_weight),
            _ => (pixel, self.middle_weight),
        })
    }
}
