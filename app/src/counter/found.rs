//! The account that was found, and a form for each thing that may be corrected.

use domain::counter::Correction;
use domain::counter::view::{CounterView, Found, PersonFound};
use leptos::prelude::*;

use super::page::{document, fields, typed};
use crate::ui::field::{Control, FieldSpec};
use crate::ui::form::{FormState, PostForm, id_of, name_of};
use crate::ui::page::Frame;

/// What the search came to.
pub(super) fn found(frame: &Frame, view: &CounterView) -> AnyView {
    let notice = |text: String| view! { <div class="notice notice--info" role="status"><p>{text}</p></div> }.into_any();
    match &view.found {
        None => ().into_any(),
        Some(Found::Nobody) => notice("没有账号登记这个证件，请核对证件类型和号码。本人可以直接注册。".into()),
        Some(Found::Elsewhere { bureau_name }) => notice(format!("这个账号由{bureau_name}管理，请到该财政局的窗口办理。")),
        Some(Found::Oneself) => notice("这是您本人的账号，请由其他工作人员办理。".into()),
        Some(Found::Here(person)) => person_found(frame, view, person),
    }
}

fn person_found(frame: &Frame, view: &CounterView, person: &PersonFound) -> AnyView {
    let next = match &person.open {
        Some(case) => {
            let href = frame.path(&format!("staff/cases/{case}"));
            view! { <div class="notice notice--warning"><p>"这个账号有一件更正正在等待复核。" <a href=href>"查看"</a></p></div> }
                .into_any()
        }
        None => {
            let link = |what: &Correction| {
                let href = frame.path(&format!("staff/counter/{}?search={}", what.code(), view.search));
                view! { <li><a href=href>{what.label()}</a></li> }
            };
            let offered = view.offered.iter().filter(|what| **what != Correction::Release || !person.mobile.is_empty());
            view! { <ul class="link-list">{offered.map(link).collect_view()}</ul> }.into_any()
        }
    };
    let application = person.application.as_ref().map(|case| {
        let href = frame.path(&format!("staff/cases/{case}"));
        view! { <p><a href=href>"查看已提交的申请"</a></p> }
    });
    view! { {facts(person)} {application} {next} }.into_any()
}

fn facts(person: &PersonFound) -> AnyView {
    let row = |label: String, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let or = |value: &str, none: &str| if value.is_empty() { none.to_owned() } else { value.to_owned() };
    view! {
        <section class="card" aria-labelledby="found-title">
            <h2 id="found-title">{person.name.clone()}</h2>
            <dl class="summary-list">
                {row(person.document_label.clone(), person.document.clone())}
                {row("手机号码".into(), or(&person.mobile, "没有登记"))}
                {row("管理的财政局".into(), or(&person.bureau_name, "还没有申请过，任何财政局都可以办理"))}
            </dl>
        </section>
    }
    .into_any()
}

/// The form of one correction; `None` without an account, or while another correction waits.
pub(super) fn correction(frame: &Frame, view: &CounterView, what: Correction, state: FormState) -> Option<AnyView> {
    let Some(Found::Here(person)) = view.found.as_ref() else { return None };
    let flash = view.flash.as_ref();
    if person.open.is_some() && flash.is_none() {
        return None;
    }
    let text = |field: &str, label: &str, control| FieldSpec {
        value: typed(flash, field),
        control,
        autocomplete: "off",
        ..FieldSpec::new(field, label)
    };
    let mut specs = match what {
        Correction::Mobile => vec![text("mobile", "新手机号码", Control::Digits)],
        Correction::Name => vec![text("name", "姓名", Control::Text)],
        Correction::Document => document(&view.document_kinds, flash),
        Correction::Release => Vec::new(),
    };
    let consequence = (what == Correction::Release)
        .then(|| view! { <p>"号码已由他人使用的，解除以后这个账号不再有手机号码，本人登录后可以重新登记。"</p> });
    specs.push(FieldSpec { hint: "2 至 200 字，复核人员会看到。".into(), ..text("reason", "原因", Control::Area) });
    let is_seen = typed(flash, "seen") == "yes";
    let (search, key) = (view.search.clone(), frame.key.clone());
    let form = view! {
        {facts(person)}
        <PostForm action="/api/staff/counter/correct" state=state province=key>
            <input type="hidden" name=name_of("what") value=what.code() />
            <input type="hidden" name=name_of("search") value=search />
            {consequence}
            {fields(specs)}
            {seen(state, is_seen)}
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"提交复核"</button>
            </div>
        </PostForm>
    };
    Some(form.into_any())
}

fn seen(state: FormState, is_seen: bool) -> AnyView {
    let (id, target) = (id_of("seen"), id_of("seen"));
    let wrong = Memo::new(move |_| state.sentence("seen"));
    let described = move || wrong.with(Option::is_some).then_some("field-seen-error");
    view! {
        <div class=move || if wrong.with(Option::is_some) { "field field--error" } else { "field" }>
            {move || wrong.get().map(|text| view! {
                <p class="field__error" id="field-seen-error"><span class="hidden-visually">"错误："</span>{text}</p>
            })}
            <label class="choice" for=target>
                <input
                    type="checkbox"
                    id=id
                    name=name_of("seen")
                    value="yes"
                    checked=is_seen
                    aria-required="true"
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    aria-describedby=described
                />
                <span>"已当面核对本人证件原件"<span class="field__required" aria-hidden="true">" *"</span></span>
            </label>
        </div>
    }
    .into_any()
}
