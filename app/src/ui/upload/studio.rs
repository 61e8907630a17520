//! The way to the photo studio: a part of the program, fetched when a photograph is chosen first (docs/adr/0011). Without
//! scripts the server crops.

use domain::province::{AttachmentRules, PhotoRules};
use studio::words;
use web_sys::HtmlInputElement;

/// What a photograph must be, in words; the server makes it so, the studio shows it before.
pub(super) fn wanted(rules: &AttachmentRules, photo: &PhotoRules) -> String {
    let least = if photo.min_bytes > 0 { format!("大于 {}、", words::bytes(photo.min_bytes)) } else { String::new() };
    let ground = if photo.backgrounds.is_empty() {
        String::new()
    } else {
        format!("底色必须是{}。", words::backgrounds(&photo.backgrounds))
    };
    let border = if photo.no_white_border { "照片四周不能有白边。" } else { "" };
    format!(
        "JPG 或者 PNG 格式的照片，至少 {width}×{height} 像素，原照片不超过 {original}。系统按 {width}×{height} 的比例裁剪，并保存为{least}不超过 {most} 的 JPG。{ground}{border}",
        width = photo.width,
        height = photo.height,
        original = words::bytes(rules.max_upload()),
        most = words::bytes(rules.max_bytes),
    )
}

/// Whether what stands in the input comes from the studio.
#[cfg(feature = "hydrate")]
pub(super) use darkroom::is_made;

/// Opens the studio with the photograph in the input; answers whether it did. Else the file goes to the server as it is.
#[cfg(feature = "hydrate")]
pub(super) async fn opens(input: &HtmlInputElement, rules: &AttachmentRules) -> bool {
    let Some(wanted) = rules.studio() else { return false };
    let asked = darkroom::Asked { input: input.clone(), title: rules.title.clone(), rules: wanted };
    match open(asked).await {
        Ok(opening) => opening.await,
        Err(_) => false,
    }
}

#[cfg(feature = "hydrate")]
type Opening = std::pin::Pin<Box<dyn Future<Output = bool>>>;

#[cfg(feature = "hydrate")]
#[leptos::wasm_split::wasm_split(studio, wasm_split_path = ::leptos::wasm_split, fallible)]
fn open(asked: darkroom::Asked) -> Result<Opening, leptos::wasm_split::SplitLoaderError> {
    Ok(Box::pin(darkroom::open(asked)))
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn is_made(_: &HtmlInputElement) -> bool {
    false
}

#[cfg(not(feature = "hydrate"))]
pub(super) async fn opens(_: &HtmlInputElement, _: &AttachmentRules) -> bool {
    false
}
