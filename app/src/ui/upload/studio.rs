//! The way to the photo studio: a part of the program, fetched when its button is pressed first (docs/adr/0011). Without
//! scripts there is no button.

use domain::province::{AttachmentRules, PhotoRules};
use leptos::prelude::*;
use studio::words;

use super::Slot;

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

/// The button of a slot for a photograph.
pub(super) fn opener(slot: &Slot, is_busy: impl Fn() -> bool + Copy + Send + Sync + 'static) -> AnyView {
    let rules = &slot.view.rules;
    let fails = RwSignal::new(false);
    let (least, min_bytes) = match &rules.photo {
        Some(photo) => ((photo.width, photo.height), photo.min_bytes),
        None => ((rules.min_width.unwrap_or(1), rules.min_height.unwrap_or(1)), 0),
    };
    let backgrounds = rules.photo.as_ref().map(|photo| {
        let words: Vec<&str> = photo.backgrounds.iter().map(|one| one.as_str()).collect();
        words.join(" ")
    });
    let border = rules.photo.as_ref().filter(|photo| photo.no_white_border).map(|_| "no");
    view! {
        <div class="needs-scripts">
            <p>
                <button
                    type="button"
                    class="button button--secondary"
                    aria-disabled=move || is_busy().then_some("true")
                    data-studio-input=format!("file-{}", rules.slot)
                    data-studio-title=rules.title.clone()
                    data-studio-least=format!("{}x{}", least.0, least.1)
                    data-studio-bytes=format!("{min_bytes}-{}", rules.max_bytes)
                    data-studio-photo=rules.photo.as_ref().map(|_| "yes")
                    data-studio-backgrounds=backgrounds
                    data-studio-border=border
                    on:click=move |event| open(&event, fails)
                >
                    "选择照片并裁剪"
                    <span class="hidden-visually">{format!("：{}", rules.title)}</span>
                </button>
            </p>
            <p role="alert">{move || fails.get().then_some("裁剪工具没有加载成功，请检查网络后重试；也可以直接上传原图。")}</p>
        </div>
    }
    .into_any()
}

/// The studio.
#[cfg(feature = "hydrate")]
#[leptos::wasm_split::wasm_split(studio, wasm_split_path = ::leptos::wasm_split, fallible)]
fn open_studio(opener: web_sys::Element) -> Result<(), leptos::wasm_split::SplitLoaderError> {
    darkroom::open(opener);
    Ok(())
}

#[cfg(feature = "hydrate")]
fn open(event: &leptos::ev::MouseEvent, fails: RwSignal<bool>) {
    let button = event_target::<web_sys::HtmlElement>(event);
    let Ok(Some(button)) = button.closest("[data-studio-input]") else { return };
    // Not `disabled`: the focus comes back to it while the finished file is on its way.
    if button.has_attribute("aria-disabled") {
        return;
    }
    fails.set(false);
    leptos::task::spawn_local(async move {
        if open_studio(button).await.is_err() {
            let _ = fails.try_set(true);
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn open(_: &leptos::ev::MouseEvent, _: RwSignal<bool>) {}
