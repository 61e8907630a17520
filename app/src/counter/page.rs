//! 窗口办理: whose account it is, and what is to be corrected.

use domain::answer::Flash;
use domain::counter::Correction;
use domain::counter::view::CounterView;
use domain::identity::DocumentKind;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::acts::{enrol, fill_in};
use super::api::counter;
use super::found::{correction, found};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::search::search_is_over;

pub(super) const TITLE: &str = "窗口办理";
/// The fields of all forms of the page.
const LABELS: [(&str, &str); 7] = [
    ("document_kind", "证件类型"),
    ("document_number", "证件号码"),
    ("mobile", "新手机号码"),
    ("name", "姓名"),
    ("what", "办理事项"),
    ("reason", "原因"),
    ("seen", "证件核对"),
];

/// 窗口办理.
#[component]
pub fn CounterPage() -> impl IntoView {
    let (source, params) = (use_source(), use_query_map());
    let of = move |name: &'static str| Memo::new(move |_| params.with(|params| params.get(name).unwrap_or_default()));
    let (search, done, came) = (of("search"), of("done"), of("came"));
    let data = fetched(move || (source.get(), search.get()), |((province, _), search)| counter(province, search));
    page(TITLE, data, move |frame, view: CounterView| {
        let done = done.get_untracked();
        let said = (!done.is_empty()).then(|| {
            let href = frame.path(&format!("staff/cases/{done}"));
            view! {
                <div class="notice notice--success" role="status">
                    <p>"已受理，并已告知本人。由另一位审核人员复核通过后生效。" <a href=href>"查看"</a></p>
                </div>
            }
        });
        let came = match came.get_untracked().as_str() {
            "enrolled" => Some("账号已登记，并已告知本人。现在可以代为填写。"),
            "known" => Some("这个证件已经有账号，没有重复登记。请核对下面的账号。"),
            _ => None,
        };
        let came = came.map(|text| view! { <div class="notice notice--success" role="status"><p>{text}</p></div> });
        let body = content(&frame, &view);
        view! {
            <Breadcrumbs trail=vec![("工作台", frame.path("staff/desk"))] here=TITLE.into() />
            <h1 tabindex="-1">{TITLE}</h1>
            {said}
            {came}
            {body}
        }
    })
}

/// One correction of the account that was found, or another act for it.
#[component]
pub fn CorrectPage() -> impl IntoView {
    let (source, params, query) = (use_source(), use_params_map(), use_query_map());
    let what = Memo::new(move |_| params.with(|params| params.get("what").unwrap_or_default()));
    let search = Memo::new(move |_| query.with(|query| query.get("search").unwrap_or_default()));
    let data = fetched(move || (source.get(), search.get()), |((province, _), search)| counter(province, search));
    page(TITLE, data, move |frame, view: CounterView| {
        let code = what.get_untracked();
        let what = Correction::from_code(&code).filter(|what| view.offered.contains(what));
        let back = frame.path(&format!("staff/counter?search={}", view.search));
        let is_enrolment = code == "enrol";
        let labels = LABELS.map(|(field, label)| (field, if is_enrolment && field == "mobile" { "手机号码" } else { label }));
        let state = FormState::new(labels, view.flash.as_ref());
        let (title, body) = match code.as_str() {
            "fill-in" => ("代为填写", fill_in(&frame, &view, state)),
            "enrol" => ("登记账号", enrol(&frame, &view, state)),
            _ => (what.map_or("", Correction::label), what.and_then(|what| correction(&frame, &view, what, state))),
        };
        let body = body.unwrap_or_else(|| {
            view! {
                <div class="notice notice--info"><p>"请先查找账号。" <a href=back.clone()>"返回窗口办理"</a></p></div>
                {view.flash.as_ref().map(left_over)}
            }
            .into_any()
        });
        view! {
            <Breadcrumbs trail=vec![("工作台", frame.path("staff/desk")), (TITLE, back)] here=title.into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">{if title.is_empty() { TITLE } else { title }}</h1>
            {body}
        }
    })
}

/// What was typed before the account had to be looked up anew, to be read: it is not filled in for whoever is found next.
fn left_over(flash: &Flash) -> AnyView {
    let lines = LABELS.iter().filter(|(field, _)| ["mobile", "name", "document_number", "reason"].contains(field));
    let lines = lines.map(|(field, label)| (*label, typed(Some(flash), field))).filter(|(_, value)| !value.is_empty());
    let lines = lines.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view();
    view! {
        <section class="card" aria-labelledby="left-over">
            <h2 id="left-over">"刚才填写的内容"</h2>
            <dl class="summary-list">{lines}</dl>
        </section>
    }
    .into_any()
}

fn owned_by_service(view: &CounterView) -> AnyView {
    if view.identity_service.is_empty() {
        return ().into_any();
    }
    let text =
        format!("本省账号的姓名、证件和手机号码由{}管理，请申请人到该平台修改，下次登录时自动更新。", view.identity_service);
    view! { <div class="notice notice--info"><p>{text}</p></div> }.into_any()
}

fn content(frame: &Frame, view: &CounterView) -> AnyView {
    view! {
        <p class="lead">"为到场的本人更正账号信息、打印申请表、代为填写或者代为提交申请。请先当面核对证件原件；更正、打印和提交由另一位审核人员复核后生效，办理情况都会告知本人。"</p>
        {owned_by_service(view)}
        {search_is_over(view.is_search_over)}
        {seek(frame, view)}
        {found(frame, view)}
    }
    .into_any()
}

/// What was typed into a field before.
pub(super) fn typed(flash: Option<&Flash>, field: &str) -> String {
    flash.and_then(|flash| flash.values.get(field).cloned()).unwrap_or_default()
}

/// 证件类型 and 证件号码.
pub(super) fn document(kinds: &[(DocumentKind, String)], flash: Option<&Flash>) -> Vec<FieldSpec> {
    let choices = kinds.iter().map(|(kind, label)| (kind.code().to_owned(), label.clone())).collect();
    let kind = typed(flash, "document_kind");
    let first = kinds.first().map(|(kind, _)| kind.code().to_owned()).unwrap_or_default();
    let kind = FieldSpec {
        value: if kind.is_empty() { first } else { kind },
        control: Control::Select(vec![(String::new(), choices)]),
        ..FieldSpec::new("document_kind", "证件类型")
    };
    let number = FieldSpec {
        value: typed(flash, "document_number"),
        autocomplete: "off",
        ..FieldSpec::new("document_number", "证件号码")
    };
    vec![kind, number]
}

/// The fields of a form, drawn inside of it.
pub(super) fn fields(specs: Vec<FieldSpec>) -> impl IntoView {
    specs.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()
}

fn seek(frame: &Frame, view: &CounterView) -> AnyView {
    let flash = view.flash.as_ref();
    let state = FormState::new(LABELS, flash);
    let (specs, key) = (document(&view.document_kinds, flash), frame.key.clone());
    view! {
        <ErrorSummary state=state />
        <section class="card" aria-labelledby="seek-title">
            <h2 id="seek-title">"查找账号"</h2>
            <PostForm action="/api/staff/counter/seek" state=state province=key keeps=false>
                {fields(specs)}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"查找"</button>
                </div>
            </PostForm>
        </section>
    }
    .into_any()
}
