//! A chosen file on its way to the server: told by its content, and made a JPEG on the person's machine where the slot does
//! not keep it as it is and the browser can open it. What the browser cannot open, the server is asked about.

use domain::fault::{Fault, Format};
use domain::province::AttachmentRules;
use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Jpeg,
    Png,
    Pdf,
    Heic,
    Other,
}

impl Content {
    fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', ..] => Self::Png,
            [b'%', b'P', b'D', b'F', ..] => Self::Pdf,
            [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i', ..] => Self::Heic,
            _ => Self::Other,
        }
    }

    fn is_kept(self, rules: &AttachmentRules) -> bool {
        let takes = |kind: &str| rules.photo.is_some() || rules.kinds.iter().any(|one| one == kind);
        match self {
            Self::Jpeg => takes("jpg"),
            Self::Png => takes("png"),
            Self::Pdf | Self::Heic | Self::Other => false,
        }
    }
}

async fn content(file: &File) -> Content {
    let Ok(head) = file.slice_with_i32_and_i32(0, 16) else { return Content::Other };
    match JsFuture::from(head.array_buffer()).await {
        Ok(buffer) => Content::of(&Uint8Array::new(&buffer).to_vec()),
        Err(_) => Content::Other,
    }
}

/// What is sent of a chosen file: itself, or a JPEG made of it. Here a file has become what the server will be asked to keep.
///
/// # Errors
/// What is known to be wrong without asking.
pub(super) async fn prepared(file: File, rules: &AttachmentRules) -> Result<File, Fault> {
    let bytes = file.size() as u32;
    if bytes == 0 {
        return Err(Fault::FileEmpty);
    }
    let content = content(&file).await;
    let is_kept = content.is_kept(rules);
    let max = if is_kept { rules.max_upload() } else { rules.max_source() };
    let fits = bytes <= max;
    if content == Content::Pdf {
        return if fits { Ok(file) } else { Err(Fault::FileTooBig { max, bytes }) };
    }
    if is_kept && fits {
        return Ok(file);
    }
    match made(&file, rules).await {
        Some(made) => Ok(made),
        None if content == Content::Heic => Err(Fault::FileFormat(Format::Heic)),
        // The server seeks among fewer pixels too, and so makes lighter what this machine could not.
        None if bytes > rules.max_source() => Err(Fault::FileTooBig { max, bytes }),
        None => Ok(file),
    }
}

/// Whether a file that the server refused is worth another try, as a JPEG made here.
pub(super) fn is_curable(fault: &Fault) -> bool {
    matches!(fault, Fault::FilePixels(..) | Fault::FileUnusual | Fault::FileTooHeavy | Fault::FileFormat(_))
}

/// A JPEG of what the browser can open, small enough for the slot; `None` where it cannot.
#[cfg(feature = "hydrate")]
pub(super) async fn made(file: &File, rules: &AttachmentRules) -> Option<File> {
    use wasm_bindgen::JsCast;
    let mut answer = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| answer = Some(resolve));
    make(file.clone(), rules.max_upload(), answer?).await.ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

#[cfg(not(feature = "hydrate"))]
pub(super) async fn made(_: &File, _: &AttachmentRules) -> Option<File> {
    None
}

/// In the part of the studio, which has the codecs.
#[cfg(feature = "hydrate")]
#[leptos::wasm_split::wasm_split(studio, wasm_split_path = ::leptos::wasm_split, fallible)]
fn make(file: File, most: u32, answer: js_sys::Function) -> Result<(), leptos::wasm_split::SplitLoaderError> {
    darkroom::make(file, most, answer);
    Ok(())
}
