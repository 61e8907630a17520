//! Files as people really have them, and more of each kind.

use std::sync::Arc;

use domain::fault::Format;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

use super::tests::{exif, jpeg, rules, segment, with_segment};
use super::*;
use crate::testing::TestPages;

const NO_END: &[u8] = include_bytes!("cases/no_eoi.jpg");
const PROGRESSIVE: &[u8] = include_bytes!("cases/prog_12mp.jpg");
const TWO_BLOCKS: &[u8] = include_bytes!("cases/two_exif_6_then_none.jpg");
pub(super) const TWO_PAGES: &[u8] = include_bytes!("../../pages/cases/form_two_pages.pdf");

fn only_jpg() -> PictureRules {
    PictureRules { kinds: vec!["jpg".into()], ..rules() }
}

pub(super) async fn through_the_desk(bytes: &[u8], rules: PictureRules) -> Result<Vec<Picture>, PictureError> {
    PictureDesk::new(1, Arc::new(TestPages)).inspect(bytes.to_vec(), rules).await
}

#[test]
fn a_jpeg_without_its_end_is_taken() {
    let picture = inspect(NO_END, &rules()).unwrap();
    assert_eq!((picture.width, picture.height, picture.missing, picture.made), (1200, 900, 0, None));
    // Nor do its last bytes matter, nor what stands behind it.
    for cut in [1, 2, 16] {
        assert!(inspect(&NO_END[..NO_END.len() - cut], &rules()).unwrap().missing <= 2, "{cut}");
    }
    for tail in [&b"\0\0"[..], b"trailing", &[0xFF], &[0xFF, 0xD8, 0xFF, 0xE0]] {
        assert_eq!(inspect(&[NO_END, tail].concat(), &rules()).unwrap().missing, 0, "{tail:?}");
    }
}

#[test]
fn a_progressive_photograph_of_a_telephone_is_taken_and_shown_smaller() {
    let picture = inspect(PROGRESSIVE, &rules()).unwrap();
    assert_eq!((picture.width, picture.height, picture.missing), (4032, 3024, 0));
    let view = image::load_from_memory(&picture.view).unwrap();
    assert_eq!((view.width(), view.height()), (1600, 1200));
}

#[test]
fn of_several_exif_blocks_the_first_that_says_something_counts() {
    assert_eq!(inspect(TWO_BLOCKS, &rules()).map(|picture| (picture.width, picture.height)), Ok((1200, 900)));
    let block = |orientation: u8| segment(0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat());
    let silent = segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0");
    let broken = segment(0xE1, b"Exif\0\0MM");
    let xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>");
    // What stands in the file in this order, and whether it lies on its side.
    for (blocks, is_turned) in [
        (vec![block(6)], true),
        (vec![block(6), silent.clone()], true),
        (vec![silent.clone(), block(6)], true),
        (vec![block(6), block(1)], true),
        (vec![block(1), block(6)], false),
        (vec![broken.clone(), block(8)], true),
        (vec![xmp.clone(), block(5), xmp, silent], true),
        // 0 and 9 say nothing.
        (vec![block(0), block(6)], true),
        (vec![block(9), broken], false),
    ] {
        let bytes = with_segment(&jpeg(64, 32), &blocks.concat());
        let picture = inspect(&bytes, &rules()).unwrap();
        assert_eq!((picture.width, picture.height), if is_turned { (32, 64) } else { (64, 32) }, "{}", blocks.len());
    }
}

#[test]
fn many_pixels_are_taken_up_to_the_limit_that_is_said() {
    let wide = RgbImage::from_fn(8_000, 500, |x, y| Rgb([(x / 40) as u8, (y / 2) as u8, 90]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 60).encode_image(&wide).unwrap();
    let picture = inspect(&bytes, &rules()).unwrap();
    assert_eq!((picture.width, picture.height), (8_000, 500));
    let grey = vec![200; 7_000 * 7_000];
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes).write_image(&grey, 7_000, 7_000, ExtendedColorType::L8).unwrap();
    let picture = inspect(&bytes, &rules()).unwrap();
    let view = image::load_from_memory(&picture.view).unwrap().to_rgb8();
    assert_eq!((picture.width, view.width()), (7_000, 1600));
    assert!(view.get_pixel(800, 800).0.iter().all(|value| value.abs_diff(200) < 3));
}

#[test]
fn a_png_becomes_a_jpg_where_the_slot_keeps_no_png() {
    let sheet = RgbImage::from_pixel(640, 480, Rgb([10, 200, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    sheet.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let picture = inspect(bytes.get_ref(), &only_jpg()).unwrap();
    let made = picture.made.unwrap();
    assert_eq!((picture.media_type, picture.width, picture.height), ("image/jpeg", 640, 480));
    assert_eq!((made.starts_with(&[0xFF, 0xD8]), picture.sha256), (true, sha256(&made)));
    assert_eq!(inspect(bytes.get_ref(), &rules()).unwrap().made, None);
}

#[tokio::test]
async fn a_document_becomes_a_picture_for_each_page_where_there_is_room() {
    let pages = |most| through_the_desk(TWO_PAGES, PictureRules { most, ..rules() });
    let pictures = pages(2).await.unwrap();
    assert_eq!(pictures.len(), 2);
    assert!(pictures.iter().all(|page| page.made.as_ref() == Some(&page.view) && page.height == 1600));
    assert_ne!(pictures[0].sha256, pictures[1].sha256);
    assert_eq!(pages(1).await, Err(PictureError::Refused(Fault::FilePages { pages: 2, most: 1 })));
    // Too small for the slot is too small as a page as well.
    let rules = PictureRules { most: 2, min: Some((5_000, 5_000)), ..rules() };
    let refused = through_the_desk(TWO_PAGES, rules).await;
    assert_eq!(refused, Err(PictureError::Refused(Fault::FileSmall { width: 5_000, height: 5_000 })));
}

#[tokio::test]
async fn other_pictures_are_told_by_their_content_and_made_jpgs() {
    let sheet = RgbImage::from_pixel(300, 200, Rgb([200, 30, 40]));
    for format in [image::ImageFormat::Bmp, image::ImageFormat::Tiff, image::ImageFormat::WebP] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        sheet.write_to(&mut bytes, format).unwrap();
        let picture = through_the_desk(bytes.get_ref(), rules()).await.unwrap().remove(0);
        assert_eq!((picture.media_type, picture.width, picture.height), ("image/jpeg", 300, 200), "{format:?}");
        let cut = through_the_desk(&bytes.get_ref()[..40], rules()).await;
        assert_eq!(cut, Err(PictureError::Refused(Fault::FileDamaged)), "{format:?}");
    }
    let heic = through_the_desk(b"\0\0\0\x18ftypheic\0\0\0\0", rules()).await;
    assert_eq!(heic, Err(PictureError::Refused(Fault::FileFormat(Format::Heic))));
}
