//! Photographs: the table of inputs that the browser's tests draw as well, each judged by the server and by the studio.

use std::collections::BTreeMap;

use domain::fault::Fault;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use studio::{Background, Flaw, Picture, Pixels};

use super::tests::{chunk, exif, segment, with_chunk, with_segment};
use super::*;

struct Input {
    rules: String,
    width: u32,
    height: u32,
    border: u32,
    background: String,
    format: String,
    orientation: u8,
    drawn: String,
    noise: u32,
    flaw: String,
}

fn inputs() -> Vec<Input> {
    let lines = include_str!("../../../studio/inputs/photos.csv").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let part: Vec<&str> = line.split(',').collect();
            let number = |n: usize| part[n].parse().unwrap();
            let word = |n: usize| part[n].to_owned();
            let orientation = u8::try_from(number(6)).unwrap();
            Input {
                rules: word(0),
                width: number(1),
                height: number(2),
                border: number(3),
                background: word(4),
                format: word(5),
                orientation,
                drawn: word(7),
                noise: number(8),
                flaw: word(9),
            }
        })
        .collect()
}

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
    PictureRules { max_bytes: 10 << 20, kinds, min: None, portrait: Some(Portrait { rules, kinds: vec!["jpg".into()] }) }
}

/// The same motif as in `end2end/fixtures/photos.ts`, pixel by pixel.
fn person(width: u32, height: u32, background: &str, noise: u32) -> Picture {
    let mut grain = 7_u32;
    let mut rgb = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let by = ((grain >> 16) % (2 * noise + 1)) as i32 - noise as i32;
        // As large as fits a portrait: a wide sheet shows more of the wall, not a wider head.
        let unit = f64::from(width).min(f64::from(height) * 0.7);
        let across = (f64::from(x) - f64::from(width) / 2.0) / unit;
        let down = (f64::from(y) - f64::from(height) * 0.42) * 0.7 / unit;
        let behind = match background {
            "red" => [200, 30, 40],
            "blue" => [67, 142, 219],
            "white" => [250, 250, 250],
            "grey" => [128, 128, 128],
            "green" => [60, 160, 70],
            _ if across < 0.0 => [67, 142, 219],
            _ => [200, 30, 40],
        };
        let (head_x, head_y) = (across / 0.26, down / 0.27);
        let colour: [i32; 3] = if down > 0.28 && across.abs() < 0.44 {
            [40, 44, 60]
        } else if down.abs() < 0.02 && (across.abs() - 0.1).abs() < 0.03 {
            [30, 20, 20]
        } else if head_x * head_x + head_y * head_y < 1.0 {
            [224, 180, 150]
        } else {
            behind
        };
        rgb.extend(colour.map(|value| (value + by).clamp(0, 255) as u8));
    }
    Picture { width, height, rgb }
}

fn resample(width: u32, height: u32, at: impl Fn(u32, u32) -> [u8; 3]) -> Picture {
    let rgb = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| at(x, y)).collect();
    Picture { width, height, rgb }
}

fn smoothly(small: &Picture, times: u32) -> Picture {
    let place = |at: u32, side: u32| ((f64::from(at) + 0.5) / f64::from(times) - 0.5).clamp(0.0, f64::from(side - 1));
    resample(small.width * times, small.height * times, |x, y| {
        let (x, y) = (place(x, small.width), place(y, small.height));
        let (right, below) = (x.fract(), y.fract());
        let at = |dx: u32, dy: u32| small.at((x as u32 + dx).min(small.width - 1), (y as u32 + dy).min(small.height - 1));
        let [a, b, c, d] = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
        [0, 1, 2].map(|n| {
            let [a, b, c, d] = [a[n], b[n], c[n], d[n]].map(f64::from);
            ((a * (1.0 - right) + b * right) * (1.0 - below) + (c * (1.0 - right) + d * right) * below + 0.5) as u8
        })
    })
}

fn drawn(input: &Input) -> Picture {
    let (width, height) = (input.width - 2 * input.border, input.height - 2 * input.border);
    let small = |times: u32| person(width / times, height / times, &input.background, input.noise);
    let inner = match input.drawn.as_str() {
        "plain" => small(1),
        "smooth2" => smoothly(&small(2), 2),
        "smooth4" => smoothly(&small(4), 4),
        "smooth6" => smoothly(&small(6), 6),
        blocks => {
            let times: u32 = blocks.strip_prefix("blocks").unwrap().parse().unwrap();
            let small = small(times);
            resample(width, height, |x, y| small.at(x / times, y / times))
        }
    };
    let is_inside = |at: u32, side: u32| (input.border..input.border + side).contains(&at);
    resample(input.width, input.height, |x, y| {
        let is_picture = is_inside(x, width) && is_inside(y, height);
        if is_picture { inner.at(x - input.border, y - input.border) } else { [255; 3] }
    })
}

/// The file whose orientation makes it stand upright again.
fn file(input: &Input) -> Vec<u8> {
    let upright = drawn(input);
    let (width, height) = (upright.width, upright.height);
    let turned = input.orientation > 4;
    let (across, down) = if turned { (height, width) } else { (width, height) };
    let lying = resample(across, down, |x, y| {
        let (right, below) = (across - 1 - x, down - 1 - y);
        let (x, y) = match input.orientation {
            1 => (x, y),
            2 => (right, y),
            3 => (right, below),
            4 => (x, below),
            5 => (y, x),
            6 => (below, x),
            7 => (below, right),
            _ => (y, right),
        };
        upright.at(x, y)
    });
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
    verdict.flaw.or_else(|| studio::make(&part, rules, &mut jpeg).err())
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
    assert!(["-", "Background", "WhiteBorder", "Small", "Enlarged", "Light"].iter().all(|flaw| seen.contains_key(*flaw)), "{seen:?}");
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
