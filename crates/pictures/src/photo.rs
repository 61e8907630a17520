//! A photograph of the person: kept as it came when it is right already, otherwise made right as the studio of the browser does
//! it (手册乙, 手册丙, 手册丁: the window of bytes, the proportion, the background). Works without scripts.

use domain::fault::Fault;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use studio::{Made, Picture, Pixels};

use super::kind::Kind;
use super::pixels::{Decoded, Upright};

/// What a slot for a photograph keeps; `kinds` is about the kept file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// What the province asks of a photograph.
    pub rules: studio::Rules,
    /// Formats of the kept file: `jpg`, `png`.
    pub kinds: Vec<String>,
}

/// What becomes of an upload.
pub(super) enum Outcome {
    /// It is right as it is; its pixels are handed back.
    Keep(Decoded),
    /// What is kept instead.
    Made(Made),
}

/// `length` is that of the file. The decoded pixels are dropped before anything is encoded.
pub(super) fn develop(decoded: Decoded, kind: Kind, length: usize, portrait: &Portrait) -> Result<Outcome, Fault> {
    let upright = Upright(&decoded);
    let rules = &portrait.rules;
    let verdict = studio::judge(&upright, rules, None);
    if let Some(flaw) = verdict.flaw {
        return Err(Fault::Photo(flaw));
    }
    let is_right = decoded.orientation == Orientation::NoTransforms
        && kind.is_among(&portrait.kinds)
        && (rules.min_bytes as usize..=rules.max_bytes as usize).contains(&length)
        && !verdict.border.is_there()
        && studio::has_proportion(upright.size(), (rules.width, rules.height));
    if is_right {
        return Ok(Outcome::Keep(decoded));
    }
    let (width, height) = studio::within(verdict.part.width, verdict.part.height, studio::LONG_SIDE);
    let part = studio::scale(&upright, verdict.part, width, height);
    drop(decoded);
    studio::make(&part, rules, &mut encoded).map(Outcome::Made).map_err(Fault::Photo)
}

/// An empty file, for a picture that the encoder does not take, is too light for every rule.
pub(super) fn encoded(picture: &Picture, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    match encoder.encode(&picture.rgb, picture.width, picture.height, ExtendedColorType::Rgb8) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}
