//! 个人中心 and 业务办理.

use domain::account::view::HomeView;
use domain::case::Status;
use leptos::prelude::*;

use super::api::home;
use crate::site::use_source;
use crate::ui::page::{Frame, page};
use crate::ui::parts::{Breadcrumbs, FromService};
use crate::ui::{format, words};

/// 个人中心.
#[component]
pub fn HomePage() -> impl IntoView {
    let source = use_source();
    let data = Resource::new(move || source.get(), |(province, _)| home(province));
    page("个人中心", data, |frame, view: HomeView| {
        let row = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
        view! {
            <h1 tabindex="-1">"个人中心"</h1>
            {returned(&frame, &view)}
            <div class="columns">
                <section class="card" aria-labelledby="business">
                    <h2 id="business">"业务办理"</h2>
                    {state(&frame, &view)}
                    <p class="button-row"><a class="button" href=frame.path("services")>"业务办理"</a></p>
                </section>
                <section class="card" aria-labelledby="person">
                    <h2 id="person">"我的资料"</h2>
                    <dl class="summary-list">
                        {row("姓名", view.name.clone())} {row("证件类型", view.document_label.clone())}
                        {row("证件号码", view.document.clone())} {row("手机号码", view.mobile.clone())}
                    </dl>
                    <FromService frame=frame.clone() />
                    <p><a href=frame.path("settings")>"账号设置"</a></p>
                    <p><a href=frame.path("messages")>{format!("站内信（{} 条未读）", view.unread)}</a></p>
                </section>
            </div>
        }
    })
}

fn returned(frame: &Frame, view: &HomeView) -> Option<AnyView> {
    (view.intake_status == Some(Status::Returned)).then(|| {
        view! {
            <div class="notice notice--danger" role="status">
                <p><strong>{format!("您的{}申请被退回，需要修改。", frame.intake())}</strong></p>
                <p><a href=frame.path("intake")>"查看需要修改的内容"</a></p>
            </div>
        }
        .into_any()
    })
}

fn state(frame: &Frame, view: &HomeView) -> AnyView {
    let Some(case) = &view.intake else {
        return view! { <p>{format!("您还没有办理{}。", frame.intake())}</p> }.into_any();
    };
    let due = case.due_on.filter(|_| case.status == Status::Submitted).map(|on| format!("预计 {} 前答复", format::date(on)));
    view! {
        <p>
            {frame.intake()} " " <span class=words::status_class(case.status)>{words::status(case.status)}</span>
            {(!case.number.is_empty()).then(|| view! { <span class="muted">" 编号 " {case.number.clone()}</span> })}
        </p>
        {due.map(|text| view! { <p class="muted">{text}</p> })}
        {(case.status == Status::Approved)
            .then(|| view! { <p><a href=frame.path("record")>{format!("查看{}", frame.site.province.record)}</a></p> })}
        {(case.status != Status::Draft).then(|| view! { <p><a href=frame.path("intake/progress")>{format!("查看{}", frame.site.province.progress)}</a></p> })}
    }
    .into_any()
}

/// 业务办理: what may be done now, and what opens after approval.
#[component]
pub fn ServicesPage() -> impl IntoView {
    let source = use_source();
    let data = Resource::new(move || source.get(), |(province, _)| home(province));
    page("业务办理", data, |frame, view: HomeView| {
        let is_approved = view.intake_status == Some(Status::Approved);
        let later = frame.site.province.after_approval.clone();
        let (label, href) = match view.intake_status {
            None | Some(Status::Draft | Status::Returned) => (format!("办理{}", frame.intake()), frame.path("intake")),
            Some(Status::Submitted | Status::Approved | Status::Closed) => {
                (format!("查看{}", frame.site.province.progress), frame.path("intake/progress"))
            }
        };
        let items = later
            .into_iter()
            .map(|item| {
                let note = if is_approved { item.note } else { format!("{}审核通过后可以办理。", frame.intake()) };
                let open = (is_approved && item.key == "record").then(|| frame.path("record"));
                let title = item.title.clone();
                let way = open.map(|href| view! { <p class="button-row"><a class="button button--secondary" href=href>{format!("查看{title}")}</a></p> });
                view! { <li class="card"><h2>{item.title}</h2><p class="muted">{note}</p>{way}</li> }
            })
            .collect_view();
        view! {
            <Breadcrumbs trail=vec![("个人中心", frame.path("home"))] here="业务办理".into() />
            <h1 tabindex="-1">"业务办理"</h1>
            <ul class="card-list">
                <li class="card">
                    <h2>{frame.intake()}</h2>
                    {state(&frame, &view)}
                    <p class="button-row"><a class="button" href=href>{label}</a></p>
                </li>
                {items}
            </ul>
        }
    })
}
