//! 采集须知 and 本人承诺 (手册甲 二（一）2).

use domain::case::Status;
use domain::fault::FieldErrors;
use domain::intake::Task;
use domain::intake::view::{BriefingView, Promise, Words};
use domain::province::{Briefing, PledgeAt};
use leptos::prelude::*;

use super::{api, parts};
use crate::site::{fetched, use_source};
use crate::ui::form::{Check, ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::steps::Steps;
use crate::ui::words;

/// 采集须知.
#[component]
pub fn BriefingPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| api::briefing(province));
    page("采集须知", data, draw)
}

fn draw(frame: Frame, page: BriefingView) -> AnyView {
    let BriefingView { hub: view, briefing, pledge_title } = page;
    let state = FormState::new([("agreed", pledge_title.clone())], view.flash.as_ref());
    let paragraphs = briefing.paragraphs.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_view();
    let templates = briefing.templates.iter().map(|template| {
        let href = frame.path(&format!("templates/{}", template.file));
        view! { <li><a href=href rel="external" download>{template.title.clone()}</a></li> }
    });
    let status = view.case.as_ref().map_or(Status::Draft, |case| case.status);
    let way_on = match status {
        Status::Submitted | Status::Approved | Status::Closed => {
            Some((format!("查看{}", view.words.progress), frame.path("intake/progress")))
        }
        Status::Returned => Some(("继续填写".to_owned(), frame.path("intake"))),
        Status::Draft => view.has_begun.then(|| {
            let rest = view.next.map_or_else(|| "intake".to_owned(), |task| format!("intake/{}", words::task_path(task)));
            ("继续填写".to_owned(), frame.path(&rest))
        }),
    };
    let is_new = way_on.is_none() || !view.has_begun && matches!(status, Status::Draft | Status::Returned);
    let steps = (!view.tasks.is_empty())
        .then(|| view! { <Steps tasks=view.tasks.clone() here=Task::Briefing words=view.words.clone() key=frame.key.clone() /> });
    let title = briefing.title.clone();
    let name = format!("{title} – {} – {}", frame.intake(), frame.site.province.title);
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=frame.intake_trail() here=title.clone() />
        {steps}
        <ErrorSummary state=state />
        <h1 tabindex="-1">{title}</h1>
        <section class="card stack">{paragraphs}</section>
        {(!briefing.templates.is_empty())
            .then(|| view! { <section class="card"><h2>"模板下载"</h2><ul class="link-list">{templates.collect_view()}</ul></section> })}
        {match (view.words.pledge_at, is_new) {
            (PledgeAt::Start, _) => {
                view! {
                    <section class="card stack" aria-labelledby="pledge-title">
                        {parts::promise(&Promise { title: pledge_title.clone(), text: briefing.pledge.clone() }, 2)}
                        {if is_new { begin(&frame, &view.words, &briefing, (&pledge_title, state)) } else { go_on(way_on, Some("您已作出承诺。")) }}
                    </section>
                }
                    .into_any()
            }
            (PledgeAt::End, true) => begin(&frame, &view.words, &briefing, (&pledge_title, state)),
            (PledgeAt::End, false) => go_on(way_on, None),
        }}
    }
    .into_any()
}

/// 下一步, with the promise where it is made here.
fn begin(frame: &Frame, words: &Words, briefing: &Briefing, (pledge_title, state): (&str, FormState)) -> AnyView {
    let version = briefing.pledge_version.clone();
    let label = format!("{}：已阅读{}和上述承诺，同意并遵守", pledge_title, briefing.title);
    let is_promised = words.pledge_at == PledgeAt::Start;
    let (agree, check) = if is_promised {
        (Some(label), parts::agreed_check())
    } else {
        let nothing: Check = std::sync::Arc::new(|_: &[(String, String)]| FieldErrors::default());
        (None, nothing)
    };
    view! {
        <PostForm action="/api/intake/pledge" state=state province=frame.key.clone() check=check>
            <input type="hidden" name=name_of("version") value=version />
            {agree.map(|label| parts::agree(state, label))}
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"下一步"</button>
            </div>
        </PostForm>
    }
    .into_any()
}

fn go_on(way_on: Option<(String, String)>, said: Option<&'static str>) -> AnyView {
    let (label, href) = way_on.unwrap_or_default();
    view! {
        {said.map(|said| view! { <p class="notice notice--success">{said}</p> })}
        <p class="button-row"><a class="button" href=href>{label}</a></p>
    }
    .into_any()
}
