//! Where records are made and changed: on the national platform, now or soon. No script; everybody may read it.

use domain::national::view::{NationalView, OpenCase};
use domain::province::Profile;
use leptos::prelude::*;

use super::frame::framed;
use crate::ui::words;

/// The page. `style` is the address of the style sheet.
#[must_use]
pub fn national(profile: &Profile, style: &str, view: &NationalView) -> String {
    let (name, url) = &view.platform;
    let title = "在哪里办理";
    let said = view.said.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_view();
    let there = if view.elsewhere.is_shut { "在全国平台办理的业务" } else { "将在全国平台办理的业务" };
    let lines = view.lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    let learning = view.has_learning.then(|| {
        view! {
            <li>
                <a href=format!("/{}/learning", profile.key)>"继续教育"</a>
                "：报名、学分折算和完成证明仍在本平台办理，学分由本省报送全国平台。"
            </li>
        }
    });
    let record = view.elsewhere.is_shut.then(|| {
        view! { <li>"档案：本平台保存的是全国平台数据的副本，只能查看；与全国平台不一致的，请在全国平台核对。"</li> }
    });
    let open = (!view.open.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="open">
                <h2 id="open">"您在本平台没有办结的业务"</h2>
                <ul class="card-list">{view.open.iter().map(case).collect_view()}</ul>
            </section>
        }
    });
    let body = view! {
        <h1>{title}</h1>
        <p class="lead">{view.elsewhere.said.clone()}</p>
        {open}
        <section class="card stack" aria-labelledby="there">
            <h2 id="there">{there}</h2>
            <ul class="points">{lines}</ul>
            {said}
            <p class="button-row"><a class="button" href=url.clone() rel="noopener noreferrer">{format!("前往{name}")}</a></p>
            <p class="hint">{format!("网址：{url}")}</p>
        </section>
        <section class="card stack" aria-labelledby="here">
            <h2 id="here">"仍在本平台办理的业务"</h2>
            <ul class="points">
                {learning}
                <li>"已经提交的申请：由受理的财政局照常审核；退回的，改好后在本平台重新提交。"</li>
                {record}
            </ul>
        </section>
    };
    framed(profile, style, title, body.into_any())
}

fn case(of: &OpenCase) -> AnyView {
    let number = (!of.number.is_empty()).then(|| view! { <span class="muted">{format!(" 受理编号 {}", of.number)}</span> });
    let way = match of.way.as_str() {
        "" => view! { <p class="muted">"这份草稿没有提交，不能再在本平台提交；填写的内容仍然保存。"</p> }.into_any(),
        way => view! { <p class="button-row"><a class="button button--secondary" href=way.to_owned()>{format!("查看{}", of.name)}</a></p> }
            .into_any(),
    };
    view! {
        <li class="card">
            <h3>{of.name.clone()} " " <span class=words::status_class(of.status)>{words::status(of.status)}</span></h3>
            <p>{number}</p>
            {way}
        </li>
    }
    .into_any()
}
