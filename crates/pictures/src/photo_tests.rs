//! Photographs: the table of inputs that the browser's tests draw as well, each judged by the server and by the studio.

use std::collections::BTreeMap;

use domain::fault::Fault;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use studio::testing::{Input, inputs};
use studio::{Background, Flaw, Picture};

use super::tests::{chunk, exif, segment, with_chunk, with_segment};
use super::*;

fn rules_of(name: &str) -> PictureRules {
    let all = Background::ALL.to_vec();
    let (width, height, min_bytes, max_bytes, backgrounds, no_white_border) = match name {
        "any" => (295, 413, 0, 3 << 20, Vec::new(), false),
        "tiny" => (295, 413, 0, 20 << 10, all, true),
        "light" => (295, 413, 0, 100 << 10, Vec::new(), false),
        "heavy" => (413, 626, 60 << 10, 3 << 20, all, false),
        other => panic!("no rules {other}"),
    };
    let rules = studio::Rules { width, height, min_bytes, max_bytes, backgrounds, no_white_border };
    let kinds = vec!["jpg".to_owned(), "png".to_owned()];
    PictureRules {
        max_bytes,
        max_source: 10 << 20,
        kinds: kinds.clone(),
        min: None,
        most: 1,
        long: studio::LONG_SIDE,
        portrait: Some(Portrait { rules, kinds: vec!["jpg".into()] }),
    }
}

fn file(input: &Input) -> Vec<u8> {
    let lying = input.lying();
    let (across, down) = (lying.width, lying.height);
    let mut bytes = Vec::new();
    if input.format == "png" {
        let encoder = PngEncoder::new(&mut bytes);
        encoder.write_image(&lying.rgb, across, down, ExtendedColorType::Rgb8).unwrap();
        return if input.orientation == 1 { bytes } else { with_chunk(&bytes, &chunk(b"eXIf", &exif(input.orientation))) };
    }
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.encode(&lying.rgb, across, down, ExtendedColorType::Rgb8).unwrap();
    let exif = segment(0xE1, &[b"Exif\0\0", &exif(input.orientation)[..]].concat());
    if input.orientation == 1 { bytes } else { with_segment(&bytes, &exif) }
}

/// What the studio does with the pixels, decoded and turned by others.
fn studio_says(file: &[u8], orientation: u8, rules: &studio::Rules) -> Option<Flaw> {
    let mut decoded = image::load_from_memory(file).unwrap();
    decoded.apply_orientation(image::metadata::Orientation::from_exif(orientation).unwrap());
    let decoded = decoded.to_rgb8();
    let upright = Picture { width: decoded.width(), height: decoded.height(), rgb: decoded.into_raw() };
    let verdict = studio::judge(&upright, rules, None);
    let (width, height) = studio::within(verdict.part.width, verdict.part.height, studio::LONG_SIDE);
    let part = studio::scale(&upright, verdict.part, width, height);
    verdict.flaw.or_else(|| studio::make(&part, rules, &mut encoded).err())
}

#[test]
fn the_server_and_the_studio_agree_on_every_input_and_both_are_right() {
    let inputs = inputs();
    assert!(inputs.len() >= 200, "{}", inputs.len());
    let mut seen = BTreeMap::<String, u32>::new();
    let mut wrong = Vec::new();
    for (n, input) in inputs.iter().enumerate() {
        let rules = rules_of(&input.rules);
        let asked = &rules.portrait.as_ref().unwrap().rules;
        let file = file(input);
        let answer = inspect(&file, &rules);
        let server = match &answer {
            Ok(_) => "-",
            Err(Fault::Photo(flaw)) => flaw.name(),
            Err(other) => panic!("input {n}: {other:?}"),
        };
        let studio = studio_says(&file, input.orientation, asked);
        let studio = studio.as_ref().map_or("-", Flaw::name);
        *seen.entry(server.to_owned()).or_default() += 1;
        if server != input.flaw || studio != input.flaw {
            wrong.push(format!("input {n} must be {}, the server says {server}, the studio {studio}", input.flaw));
        }
        if let Ok(picture) = answer {
            is_as_asked(n, &picture, asked);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(
        ["-", "Background", "WhiteBorder", "Small", "Enlarged", "Light"].iter().all(|flaw| seen.contains_key(*flaw)),
        "{seen:?}"
    );
}

/// What is kept keeps every rule, read from its bytes.
fn is_as_asked(n: usize, picture: &super::Picture, rules: &studio::Rules) {
    let Some(made) = &picture.made else { return };
    let kept = image::load_from_memory(made).unwrap().to_rgb8();
    assert_eq!((kept.width(), kept.height()), (picture.width, picture.height), "input {n}");
    assert!(kept.width() >= rules.width && kept.height() >= rules.height, "input {n}");
    assert!(studio::has_proportion(kept.dimensions(), (rules.width, rules.height)), "input {n}");
    assert!((rules.min_bytes as usize..=rules.max_bytes as usize).contains(&made.len()), "input {n}: {}", made.len());
    assert_eq!(picture.sha256, sha256(made), "input {n}");
}

#[test]
fn a_photograph_that_is_right_already_is_kept_to_the_byte() {
    let mut input = inputs().remove(0);
    (input.width, input.height, input.border, input.orientation) = (413, 626, 0, 1);
    (input.format, input.background, input.drawn, input.noise) = ("jpg".into(), "white".into(), "plain".into(), 12);
    let bytes = file(&input);
    let picture = inspect(&bytes, &rules_of("heavy")).unwrap();
    assert_eq!((picture.made, picture.sha256), (None, sha256(&bytes)));
    // Lying on its side it is drawn anew: not every program turns it.
    input.orientation = 6;
    let picture = inspect(&file(&input), &rules_of("heavy")).unwrap();
    assert_eq!((picture.made.is_some(), picture.width, picture.height), (true, 413, 626));
    // Too heavy for another province, it is made lighter.
    let picture = inspect(&bytes, &rules_of("tiny")).unwrap();
    assert!(picture.made.is_some_and(|made| made.len() <= 20 << 10));
}

#[test]
fn nothing_of_the_original_but_its_pixels_is_in_what_is_made() {
    let mut input = inputs().remove(0);
    (input.width, input.height, input.format, input.orientation) = (900, 700, "jpg".into(), 3);
    let picture = inspect(&file(&input), &rules_of("any")).unwrap();
    let made = picture.made.unwrap();
    assert_eq!(made, picture.view);
    assert!(!made.windows(4).any(|four| four == b"Exif") && !made.windows(3).any(|three| three == b"GPS"));
}

#[test]
fn the_largest_original_that_is_decoded_becomes_a_photograph() {
    let sheet = vec![200; 2900 * 3900];
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).encode(&sheet, 2900, 3900, ExtendedColorType::L8).unwrap();
    let picture = inspect(&bytes, &rules_of("any")).unwrap();
    // Its proportion is another, so it is cropped; twice the pixels are plenty.
    assert_eq!((picture.width, picture.height), (590, 826));
}
