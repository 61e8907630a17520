//! A new conversion: year and kind, after which the questions follow (手册甲 三（三）1); or every kind as an entry of one page, each
//! with its own 保存 (手册乙 7.2).

use std::collections::BTreeMap;

use domain::learning::ConversionLayout;
use domain::learning::view::{KindView, NewConversionView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{api, asked, record};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::{format, sentence};

/// The page of a new conversion.
#[component]
pub fn NewConversionPage() -> impl IntoView {
    let source = use_source();
    let query = use_query_map();
    let data = fetched(move || source.get(), |(province, _)| api::new_conversion(province));
    page("申请学分折算", data, move |frame, view| {
        let kind = query.with_untracked(|query| query.get("kind")).unwrap_or_default();
        draw(&frame, &view, &kind)
    })
}

fn draw(frame: &Frame, view: &NewConversionView, kind: &str) -> AnyView {
    let words = &view.words;
    let title = words.submission.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let mut trail = record::trail(frame);
    trail.push(("继续教育", frame.path("learning")));
    let shut =
        view.shut.as_ref().map(|why| view! { <div class="notice notice--warning"><p>{sentence::not_converted(why)}</p></div> });
    let body = match (words.is_collected, view.years.is_empty(), words.layout) {
        (false, ..) => record::collect_first(frame, words).into_any(),
        (true, true, _) => ().into_any(),
        (true, false, ConversionLayout::Choose) => choose(frame, view, kind),
        (true, false, ConversionLayout::Entries) => entries(frame, view, kind),
    };
    let note = (!words.note.is_empty()).then(|| view! { <div class="notice notice--info"><p>{words.note.clone()}</p></div> });
    let list = view! { <p><a href=frame.path("learning/conversions")>{format!("查看{}", words.management)}</a></p> };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=title.clone() />
        <h1 tabindex="-1">{title}</h1>
        {note}
        {shut}
        {body}
        {list}
    }
    .into_any()
}

/// The years that are open, with the last day of each.
fn years(view: &NewConversionView) -> Vec<(String, String)> {
    let year = |(year, open): &(i32, domain::learning::Open)| {
        let until = open.until.map(|on| format!("，{} 截止", format::date(on))).unwrap_or_default();
        let late = if open.is_late { "，补学" } else { "" };
        (year.to_string(), format!("{year} 年度{late}{until}"))
    };
    view.years.iter().map(year).collect()
}

/// The only year that is open is chosen already.
fn only(view: &NewConversionView) -> String {
    match view.years.as_slice() {
        [(year, _)] => year.to_string(),
        _ => String::new(),
    }
}

/// 继续教育年度 and 继续教育方式.
fn choose(frame: &Frame, view: &NewConversionView, kind: &str) -> AnyView {
    let flash = view.flash.as_ref();
    let typed = |field: &str| flash.and_then(|flash| flash.values.get(field)).cloned();
    let year = asked::year("year".to_owned(), years(view), typed("year").unwrap_or_else(|| only(view)));
    let kinds = view.kinds.iter().map(|kind| (kind.code.clone(), kind.name.clone())).collect();
    let ways = FieldSpec {
        control: Control::Radio(kinds),
        value: typed("kind").unwrap_or_else(|| kind.to_owned()),
        ..FieldSpec::new("kind", "继续教育方式")
    };
    let specs = vec![year, ways];
    let state = FormState::of(asked::labels(&specs), flash);
    let key = frame.key.clone();
    view! {
        <ErrorSummary state=state />
        <p class="lead">"选择年度和方式，下一步填写内容、上传证明材料。"</p>
        <PostForm action="/api/learning/start" state=state province=key class="stack">
            {asked::fields(specs)}
            <p class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"下一步"</button>
            </p>
        </PostForm>
    }
    .into_any()
}

/// The entries 1 to 14, each a form of its own.
fn entries(frame: &Frame, view: &NewConversionView, chosen: &str) -> AnyView {
    let flash = view.flash.as_ref();
    let typed = flash.and_then(|flash| flash.values.get("kind")).cloned().unwrap_or_else(|| chosen.to_owned());
    let one = |(nth, kind): (usize, &KindView)| entry(frame, view, (nth + 1, kind), *kind.code == *typed);
    let drawn = view.kinds.iter().enumerate().map(one).collect_view();
    view! {
        <p class="lead">"根据实际情况，从下面的项目中填写对应的信息，然后点击该项的“保存”。保存以后上传证明材料，再提交审核。"</p>
        <div class="stack">{drawn}</div>
    }
    .into_any()
}

fn entry(frame: &Frame, view: &NewConversionView, (nth, kind): (usize, &KindView), is_chosen: bool) -> AnyView {
    let prefix = format!("{}.", kind.code);
    let flash = view.flash.as_ref().filter(|_| is_chosen);
    let typed: BTreeMap<String, String> = flash
        .map(|flash| flash.values.iter())
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?.to_owned(), value.clone())))
        .collect();
    let year = typed.get("year").cloned().unwrap_or_else(|| only(view));
    let mut specs = vec![asked::year(format!("{prefix}year"), years(view), year)];
    specs.extend(asked::specs(kind, &prefix, &typed));
    let state = FormState::of(asked::labels(&specs), flash);
    let (key, code, title) = (frame.key.clone(), kind.code.clone(), format!("{nth}. {}", kind.name));
    let proofs = format!("需要的证明材料：{}。", kind.proofs.join("、"));
    let spoken = format!("：{}", kind.name);
    view! {
        <details class="card" id=format!("entry-{nth}") open=is_chosen>
            <summary><h2>{title}</h2></summary>
            <ErrorSummary state=state />
            <p class="hint">{proofs}</p>
            <PostForm action="/api/learning/start" state=state province=key class="stack">
                <input type="hidden" name=name_of("kind") value=code />
                {asked::fields(specs)}
                <p class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>
                        "保存"<span class="hidden-visually">{spoken}</span>
                    </button>
                </p>
            </PostForm>
        </details>
    }
    .into_any()
}
