//! 手机号更换申请 (手册乙 9): the new number first, then an ordinary form with pictures; and the page of the objection.

use chrono::DateTime;
use domain::account::view::EntryView;
use domain::account::work::WorkPage;
use domain::answer::Flash;
use domain::limit::Left;
use domain::phone_change::forms::PhoneChangeForm;
use domain::phone_change::{FILES, rules};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::entry;
use super::work::{captcha, form_of, has_work};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::kept::{Keeper, restored_in};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::sentence;
use crate::ui::upload::{accept, limits_in_a_form, make_fit};

const TITLE: &str = "手机号更换申请";
const LABELS: [(&str, &str); 8] = [
    ("mobile", "新手机号码"),
    ("name", "姓名"),
    ("document_kind", "证件类型"),
    ("document_number", "证件号码"),
    ("sms_code", "短信验证码"),
    ("note", "说明"),
    FILES[0],
    FILES[1],
];

/// 手机号更换申请, and what is said after it.
#[component]
pub fn PhoneChangePage() -> impl IntoView {
    let source = use_source();
    let query = use_query_map();
    let asked = move |name: &str| query.with_untracked(|query| query.get(name).is_some());
    let data = fetched(move || source.get(), |(province, _)| entry(province, "phone-change".into()));
    page(TITLE, data, move |frame, view: EntryView| {
        let days = view.phone_change_days.unwrap_or_default();
        if asked("done") {
            let number = |name| query.with_untracked(|query| query.get(name).and_then(|text| text.parse::<i64>().ok()));
            let again = number("again").and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            let times = number("left").and_then(|times| u32::try_from(times).ok());
            let left = times.map(|times| Left { times, seconds: 24 * 60 * 60, again });
            let few = left.map(|left| sentence::left(left, "用这个证件或者手机号码申请"));
            let few = few.unwrap_or_default();
            let text = format!("如填写的信息与登记的一致，所在地财政局会在 {days} 个工作日内审核，结果发送到新手机号码。{few}");
            return result(&frame, "申请已收到", text);
        }
        if asked("objected") {
            let text = "手机号更换申请已终止，您账号的手机号没有更改。".to_owned();
            return result(&frame, "异议已受理", text);
        }
        let state = form_of(&LABELS, &view);
        let form =
            if view.is_captcha_passed && !asked("change") { details(&frame, &view, state) } else { number(&frame, &view, state) };
        view! {
            <Breadcrumbs trail=vec![("首页", format!("/{}", frame.key)), ("登录", frame.path("login"))] here=TITLE.into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">{TITLE}</h1>
            <p>
                {format!(
                    "原手机号码已经不用、没有登记过手机号码，因而无法登录的，可以在这里申请更换。所在地财政局在 {days} 个工作日内审核；有原手机号码的，同时通知原手机号码。",
                )}
            </p>
            {form}
        }
        .into_any()
    })
}

fn result(frame: &Frame, title: &'static str, text: String) -> AnyView {
    let home = format!("/{}", frame.key);
    view! {
        <div class="result">
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{text}</p>
            <p class="button-row"><a class="button" href=home>"返回首页"</a></p>
        </div>
    }
    .into_any()
}

/// First the number: once a code has gone there, nothing that follows is lost by asking for one.
fn number(frame: &Frame, view: &EntryView, state: FormState) -> AnyView {
    let value = view.flash.as_ref().and_then(|flash| flash.values.get("mobile").cloned()).unwrap_or_default();
    let mobile =
        FieldSpec { value, control: Control::Digits, autocomplete: "tel", ..FieldSpec::new("mobile", "新手机号码") };
    let (key, here) = (frame.key.clone(), frame.path("phone-change?change=1"));
    let (has_work, label) = (has_work(view, WorkPage::PhoneChange), view.account.sms.label.clone());
    view! {
        <PostForm action="/api/account/code" state=state province=key.clone()>
            <input type="hidden" name="purpose" value="phone_change" />
            <Field spec=mobile />
            {captcha(has_work, key, here)}
            <div class="button-row"><button type="submit" class="button">{label}</button></div>
        </PostForm>
    }
    .into_any()
}

/// An ordinary form, without scripts in any browser, because it carries pictures.
fn details(frame: &Frame, view: &EntryView, state: FormState) -> AnyView {
    provide_context(state);
    let typed: PhoneChangeForm = view.flash.as_ref().map(Flash::refill).unwrap_or_default();
    let kinds = &view.account.document_kinds;
    let first = kinds.first().map(|option| option.kind.code().to_owned()).unwrap_or_default();
    let choices = kinds.iter().map(|option| (option.kind.code().to_owned(), option.label.clone())).collect();
    let fields = [
        FieldSpec {
            class: "input--code",
            control: Control::OneTimeCode,
            hint: format!("短信中的 {} 位数字。", view.account.sms.code_digits),
            ..FieldSpec::new("sms_code", "短信验证码")
        },
        FieldSpec { value: typed.name, autocomplete: "name", ..FieldSpec::new("name", "姓名") },
        FieldSpec {
            control: Control::Select(vec![(String::new(), choices)]),
            value: if typed.document_kind.is_empty() { first } else { typed.document_kind },
            class: "input--medium",
            ..FieldSpec::new("document_kind", "证件类型")
        },
        FieldSpec { value: typed.document_number, ..FieldSpec::new("document_number", "证件号码") },
    ];
    let (keeper, form) = (Keeper::here(), NodeRef::<leptos::html::Form>::new());
    let with = move |what: fn(Keeper, &web_sys::HtmlFormElement)| {
        if let Some(form) = form.get_untracked() {
            what(keeper, &form);
        }
    };
    let note = FieldSpec {
        value: typed.note,
        control: Control::Area,
        is_required: false,
        hint: "例如原手机号码停用的原因，最多 200 字。".into(),
        ..FieldSpec::new("note", "说明")
    };
    view! {
        <p>
            {format!("验证码已发送到 {}。", view.mobile)} " "
            <a href=frame.path("phone-change?change=1")>"没有收到，或者换一个号码"</a>
        </p>
        <form
            node_ref=form
            method="post"
            action=frame.path("phone-change/apply")
            enctype="multipart/form-data"
            novalidate
            on:input=move |_| with(Keeper::keep)
            on:submit=move |_| with(Keeper::sent)
        >
            {restored_in(keeper, form)}
            {fields.map(|spec| view! { <Field spec=spec /> }).into_iter().collect_view()}
            {FILES.map(|(slot, title)| picture(slot, title, state)).into_iter().collect_view()}
            <Field spec=note />
            <div class="button-row"><button type="submit" class="button">"提交申请"</button></div>
        </form>
    }
    .into_any()
}

fn picture(slot: &'static str, title: &'static str, state: FormState) -> Option<AnyView> {
    let id = format!("field-{slot}");
    let rules = rules(slot)?;
    let sentence = Memo::new(move |_| state.sentence(slot));
    let is_wrong = move || sentence.with(Option::is_some);
    let by = {
        let id = id.clone();
        move || if is_wrong() { format!("{id}-hint {id}-error") } else { format!("{id}-hint") }
    };
    let error = {
        let id = id.clone();
        move || {
            sentence.get().map(|text| {
                view! { <p class="field__error" id=format!("{id}-error")><span class="hidden-visually">"错误："</span>{text}</p> }
            })
        }
    };
    let (hint, accept) = (limits_in_a_form(&rules), accept(&rules));
    view! {
        <div class=move || if is_wrong() { "field field--error" } else { "field" }>
            <label for=id.clone()>{title} <span class="field__required" aria-hidden="true">" *"</span></label>
            <p class="field__hint" id=format!("{id}-hint")>{format!("文字清晰。{hint}")}</p>
            {error}
            <input
                type="file"
                id=id
                name=slot
                accept=accept
                aria-required="true"
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=by
                on:change=move |event| make_fit(event_target(&event), rules.clone(), state)
            />
        </div>
    }
    .into_any()
    .into()
}

/// 提出异议. Looking at the page does nothing, because telephones open links by themselves.
#[component]
pub fn ObjectionPage() -> impl IntoView {
    let source = use_source();
    let params = use_params_map();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "objection".into()));
    page("提出异议", data, move |frame, view: EntryView| {
        let state = FormState::new([("token", "链接")], view.flash.as_ref());
        let token = params.with_untracked(|params| params.get("token")).unwrap_or_default();
        view! {
            <ErrorSummary state=state />
            <h1 tabindex="-1">"提出异议"</h1>
            <p>"您收到短信，是因为有人申请更换您账号的手机号。如果不是您本人申请的，请点击下面的按钮，申请会立即终止。是本人申请的，不需要操作。"</p>
            <PostForm action="/api/account/phone-change/objection" state=state province=frame.key.clone()>
                <input type="hidden" name="form[token]" value=token />
                <div class="button-row">
                    <button type="submit" class="button button--danger">"不是本人申请，终止更换"</button>
                </div>
            </PostForm>
        }
    })
}
