//! The page of the PC: the 二维码 while it is good, and the pictures as they arrive.

use domain::handover::view::{Code, LentView, Stage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

use super::api;
use crate::AppError;
use crate::site::{Reload, fetched, use_source};
use crate::ui::form::{ErrorSummary, FormState, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::upload::{Slot, limits, received};
use crate::ui::{browser, format};

const TITLE: &str = "用手机拍照上传";
/// Seconds between two looks.
const PAUSE: i32 = 3;

/// 用手机拍照上传.
#[component]
pub fn LentPage() -> impl IntoView {
    let source = use_source();
    let params = use_params_map();
    let lent = Memo::new(move |_| {
        let of = |name| params.read().get(name).unwrap_or_default();
        (of("case"), of("slot"))
    });
    let data = fetched(move || (source.get(), lent.get()), |((province, _), (case, slot))| api::lent(province, case, slot));
    page(TITLE, data, move |frame, view| draw(&Place { case: lent.get_untracked().0, frame }, view))
}

/// Where the page is, and whose slot is lent.
struct Place {
    frame: Frame,
    case: String,
}

fn draw(at: &Place, view: LentView) -> AnyView {
    let frame = &at.frame;
    let state = FormState::new([("slot", "材料")], view.flash.as_ref());
    let title = view.slot.rules.title.clone();
    let slot = Slot::alone(view.slot.clone());
    let mut trail = frame.services_trail();
    trail.extend(view.trail);
    let (of_slots, page) = trail.last().cloned().unwrap_or_default();
    let back = format!("{page}#slot-{}", view.slot.rules.slot);
    let body = match (&view.stage, view.slot.is_open) {
        (_, false) => view! { <p class="lead">"这项材料现在不能上传。"</p> }.into_any(),
        (Stage::Open(code), true) => {
            watch(at, code, &slot);
            open(at, code, &slot)
        }
        (Stage::Over, true) => again(at, &slot, "这个二维码已经过期，手机不能再用它上传。", "重新生成二维码"),
        (Stage::New, true) => again(at, &slot, "用手机扫二维码，就可以拍照上传，不需要在手机上登录。", "生成二维码"),
    };
    view! {
        <leptos_meta::Title text=format!("{TITLE}：{title} – {}", frame.site.province.title) />
        <Breadcrumbs trail=trail here=TITLE.into() />
        <ErrorSummary state=state />
        <h1 tabindex="-1">{format!("{TITLE}：{title}")}</h1>
        {body}
        {pictures(frame, &slot)}
        <p class="button-row">
            <a class="button button--secondary" href=back rel="external">{format!("返回{of_slots}")}</a>
        </p>
    }
    .into_any()
}

/// What to do, the 二维码, and how long it is good.
fn open(at: &Place, code: &Code, slot: &Slot) -> AnyView {
    // Drawn by our own server; nothing typed is in it.
    let drawn = code.svg.replacen("<svg ", "<svg width=\"240\" height=\"240\" aria-label=\"用手机扫的二维码\" ", 1);
    let here = at.frame.path(&format!("lent/{}/{}", at.case, slot.view.rules.slot));
    let until = format::time(code.until);
    let machine = format::machine(code.until);
    view! {
        <section class="card" aria-labelledby="code-title">
            <h2 id="code-title">"用手机扫二维码"</h2>
            <ol>
                <li>"用手机的微信或者浏览器扫一扫下面的二维码，不需要在手机上登录。"</li>
                <li>"在手机上拍照，或者选择已有的图片。"</li>
                <li>"传好以后，图片会显示在这个页面上。"</li>
            </ol>
            <div inner_html=drawn></div>
            <p>
                "有效期至 " <strong><time datetime=machine>{until}</time></strong>
                "，只能在一部手机上使用；您退出登录以后失效。请不要把它发给别人。"
            </p>
            <p class="hint">{limits(&slot.view.rules)}</p>
            <p>"扫不了的，可以在手机的浏览器中打开这个地址：" <br /> <span class="code" id="code-address">{code.address.clone()}</span></p>
            <p><a href=here rel="external">"刷新"</a>"（传好以后这里没有变化的，请点击刷新）"</p>
        </section>
    }
    .into_any()
}

/// The way to a new 二维码.
fn again(at: &Place, slot: &Slot, said: &'static str, label: &'static str) -> AnyView {
    view! {
        <p class="lead">{said}</p>
        <form method="post" action="/api/handover/lend">
            <input type="hidden" name="province" value=at.frame.key.clone() />
            <input type="hidden" name=name_of("case") value=at.case.clone() />
            <input type="hidden" name=name_of("slot") value=slot.view.rules.slot.clone() />
            <div class="button-row"><button type="submit" class="button">{label}</button></div>
        </form>
    }
    .into_any()
}

/// What lies in the slot, and a word for whoever does not see it come.
fn pictures(frame: &Frame, slot: &Slot) -> AnyView {
    let (at_first, files) = (untrack(|| ids(slot)), slot.files);
    let said = {
        let slot = slot.clone();
        move || (ids(&slot) != at_first).then(|| files.with(|files| format!("图片已经传到，现在共 {} 张。", files.len())))
    };
    let none = move || files.with(Vec::is_empty).then(|| view! { <p class="muted">"还没有图片。"</p> });
    view! {
        <section class="card" aria-labelledby="received-title">
            <h2 id="received-title">"已经上传的图片"</h2>
            <p role="status">{said}</p>
            {none}
            {received(slot, &frame.key)}
        </section>
    }
    .into_any()
}

fn ids(slot: &Slot) -> Vec<String> {
    slot.files.with(|files| files.iter().map(|file| file.id.clone()).collect())
}

/// Looks every few seconds, in the browser, until the time of the code is over.
fn watch(at: &Place, code: &Code, slot: &Slot) {
    let (province, case) = (at.frame.key.clone(), at.case.clone());
    let watch = Watch { province, case, code: code.id.clone(), slot: slot.clone(), reload: expect_context::<Reload>() };
    let seconds = code.seconds;
    Effect::new(move |_| watch.clone().wait(seconds));
}

#[derive(Clone)]
struct Watch {
    province: String,
    case: String,
    code: String,
    slot: Slot,
    reload: Reload,
}

impl Watch {
    fn wait(self, seconds: i64) {
        browser::later(PAUSE * 1000, move || self.look(seconds - i64::from(PAUSE)));
    }

    fn look(self, seconds: i64) {
        if self.slot.files.try_get_untracked().is_none() {
            return;
        }
        let is_hidden = browser::document().is_some_and(|document| document.hidden());
        if is_hidden && seconds > 0 {
            return self.wait(seconds);
        }
        spawn_local(async move {
            match api::arrived(self.province.clone(), self.case.clone(), self.slot.view.rules.slot.clone()).await {
                Ok(arrived) if arrived.id.as_ref() == Some(&self.code) => {
                    // Only what changed is drawn anew: somebody may be looking at a picture.
                    if self.slot.files.try_with_untracked(|files| *files != arrived.files) == Some(true) {
                        self.slot.files.set(arrived.files);
                    }
                    self.wait(seconds);
                }
                Err(AppError::Network | AppError::Busy) if seconds > 0 => self.wait(seconds),
                // Over, replaced, or signed out: the page says which.
                _ if self.slot.files.try_get_untracked().is_some() => self.reload.now(),
                _ => {}
            }
        });
    }
}
