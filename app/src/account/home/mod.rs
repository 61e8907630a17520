//! 个人中心 and 业务办理.

mod elder;
mod examples;
mod next;
mod side;

use domain::account::view::HomeView;
use domain::case::view::CaseSummary;
use domain::case::{CaseKind, Status};
use domain::learning::view::LearningCard;
use domain::province::{MenuItem, STAGES};
use leptos::prelude::*;

use super::api::home;
use crate::site::{fetched, use_source};
use crate::ui::page::{Frame, page, still};
use crate::ui::parts::Breadcrumbs;
use crate::ui::track::track;
use crate::ui::{format, words};
use crate::{AppError, learning};

/// 个人中心.
#[component]
pub fn HomePage() -> impl IntoView {
    let source = use_source();
    let data = fetched(
        move || source.get(),
        |(province, _)| async move {
            let view = home(province.clone()).await?;
            Ok::<_, AppError>((view, learning::api::card(province).await?))
        },
    );
    page("个人中心", data, |frame, (view, card): (HomeView, Option<LearningCard>)| {
        view! { <h1 tabindex="-1">"个人中心"</h1> {draw(&frame, &view, card.as_ref())} }
    })
}

/// Everything of the page below its heading: what is to be done and what runs, beside what is known and whom to ask.
fn draw(frame: &Frame, view: &HomeView, card: Option<&LearningCard>) -> AnyView {
    if frame.is_elder() {
        return elder::draw(frame, view, card);
    }
    let card = card.map(|card| learning::card(frame, card));
    view! {
        <div class="main-side">
            <div class="stack">
                {elsewhere(frame, view)}
                {warned(frame, view)}
                {next::next(frame, view)}
                {view.intake.as_ref().map(|case| running(frame, view, case))}
                {card}
                {view.phone_change.as_ref().map(|case| phone_change(frame, case))}
                {services(frame, view)}
            </div>
            <div class="stack">
                {view.record.as_ref().map(|record| side::record(frame, view, record))}
                {side::person(frame, view)}
                {side::messages(frame, view)}
                {side::ask(frame, view)}
            </div>
        </div>
    }
    .into_any()
}

/// That records are made and changed on the national platform; the page that says where is a plain one.
fn elsewhere(frame: &Frame, view: &HomeView) -> Option<AnyView> {
    view.elsewhere.as_ref().map(|of| {
        view! {
            <div class="notice notice--info">
                <p>{of.said.clone()}</p>
                <p><a class="way" href=frame.path("national") rel="external">"查看在哪里办理"</a></p>
            </div>
        }
        .into_any()
    })
}

/// What restricts the person, and the way to what can be done; the page of an annulment is a plain one.
fn warned(frame: &Frame, view: &HomeView) -> Option<AnyView> {
    (view.is_annulled || !view.warnings.is_empty()).then(|| {
        let said = view.warnings.iter().map(|said| view! { <p>{said.clone()}</p> }).collect_view();
        let way = view.is_annulled.then(|| {
            let name = frame.site.province.line(CaseKind::Annulment).to_owned();
            view! { <p><a href=frame.path("annulments") rel="external">{format!("查看{name}")}</a></p> }
        });
        view! { <div class="notice notice--warning">{said}{way}</div> }.into_any()
    })
}

/// What a case is called, and where it stands.
fn heading(name: String, case: &CaseSummary) -> AnyView {
    view! { <h2>{name} " " <span class=words::status_class(case.status)>{words::status(case.status)}</span></h2> }.into_any()
}

fn running(frame: &Frame, view: &HomeView, case: &CaseSummary) -> AnyView {
    let is_sent = case.status != Status::Draft;
    let number = (!case.number.is_empty())
        .then(|| view! { <p class="muted">"受理编号 " <span class="code">{case.number.clone()}</span></p> });
    let waits = (case.status == Status::Submitted).then(|| {
        let due = case.due_on.map(|on| format!("预计 {} 前答复。", format::date(on))).unwrap_or_default();
        view! { <p>{format!("等待{}审核。{due}", case.bureau_name)}<strong>"您不用做什么。"</strong>"结果以短信和站内信告知。"</p> }
    });
    view! {
        <section class="card">
            <div class="card__head">
                {heading(frame.intake(), case)}
                {(is_sent || case.round > 0)
                    .then(|| view! { <a href=frame.path("intake/progress")>{format!("查看{}", frame.site.province.progress)}</a> })}
            </div>
            {number}
            {track(&view.stages, case)}
            {waits}
            {is_sent
                .then(|| view! { <p><a href=frame.path("intake/receipt.pdf") rel="external">"下载回执（PDF）"</a></p> })}
        </section>
    }
    .into_any()
}

/// Somebody else may have asked for it: whoever did not is told what to do.
fn phone_change(frame: &Frame, case: &CaseSummary) -> AnyView {
    let name = frame.site.province.line(CaseKind::PhoneChange).to_owned();
    let text = match case.status {
        Status::Returned => format!("申请被退回，请按短信中的说明修改。办理机关：{}。", case.bureau_name),
        Status::Approved => "申请已审核通过，到期后新号码生效。".to_owned(),
        Status::Draft | Status::Submitted | Status::Closed => format!("等待{}审核，您不用做什么。", case.bureau_name),
    };
    view! {
        <section class="card">
            {heading(name, case)}
            {track(&STAGES.map(str::to_owned), case)}
            <p>{text}</p>
            <p class="hint">{format!("不是您本人申请的，请立即联系{}，或者用短信中的链接提出异议。", case.bureau_name)}</p>
        </section>
    }
    .into_any()
}

/// What can be done with 信息采集 now: the word and the page.
fn way(frame: &Frame, view: &HomeView) -> (String, String) {
    let is_elsewhere = view.elsewhere.as_ref().is_some_and(|of| match view.status() {
        None => of.is_shut,
        Some(Status::Draft) => of.is_over,
        Some(_) => false,
    });
    match view.status() {
        _ if is_elsewhere => ("查看在哪里办理".to_owned(), frame.path("national")),
        None | Some(Status::Draft | Status::Returned) => (format!("办理{}", frame.intake()), frame.path("intake")),
        Some(Status::Submitted | Status::Approved | Status::Closed) => {
            (format!("查看{}", frame.site.province.progress), frame.path("intake/progress"))
        }
    }
}

/// The services that exist.
fn services(frame: &Frame, view: &HomeView) -> AnyView {
    let entry = |title: String, text: String, (href, rel): (String, Option<&'static str>)| {
        view! { <li><a class="entry" href=href rel=rel><strong>{title}</strong><span>{text}</span></a></li> }.into_any()
    };
    let (_, href) = way(frame, view);
    let (text, rel) = match &view.elsewhere {
        Some(of) if href.ends_with("/national") => (of.said.clone(), Some("external")),
        _ => ("填写信息、上传材料并提交，查看审核结果。".to_owned(), None),
    };
    let is_approved = view.is_recorded();
    let province = &frame.site.province;
    let open = province.after_approval.iter().filter_map(|item| Some((item, province.page_of(item).filter(|_| is_approved)?)));
    let open =
        open.map(|(item, rest)| entry(item.title.clone(), item.note.clone(), (frame.path(rest), rel_of(rest)))).collect_view();
    view! {
        <section class="stack">
            <div class="card__head"><h2>"可以办理的业务"</h2> <a href=frame.path("services")>"业务办理"</a></div>
            <ul class="card-list">
                {entry(frame.intake(), text, (href, rel))} {open}
            </ul>
        </section>
    }
    .into_any()
}

/// 调转, and what is done on the national platform, are plain pages, which the program does not draw.
fn rel_of(page: &str) -> Option<&'static str> {
    matches!(page, "transfer" | "national").then_some("external")
}

/// 业务办理: what may be done now, and what opens after approval.
#[component]
pub fn ServicesPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| home(province));
    page("业务办理", data, |frame, view: HomeView| {
        let is_approved = view.is_recorded();
        let later = frame.site.province.after_approval.clone();
        let (label, href) = way(&frame, &view);
        let rel = href.ends_with("/national").then_some("external");
        let items = later
            .into_iter()
            .map(|item| {
                let page = frame.site.province.page_of(&item);
                let is_elsewhere = page == Some("national");
                let open = page.filter(|_| is_approved || is_elsewhere).map(|rest| (frame.path(rest), rel_of(rest)));
                let note = match item.opens.filter(|_| page.is_none()) {
                    Some(on) => format!("{}{}开放。", item.note, format::date(on)),
                    None if is_approved || is_elsewhere => item.note,
                    None => format!("{}审核通过后可以办理。", frame.intake()),
                };
                let title = item.title.clone();
                let way = open.map(|(href, rel)| view! { <p class="button-row"><a class="button button--secondary" href=href rel=rel>{format!("查看{title}")}</a></p> });
                view! { <li class="card"><h2>{item.title}</h2><p class="muted">{note}</p>{way}</li> }
            })
            .collect_view();
        view! {
            <Breadcrumbs trail=vec![("个人中心", frame.path("home"))] here="业务办理".into() />
            <h1 tabindex="-1">"业务办理"</h1>
            {elsewhere(&frame, &view)}
            <ul class="card-list">
                <li class="card">
                    <h2>{frame.intake()}</h2>
                    {stands(&frame, &view)}
                    <p class="button-row"><a class="button" href=href rel=rel>{label}</a></p>
                </li>
                {items}
                {relocation(&frame, &view)}
                {is_approved.then(|| further(&frame, &view))}
            </ul>
        }
    })
}

/// 跨省调转, a plain page, which the program does not draw.
fn relocation(frame: &Frame, view: &HomeView) -> Option<AnyView> {
    view.has_relocation.then(|| {
        view! {
            <li class="card">
                <h2>"跨省调转"</h2>
                <p class="muted">"档案转到其他省份，或者从其他省份转来。"</p>
                <p class="button-row"><a class="button button--secondary" href=frame.path("relocation") rel="external">"办理跨省调转"</a></p>
            </li>
        }
        .into_any()
    })
}

/// Pages without the program that stand in no menu.
fn further(frame: &Frame, view: &HomeView) -> AnyView {
    let card = |item: &MenuItem| {
        let (title, note, href) = (item.title.clone(), item.note.clone(), frame.path(&item.key));
        view! {
            <li class="card">
                <h2>{title.clone()}</h2>
                <p class="muted">{note}</p>
                <p class="button-row"><a class="button button--secondary" href=href rel="external">{format!("查看{title}")}</a></p>
            </li>
        }
    };
    view.further.iter().map(card).collect_view().into_any()
}

fn stands(frame: &Frame, view: &HomeView) -> AnyView {
    let Some(case) = &view.intake else {
        return match &view.record {
            Some(_) => {
                view! { <p><a href=frame.path("record")>{format!("查看{}", frame.site.province.record)}</a></p> }.into_any()
            }
            None => view! { <p>{format!("您还没有办理{}。", frame.intake())}</p> }.into_any(),
        };
    };
    let due = case.due_on.filter(|_| case.status == Status::Submitted).map(|on| format!("预计 {} 前答复", format::date(on)));
    view! {
        <p>
            <span class=words::status_class(case.status)>{words::status(case.status)}</span>
            {(!case.number.is_empty()).then(|| view! { <span class="muted">" 编号 " {case.number.clone()}</span> })}
        </p>
        {due.map(|text| view! { <p class="muted">{text}</p> })}
        {(case.status == Status::Approved)
            .then(|| view! { <p><a href=frame.path("record")>{format!("查看{}", frame.site.province.record)}</a></p> })}
    }
    .into_any()
}

/// 个人中心 in every state, for the accessibility and screenshot tests; served by the demonstration only. It stands beside the
/// gallery, so that the program of the staff does not carry this page.
#[component]
pub fn HomeGalleryPage() -> impl IntoView {
    still("组件：个人中心", |frame| {
        if !frame.site.is_demo {
            return view! { <h1 tabindex="-1">"没有找到这个页面"</h1> }.into_any();
        }
        let states = examples::all().into_iter().map(|(name, view)| view! { <h2>{name}</h2> {draw(&frame, &view, None)} });
        view! { <h1 tabindex="-1">"组件：个人中心"</h1> {states.collect_view()} }.into_any()
    })
}
