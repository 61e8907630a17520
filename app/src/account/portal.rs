//! The portal of a province: who must do what, the ways in, notices and telephones.

use domain::account::view::Who;
use leptos::prelude::*;

use crate::ui::format;
use crate::ui::page::{Frame, still};

/// The first page of a province.
#[component]
pub fn PortalPage() -> impl IntoView {
    still("首页", portal)
}

fn portal(frame: Frame) -> AnyView {
    let profile = frame.site.profile.clone();
    let briefing = profile.intake.briefing.clone();
    let notices = profile.portal.notices.clone();
    view! {
        <section class="hero">
            <h1 tabindex="-1">{profile.site.title.clone()}</h1>
            <p class="lead">{format!("会计人员{}、审核和查询，手机和电脑都可以办理。", frame.intake())}</p>
            {entries(&frame)}
        </section>
        <div class="columns">
            <section class="card" aria-labelledby="briefing">
                <h2 id="briefing">{briefing.title}</h2>
                <ul>{profile.site.tips.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}</ul>
                <details>
                    <summary>"查看完整须知"</summary>
                    {briefing.paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                </details>
            </section>
            <div class="stack">
                <section class="card" aria-labelledby="notices">
                    <h2 id="notices">"通知公告"</h2>
                    {notices
                        .into_iter()
                        .map(|notice| {
                            view! {
                                <details>
                                    <summary>{notice.title} " " <span class="muted nowrap">{format::date(notice.on)}</span></summary>
                                    <p>{notice.body}</p>
                                </details>
                            }
                        })
                        .collect_view()}
                </section>
                <section class="card" aria-labelledby="hotlines">
                    <h2 id="hotlines">"咨询电话"</h2>
                    <p>{profile.portal.hotlines}</p>
                </section>
            </div>
        </div>
    }
    .into_any()
}

fn entries(frame: &Frame) -> AnyView {
    let mut ways = match frame.site.who {
        Who::Visitor => vec![
            ("登录", "已经注册的人员，从这里登录办理业务。", frame.path("login")),
            ("注册", "第一次使用，先注册账号，大约需要 3 分钟。", frame.path("register")),
        ],
        Who::Accountant { .. } => vec![
            ("业务办理", "采集、登记和其他业务。", frame.path("services")),
            ("个人中心", "查看办理状态、站内信和个人资料。", frame.path("home")),
        ],
        Who::Staff { .. } => vec![("工作台", "查看待审核的申请。", frame.path("staff/desk"))],
    };
    if frame.site.who == Who::Visitor && frame.site.profile.account.phone_change.is_some() {
        ways.push(("手机号更换申请", "原手机号码不用了、无法登录的，从这里申请。", frame.path("phone-change")));
    }
    let tile = |(title, text, href): (&'static str, &'static str, String)| {
        view! { <li><a class="entry" href=href><strong>{title}</strong><span>{text}</span></a></li> }
    };
    view! { <ul class="card-list">{ways.into_iter().map(tile).collect_view()}</ul> }.into_any()
}
