//! 采集须知 and 本人承诺 (湖南手册 二（一）2).

use domain::intake::Task;
use domain::intake::view::HubView;
use domain::review::Status;
use leptos::prelude::*;

use super::{api, parts};
use crate::site::use_source;
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::steps::Steps;
use crate::ui::words;

/// 采集须知.
#[component]
pub fn BriefingPage() -> impl IntoView {
    let source = use_source();
    let data = crate::wire::load(move || source.get(), |(province, _)| api::hub(province));
    page("采集须知", data, draw)
}

fn draw(frame: Frame, view: HubView) -> AnyView {
    let state = FormState::new([("agreed", "本人承诺")], view.flash.as_ref());
    let profile = frame.site.profile.clone();
    let briefing = profile.intake.briefing.clone();
    let paragraphs = briefing.paragraphs.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_view();
    let promises = briefing.pledge.trim().lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let templates = briefing.templates.iter().map(|template| {
        let href = frame.path(&format!("templates/{}", template.file));
        view! { <li><a href=href rel="external" download>{template.title.clone()}</a></li> }
    });
    let status = view.case.as_ref().map_or(Status::Draft, |case| case.status);
    let way_on = match status {
        Status::Submitted | Status::Approved => Some(("查看申报进度", frame.path("intake/progress"))),
        Status::Returned => Some(("继续填写", frame.path("intake"))),
        Status::Draft => view.is_pledged.then(|| {
            let rest = view.next.map_or_else(|| "intake".to_owned(), |task| format!("intake/{}", words::task_path(task)));
            ("继续填写", frame.path(&rest))
        }),
    };
    let is_new = way_on.is_none() || !view.is_pledged && matches!(status, Status::Draft | Status::Returned);
    let steps = (!view.tasks.is_empty())
        .then(|| view! { <Steps tasks=view.tasks.clone() here=Task::Briefing profile=profile.clone() key=frame.key.clone() /> });
    let title = briefing.title.clone();
    let key = frame.key.clone();
    view! {
        <Breadcrumbs trail=vec![("业务办理", frame.path("services")), ("信息采集", frame.path("intake"))] here=title.clone() />
        {steps}
        <ErrorSummary state=state />
        <h1 tabindex="-1">{title}</h1>
        <section class="card stack">{paragraphs}</section>
        {(!briefing.templates.is_empty())
            .then(|| view! { <section class="card"><h2>"模板下载"</h2><ul class="link-list">{templates.collect_view()}</ul></section> })}
        <section class="card stack" aria-labelledby="pledge-title">
            <h2 id="pledge-title">"本人承诺"</h2>
            {promises}
            {if is_new {
                let version = briefing.pledge_version.clone();
                view! {
                    <PostForm action="/api/intake/pledge" state=state province=key check=parts::agreed_check()>
                        <input type="hidden" name=name_of("version") value=version />
                        {parts::agree(state, "本人承诺：已阅读采集须知和上述承诺，同意并遵守")}
                        <div class="button-row">
                            <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>
                                "下一步"
                            </button>
                        </div>
                    </PostForm>
                }
                    .into_any()
            } else {
                let (label, href) = way_on.unwrap_or_default();
                view! {
                    <p class="notice notice--success">"您已作出承诺。"</p>
                    <p class="button-row"><a class="button" href=href>{label}</a></p>
                }
                    .into_any()
            }}
        </section>
    }
    .into_any()
}
