//! From coefficients to samples: the inverse cosine transform of as many frequencies as there are pixels.

use std::f32::consts::PI;

/// The transform for blocks of `side` pixels. Eight frequencies make eight pixels; the lowest four of them make four pixels
/// of the same block, softly, and so on.
pub(crate) struct Inverse {
    side: usize,
    /// For each pixel what each frequency adds to it.
    weights: [[f32; 8]; 8],
}

impl Inverse {
    pub(crate) fn new(side: usize) -> Self {
        let mut weights = [[0.0; 8]; 8];
        for (pixel, row) in weights.iter_mut().enumerate().take(side) {
            for (frequency, weight) in row.iter_mut().enumerate().take(side) {
                let part = if frequency == 0 { 1.0 } else { 2.0_f32 };
                let angle = (2 * pixel + 1) as f32 * frequency as f32 * PI / (2 * side) as f32;
                // The coefficients are those of an orthonormal transform of eight; the picture is smaller by side / 8.
                *weight = (part / 8.0).sqrt() * angle.cos();
            }
        }
        Self { side, weights }
    }

    /// Draws a block into its plane. `coefficients` and `table` are row by row, `coefficients` only the lowest of each row.
    pub(crate) fn draw(&self, coefficients: &[i16], table: &[u16; 64], into: &mut [u8], stride: usize) {
        let side = self.side;
        if coefficients[1..].iter().all(|value| *value == 0) {
            let level = sample(f32::from(coefficients[0]) * f32::from(table[0]) / 8.0);
            (0..side).for_each(|row| into[row * stride..][..side].fill(level));
            return;
        }
        // First the rows of frequencies become rows of pixels, then the columns.
        let mut half = [[0.0_f32; 8]; 8];
        for (row, values) in coefficients.chunks_exact(side).enumerate() {
            for (column, value) in values.iter().enumerate().filter(|(_, value)| **value != 0) {
                let value = f32::from(*value) * f32::from(table[row * 8 + column]);
                half[row].iter_mut().zip(&self.weights).take(side).for_each(|(sum, weights)| *sum += value * weights[column]);
            }
        }
        for down in 0..side {
            let mut line = [0.0_f32; 8];
            for (row, values) in half.iter().enumerate().take(side) {
                let weight = self.weights[down][row];
                line.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
            }
            let pixels = &mut into[down * stride..][..side];
            pixels.iter_mut().zip(line).for_each(|(pixel, value)| *pixel = sample(value));
        }
    }
}

fn sample(value: f32) -> u8 {
    (value + 128.5) as u8
}
