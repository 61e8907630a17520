//! What the registration knows of the person: shown on the step about the person, and not asked again.

use domain::intake::view::Known;
use leptos::prelude::*;

use crate::ui::page::Frame;
use crate::ui::parts::FromService;

/// The facts, where they come from, and the way to correct them.
pub fn known(frame: &Frame, known: &Known) -> AnyView {
    let fact = |(label, value): &(String, String)| view! { <div><dt>{label.clone()}</dt><dd>{value.clone()}</dd></div> };
    let facts = known.facts.iter().map(fact).collect_view();
    let photo = known.photo.as_ref().map(|id| {
        let src = frame.path(&format!("files/{id}"));
        view! { <img class="facts__photo" src=src alt="您上传的照片" loading="lazy" /> }
    });
    view! {
        <section class="facts--locked" aria-label="注册信息">
            {photo}
            <dl class="facts">{facts}</dl>
            {way(frame)}
        </section>
    }
    .into_any()
}

/// Who comes by an identity service corrects it there; everybody else in 账号设置 and at the counter.
fn way(frame: &Frame) -> AnyView {
    if frame.site.province.identity_service.is_some() {
        return view! { <FromService frame=frame.clone() /> }.into_any();
    }
    let settings = frame.path("settings");
    view! {
        <p class="hint">
            "以上来自注册信息，不用填写。手机号码可以在" <a href=settings>"账号设置"</a>
            "中更换；姓名或者证件有误的，请持有效证件到会计管理部门的窗口更正。"
        </p>
    }
    .into_any()
}
