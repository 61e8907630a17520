//! 网站内容: 通知公告, 操作指南, 政策法规 and 常见问题 as the administrators keep them. No script.

mod beside;
mod editor;
mod reading;

use domain::portal::text_view::{KeptLine, KeptTextsView, OldVersionView};
use domain::portal::{TextKind, TextStage};
use domain::province::Profile;
use leptos::prelude::*;

use super::rows::table;
use super::verify::framed;
use crate::ui::format;

pub use editor::{Typed, editor};
pub use reading::{reading, readings};

/// The texts of a kind. `style` is the address of the style sheet.
#[must_use]
pub fn list(profile: &Profile, style: &str, view: KeptTextsView) -> String {
    let base = format!("/{}/staff/texts", profile.key);
    let tab = |kind: &TextKind| {
        let here = (*kind == view.kind).then_some("page");
        view! { <a href=format!("{base}?kind={}", kind.code()) aria-current=here>{kind.term()}</a> }
    };
    let kind = view.kind;
    let asked = (kind == TextKind::Question).then(|| {
        let href = format!("/{}/staff/answers", profile.key);
        view! { <a class="button button--secondary" href=href>"从咨询整理"</a> }
    });
    let next = view.next.clone().map(|id| {
        let href = format!("{base}?kind={}&after={id}", kind.code());
        view! { <nav class="pager" aria-label="翻页"><a class="button button--secondary" href=href rel="next">"下一页"</a></nav> }
    });
    let body = view! {
        <h1>{kind.term()}</h1>
        <nav class="tabs" aria-label="内容种类">{TextKind::ALL.iter().map(tab).collect_view()}</nav>
        <p class="button-row">
            <a class="button" href=format!("{base}/new?kind={}", kind.code())>"新建"</a>
            <a class="button button--secondary" href=format!("/{}/texts/{}", profile.key, kind.code())>"查看网站上的页面"</a>
            {asked}
        </p>
        {lines(&base, &view)}
        {next}
    };
    framed(profile, style, "网站内容", body.into_any())
}

fn lines(base: &str, view: &KeptTextsView) -> AnyView {
    if view.lines.is_empty() {
        let seeded = matches!(view.kind, TextKind::Notice | TextKind::Guide);
        let text = seeded.then(|| view! { <p>"在您发布第一条之前，网站上显示系统自带的说明。"</p> });
        return view! { <div class="empty"><strong>"还没有内容"</strong>{text}</div> }.into_any();
    }
    // Readers are asked of 常见问题 alone.
    let has_votes = view.kind == TextKind::Question;
    let row = |line: &KeptLine| {
        let (word, class) = state(line, view);
        let until = line.until.map(|until| format!(" 至 {}", format::date(until))).unwrap_or_default();
        let mut cells = vec![
            view! { <a href=format!("{base}/{}", line.id)>{line.title.clone()}</a> }.into_any(),
            format!("{}{until}", format::date(line.from)).into_any(),
            view! { <span class=class>{word}</span> }.into_any(),
            line.author.clone().into_any(),
        ];
        if has_votes {
            let (yes, no) = line.useful;
            cells.push(format!("有帮助 {yes}，没有帮助 {no}").into_any());
        }
        cells
    };
    let heads: &[&str] = match has_votes {
        true => &["标题", "显示日期", "状态", "编写人", "读者评价"],
        false => &["标题", "显示日期", "状态", "编写人"],
    };
    table(view.kind.term().to_owned(), heads, view.lines.iter().map(row).collect())
}

fn state(line: &KeptLine, view: &KeptTextsView) -> (&'static str, &'static str) {
    match (line.stage, line.is_shown) {
        (TextStage::Draft, true) => ("已发布，有未发布的修改", "tag tag--orange"),
        (TextStage::Draft, false) => ("草稿", "tag tag--grey"),
        (TextStage::Waiting, _) => ("等待另一位管理员同意", "tag tag--orange"),
        (TextStage::Published, _) if line.from > view.today => ("等待发布", "tag tag--blue"),
        (TextStage::Published, true) => ("已发布", "tag tag--green"),
        (TextStage::Published, false) => ("已过期", "tag tag--grey"),
        (TextStage::Withdrawn, _) => ("已撤下", "tag tag--grey"),
    }
}

/// A version as it was kept.
#[must_use]
pub fn version(profile: &Profile, style: &str, view: OldVersionView) -> String {
    let base = format!("/{}/staff/texts", profile.key);
    let body = view! {
        {crumbs(&base, view.kind, Some((format!("{base}/{}", view.id), "修改")), format!("第 {} 版", view.nth))}
        <h1>{view.title}</h1>
        <p class="muted">{format!("第 {} 版", view.nth)}</p>
        <div class="card" inner_html=view.html></div>
    };
    framed(profile, style, "内容的版本", body.into_any())
}

fn crumbs(base: &str, kind: TextKind, above: Option<(String, &'static str)>, here: String) -> AnyView {
    let above = above.map(|(href, label)| view! { <li><a href=href>{label}</a></li> });
    view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("{base}?kind={}", kind.code())>{kind.term()}</a></li>
                {above}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
    .into_any()
}
