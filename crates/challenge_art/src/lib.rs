//! The challenges: characters to be read, digits to be heard, and a landscape into which a piece is to be moved.
//! The same seed always gives the same ones, so that two servers agree; the seed never leaves them.

mod canvas;
mod captcha;
mod glyphs;
mod slider;
mod spoken;

pub use captcha::{Captcha, captcha};
#[cfg(test)]
pub use slider::slider_place;
pub use slider::{Slider, slider, slider_accepts};
pub use spoken::{Spoken, spoken, spoken_answer};

/// SplitMix64: small, and the same on every machine and in every version of every crate.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..count`.
    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * ((self.next() >> 40) as f32 / (1_u32 << 24) as f32)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn sign(&mut self) -> f32 {
        self.pick(&[-1.0, 1.0])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_captcha_is_the_same_for_the_same_seed_and_small() {
        for seed in 0..40 {
            let art = captcha(seed);
            assert_eq!(art.answer.len(), 4);
            assert!(art.answer.chars().all(|sign| glyphs::ALPHABET.contains(sign)), "{}", art.answer);
            assert!(art.png.len() <= 6 * 1024, "{} bytes at seed {seed}", art.png.len());
        }
        let (once, again) = (captcha(7), captcha(7));
        assert_eq!((once.answer, once.png), (again.answer, again.png));
        assert!((0..200).map(captcha::answer).collect::<BTreeSet<_>>().len() > 190);
    }

    #[test]
    fn what_is_said_is_the_same_for_the_same_seed_and_nobody_waits_long_for_it() {
        for seed in 0..40 {
            let sound = spoken(seed);
            assert!(sound.answer.len() == 6 && sound.answer.bytes().all(|sign| sign.is_ascii_digit()), "{}", sound.answer);
            assert_eq!(sound.answer, spoken_answer(seed));
            let seconds = (sound.wav.len() - 44) / 8_000;
            assert!((4..=9).contains(&seconds), "{seconds} seconds at seed {seed}");
            let silent = sound.wav[44..].iter().filter(|level| **level == 128).count();
            assert!(silent * 10 < sound.wav.len(), "noise everywhere: {silent} silent samples at seed {seed}");
        }
        let (once, again) = (spoken(7), spoken(7));
        assert_eq!((once.answer, once.wav), (again.answer, again.wav));
        assert!((0..200).map(spoken_answer).collect::<BTreeSet<_>>().len() > 190);
    }

    #[test]
    fn the_hole_lies_inside_the_picture_and_away_from_where_the_piece_starts() {
        for seed in 0..8 {
            let art = slider(seed);
            assert!(art.x >= art.piece_width + 20 && art.x <= art.width - art.piece_width);
            assert!(art.y + art.piece_height <= art.height);
            assert!(art.background.len() <= 12 * 1024, "{} bytes at seed {seed}", art.background.len());
            assert!(art.piece.len() <= 4 * 1024, "{} bytes at seed {seed}", art.piece.len());
            let background = image::load_from_memory(&art.background).unwrap();
            let piece = image::load_from_memory(&art.piece).unwrap();
            assert_eq!((background.width(), background.height()), (art.width * 2, art.height * 2));
            assert_eq!((piece.width(), piece.height()), (art.piece_width * 2, art.piece_height * 2));
        }
        assert_eq!(slider(3).background, slider(3).background);
    }

    #[test]
    fn of_blind_guesses_at_most_one_in_thirty_passes_wherever_they_go() {
        const ROUNDS: u64 = 40_000;
        let mut seeds = Dice(20_250_901);
        let places: Vec<u32> = (0..ROUNDS).map(|_| slider_place(seeds.next())).collect();
        assert_eq!(slider(11).x, slider_place(11));
        let mut guesses = Dice(4_711);
        let passed = places.iter().filter(|place| slider_accepts(**place, guesses.below(269) as u32)).count() as u64;
        assert!(passed * 30 <= ROUNDS, "{passed} of {ROUNDS} guesses anywhere");
        for guess in 0..=268 {
            let passed = places.iter().filter(|place| slider_accepts(**place, guess)).count() as u64;
            assert!(passed * 30 <= ROUNDS, "{passed} of {ROUNDS} guesses of {guess}");
        }
    }

    #[test]
    fn two_pixels_beside_the_hole_are_accepted_and_three_are_not() {
        for (given, accepted) in [(97, false), (98, true), (100, true), (102, true), (103, false)] {
            assert_eq!(slider_accepts(100, given), accepted, "{given}");
        }
        assert!(slider_accepts(2, 0) && !slider_accepts(0, u32::MAX));
    }
}
