//! The note at the foot of a page on which something is to be written by hand.

use super::{HEIGHT, LEFT, Mark, Plan, RIGHT};
use crate::draw::BY_HAND;
use crate::typeface::Weight;

/// Between the table and the page number.
const BASELINE: f32 = HEIGHT - 43.5;
const SIZE: f32 = 7.5;

impl Plan<'_> {
    pub(super) fn note_blanks(&mut self) {
        for nth in 0..self.pages.len() {
            let texts = self.pages[nth].iter().filter_map(|mark| match mark {
                Mark::Text { text, .. } => Some(text.as_str()),
                _ => None,
            });
            let missing: Vec<char> = self.types.missing(&texts.collect::<String>()).chars().collect();
            if !missing.is_empty() {
                let text = self.note(&missing);
                self.pages[nth].push(Mark::Text { x: LEFT, y: BASELINE, size: SIZE, weight: Weight::Regular, text });
            }
        }
    }

    /// With as many of the code points as the line holds.
    fn note(&self, missing: &[char]) -> String {
        let of = |most: usize| {
            let points: Vec<String> = missing.iter().take(most).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
            let more = if most < missing.len() { "等" } else { "" };
            format!("注：标有“{BY_HAND}”的横线处是打印字库中没有的字（{}{more}），请打印后用黑色墨水笔写上。", points.join("、"))
        };
        let fits = |text: &String| self.types.width(text, Weight::Regular, SIZE) <= RIGHT - LEFT;
        (1..=missing.len()).rev().map(of).find(fits).unwrap_or_else(|| of(1))
    }
}
