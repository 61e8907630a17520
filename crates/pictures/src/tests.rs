//! A corpus of hostile and of odd pictures, made here byte by byte.

use std::sync::Arc;

use domain::fault::Format;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

use super::*;
use crate::testing::TestPages;

pub(super) fn rules() -> PictureRules {
    let kinds = vec!["jpg".into(), "png".into()];
    PictureRules { max_bytes: 3 << 20, max_source: 10 << 20, kinds, min: None, portrait: None, most: 1, long: studio::LONG_SIDE }
}

fn refused(bytes: &[u8]) -> Fault {
    inspect(bytes, &rules()).unwrap_err()
}

/// Red in the upper left quarter, otherwise grey.
fn motif(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| if x < width / 2 && y < height / 2 { Rgb([220, 20, 20]) } else { Rgb([90, 90, 90]) })
}

pub(super) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&motif(width, height)).unwrap();
    bytes
}

fn png(data: &[u8], width: u32, height: u32, color: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(data, width, height, color).unwrap();
    bytes
}

pub(super) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [kind, data].concat();
    let crc = !body.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    [&(data.len() as u32).to_be_bytes()[..], &body, &crc.to_be_bytes()].concat()
}

/// After the signature and IHDR, which take 33 bytes.
pub(super) fn with_chunk(png: &[u8], chunk: &[u8]) -> Vec<u8> {
    [&png[..33], chunk, &png[33..]].concat()
}

pub(super) fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    [&[0xFF, marker], &(data.len() as u16 + 2).to_be_bytes()[..], data].concat()
}

pub(super) fn with_segment(jpeg: &[u8], segment: &[u8]) -> Vec<u8> {
    [&jpeg[..2], segment, &jpeg[2..]].concat()
}

/// A big-endian TIFF with the orientation, a GPS directory and a text.
pub(super) fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    tiff.extend_from_slice(b"GPS-CANARY <script>alert(1)</script>");
    tiff
}

fn pixel(view: &[u8], x_part: u32, y_part: u32) -> Rgb<u8> {
    let view = image::load_from_memory(view).unwrap().to_rgb8();
    *view.get_pixel(view.width() * x_part / 4, view.height() * y_part / 4)
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn an_ordinary_picture_passes_with_its_measures_and_the_hash_of_the_original() {
    let bytes = jpeg(640, 400);
    let picture = inspect(&bytes, &rules()).unwrap();
    assert_eq!((picture.media_type, picture.width, picture.height), ("image/jpeg", 640, 400));
    assert_eq!(picture.sha256, Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    assert!(picture.view.starts_with(&[0xFF, 0xD8, 0xFF]));
    let bytes = png(&motif(33, 17), 33, 17, ExtendedColorType::Rgb8);
    let picture = inspect(&bytes, &rules()).unwrap();
    assert_eq!((picture.media_type, picture.width, picture.height), ("image/png", 33, 17));
}

#[test]
fn emptiness_size_and_smallness_have_their_own_faults() {
    assert_eq!(refused(b""), Fault::FileEmpty);
    let bytes = jpeg(100, 50);
    let small = PictureRules { max_bytes: 10, ..rules() };
    assert_eq!(inspect(&bytes, &small), Err(Fault::FileTooBig { max: 10, bytes: bytes.len() as u32 }));
    let min = PictureRules { min: Some((60, 60)), ..rules() };
    assert_eq!(inspect(&bytes, &min), Err(Fault::FileSmall { width: 60, height: 60 }));
    let standing = with_segment(&jpeg(100, 50), &segment(0xE1, &[b"Exif\0\0", &exif(6)[..]].concat()));
    assert!(inspect(&standing, &PictureRules { min: Some((50, 100)), ..rules() }).is_ok());
}

#[test]
fn what_is_no_permitted_picture_is_refused_whatever_its_name() {
    let disguised: [&[u8]; 5] = [
        b"only text.png",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\0",
        b"\xFF\xD8",
    ];
    disguised.iter().for_each(|bytes| assert_eq!(refused(bytes), Fault::FileKind));
    for (bytes, format) in [
        (&b"GIF89a\x01\0\x01\0\0\0\0;"[..], Format::Gif),
        (b"PK\x03\x04", Format::Document),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Document),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Format::Heic),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", Format::Heic),
        (b"\0\0\0\x1Cftypavif\0\0\0\0", Format::Avif),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", Format::Film),
    ] {
        assert_eq!(refused(bytes), Fault::FileFormat(format));
    }
    let only_png = PictureRules { kinds: vec!["png".into()], ..rules() };
    let made = inspect(&jpeg(10, 10), &only_png).unwrap();
    assert_eq!((made.media_type, made.width, made.made.is_some()), ("image/jpeg", 10, true));
}

#[test]
fn bombs_are_refused_by_their_headers() {
    let mut bomb = jpeg(16, 16);
    let frame = bomb.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bomb[frame + 5..frame + 9].fill(0xFF);
    assert_eq!(refused(&bomb), Fault::FilePixels(50));
    let header = |side: u32, depth: u8, color: u8| {
        let ihdr = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[depth, color, 0, 0, 0]].concat();
        [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &ihdr), chunk(b"IEND", b"")].concat()
    };
    assert_eq!(refused(&header(30_000, 8, 2)), Fault::FilePixels(50));
    assert_eq!(refused(&header(u32::MAX, 1, 0)), Fault::FilePixels(50));
    assert_eq!(refused(&header(0, 8, 2)), Fault::FileDamaged);
    assert_eq!(refused(&header(7_071, 16, 6)), Fault::FileDamaged);
}

/// A frame of so many pixels each way, with the scan of another.
fn with_measures(marker: u8, width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(16, 16);
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[frame + 1] = marker;
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn the_limits_of_pixels_are_those_that_stand_on_the_page() {
    let too_many = |max_megapixels| Fault::FilePixels(max_megapixels);
    assert_eq!(refused(&with_measures(0xC0, 7_072, 7_072)), too_many(50));
    assert_eq!(refused(&with_measures(0xC2, 4_001, 4_001)), too_many(16));
    // Below, the header is no obstacle, but there is no picture behind it.
    for within in [with_measures(0xC0, 7_071, 7_071), with_measures(0xC1, 65_535, 700), with_measures(0xC2, 4_000, 4_000)] {
        assert!(matches!(refused(&within), Fault::FileCut | Fault::FileDamaged), "{:?}", refused(&within));
    }
}

#[test]
fn cut_files_show_what_is_there_or_are_refused_in_words_and_no_flipped_byte_panics() {
    for bytes in [jpeg(400, 240), png(&motif(400, 240), 400, 240, ExtendedColorType::Rgb8)] {
        let mut kept = 0;
        for end in (9..bytes.len()).step_by(bytes.len() / 40) {
            match inspect(&bytes[..end], &rules()) {
                Ok(picture) => {
                    assert!(picture.missing <= 50 && (picture.width, picture.height) == (400, 240), "cut at {end}");
                    kept += 1;
                }
                Err(fault) => assert!(matches!(fault, Fault::FileDamaged | Fault::FileCut), "cut at {end}: {fault:?}"),
            }
        }
        assert!(kept > 3, "{kept}");
    }
    for bytes in [jpeg(40, 24), png(&motif(40, 24), 40, 24, ExtendedColorType::Rgb8)] {
        for at in (0..bytes.len()).step_by(3) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x5A;
            let _ = inspect(&changed, &rules());
        }
    }
}

#[test]
fn thousands_of_scans_are_refused_unread() {
    let bytes = jpeg(16, 16);
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let scans = bytes[scan..bytes.len() - 2].repeat(10_000);
    // Of a picture that is not progressive the second scan of a colour says nothing.
    assert!(inspect(&[&bytes[..scan], &scans, &[0xFF, 0xD9]].concat(), &rules()).is_ok());
}

#[test]
fn all_eight_orientations_come_out_upright() {
    // Where the red quarter of the motif must be seen, in quarters of width and height.
    let red = [(1, 1), (3, 1), (3, 3), (1, 3), (1, 1), (3, 1), (3, 3), (1, 3)];
    let raw = png(&motif(64, 32), 64, 32, ExtendedColorType::Rgb8);
    for (orientation, (x, y)) in (1..=8).zip(red) {
        let jpeg = with_segment(&jpeg(64, 32), &segment(0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat()));
        for bytes in [jpeg, with_chunk(&raw, &chunk(b"eXIf", &exif(orientation)))] {
            let picture = inspect(&bytes, &rules()).unwrap();
            assert_eq!((picture.width, picture.height), if orientation > 4 { (32, 64) } else { (64, 32) });
            let Rgb([r, g, _]) = pixel(&picture.view, x, y);
            assert!(r > 180 && g < 70, "orientation {orientation}");
            assert!(pixel(&picture.view, 4 - x, 4 - y).0[0] < 130, "orientation {orientation}");
        }
    }
}

#[test]
fn nothing_but_the_picture_survives() {
    let html = b"<html><script>alert('COMMENT-CANARY')</script>";
    let mut bytes = with_segment(&jpeg(64, 32), &segment(0xE1, &[b"Exif\0\0", &exif(1)[..]].concat()));
    bytes = with_segment(&bytes, &segment(0xFE, html));
    bytes = with_segment(&bytes, &segment(0xE2, b"ICC_PROFILE\0\x01\x01ICC-CANARY"));
    bytes.extend_from_slice(b"PK\x03\x04TRAILING-CANARY");
    let png = png(&motif(64, 32), 64, 32, ExtendedColorType::Rgb8);
    let png = with_chunk(&with_chunk(&png, &chunk(b"tEXt", b"Comment\0COMMENT-CANARY <script>")), &chunk(b"eXIf", &exif(1)));
    for bytes in [bytes, png] {
        assert!(contains(&bytes, b"CANARY"));
        let view = inspect(&bytes, &rules()).unwrap().view;
        for needle in [&b"CANARY"[..], b"Exif", b"script", b"ICC_PROFILE", b"PK\x03\x04"] {
            assert!(!contains(&view, needle));
        }
    }
}

#[test]
fn texts_and_profiles_and_further_frames_of_a_png_are_never_unpacked() {
    let png = png(&motif(8, 8), 8, 8, ExtendedColorType::Rgb8);
    // No zlib stream at all: whoever unpacks it fails.
    for kind in [b"zTXt", b"iTXt", b"iCCP", b"acTL", b"fcTL", b"fdAT"] {
        let bytes = with_chunk(&png, &chunk(kind, &[b"name\0\0", &[0xAA; 4096][..]].concat()));
        assert!(inspect(&bytes, &rules()).is_ok(), "{}", String::from_utf8_lossy(kind));
    }
}

#[test]
fn every_kind_of_pixels_becomes_eight_bits_on_white() {
    for (data, color, expected) in [
        (vec![100], ExtendedColorType::L8, [100, 100, 100]),
        (vec![0, 0], ExtendedColorType::La8, [255, 255, 255]),
        (vec![0, 128], ExtendedColorType::La8, [127, 127, 127]),
        (vec![10, 200, 90], ExtendedColorType::Rgb8, [10, 200, 90]),
        (vec![9, 9, 9, 0], ExtendedColorType::Rgba8, [255, 255, 255]),
        (0x8080_u16.to_ne_bytes().to_vec(), ExtendedColorType::L16, [128, 128, 128]),
        ([0x8080_u16, 0].map(u16::to_ne_bytes).concat(), ExtendedColorType::La16, [255, 255, 255]),
        ([0xFFFF_u16, 0x8080, 0].map(u16::to_ne_bytes).concat(), ExtendedColorType::Rgb16, [255, 128, 0]),
        ([0, 0, 0, 0xFFFF_u16].map(u16::to_ne_bytes).concat(), ExtendedColorType::Rgba16, [0, 0, 0]),
    ] {
        let view = inspect(&png(&data.repeat(256), 16, 16, color), &rules()).unwrap().view;
        let seen = pixel(&view, 2, 2).0;
        assert!(seen.iter().zip(expected).all(|(seen, expected)| seen.abs_diff(expected) <= 4), "{color:?} {seen:?}");
    }
}

#[test]
fn a_cmyk_jpeg_does_not_panic() {
    let bytes = jpeg(16, 16);
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let four = [8, 0, 16, 0, 16, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
    let parts = [
        &bytes[..frame],
        &segment(0xC0, &four),
        &bytes[frame + 19..scan],
        &segment(0xDA, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]),
        &bytes[scan + 14..],
    ];
    let result = inspect(&parts.concat(), &rules());
    assert!(result.is_err() || result.is_ok_and(|picture| (picture.width, picture.height) == (16, 16)));
}

#[test]
fn large_pictures_are_shown_with_a_long_side_of_1600() {
    for (width, height, seen) in [(2000, 1000, (1600, 800)), (1601, 3, (1600, 3)), (10, 5000, (4, 1600))] {
        let picture = inspect(&png(&motif(width, height), width, height, ExtendedColorType::Rgb8), &rules()).unwrap();
        let view = image::load_from_memory(&picture.view).unwrap();
        assert_eq!((picture.width, picture.height, (view.width(), view.height())), (width, height, seen));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_serves_one_after_the_other() {
    let desk = PictureDesk::new(1, Arc::new(TestPages));
    let (one, two) = tokio::join!(desk.inspect(jpeg(8, 8), rules()), desk.inspect(b"no".to_vec(), rules()));
    assert_eq!(one.unwrap().len(), 1);
    assert_eq!(two, Err(PictureError::Refused(Fault::FileKind)));
}

/// 64 × 48 pixels: green above, red left and blue right below; each component in a scan of its own, as `cjpeg -scans` makes it.
const MULTI_SCAN: &[u8] = include_bytes!("multi-scan-444.jpg");

#[test]
fn a_jpeg_with_a_scan_for_each_component_keeps_its_colours() {
    let view = inspect(MULTI_SCAN, &rules()).unwrap().view;
    let seen = image::load_from_memory(&view).unwrap().to_rgb8();
    let near = |x: u32, y: u32, to: [u8; 3]| seen.get_pixel(x, y).0.iter().zip(to).all(|(one, other)| one.abs_diff(other) < 25);
    assert!(near(32, 5, [20, 200, 40]) && near(8, 40, [200, 30, 40]) && near(56, 40, [67, 142, 219]));
}
