//! Six spoken digits for whoever cannot see the picture (ux A6): clips at changing speed and loudness, over noise and over
//! digits that run backwards.

use super::Dice;

/// Samples a second, one channel, 8 bits.
const RATE: u32 = 8_000;
const DIGITS: usize = 6;
/// How loud the noise and the digits that run backwards are, beside a whole digit.
const NOISE: f32 = 0.10;
const MURMUR: f32 = 0.16;

/// 零 to 九 (`digits/README.md`).
const CLIPS: [&[u8]; 10] = [
    include_bytes!("digits/0.wav"),
    include_bytes!("digits/1.wav"),
    include_bytes!("digits/2.wav"),
    include_bytes!("digits/3.wav"),
    include_bytes!("digits/4.wav"),
    include_bytes!("digits/5.wav"),
    include_bytes!("digits/6.wav"),
    include_bytes!("digits/7.wav"),
    include_bytes!("digits/8.wav"),
    include_bytes!("digits/9.wav"),
];

/// Digits to be heard: `answer` has six of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The six digits.
    pub answer: String,
    /// The sound as WAV: 8000 Hz, one channel, 8 bits; five to nine seconds.
    pub wav: Vec<u8>,
}

/// The digits of a seed. They share nothing with the characters of its picture.
pub fn spoken(seed: u64) -> Spoken {
    let digits = digits(seed);
    let mut dice = Dice(seed.rotate_left(29));
    let mut sound = silence(&mut dice);
    for digit in digits {
        say(&mut sound, digit, &mut dice);
        sound.extend(silence(&mut dice));
    }
    murmur(&mut sound, &mut dice);
    Spoken { answer: written(digits), wav: wav(&sound, &mut dice) }
}

/// What is said under a seed, without saying it.
pub fn spoken_answer(seed: u64) -> String {
    written(digits(seed))
}

fn written(digits: [usize; DIGITS]) -> String {
    digits.iter().filter_map(|digit| char::from_digit(u32::try_from(*digit).ok()?, 10)).collect()
}

fn digits(seed: u64) -> [usize; DIGITS] {
    let mut dice = Dice(seed.rotate_left(17) ^ 0x5350_4F4B_454E_0001);
    std::array::from_fn(|_| dice.below(CLIPS.len()))
}

/// Between 0.3 and 0.6 seconds.
fn silence(dice: &mut Dice) -> Vec<f32> {
    vec![0.0; 2_400 + dice.below(2_400)]
}

/// The samples of a clip, between -1 and 1.
fn clip(digit: usize) -> impl DoubleEndedIterator<Item = f32> {
    const HEADER: usize = 44;
    let samples = CLIPS[digit].get(HEADER..).unwrap_or_default().chunks_exact(2);
    samples.map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / f32::from(i16::MAX))
}

/// A digit up to an eighth faster or slower than its clip, and up to a third more quiet.
fn say(sound: &mut Vec<f32>, digit: usize, dice: &mut Dice) {
    let samples: Vec<f32> = clip(digit).collect();
    let (speed, loud) = (dice.between(0.88, 1.12), dice.between(0.66, 1.0));
    sound.extend(stretched(&samples, speed).map(|sample| sample * loud));
}

fn stretched(samples: &[f32], speed: f32) -> impl Iterator<Item = f32> {
    let mut at = 0.0_f32;
    std::iter::from_fn(move || {
        let (whole, part) = (at.trunc(), at.fract());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a clip of thousands of samples")]
        let place = whole as usize;
        let (now, next) = (samples.get(place)?, samples.get(place + 1)?);
        at += speed;
        Some(now + (next - now) * part)
    })
}

/// Digits from behind, one after the other, under everything.
fn murmur(sound: &mut [f32], dice: &mut Dice) {
    let mut at = 0;
    while at < sound.len() {
        let backwards = clip(dice.below(CLIPS.len())).rev();
        for (sample, under) in sound[at..].iter_mut().zip(backwards) {
            *sample += under * MURMUR;
        }
        at += 3_000 + dice.below(3_000);
    }
}

fn wav(sound: &[f32], dice: &mut Dice) -> Vec<u8> {
    let bytes = sound.iter().map(|sample| {
        let level = (sample * 0.7 + dice.between(-NOISE, NOISE)).clamp(-1.0, 1.0) * 127.0 + 128.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 255")]
        let byte = level as u8;
        byte
    });
    let bytes: Vec<u8> = bytes.collect();
    let length = u32::try_from(bytes.len()).unwrap_or_default();
    let mut file = Vec::with_capacity(44 + bytes.len());
    file.extend(b"RIFF");
    file.extend((36 + length).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    // PCM, one channel.
    file.extend([1, 0, 1, 0]);
    file.extend(RATE.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    // One byte for each sample, 8 bits.
    file.extend([1, 0, 8, 0]);
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(bytes);
    file
}
