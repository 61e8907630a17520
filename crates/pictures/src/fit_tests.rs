//! What is heavier than its slot keeps is made to fit, wherever a picture is made anew.

use image::{Rgb, RgbImage};

use super::case_tests::{TWO_PAGES, through_the_desk};
use super::tests::rules;
use super::*;

/// 手册甲 三（三）: 图片需要小于200KB.
const LIMIT: u32 = 200 * 1024 - 1;

fn limited(max_bytes: u32) -> PictureRules {
    PictureRules { max_bytes, ..rules() }
}

/// No two neighbours alike, as in no photograph: nothing is heavier.
fn grain(format: image::ImageFormat) -> Vec<u8> {
    let mut seed = 1_u32;
    let picture = RgbImage::from_fn(1_200, 900, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(seed >> 24) as u8; 3])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn every_format_that_is_too_heavy_for_its_slot_becomes_a_jpeg_that_fits() {
    use image::ImageFormat::{Bmp, Jpeg, Png, Tiff, WebP};
    for format in [Jpeg, Png, Bmp, Tiff, WebP] {
        let bytes = grain(format);
        assert!(bytes.len() > LIMIT as usize, "{format:?}");
        for kinds in [&["jpg"][..], &["png"], &["jpg", "png"]] {
            let rules = PictureRules { kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(), ..limited(LIMIT) };
            let picture = through_the_desk(&bytes, rules).await.unwrap().remove(0);
            let made = picture.made.as_ref().unwrap();
            assert!(made.len() <= LIMIT as usize && made.starts_with(&[0xFF, 0xD8, 0xFF]), "{format:?} {kinds:?} {}", made.len());
            let seen = image::load_from_memory(made).unwrap();
            assert_eq!((seen.width(), seen.height()), (picture.width, picture.height), "{format:?}");
            assert!(picture.width >= 640 && picture.width * 3 == picture.height * 4, "{}×{}", picture.width, picture.height);
            assert_eq!((picture.media_type, &picture.sha256), ("image/jpeg", &sha256(made)));
        }
        // The words for what cannot fit are those of the limit.
        let refused = through_the_desk(&bytes, limited(1_000)).await;
        assert!(
            matches!(refused, Err(PictureError::Refused(Fault::FileTooBig { max: 1_000, bytes })) if bytes > 1_000),
            "{format:?}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_page_that_is_too_heavy_for_its_slot_is_drawn_lighter() {
    let pages = async |max_bytes| through_the_desk(TWO_PAGES, PictureRules { most: 2, ..limited(max_bytes) }).await.unwrap();
    let drawn = pages(3 << 20).await;
    let lightest = drawn.iter().map(|page| page.view.len()).min().unwrap();
    let most = u32::try_from(lightest * 2 / 3).unwrap();
    for page in pages(most).await {
        assert!(page.made.unwrap().len() <= most as usize);
    }
}

#[test]
fn nothing_is_made_smaller_than_its_slot_asks_and_what_fits_is_kept_as_it_came() {
    let bytes = grain(image::ImageFormat::Jpeg);
    let length = u32::try_from(bytes.len()).unwrap();
    let large = PictureRules { min: Some((1_200, 900)), ..limited(LIMIT) };
    assert_eq!(inspect(&bytes, &large), Err(Fault::FileTooBig { max: LIMIT, bytes: length }));
    assert_eq!(inspect(&bytes, &limited(length)).unwrap().made, None);
    assert!(inspect(&bytes, &limited(length - 1)).unwrap().made.is_some());
}
