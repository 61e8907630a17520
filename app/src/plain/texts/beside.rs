//! What stands beside a text under the pen: its files and its versions.

use domain::portal::TextStage;
use domain::portal::text_view::{KeptTextView, TextFile, VersionLine};
use domain::province::Profile;
use leptos::prelude::*;

use super::editor::Typed;
use crate::plain::fields::Seen;
use crate::ui::format;

pub(super) fn files(profile: &Profile, base: &str, view: &KeptTextView, typed: &Typed) -> AnyView {
    let is_open = view.stage != Some(TextStage::Waiting);
    if !is_open && view.files.is_empty() {
        return ().into_any();
    }
    let version = view.form.version.clone();
    let file = |file: &TextFile| {
        let href = format!("/{}/text-files/{}", profile.key, file.id);
        let how = file.is_picture.then(|| {
            let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
            let stem: String = stem.chars().filter(|c| !"[]()!\\`".contains(*c)).collect();
            view! { <p class="hint">"在正文中的写法：" <code>{format!("![{stem}]({href})")}</code></p> }
        });
        let remove = is_open.then(|| {
            view! {
                <form method="post" action=format!("{base}/{}/remove", view.id)>
                    <input type="hidden" name="version" value=version.clone() />
                    <button type="submit" class="button button--quiet" name="file" value=file.id.clone()>
                        "删除" <span class="hidden-visually">{file.name.clone()}</span>
                    </button>
                </form>
            }
        });
        view! {
            <li>
                <a class="way" href=href.clone()>{format!("{}（{}）", file.name, format::bytes(file.bytes))}</a>
                {how}
                {remove}
            </li>
        }
    };
    let list = (!view.files.is_empty()).then(|| view! { <ul class="stack">{view.files.iter().map(file).collect_view()}</ul> });
    let seen = Seen { form: (), faults: &typed.faults };
    let add = is_open.then(|| {
        view! {
            <form class="stack" method="post" action=format!("{base}/{}/file?version={version}", view.id) enctype="multipart/form-data">
                <div class="field">
                    <label for="file">"添加图片或者附件"</label>
                    <p class="field__hint" id="file-hint">"图片，或者 PDF，不超过 10 MB。图片会重新生成，不保留拍摄地点等信息。请先保存正文。"</p>
                    {seen.said("file")}
                    <input id="file" name="file" type="file" aria-describedby=seen.described("file", true) aria-invalid=seen.invalid("file") />
                </div>
                <div class="button-row"><button type="submit" class="button button--secondary">"上传"</button></div>
            </form>
        }
    });
    view! {
        <section class="card stack" aria-labelledby="files">
            <h2 id="files">"图片和附件"</h2>
            {list}
            {add}
        </section>
    }
    .into_any()
}

pub(super) fn versions(base: &str, view: &KeptTextView) -> AnyView {
    let line = |line: &VersionLine| {
        let written = format!("{}于 {} 编写", line.written.0, format::instant(line.written.1));
        let published = line.published.as_ref().map(|(name, at)| format!("，{name}于 {} 发布", format::instant(*at)));
        let replaced = line.replaced_on.map(|on| format!("，{}起不再显示", format::date(on)));
        let href = format!("{base}/{}/versions/{}", view.id, line.nth);
        view! {
            <li>
                <a class="way" href=href>{format!("第 {} 版：{}", line.nth, line.title)}</a>
                <p class="hint">{written}{published}{replaced}</p>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="versions">
            <h2 id="versions">"版本"</h2>
            <ul>{view.versions.iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}
