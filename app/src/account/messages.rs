//! 站内信.

use domain::account::view::MessageView;
use leptos::prelude::*;

use super::api::messages;
use crate::site::{fetched, use_source};
use crate::ui::format;
use crate::ui::page::page;
use crate::ui::parts::Breadcrumbs;

/// 站内信.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| messages(province));
    page("站内信", data, |frame, list: Vec<MessageView>| {
        let has_new = list.iter().any(|message| message.is_new);
        let is_empty = list.is_empty();
        let path = frame.path("");
        let items = list
            .into_iter()
            .map(|message| {
                let spoken = format!("：{}", message.title);
                let about = (message.to_do.is_empty() && !message.about.is_empty()).then(|| {
                    let href = message.about.clone();
                    view! { <p><a href=href rel="external">"查看"<span class="hidden-visually">{spoken}</span></a></p> }
                });
                view! {
                    <li class="card">
                        <h2>
                            {message.is_new.then(|| view! { <span class="tag tag--blue">"未读"</span> " " })} {message.title}
                        </h2>
                        <p class="muted"><time datetime=format::machine(message.at)>{format::instant(message.at)}</time></p>
                        {message.body.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()}
                        {(!message.to_do.is_empty()).then(|| view! { <p><a href=format!("{path}{}", message.to_do)>"去修改"</a></p> })}
                        {about}
                    </li>
                }
            })
            .collect_view();
        let key = frame.key.clone();
        view! {
            <Breadcrumbs trail=vec![("个人中心", frame.path("home"))] here="站内信".into() />
            <h1 tabindex="-1">"站内信"</h1>
            {is_empty.then(|| view! { <p class="empty">"还没有站内信。审核有结果时，会在这里和短信中告知您。"</p> })}
            <ul class="stack">{items}</ul>
            <p><a href=frame.path("questions") rel="external">"向财政局咨询"</a></p>
            {has_new
                .then(|| {
                    view! {
                        <form method="post" action="/api/account/messages/read">
                            <input type="hidden" name="province" value=key />
                            <button type="submit" class="button button--secondary">"全部标为已读"</button>
                        </form>
                    }
                })}
        }
    })
}
