//! A JPEG that is made here is kept, so it has the limit of its slot: quality and measures that fit are sought here and nowhere
//! else. Of a photograph of the person the studio seeks them by its own rules.

use studio::{Picture, Pixels};

use super::photo::encoded;

/// The best first.
const QUALITIES: [u8; 5] = [super::VIEW_QUALITY, 76, 68, 60, 50];
/// Long sides. Below the last a page of print can no longer be read.
const SIDES: [u32; 5] = [studio::LONG_SIDE, 1_280, 1_024, 800, 640];

/// A file that fits.
pub(super) struct Fitted {
    pub bytes: Vec<u8>,
    pub size: (u32, u32),
}

/// The most pixels and, of those, the best quality with which a picture takes at most so many bytes; `least` are the measures that
/// it may not fall below. `view` is the picture as it would be shown, which is good enough where it fits.
///
/// # Errors
/// The bytes of the lightest that was made.
pub(super) fn fitted(picture: &Picture, view: Vec<u8>, most: u32, least: Option<(u32, u32)>) -> Result<Fitted, u32> {
    let most = most as usize;
    if view.len() <= most {
        return Ok(Fitted { bytes: view, size: (picture.width, picture.height) });
    }
    let mut lightest = view.len();
    for size in sizes(picture, least) {
        let scaled = studio::scale(picture, picture.whole(), size.0, size.1);
        let worst = encoded(&scaled, QUALITIES[QUALITIES.len() - 1]);
        if worst.is_empty() {
            break;
        }
        lightest = lightest.min(worst.len());
        if worst.len() > most {
            continue;
        }
        let mut better = QUALITIES[..QUALITIES.len() - 1].iter().map(|quality| encoded(&scaled, *quality));
        let bytes = better.find(|bytes| (1..=most).contains(&bytes.len())).unwrap_or(worst);
        return Ok(Fitted { bytes, size });
    }
    Err(u32::try_from(lightest).unwrap_or(u32::MAX))
}

/// As it is, and smaller ones of the same proportion.
fn sizes(picture: &Picture, least: Option<(u32, u32)>) -> Vec<(u32, u32)> {
    let (width, height) = (picture.width, picture.height);
    let (least_width, least_height) = least.unwrap_or((1, 1));
    let mut sizes: Vec<_> = SIDES.iter().map(|side| studio::within(width, height, *side)).collect();
    sizes.retain(|size| *size == (width, height) || (size.0 >= least_width && size.1 >= least_height));
    sizes.dedup();
    sizes
}
