//! The account that was found, and a form for each thing that may be corrected.

use domain::counter::Correction;
use domain::counter::view::{CounterView, Found, PersonFound, PreparedView};
use leptos::prelude::*;

use super::acts::nobody;
use super::page::{document, fields, typed};
use crate::ui::field::{Control, FieldSpec};
use crate::ui::form::{FormState, PostForm, id_of, name_of};
use crate::ui::page::Frame;

/// What the search came to.
pub(super) fn found(frame: &Frame, view: &CounterView) -> AnyView {
    let notice = |text: String| view! { <div class="notice notice--info" role="status"><p>{text}</p></div> }.into_any();
    match &view.found {
        None => ().into_any(),
        Some(Found::Nobody { .. }) => nobody(frame, view),
        Some(Found::Elsewhere { bureau_name }) => notice(format!("这个账号由{bureau_name}管理，请到该财政局的窗口办理。")),
        Some(Found::Oneself) => notice("这是您本人的账号，请由其他工作人员办理。".into()),
        Some(Found::Here(person)) => person_found(frame, view, person),
    }
}

fn person_found(frame: &Frame, view: &CounterView, person: &PersonFound) -> AnyView {
    let next = match &person.open {
        Some(case) => {
            let href = frame.path(&format!("staff/cases/{case}"));
            view! { <div class="notice notice--warning"><p>"这个账号有一件窗口办理正在等待复核。" <a href=href>"查看"</a></p></div> }
                .into_any()
        }
        None => {
            let link = |what: &Correction| {
                let href = frame.path(&format!("staff/counter/{}?search={}", what.code(), view.search));
                view! { <li><a href=href>{what.label()}</a></li> }
            };
            let offered = view.offered.iter().filter(|what| is_possible(**what, person));
            let fill_in = person.may_fill_in.then(|| {
                let href = frame.path(&format!("staff/counter/fill-in?search={}", view.search));
                view! { <li><a href=href>"代为填写"</a></li> }
            });
            view! { <ul class="link-list">{fill_in} {offered.map(link).collect_view()}</ul> }.into_any()
        }
    };
    let application = person.application.as_ref().map(|case| {
        let href = frame.path(&format!("staff/cases/{case}"));
        view! { <p><a href=href>"查看已提交的申请"</a></p> }
    });
    let fetch = person.form.as_ref().map(|case| {
        let href = frame.path(&format!("staff/counter/{case}/form.pdf"));
        view! {
            <div class="notice notice--success">
                <p>"打印申请表已经复核同意，24 小时内可以下载，每次下载都有记录。" <a href=href rel="external" download="">"下载申请表（PDF）"</a></p>
            </div>
        }
    });
    view! { {facts(person)} {application} {fetch} {next} {prepared(person)} }.into_any()
}

/// Whether there is something of the person that it could be done to.
fn is_possible(what: Correction, person: &PersonFound) -> bool {
    match what {
        Correction::Mobile | Correction::Name | Correction::Document => true,
        Correction::Release => !person.mobile.is_empty(),
        Correction::Print => person.has_form,
        Correction::TakeIn => person.prepared == PreparedView::Ready,
    }
}

/// Why nothing can be handed in for the person, and the way out.
fn prepared(person: &PersonFound) -> AnyView {
    let text = match &person.prepared {
        PreparedView::Ready => return ().into_any(),
        PreparedView::Nothing if person.may_fill_in => {
            "没有可以代为提交的申请。本人不能自己填写的，可以先在窗口代为填写。".to_owned()
        }
        PreparedView::Nothing => {
            "没有可以代为提交的申请。本人登录填写（可以由他人协助）、还没有提交的申请，才能在窗口代为提交。".to_owned()
        }
        PreparedView::Incomplete => {
            "本人的申请还没有填写完整，暂时不能代为提交。请本人登录按提示补充，或者在窗口代为填写。".to_owned()
        }
        PreparedView::Elsewhere { bureau_name } => {
            format!("本人填写的申请由{bureau_name}受理，请到该财政局的窗口打印或者代为提交。")
        }
    };
    view! { <p class="hint">{text}</p> }.into_any()
}

pub(super) fn facts(person: &PersonFound) -> AnyView {
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
        Correction::Release | Correction::Print | Correction::TakeIn => Vec::new(),
    };
    let consequence = consequence(what).map(|text| view! { <p>{text}</p> });
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
            {seen(state, seen_of(what), is_seen)}
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"提交复核"</button>
            </div>
        </PostForm>
    };
    Some(form.into_any())
}

/// What follows from it, where its name does not say so.
fn consequence(what: Correction) -> Option<&'static str> {
    match what {
        Correction::Mobile | Correction::Name | Correction::Document => None,
        Correction::Release => Some("号码已由他人使用的，解除以后这个账号不再有手机号码，本人登录后可以重新登记。"),
        Correction::Print => {
            Some("申请表上有完整的证件号码和手机号码，只能交给本人。复核同意以后 24 小时内，由您或者复核人员在本页下载打印。")
        }
        Correction::TakeIn => Some(
            "按本人已经填写的内容提交，标明“窗口代办”。受理和复核的两个人都不参与审核。复核以前本人又修改或者自行提交的，需要重新受理。",
        ),
    }
}

fn seen_of(what: Correction) -> &'static str {
    match what {
        Correction::TakeIn => {
            "已当面核对本人证件原件；本人到场，已阅读申请内容和承诺，同意由窗口代为提交（或者已在打印的申请表上签字）"
        }
        _ => "已当面核对本人证件原件",
    }
}

/// That the document was seen, in the words of what is asked for.
pub(super) fn seen(state: FormState, confirmed: &'static str, is_seen: bool) -> AnyView {
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
                <span>{confirmed}<span class="field__required" aria-hidden="true">" *"</span></span>
            </label>
        </div>
    }
    .into_any()
}
