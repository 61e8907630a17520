//! What is known of the person, the newest messages, and whom to ask.

use domain::account::view::{HomeView, RecordCard, Who};
use leptos::prelude::*;

use crate::portal::phone;
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::FromService;

/// The archive of an approved person: the one precious thing.
pub(super) fn record(frame: &Frame, view: &HomeView, record: &RecordCard) -> AnyView {
    let province = &frame.site.province;
    let level = (!record.level.is_empty()).then(|| view! { <p>{record.level.clone()}</p> });
    let number =
        (!record.number.is_empty()).then(|| view! { <p>"受理编号 " <span class="code">{record.number.clone()}</span></p> });
    let photo = record.photo.as_ref().map(|id| {
        let src = frame.path(&format!("files/{id}"));
        view! { <img class="record-card__photo" src=src alt="审核通过的照片" loading="lazy" /> }
    });
    view! {
        <section class="record-card">
            {photo}
            <h2>{format!("{} · {}", province.record, province.name)}</h2>
            <p class="record-card__who">{view.name.clone()}</p>
            {level}
            <p class="code">{view.document.clone()}</p>
            {number}
            <p>"审核通过 " {format::instant(record.at)}</p>
            {record.is_check_due.then(|| view! { <p><a href=frame.path("record")>"请核对档案信息是否仍然正确"</a></p> })}
            <p class="record-card__foot"><a href=frame.path("record")>{format!("查看{}", province.record)}</a></p>
        </section>
    }
    .into_any()
}

/// 我的资料.
pub(super) fn person(frame: &Frame, view: &HomeView) -> AnyView {
    let row = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    view! {
        <section class="card">
            <h2>"我的资料"</h2>
            <dl class="summary-list">
                {row("姓名", view.name.clone())} {row("证件类型", view.document_label.clone())}
                {row("证件号码", view.document.clone())} {row("手机号码", view.mobile.clone())}
            </dl>
            <FromService frame=frame.clone() />
            <p><a href=frame.path("settings")>"账号设置"</a></p>
        </section>
    }
    .into_any()
}

/// The newest messages, and the way to all of them.
pub(super) fn messages(frame: &Frame, view: &HomeView) -> AnyView {
    let unread = match frame.site.who {
        Who::Accountant { unread, .. } if unread > 0 => format!("全部站内信（{unread} 条未读）"),
        _ => "全部站内信".to_owned(),
    };
    let lines = view.messages.iter().map(|message| {
        let is_new = message.is_new.then(|| view! { <span class="tag tag--blue">"未读"</span> });
        view! {
            <li>
                <span>{is_new} " " {message.title.clone()}</span>
                <time datetime=format::machine(message.at)>{format::instant(message.at)}</time>
            </li>
        }
    });
    let lines = lines.collect_view();
    let body = match view.messages.is_empty() {
        true => view! { <p class="muted">"还没有站内信。"</p> }.into_any(),
        false => view! { <ul class="link-list">{lines}</ul> }.into_any(),
    };
    view! {
        <section class="card">
            <div class="card__head"><h2>"站内信"</h2> <a href=frame.path("messages")>{unread}</a></div>
            {body}
        </section>
    }
    .into_any()
}

/// A person to ask: the own bureau as far as it is known, or the authority of the province.
pub(super) fn ask(frame: &Frame, view: &HomeView) -> AnyView {
    let province = &frame.site.province;
    let (name, number, hours) = match &view.bureau {
        Some(bureau) => (bureau.name.clone(), bureau.phone.clone(), bureau.hours.clone()),
        None => (province.authority.clone(), province.hotline.clone(), String::new()),
    };
    let hours = if hours.is_empty() { province.hours.clone() } else { hours };
    let is_known = !number.is_empty();
    view! {
        <section class="card card--sunken">
            <h2>"有人可以问"</h2>
            <p>{name} " " {phone(number, province)}</p>
            {is_known.then(|| view! { <p class="hint">{hours}</p> })}
            <p><a href=frame.path("questions") rel="external">"在线咨询"</a></p>
            <p><a href=frame.path("hotlines")>"各财政局的地址和电话"</a></p>
        </section>
    }
    .into_any()
}
