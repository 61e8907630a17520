//! Files into pixels and pixels into files, by the browser's own codecs.

use gloo_file::{Blob, ObjectUrl};
use studio::{Picture, Pixels, Rgba};
use wasm_bindgen::{Clamped, JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, Event, EventInit, File, HtmlCanvasElement, HtmlInputElement, ImageBitmap, ImageBitmapOptions, ImageData,
    ImageOrientation,
};

use crate::{asked, dom};

/// More pixels than this are first made fewer, so that old telephones have the memory.
const MAX_PIXELS: f64 = 12_000_000.0;
/// Tried in this order, until the file is small enough.
const QUALITIES: [f64; 5] = [0.9, 0.8, 0.7, 0.55, 0.4];
/// Long sides, for what no quality makes small enough. What is still too large then, the server is asked about: it knows how small
/// the slot lets a picture be.
const SIDES: [u32; 3] = [2_400, 1_600, 1_280];

/// An opened picture, upright, on white.
pub struct Source {
    pub canvas: HtmlCanvasElement,
    pixels: Vec<u8>,
    /// As the file has it.
    pub width: u32,
    pub height: u32,
}

impl Source {
    fn of(canvas: HtmlCanvasElement, width: u32, height: u32) -> Option<Self> {
        let (across, down) = (f64::from(canvas.width()), f64::from(canvas.height()));
        let pixels = dom::pen(&canvas)?.get_image_data(0.0, 0.0, across, down).ok()?.data().0;
        Some(Self { canvas, pixels, width, height })
    }

    pub fn rgba(&self) -> Option<Rgba<'_>> {
        Rgba::new(self.canvas.width(), self.canvas.height(), &self.pixels)
    }

    /// Turned by a quarter, to the right or to the left.
    pub fn turned(&self, is_right: bool) -> Option<Self> {
        let (width, height) = (self.canvas.width(), self.canvas.height());
        let (canvas, pen) = dom::sheet(height, width)?;
        pen.translate(f64::from(height) / 2.0, f64::from(width) / 2.0).ok()?;
        pen.rotate(if is_right { 1.0 } else { -1.0 } * std::f64::consts::FRAC_PI_2).ok()?;
        pen.draw_image_with_html_canvas_element(&self.canvas, -f64::from(width) / 2.0, -f64::from(height) / 2.0).ok()?;
        Self::of(canvas, self.height, self.width)
    }
}

/// Opens whatever the browser can decode; `None` for what it cannot.
pub async fn open(file: &File) -> Option<Source> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let promise = dom::window()?.create_image_bitmap_with_blob_and_image_bitmap_options(file, &options).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let (width, height) = (bitmap.width(), bitmap.height());
    let pixels = f64::from(width) * f64::from(height);
    let scale = (MAX_PIXELS / pixels).sqrt().min(1.0);
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    let (canvas, pen) = dom::sheet(side(width), side(height))?;
    pen.set_image_smoothing_enabled(true);
    let drawn =
        pen.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, f64::from(side(width)), f64::from(side(height)));
    bitmap.close();
    drawn.ok()?;
    Source::of(canvas, width, height)
}

/// A JPEG of at most so many bytes, for whatever the browser can decode.
pub async fn as_jpeg(file: &File, most: u32) -> Option<File> {
    let source = open(file).await?;
    let name = file.name();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let fewer = || SIDES.iter().find_map(|side| light(&smaller(&source.canvas, *side)?, most));
    let bytes = light(&source.canvas, most).or_else(fewer)?;
    let made = gloo_file::File::new_with_options(&format!("{stem}.jpg"), bytes.as_slice(), Some("image/jpeg"), None);
    let made: &File = made.as_ref();
    Some(made.clone())
}

/// The file of the best quality that takes at most so many bytes.
fn light(canvas: &HtmlCanvasElement, most: u32) -> Option<Vec<u8>> {
    QUALITIES.iter().find_map(|quality| {
        let url = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &JsValue::from_f64(*quality)).ok()?;
        Some(decoded(url.split_once(',')?.1)).filter(|bytes| bytes.len() <= most as usize)
    })
}

/// The same with fewer pixels; `None` for what has no more than that.
fn smaller(canvas: &HtmlCanvasElement, long: u32) -> Option<HtmlCanvasElement> {
    let size = (canvas.width(), canvas.height());
    let (width, height) = studio::within(size.0, size.1, long);
    if (width, height) == size {
        return None;
    }
    let (small, pen) = dom::sheet(width, height)?;
    pen.set_image_smoothing_enabled(true);
    pen.draw_image_with_html_canvas_element_and_dw_and_dh(canvas, 0.0, 0.0, f64::from(width), f64::from(height)).ok()?;
    Some(small)
}

/// An encoder for the search: JPEG by the browser.
pub fn encoder() -> impl FnMut(&Picture, u8) -> Vec<u8> {
    let mut drawn: Option<(HtmlCanvasElement, (u32, u32))> = None;
    move |picture, quality| {
        // The search tries one picture in many qualities, and never two of the same measures.
        if drawn.as_ref().is_none_or(|(_, size)| *size != picture.size()) {
            drawn = draw(picture).map(|canvas| (canvas, picture.size()));
        }
        let quality = JsValue::from_f64(f64::from(quality) / 100.0);
        let url =
            drawn.as_ref().and_then(|(canvas, _)| canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &quality).ok());
        url.and_then(|url| url.split_once(',').map(|(_, text)| decoded(text))).unwrap_or_default()
    }
}

fn draw(picture: &Picture) -> Option<HtmlCanvasElement> {
    let (canvas, pen) = dom::sheet(picture.width, picture.height)?;
    let rgba = picture.rgba();
    let data = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&rgba), picture.width, picture.height).ok()?;
    pen.put_image_data(&data, 0.0, 0.0).ok()?;
    Some(canvas)
}

/// Base64.
fn decoded(text: &str) -> Vec<u8> {
    let value = |sign: u8| match sign {
        b'A'..=b'Z' => u32::from(sign - b'A'),
        b'a'..=b'z' => u32::from(sign - b'a') + 26,
        b'0'..=b'9' => u32::from(sign - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let text = text.trim_end_matches('=').as_bytes();
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for four in text.chunks(4) {
        let bits = four.iter().fold(0, |bits, sign| bits << 6 | value(*sign)) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}

/// An address under which the page can show the bytes, as long as it is kept.
pub fn address(bytes: &[u8]) -> ObjectUrl {
    Blob::new_with_options(bytes, Some("image/jpeg")).into()
}

/// Puts the bytes into the input, as if they had been chosen there.
pub fn hand_over(input: &HtmlInputElement, bytes: &[u8], chosen: &str) -> Option<()> {
    let stem = chosen.rsplit_once('.').map_or(chosen, |(stem, _)| stem);
    let file = gloo_file::File::new_with_options(&format!("{stem}.jpg"), bytes, Some("image/jpeg"), None);
    let transfer = DataTransfer::new().ok()?;
    transfer.items().add_with_file(file.as_ref()).ok()?;
    input.set_files(transfer.files().as_ref());
    let init = EventInit::new();
    init.set_bubbles(true);
    asked::mark(input);
    let event = Event::new_with_event_init_dict("change", &init).ok()?;
    input.dispatch_event(&event).ok().map(drop)
}
