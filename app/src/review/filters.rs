//! What the list is asked for: a plain form, and the filters in force, each of which can be taken away by a plain link.

use domain::case::CaseKind;
use domain::review::Due;
use domain::review::view::{LISTED, QueueQuery, QueueView};
use leptos::prelude::*;

use super::desk::due_label;
use super::queue::address;
use crate::ui::form::{FormState, PostForm};
use crate::ui::page::Frame;
use crate::ui::words;

pub(super) fn filters(frame: &Frame, view: &QueueView, state: FormState) -> AnyView {
    let query = &view.query;
    let chosen = query.statuses();
    let choices = LISTED.map(|status| {
        let is_chosen = chosen.contains(&status);
        view! {
            <label class="choice">
                <input type="checkbox" name=format!("form[{}]", status.code()) value="1" checked=is_chosen />
                <span>{words::status(status)}</span>
            </label>
        }
    });
    let is_below = query.below == "1";
    let below = view.may_look_below.then(|| {
        view! {
            <label class="choice" for="filter-below">
                <input type="checkbox" id="filter-below" name="form[below]" value="1" checked=is_below />
                <span>"包括下级财政局"</span>
            </label>
        }
    });
    let (key, reset, words) = (frame.key.clone(), frame.path("staff/queue"), view.words.clone());
    let choices = choices.into_iter().collect_view();
    let (kinds, years, schools, bureaus) = (kinds(frame, query), years(view), schools(view), bureaus(view));
    view! {
        <div role="search" aria-label="筛选申请">
            <PostForm class="filters" action="/api/review/search" state=state province=key keeps=false>
                <fieldset class="field-group filters__choices">
                    <legend>"状态"</legend>
                    <div class="choices--inline">{choices}</div>
                </fieldset>
                <div class="field">
                    <label for="filter-search">"姓名、编号或者证件号码"</label>
                    <p class="field__hint" id="filter-search-hint">"姓名的开头，编号或者它的末几位，完整的证件号码或者手机号码。"</p>
                    <input type="text" id="filter-search" name="form[words]" value=words autocomplete="off" aria-describedby="filter-search-hint" />
                </div>
                {kinds}
                {years}
                {schools}
                {bureaus}
                {below}
                <div class="button-row">
                    <button type="submit" class="button button--secondary">"查询"</button>
                    <a class="button button--quiet" href=reset>"重置"</a>
                </div>
            </PostForm>
        </div>
    }
    .into_any()
}

fn kinds(frame: &Frame, query: &QueueQuery) -> AnyView {
    let choices = CaseKind::ALL.iter().map(|kind| (kind.code().to_owned(), frame.site.province.line(*kind).to_owned())).collect();
    select("kind", "业务", "全部业务", choices, &query.kind)
}

/// Where no kind is for a year there is nothing to choose.
fn years(view: &QueueView) -> Option<AnyView> {
    let choices = view.years.iter().map(|year| (year.to_string(), format!("{year} 年度"))).collect();
    (!view.years.is_empty()).then(|| select("year", "年度", "不限年度", choices, &view.query.year))
}

fn schools(view: &QueueView) -> Option<AnyView> {
    (!view.schools.is_empty()).then(|| select("school", "网校", "不限网校", view.schools.clone(), &view.query.school))
}

fn bureaus(view: &QueueView) -> Option<AnyView> {
    let choices = view.bureaus.iter().map(|(code, name)| (code.to_string(), name.clone())).collect();
    (!view.bureaus.is_empty()).then(|| select("bureau", "财政局", "本财政局", choices, &view.query.bureau))
}

/// One of (code, name), or the first for no matter which.
fn select(field: &str, label: &'static str, first: &'static str, choices: Vec<(String, String)>, chosen: &str) -> AnyView {
    let (id, name) = (format!("filter-{field}"), format!("form[{field}]"));
    let options = choices.into_iter().map(|(code, name)| {
        let is_chosen = code == chosen;
        view! { <option value=code selected=is_chosen>{name}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>
                <option value="">{first}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The filters in force, each of which can be taken away (ux F15).
pub(super) fn chips(frame: &Frame, view: &QueueView) -> AnyView {
    let query = &view.query;
    let first = QueueQuery { after: String::new(), ..query.clone() };
    let chip = |label: String, without: QueueQuery| {
        let href = address(frame, &without);
        let name = format!("去掉筛选：{label}");
        view! { <span class="pill">{label} <a href=href aria-label=name>"✕"</a></span> }.into_any()
    };
    let (none, mut chips) = (String::new, Vec::new());
    if let Some(due) = Due::from_code(&query.due) {
        chips.push(chip(due_label(due).into(), QueueQuery { due: none(), ..first.clone() }));
    }
    if let Some(kind) = CaseKind::from_code(&query.kind) {
        chips.push(chip(frame.site.province.line(kind).to_owned(), QueueQuery { kind: none(), ..first.clone() }));
    }
    if !query.year.is_empty() {
        chips.push(chip(format!("{} 年度", query.year), QueueQuery { year: none(), ..first.clone() }));
    }
    if let Some((_, name)) = view.schools.iter().find(|(code, _)| *code == query.school) {
        chips.push(chip(name.clone(), QueueQuery { school: none(), ..first.clone() }));
    }
    if let Some((_, name)) = view.bureaus.iter().find(|(code, _)| *code == query.bureau.as_str()) {
        chips.push(chip(name.clone(), QueueQuery { bureau: none(), ..first.clone() }));
    }
    if !view.words.is_empty() {
        chips.push(chip(format!("查询：{}", view.words), QueueQuery { search: none(), ..first.clone() }));
    }
    if query.below == "1" {
        chips.push(chip("包括下级财政局".into(), QueueQuery { below: none(), ..first.clone() }));
    }
    (!chips.is_empty()).then(|| view! { <div class="button-row" role="group" aria-label="当前的筛选">{chips}</div> }).into_any()
}
