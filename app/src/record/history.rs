//! 档案时间线: versions, applications, credits, certificates, integrity and messages in one.

use domain::case::{Moment, MomentKind};
use domain::record::view::HistoryView;
use leptos::prelude::*;

use super::{head, none_yet, way};
use crate::ui::page::Frame;
use crate::ui::{format, words};

/// `of` is the word of the one kind that is shown, or empty.
pub(super) fn draw(frame: &Frame, view: &HistoryView, of: &str) -> AnyView {
    let body = if view.is_approved { content(frame, view, MomentKind::from_code(of)) } else { none_yet(frame) };
    view! { {head(frame, "history", None)} {body} }.into_any()
}

fn content(frame: &Frame, view: &HistoryView, of: Option<MomentKind>) -> AnyView {
    let choice = |kind: Option<MomentKind>| {
        let (name, href) = match kind {
            None => ("全部", way(frame, "history")),
            Some(kind) => (name(kind), way(frame, &format!("history&of={}", kind.code()))),
        };
        let class = if kind == of { "button button--small" } else { "button button--secondary button--small" };
        view! { <a class=class href=href aria-current=(kind == of).then_some("true")>{name}</a> }
    };
    let choices = std::iter::once(None).chain(MomentKind::ALL.iter().copied().map(Some)).map(choice).collect_view();
    let lines = view.moments.iter().map(|moment| line(frame, moment)).collect_view();
    let shown = view.moments.len();
    let count = match (shown, view.all) {
        (0, _) => "没有这一类记录。".to_owned(),
        (shown, all) if shown < all => format!("共 {all} 条，显示最近的 {shown} 条。"),
        (shown, _) => format!("共 {shown} 条。"),
    };
    view! {
        <nav class="button-row" aria-label="按类别查看">{choices}</nav>
        <p class="hint" role="status">{count}</p>
        <ol class="timeline">{lines}</ol>
    }
    .into_any()
}

fn line(frame: &Frame, of: &Moment) -> AnyView {
    let (word, class) = (name(of.kind), class(of.kind));
    let title = match of.action {
        Some(action) => format!("{}：{}", of.title, words::action(action)),
        None => of.title.clone(),
    };
    // A place on another page is found by a whole load.
    let rel = of.way.contains('#').then_some("external");
    let link = (!of.way.is_empty()).then(|| {
        let (href, spoken) = (frame.path(&of.way), format!("：{title}"));
        view! { <p><a href=href rel=rel>"查看"<span class="hidden-visually">{spoken}</span></a></p> }
    });
    view! {
        <li data-state="done">
            <time class="timeline__time" datetime=format::machine(of.at)>{format::instant(of.at)}</time>
            <p><span class=class>{word}</span> " " <strong>{title.clone()}</strong></p>
            {(!of.said.is_empty()).then(|| view! { <p class="hint">{of.said.clone()}</p> })}
            {link}
        </li>
    }
    .into_any()
}

fn name(kind: MomentKind) -> &'static str {
    match kind {
        MomentKind::Record => "档案",
        MomentKind::Case => "申请",
        MomentKind::Credit => "学分",
        MomentKind::Certificate => "证明",
        MomentKind::Integrity => "诚信",
        MomentKind::Message => "站内信",
    }
}

fn class(kind: MomentKind) -> &'static str {
    match kind {
        MomentKind::Record => "tag tag--green",
        MomentKind::Case => "tag tag--blue",
        MomentKind::Credit | MomentKind::Certificate => "tag tag--orange",
        MomentKind::Integrity | MomentKind::Message => "tag tag--grey",
    }
}
