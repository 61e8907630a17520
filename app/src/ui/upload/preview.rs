//! A picture that can be looked at closely: larger, turned, and closed by Esc (ux U7). Without scripts it opens by itself.

use leptos::html;
use leptos::prelude::*;

/// A small picture that opens a large one. `title` names the slot; `word` says what that does, and is seen on a tile alone.
#[component]
pub fn Preview(
    #[prop(into)] src: String,
    #[prop(into)] title: String,
    #[prop(default = "查看大图".to_owned())] word: String,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let opener = NodeRef::<html::A>::new();
    let stage = NodeRef::<html::Div>::new();
    let close = move || {
        is_open.set(false);
        focus_link(opener);
    };
    let viewer = {
        let (src, title) = (src.clone(), title.clone());
        move || is_open.get().then(|| viewer(src.clone(), &title, stage, close))
    };
    let href = src.clone();
    let alt = format!("{title}，已上传的图片");
    view! {
        <p class="upload__preview">
            <a href=href target="_blank" rel="external noopener" node_ref=opener on:click=move |event| open(&event, is_open, stage)>
                <img src=src alt=alt loading="lazy" />
                <span class="hidden-visually">"，"</span>
                <span class="hidden-visually upload__word">{word}</span>
            </a>
        </p>
        {viewer}
    }
}

fn viewer(src: String, title: &str, stage: NodeRef<html::Div>, close: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let zoom = RwSignal::new(1_u8);
    let turn = RwSignal::new(0_u16);
    let class = move || {
        let turned = match turn.get() {
            0 => String::new(),
            degrees => format!(" viewer--rotate-{degrees}"),
        };
        format!("viewer viewer--zoom-{}{turned}", zoom.get())
    };
    let alt = format!("{title}，大图");
    let name = alt.clone();
    view! {
        <section
            class=class
            aria-label=name
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <div class="button-row">
                <button type="button" class="button button--secondary button--small" on:click=move |_| zoom.update(|n| *n = (*n + 1).min(4))>"放大"</button>
                <button type="button" class="button button--secondary button--small" on:click=move |_| zoom.update(|n| *n = (*n - 1).max(1))>"缩小"</button>
                <button
                    type="button"
                    class="button button--secondary button--small"
                    on:click=move |_| turn.update(|degrees| *degrees = (*degrees + 90) % 360)
                >
                    "旋转"
                </button>
                <button type="button" class="button button--secondary button--small" on:click=move |_| close()>"关闭"</button>
            </div>
            <div class="viewer__stage" tabindex="0" role="group" aria-label="图片，可用方向键移动，按 Esc 关闭" node_ref=stage>
                <img src=src alt=alt />
            </div>
        </section>
    }
    .into_any()
}

fn open(event: &leptos::ev::MouseEvent, is_open: RwSignal<bool>, stage: NodeRef<html::Div>) {
    event.prevent_default();
    is_open.set(true);
    super::super::browser::later(30, move || {
        if let Some(Some(stage)) = stage.try_get_untracked() {
            let _ = stage.focus();
        }
    });
}

fn focus_link(link: NodeRef<html::A>) {
    if let Some(Some(link)) = link.try_get_untracked() {
        let _ = link.focus();
    }
}
