//! The pictures that a slot has: what the server keeps, which alone counts (ux U4), each with its way out.

use domain::case::view::FileView;
use domain::intake::Back;
use leptos::prelude::*;

use super::{Phase, Preview, Slot};
use crate::ui::form::name_of;
use crate::ui::format;

/// Where a slot belongs: the page that its plain forms lead back to, and its case where that is not the application of 信息采集.
#[derive(Clone, Default)]
pub(super) struct Of {
    pub back: Option<Back>,
    pub case: String,
}

/// What is said of a picture whose file was cut, to the person and to whoever reviews it.
pub fn cut(file: &FileView) -> Option<String> {
    (file.missing > 0).then(|| format!("这张图片的文件不完整，下面约 {}% 是空白", file.missing))
}

/// The pictures alone, each of which opens a large one.
pub(super) fn shown(slot: &Slot, key: &str) -> impl Fn() -> AnyView + Send + 'static {
    let (key, word) = (key.to_owned(), slot.view.words.preview.clone());
    each(slot, move |file, title| {
        view! { <Preview src=format!("/{key}/files/{}", file.id) title=title word=word.clone() /> }.into_any()
    })
}

/// What is known of each, and the way to remove it.
pub(super) fn receipts(slot: &Slot, key: &str, of: &Of) -> impl Fn() -> AnyView + Send + 'static {
    let (slot_of, key, of) = (slot.clone(), key.to_owned(), of.clone());
    each(slot, move |file, title| {
        let remove = slot_of.view.is_open.then(|| remove(&slot_of, file, title, (&key, &of)));
        view! { <div class="tile__file">{receipt(file)} {remove}</div> }.into_any()
    })
}

/// Every picture in its order, with what it is called.
fn each(slot: &Slot, draw: impl Fn(&FileView, &str) -> AnyView + Send + 'static) -> impl Fn() -> AnyView + Send + 'static {
    let slot = slot.clone();
    move || {
        let files = slot.files.get();
        let count = files.len();
        let one = |(n, file): (usize, &FileView)| {
            let title = &slot.view.rules.title;
            let title = if count > 1 { format!("{title}（第 {} 张，共 {count} 张）", n + 1) } else { title.clone() };
            draw(file, &title)
        };
        files.iter().enumerate().map(one).collect_view().into_any()
    }
}

fn receipt(file: &FileView) -> AnyView {
    let remark = (!file.remark.is_empty()).then(|| view! { <dt>"给审核人的说明"</dt> <dd>{file.remark.clone()}</dd> });
    let size = format!("{}，{}×{} 像素", format::bytes(file.bytes), file.width, file.height);
    let cut = cut(file).map(|text| view! { <p class="hint">{text}"。能看清要求的内容就可以使用，否则请重新拍照上传。"</p> });
    view! {
        {cut}
        <dl class="receipt">
            <dt class="hidden-visually">"文件名"</dt>
            <dd>{file.name.clone()}</dd>
            {remark}
            <dt class="hidden-visually">"大小"</dt>
            <dd>{size}</dd>
            <dt class="hidden-visually">"上传时间"</dt>
            <dd><time datetime=format::machine(file.uploaded_at)>{format::instant(file.uploaded_at)}</time></dd>
        </dl>
    }
    .into_any()
}

fn remove(slot: &Slot, file: &FileView, title: &str, (key, of): (&str, &Of)) -> AnyView {
    let phase = slot.phase;
    let (id, file, title, key) = (slot.view.rules.slot.clone(), file.id.clone(), title.to_owned(), key.to_owned());
    let is_hidden = move || matches!(phase.get(), Phase::Uploading(_) | Phase::Checking);
    let (action, word, value) = match of.case.as_str() {
        "" => ("/api/intake/file/remove", "back", of.back.map_or("", Back::as_str).to_owned()),
        case => ("/api/learning/conversion/file/remove", "case", case.to_owned()),
    };
    view! {
        <form method="post" action=action hidden=is_hidden>
            <input type="hidden" name="province" value=key />
            <input type="hidden" name=name_of("slot") value=id />
            <input type="hidden" name=name_of("file") value=file />
            <input type="hidden" name=name_of(word) value=value />
            <button type="submit" class="button button--quiet button--small">"删除"<span class="hidden-visually">{format!("：{title}")}</span></button>
        </form>
    }
    .into_any()
}
