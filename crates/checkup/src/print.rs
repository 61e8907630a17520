//! What a picture looks like from afar, to know it again when it comes smaller, larger or compressed anew.

use studio::{Pixels, scale};

/// Cells of each side.
const SIDE: usize = 64;
/// So much of the differences must agree.
const SAME: f32 = 0.93;
/// Compression does not change the colour of the whole by more than this; papers of one form in two tints differ.
const TINT: f32 = 5.0;

/// The light of 64 × 64 parts of a picture, without what is common to neighbours.
#[derive(Clone, Debug)]
pub struct Print {
    /// Width of a picture of height 1000.
    proportion: u32,
    colour: [f32; 3],
    detail: Vec<f32>,
}

impl Print {
    /// The print of a picture.
    pub(crate) fn of(picture: &dyn Pixels) -> Self {
        let whole = picture.whole();
        let small = scale(picture, whole, SIDE as u32, SIDE as u32);
        let (width, height) = small.size();
        let light = |x: usize, y: usize| {
            let (x, y) = ((x as u32).min(width - 1), (y as u32).min(height - 1));
            small.luma(x, y) as f32
        };
        let around = |at: usize| at.saturating_sub(2)..(at + 3).min(SIDE);
        let detail = (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y))).map(|(x, y)| {
            let near: Vec<f32> = around(y).flat_map(|y| around(x).map(move |x| (x, y))).map(|(x, y)| light(x, y)).collect();
            light(x, y) - near.iter().sum::<f32>() / near.len() as f32
        });
        let mut colour = [0.0; 3];
        for pixel in small.rgb.chunks_exact(3) {
            colour = [0, 1, 2].map(|n| colour[n] + f32::from(pixel[n]) / (width * height) as f32);
        }
        // A strong edge must not outweigh everything else.
        let detail = detail.map(|value| value.signum() * value.abs().sqrt()).collect();
        Self { proportion: whole.width * 1000 / whole.height.max(1), colour, detail }
    }

    /// Whether both were made of one picture.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let is_alike = self.proportion.abs_diff(other.proportion) * 50 <= self.proportion;
        let is_tinted_alike = self.colour.iter().zip(other.colour).all(|(a, b)| (a - b).abs() < TINT);
        is_alike && is_tinted_alike && self.likeness(other) >= SAME
    }

    fn likeness(&self, other: &Self) -> f32 {
        let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let size = (product(&self.detail, &self.detail) * product(&other.detail, &other.detail)).sqrt();
        if size > 0.0 { product(&self.detail, &other.detail) / size } else { 0.0 }
    }
}
