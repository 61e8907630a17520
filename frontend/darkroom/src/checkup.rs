//! 证据体检: the picture of a paper is looked at before it is sent. Nothing of it leaves the machine.

use std::cell::RefCell;

pub use ::checkup::Face;
use ::checkup::{Facts, Finding, Print, Seen, WORKING, is_from_camera, look, words};
use js_sys::{Reflect, Uint8Array};
use studio::{Rgba, within};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ImageBitmap, ImageBitmapOptions, ImageOrientation};

use crate::dom;

/// The head of a file in which a camera names itself.
const HEAD: f64 = 131_072.0;

thread_local! {
    /// What was chosen on this page, in its order.
    static CHOSEN: RefCell<Vec<(For, Print)>> = const { RefCell::new(Vec::new()) };
}

/// The slot that a picture was chosen for.
pub struct For {
    pub slot: String,
    pub title: String,
    /// The side of the identity card that belongs there.
    pub face: Option<Face>,
    /// Whether the next picture takes the place of the one that is there.
    pub is_single: bool,
    /// How many pictures the slot has.
    pub kept: usize,
}

/// What the person may want to know of a file that was chosen and will be sent as `ready`, a sentence each. `held` is what the server has on
/// this page: SHA-256 in hexadecimal, and the title of the slot. A file that the browser cannot open is for the server to judge.
pub async fn examine(file: &Blob, ready: &Blob, chosen: For, held: &[(String, String)]) -> Vec<String> {
    let hash = sha256(ready).await;
    let twin = held.iter().find(|(other, _)| hash.as_ref() == Some(other)).map(|(_, title)| title.clone());
    let Some((pixels, size, facts)) = opened(file).await else { return Vec::new() };
    let Some(picture) = Rgba::new(size.0, size.1, &pixels) else { return Vec::new() };
    let Seen { findings: mut found, print } = look(&picture, &facts, chosen.face);
    CHOSEN.with_borrow_mut(|all| {
        // What made the slot no fuller did not get there.
        all.retain(|(other, _)| other.slot != chosen.slot || !chosen.is_single && other.kept < chosen.kept);
        let alike = || all.iter().find(|(_, other)| other.is_same(&print)).map(|(other, _)| other.title.clone());
        found.extend(twin.or_else(alike).map(Finding::Twin));
        all.push((chosen, print));
    });
    found.iter().map(words::sentence).collect()
}

/// The last picture for a slot is not sent after all.
pub fn forget(slot: &str) {
    CHOSEN.with_borrow_mut(|all| {
        if let Some(last) = all.iter().rposition(|(chosen, _)| chosen.slot == slot) {
            all.remove(last);
        }
    });
}

/// `None` where the page is not of a safe origin.
async fn sha256(file: &Blob) -> Option<String> {
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    let digest =
        dom::window()?.crypto().ok()?.subtle().digest_with_str_and_buffer_source("SHA-256", bytes.unchecked_ref()).ok()?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The pixels, upright and no more than are looked at, their measures, and what the file says of itself.
async fn opened(file: &Blob) -> Option<(Vec<u8>, (u32, u32), Facts)> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let promise = dom::window()?.create_image_bitmap_with_blob_and_image_bitmap_options(file, &options).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let (width, height) = (bitmap.width(), bitmap.height());
    let size = within(width, height, WORKING);
    let (across, down) = (f64::from(size.0), f64::from(size.1));
    let (_, pen) = dom::sheet(size.0, size.1)?;
    // The quick way leaves out pixels, which makes edges sharper than they are.
    let _ = Reflect::set(&pen, &"imageSmoothingQuality".into(), &"high".into());
    let drawn = pen.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, across, down);
    bitmap.close();
    drawn.ok()?;
    let pixels = pen.get_image_data(0.0, 0.0, across, down).ok()?.data().0;
    let head = JsFuture::from(file.slice_with_f64_and_f64(0.0, HEAD).ok()?.array_buffer()).await.ok()?;
    let is_from_camera = is_from_camera(&Uint8Array::new(&head).to_vec());
    Some((pixels, size, Facts { width, height, is_from_camera }))
}
