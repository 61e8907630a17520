//! Lens, sensor and file: what they do to what is seen.

use studio::Picture;

use super::canvas::Canvas;
use super::dice::Dice;

/// Out of focus by so many pixels (the deviation of a bell).
pub fn defocus(seen: &mut Canvas, deviation: f32) {
    let reach = (deviation * 2.6).ceil() as isize;
    let weights: Vec<f32> = (-reach..=reach).map(|n| (-(n as f32).powi(2) / (2.0 * deviation * deviation)).exp()).collect();
    let all: f32 = weights.iter().sum();
    let weights: Vec<f32> = weights.iter().map(|weight| weight / all).collect();
    along(seen, &weights, reach, (1, 0));
    along(seen, &weights, reach, (0, 1));
}

fn along(seen: &mut Canvas, weights: &[f32], reach: isize, step: (isize, isize)) {
    let (width, height) = (seen.width as isize, seen.height as isize);
    let before = seen.at.clone();
    for y in 0..height {
        for x in 0..width {
            let mut sum = [0.0; 3];
            for (n, weight) in (-reach..=reach).zip(weights) {
                let (x, y) = ((x + n * step.0).clamp(0, width - 1), (y + n * step.1).clamp(0, height - 1));
                let pixel = before[(y * width + x) as usize];
                sum = [0, 1, 2].map(|n| sum[n] + pixel[n] * weight);
            }
            seen.at[(y * width + x) as usize] = sum;
        }
    }
}

/// The hand moved by so many pixels in a direction (radians).
pub fn shake(seen: &mut Canvas, length: f32, turn: f32) {
    let (width, height) = (seen.width as isize, seen.height as isize);
    let before = seen.at.clone();
    let count = length.ceil() as usize;
    let steps: Vec<(isize, isize)> = (0..count)
        .map(|n| (n as f32 / (count - 1).max(1) as f32 - 0.5) * length)
        .map(|by| ((turn.cos() * by).round() as isize, (turn.sin() * by).round() as isize))
        .collect();
    for y in 0..height {
        for x in 0..width {
            let mut sum = [0.0; 3];
            for (dx, dy) in &steps {
                let pixel = before[((y + dy).clamp(0, height - 1) * width + (x + dx).clamp(0, width - 1)) as usize];
                sum = [0, 1, 2].map(|n| sum[n] + pixel[n]);
            }
            seen.at[(y * width + x) as usize] = sum.map(|value| value / steps.len() as f32);
        }
    }
}

/// A lamp is mirrored: middle, reach across and down, turn.
pub fn mirror(seen: &mut Canvas, (x, y): (f32, f32), (across, down): (f32, f32), turn: f32, strength: f32) {
    let width = seen.width;
    for (n, pixel) in seen.at.iter_mut().enumerate() {
        let (dx, dy) = ((n % width) as f32 - x, (n / width) as f32 - y);
        let (along, aside) = (dx * turn.cos() + dy * turn.sin(), dy * turn.cos() - dx * turn.sin());
        let far = (along / across).hypot(aside / down);
        let add = strength / (1.0 + (far * far * far * far));
        *pixel = pixel.map(|value| value + add);
    }
}

/// Grain, clipping, and what is kept.
pub fn develop(seen: &Canvas, dice: &mut Dice, grain: f32) -> Picture {
    let mut rgb = Vec::with_capacity(seen.at.len() * 3);
    for pixel in &seen.at {
        let common = dice.bell() * grain;
        let [a, b] = [dice.bell() * grain * 0.35, dice.bell() * grain * 0.35];
        let by = [common + a, common - a * 0.5 - b * 0.5, common + b];
        rgb.extend([0, 1, 2].map(|n| (pixel[n] + by[n] + 0.5).clamp(0.0, 255.0) as u8));
    }
    Picture { width: seen.width as u32, height: seen.height as u32, rgb }
}

/// What a JPEG leaves of the light: blocks of 8 × 8 whose waves are rounded, fine ones more.
pub fn compress(picture: &mut Picture, rough: f32) {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let waves: Vec<f32> = (0..64)
        .map(|n| {
            let (wave, at) = ((n / 8) as f32, (n % 8) as f32);
            let size = if n < 8 { (0.125_f32).sqrt() } else { 0.5 };
            size * ((2.0 * at + 1.0) * wave * std::f32::consts::PI / 16.0).cos()
        })
        .collect();
    for (top, left) in (0..height / 8 * 8).step_by(8).flat_map(|y| (0..width / 8 * 8).step_by(8).map(move |x| (y, x))) {
        let place = |n: usize| ((top + n / 8) * width + left + n % 8) * 3;
        let luma: [f32; 64] = std::array::from_fn(|n| {
            let at = place(n);
            let [r, g, b] = [0, 1, 2].map(|channel| f32::from(picture.rgb[at + channel]));
            0.299 * r + 0.587 * g + 0.114 * b
        });
        let rounded = transformed(&transformed(&luma, &waves, false), &waves, false);
        let rounded: [f32; 64] = std::array::from_fn(|n| {
            let step = rough * (3.0 + (n / 8 + n % 8) as f32 * 1.5);
            (rounded[n] / step).round() * step
        });
        let after = transformed(&transformed(&rounded, &waves, true), &waves, true);
        for n in 0..64 {
            let (at, by) = (place(n), after[n] - luma[n]);
            for value in &mut picture.rgb[at..at + 3] {
                *value = (f32::from(*value) + by + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
    }
}

/// Rows into waves, or back, and the block turned over: twice is both ways.
fn transformed(block: &[f32; 64], waves: &[f32], is_back: bool) -> [f32; 64] {
    std::array::from_fn(|n| {
        let (into, row) = (n / 8, n % 8);
        let weight = |at: usize| if is_back { waves[at * 8 + into] } else { waves[into * 8 + at] };
        (0..8).map(|at| block[row * 8 + at] * weight(at)).sum()
    })
}
