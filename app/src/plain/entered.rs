//! What a bureau enters about somebody and another person confirms: the page of a kind, without its own fields and columns. No script:
//! the proof comes with the form in one post.

use domain::case::{EnteredLine, EnteredView, Status};
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::rows::table;
use super::verify::framed;
use crate::ui::words;

/// What a post came back with, and what was typed: the list is the same.
pub struct Typed<F> {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<F>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// 受理编号 of what was entered a moment ago; may be empty.
    pub done: String,
}

impl<F> Default for Typed<F> {
    fn default() -> Self {
        Self { form: None, faults: Vec::new(), trouble: None, done: String::new() }
    }
}

/// What the page of a kind says.
pub(super) struct Words {
    /// What is done here, and what follows.
    pub lead: String,
    /// What is said of what waits for the second person, after 受理编号.
    pub done: &'static str,
    /// What the list is called after the name of the bureau, and the list for those who do not see it.
    pub list: [&'static str; 2],
    /// What stands in the place of an empty list.
    pub empty: &'static str,
    /// The heads of the columns.
    pub columns: &'static [&'static str],
}

/// The page of a bureau. `style` is the address of the style sheet, `above` what stands before the form, `form` the form, `row` draws the
/// cells of a line of the list.
pub(super) fn page<F, L, O>(
    (profile, style): (&Profile, &str),
    of: &Words,
    (view, typed): (&EnteredView<F, L, O>, &Typed<F>),
    (above, form): (AnyView, AnyView),
    row: impl Fn(&EnteredLine<L>) -> Vec<AnyView>,
) -> String {
    let title = if typed.faults.is_empty() { view.name.clone() } else { format!("错误：{}", view.name) };
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let done = (!typed.done.is_empty()).then(|| {
        let text = format!("已录入，受理编号 {}，{}", typed.done, of.done);
        view! { <div class="notice notice--success" role="status"><p>{text}</p></div> }
    });
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{}/staff/desk", profile.key)>"工作台"</a></li>
                <li aria-current="page">{view.name.clone()}</li>
            </ol>
        </nav>
        <h1>{view.name.clone()}</h1>
        <p class="lead">{of.lead.clone()}</p>
        {trouble}
        {done}
        {above}
        {form}
        <section class="stack" aria-labelledby="entered">
            <h2 id="entered">{format!("{}{}", view.bureau_name, of.list[0])}</h2>
            {lines(of, view, row)}
        </section>
    };
    framed(profile, style, &title, body.into_any())
}

fn lines<F, L, O>(of: &Words, view: &EnteredView<F, L, O>, row: impl Fn(&EnteredLine<L>) -> Vec<AnyView>) -> AnyView {
    if view.lines.is_empty() {
        return view! { <p class="empty">{of.empty}</p> }.into_any();
    }
    table(of.list[1].to_owned(), of.columns, view.lines.iter().map(row).collect())
}

/// Where a case stands; `approved` is what its kind says of one that took effect.
pub(super) fn state(status: Status, approved: (&'static str, &'static str)) -> (&'static str, &'static str) {
    match status {
        Status::Approved => approved,
        Status::Submitted => ("等待确认", "tag tag--orange"),
        Status::Closed => ("已撤销", "tag tag--grey"),
        Status::Draft | Status::Returned => (words::status(status), words::status_class(status)),
    }
}

/// Why a second person refused it, and the way to enter it again; nothing of what was not refused.
pub(super) fn again<L>(profile: &Profile, page: &str, line: &EnteredLine<L>, named: &str) -> Option<AnyView> {
    (line.status == Status::Returned).then(|| {
        let href = format!("/{}/staff/{page}?again={}", profile.key, line.case);
        view! {
            <p>{format!("原因：{}", line.reason)}</p>
            <p><a class="way" href=href>"核对后重新录入"<span class="hidden-visually">{format!("：{named}")}</span></a></p>
        }
        .into_any()
    })
}

/// Where one of the list is looked at.
pub(super) fn case_of<L>(profile: &Profile, line: &EnteredLine<L>) -> String {
    format!("/{}/staff/cases/{}", profile.key, line.case)
}

/// What a form has round its own fields.
pub(super) struct Filed<'a> {
    /// The page, below that of the staff.
    pub page: &'static str,
    /// What the form is called where it is a new one.
    pub title: &'static str,
    /// Names the attempt. A key is given out once.
    pub key: &'a str,
    /// The case that was refused; empty for a new one.
    pub case: &'a str,
}

/// The form round its fields, with the proof last.
pub(super) fn form<F, L, O>(
    profile: &Profile,
    of: &Filed<'_>,
    (view, seen): (&EnteredView<F, L, O>, &Seen<'_, F>),
    fields: AnyView,
) -> AnyView {
    let title = if of.case.is_empty() { of.title } else { "核对后重新录入" };
    let action = format!("/{}/staff/{}/file", profile.key, of.page);
    view! {
        <form class="card stack form--two" method="post" action=action enctype="multipart/form-data" data-keeps="yes" aria-labelledby="new">
            <h2 id="new">{title}</h2>
            <input type="hidden" name="case" value=of.case.to_owned() />
            <input type="hidden" name="request_key" value=of.key.to_owned() />
            {fields}
            {seen.proof(&view.proof)}
            <div class="button-row"><button type="submit" class="button">"提交确认"</button></div>
        </form>
    }
    .into_any()
}

/// Whom it is about, as it is typed.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    /// What the person is called here.
    pub term: &'static str,
    /// What the kind of their document is called here.
    pub document: &'static str,
    /// 证件类型.
    pub kind: &'a str,
    /// 证件号码.
    pub number: &'a str,
    /// 姓名.
    pub name: &'a str,
}

/// Whom it is about: asked once, and shown after a refusal.
pub(super) fn person<F, L, O>(view: &EnteredView<F, L, O>, seen: &Seen<'_, F>, of: Person<'_>, is_new: bool) -> AnyView {
    if !is_new {
        let name = view.of.clone().unwrap_or_default();
        return view! { <p>{format!("{}：", of.term)} <strong>{name}</strong></p> }.into_any();
    }
    let option = |(kind, label): &(domain::identity::DocumentKind, String)| {
        let code = kind.code();
        view! { <option value=code selected=of.kind == code>{label.clone()}</option> }
    };
    view! {
        <div class="field">
            <label for="document_kind">{of.document}</label>
            {seen.said("document_kind")}
            <select id="document_kind" name="document_kind" aria-describedby=seen.described("document_kind", false) aria-invalid=seen.invalid("document_kind")>
                {view.document_kinds.iter().map(option).collect_view()}
            </select>
        </div>
        {seen.text("document_number", "证件号码", "", of.number)}
        {seen.text("name", "姓名", "与证件上的姓名一致。", of.name)}
    }
    .into_any()
}

/// Something to choose one or several of: code, what it is called, and whether it is chosen.
pub(super) type Choice = (&'static str, &'static str, bool);

/// A group of buttons (`radio`) or boxes (`checkbox`); the hint may be empty.
pub(super) fn choices<F>(
    seen: &Seen<'_, F>,
    (field, kind): (&'static str, &'static str),
    (legend, hint): (&'static str, &'static str),
    options: Vec<Choice>,
) -> AnyView {
    let one = |(nth, (code, term, is_chosen)): (usize, Choice)| {
        // The first carries the id of the field, so that the summary leads to it.
        let id = if nth == 0 { field.to_owned() } else { format!("{field}-{nth}") };
        let target = id.clone();
        view! {
            <label class="choice" for=target>
                <input type=kind id=id name=field value=code checked=is_chosen />
                <span>{term}</span>
            </label>
        }
    };
    let shown = (!hint.is_empty()).then(|| view! { <p class="field__hint" id=format!("{field}-hint")>{hint}</p> });
    view! {
        <fieldset class="field-group" aria-describedby=seen.described(field, !hint.is_empty())>
            <legend>{legend}</legend>
            {shown}
            {seen.said(field)}
            <div class="choices">{options.into_iter().enumerate().map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
