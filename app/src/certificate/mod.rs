//! 完成证明 of a learning year as its holder sees it: what it says, the paper, and the links that they give out.

pub mod api;

use domain::certificate::view::{CertificateView, ShareView};
use domain::certificate::{NameShown, SharedName};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

const LABELS: [(&str, &str); 4] = [("name", "姓名"), ("document", "证件号码"), ("credits", "学分"), ("until", "链接的有效期")];

/// 完成证明.
#[component]
pub fn CertificatePage() -> impl IntoView {
    let source = use_source();
    let params = use_params_map();
    let year = Memo::new(move |_| params.with(|params| params.get("year").and_then(|year| year.parse().ok()).unwrap_or(0)));
    let data = fetched(move || (source.get(), year.get()), |((province, _), year)| api::certificate(province, year));
    page("完成证明", data, |frame, view: CertificateView| {
        let state = FormState::new(LABELS, view.flash.as_ref());
        view! {
            <ErrorSummary state=state />
            <Breadcrumbs trail=vec![("业务办理", frame.path("services")), ("继续教育", frame.path("learning"))] here="完成证明".into() />
            <h1 tabindex="-1">{format!("{} 年度完成证明", view.year)}</h1>
            <p class="lead">"任何人扫描证明上的二维码都可以核对真伪，不需要登录，断网也能核对。"</p>
            {said(&view)}
            {paper(&frame, &view)}
            {links(&frame, &view)}
            {new_link(&frame, &view, state)}
        }
    })
}

fn said(view: &CertificateView) -> AnyView {
    let statement = &view.statement;
    let credits = |amount: domain::learning::Credits| format!("{amount} {}", view.unit);
    let part = |amount: domain::learning::Credits| amount.is_some().then(|| credits(amount));
    let rows = [
        ("证明编号", Some(statement.number.clone())),
        ("学分", Some(credits(statement.total))),
        ("专业科目", part(statement.professional)),
        ("公需科目", part(statement.public)),
        ("通过时间", Some(format::date(statement.completed_on))),
        ("签发单位", Some(statement.issuer.clone())),
        ("签发日期", Some(format::date(statement.issued_on()))),
    ];
    let row =
        |(label, value): (&'static str, Option<String>)| value.map(|value| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
    view! {
        <section class="card" aria-labelledby="said">
            <h2 id="said">"证明的内容"</h2>
            <dl class="summary-list">{rows.map(row).into_iter().collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// The two buttons of the manual, and how much of the name the 二维码 shows. A plain form: its answer leads to a document.
fn paper(frame: &Frame, view: &CertificateView) -> AnyView {
    let to = |what: &str| frame.path(&format!("learning/certificate/{}/{what}.pdf", view.year));
    let choices = [
        (NameShown::Masked, "只显示首尾，例如 林*雨"),
        (NameShown::Surname, "只显示姓，例如 林**"),
        (NameShown::Hidden, "不显示"),
    ];
    let shown = view.shown;
    let choice = |(degree, label): (NameShown, &'static str)| {
        let (id, is_chosen) = (format!("shown-{}", degree.code()), degree == shown);
        let of = id.clone();
        view! {
            <label class="choice" for=of>
                <input type="radio" id=id name="name" value=degree.code() checked=is_chosen />
                {label}
            </label>
        }
    };
    view! {
        <section class="card" aria-labelledby="paper">
            <h2 id="paper">"打印和导出"</h2>
            <form method="post" action=to("print")>
                <fieldset class="field-group">
                    <legend>"扫描二维码的人看到的姓名"</legend>
                    <div class="choices">{choices.map(choice).into_iter().collect_view()}</div>
                </fieldset>
                <div class="button-row">
                    <button type="submit" class="button">"打印完成证明"</button>
                    <button type="submit" class="button button--secondary" formaction=to("export")>"导出PDF文件"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn links(frame: &Frame, view: &CertificateView) -> AnyView {
    let year = view.year;
    let one = |share: ShareView| {
        let shows = shows(&share);
        let sum: i64 = share.opened.iter().map(|(_, times)| times).sum();
        let days =
            share.opened.iter().map(|(on, times)| format!("{} {times} 次", format::date(*on))).collect::<Vec<_>>().join("，");
        let opened = if sum == 0 { "还没有人打开过".to_owned() } else { format!("共打开 {sum} 次：{days}") };
        view! {
            <li class="card">
                <p><a href=share.address.clone() rel="external">{share.address.clone()}</a></p>
                <p>{format!("显示{shows}；{}前有效。", format::instant(share.until))}</p>
                <p class="muted">{opened}</p>
                <form method="post" action="/api/certificate/unshare">
                    <input type="hidden" name="province" value=frame.key.clone() />
                    <input type="hidden" name=name_of("year") value=year.to_string() />
                    <input type="hidden" name=name_of("share") value=share.id />
                    <button type="submit" class="button button--secondary">"停止分享"</button>
                </form>
            </li>
        }
    };
    let none = view.shares.is_empty().then(|| view! { <p class="muted">"现在没有有效的分享链接。"</p> });
    view! {
        <section id="shares" aria-labelledby="shares-title">
            <h2 id="shares-title">"分享链接"</h2>
            <p class="hint">"只记录每天打开的次数，不记录是谁打开的。"</p>
            {none}
            <ul class="card-list">{view.shares.clone().into_iter().map(one).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What a link shows, in words.
fn shows(share: &ShareView) -> String {
    let name = match share.shared.name {
        SharedName::Whole => Some("完整姓名"),
        SharedName::Masked => Some("姓名首尾"),
        SharedName::Surname => Some("姓"),
        SharedName::Hidden => None,
    };
    let number = if share.shared.shows_number() { "年度和编号" } else { "年度" };
    let parts =
        [Some(number), name, share.shared.document.then_some("隐去中间的证件号码"), share.shared.credits.then_some("学分")];
    parts.into_iter().flatten().collect::<Vec<_>>().join("、")
}

fn new_link(frame: &Frame, view: &CertificateView, state: FormState) -> AnyView {
    let typed = |field: &str, otherwise: &str| {
        let typed = view.flash.as_ref().and_then(|flash| flash.values.get(field).cloned());
        typed.unwrap_or_else(|| otherwise.to_owned())
    };
    let radio = |field: &'static str, value: &str, choices: &[(&str, &str)]| {
        let label = LABELS.iter().find(|(name, _)| *name == field).map_or("", |(_, label)| label);
        let choices = choices.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect();
        FieldSpec { value: typed(field, value), control: Control::Radio(choices), ..FieldSpec::new(field, label) }
    };
    let specs = [
        radio("name", "whole", &[("whole", "完整显示"), ("masked", "只显示首尾"), ("surname", "只显示姓"), ("hidden", "不显示")]),
        radio("document", "no", &[("yes", "显示，隐去中间几位"), ("no", "不显示")]),
        radio("credits", "yes", &[("yes", "显示"), ("no", "不显示")]),
        radio("until", "month", &[("week", "7 天"), ("month", "30 天"), ("quarter", "90 天")]),
    ];
    let year = view.year.to_string();
    view! {
        <section class="card" aria-labelledby="new-link">
            <h2 id="new-link">"生成分享链接"</h2>
            <p>"把链接发给需要核对的单位。对方看到您选择的内容和证明现在是否有效，不需要登录。"</p>
            <PostForm action="/api/certificate/share" state=state province=frame.key.clone()>
                <input type="hidden" name=name_of("year") value=year />
                {specs.map(|spec| view! { <Field spec=spec /> }).into_iter().collect_view()}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"生成分享链接"</button>
                </div>
            </PostForm>
        </section>
    }
    .into_any()
}
