//! The page that a telephone opens by the 二维码. Nobody has signed in on it.

use domain::handover::view::{PhoneSlot, PhoneView};
use domain::papers::SlotView;
use domain::province::SlotWords;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api;
use crate::site::{fetched, use_province, use_source};
use crate::ui::page::{Frame, page};
use crate::ui::upload::{PhoneUpload, Slot};
use crate::ui::{format, sentence};

const TITLE: &str = "用手机上传图片";

/// The page of the telephone.
#[component]
pub fn PhonePage() -> impl IntoView {
    let source = use_source();
    let params = use_params_map();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    let province = use_province();
    let data = fetched(move || (source.get(), token.get()), |((province, _), token)| api::phone(province, token));
    page(TITLE, data, move |frame, view: PhoneView| {
        let action = format!("/{}/handover/{}/upload", province.get_untracked(), token.get_untracked());
        match view {
            PhoneView::Open(slot) => open(&frame, *slot, action),
            PhoneView::Void => shut("二维码已经失效", "这个二维码已经失效，请在电脑上重新生成。"),
            PhoneView::Elsewhere => {
                shut("二维码在另一部手机上", "这个二维码已经在另一部手机上使用。换手机的，请在电脑上重新生成。")
            }
        }
    })
}

fn shut(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <h1 tabindex="-1">{title}</h1>
        <p class="lead">{text}</p>
    }
    .into_any()
}

fn open(frame: &Frame, slot: PhoneSlot, action: String) -> AnyView {
    let PhoneSlot { rules, name, line, until, files, room, error, refusal } = slot;
    let refused = refusal.map(|refusal| {
        view! { <div class="notice notice--warning" role="alert"><p>{sentence::refusal(&refusal)}</p></div> }
    });
    let view = SlotView { rules, files, is_open: true, reason: None, is_amended: false, error, words: SlotWords::default() };
    let title = view.rules.title.clone();
    let (time, machine) = (format::time(until), format::machine(until));
    view! {
        <leptos_meta::Title text=format!("上传：{title} – {}", frame.site.province.title) />
        <h1 tabindex="-1">{format!("上传：{title}")}</h1>
        <p>
            {format!("{name}正在电脑上办理{line}。请在这里拍照，或者选择已有的图片，图片会传到电脑上。")}
            "有效期至 " <time datetime=machine>{time}</time> "。"
        </p>
        {refused}
        <PhoneUpload place=Slot::alone(view) action=action room=room />
    }
    .into_any()
}
