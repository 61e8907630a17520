//! 登录: 证件号登录 and 手机登录 (湖南手册 一「登录功能」). The two ways are two addresses, so that they work without scripts.

use std::sync::Arc;

use domain::account::forms::{MobileLoginForm, PasswordLoginForm};
use domain::account::view::EntryView;
use domain::answer::Flash;
use domain::fault::FieldErrors;
use domain::form::Form;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::entry;
use crate::site::use_source;
use crate::ui::captcha::Captcha;
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{Check, ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::send_code::{EnterSubmits, SendCode};
use crate::ui::slider::{SliderOnly, SliderOrCaptcha};

/// 登录.
#[component]
pub fn LoginPage() -> impl IntoView {
    let source = use_source();
    let query = use_query_map();
    let is_mobile = Memo::new(move |_| query.with(|query| query.get("way").as_deref() == Some("mobile")));
    let was_reset = Memo::new(move |_| query.with(|query| query.get("reset").is_some()));
    let data = crate::wire::load(
        move || (source.get(), is_mobile.get()),
        |((province, _), is_mobile)| async move {
            let form = if is_mobile { "login" } else { "login-password" };
            entry(province, form.into()).await
        },
    );
    page("登录", data, move |frame, view: EntryView| {
        let is_mobile = is_mobile.get_untracked();
        let ways = tabs(&frame, is_mobile);
        let form = if is_mobile { by_mobile(&frame, &view) } else { by_password(&frame, &view) };
        let reset = was_reset.get_untracked().then(|| {
            view! { <div class="notice notice--success" role="status"><p>"密码已经修改，请用新密码登录。"</p></div> }
        });
        let tips = frame.site.profile.site.tips.clone();
        let change = frame.site.profile.account.phone_change.is_some();
        let change = change.then(|| view! { <p><a href=frame.path("phone-change")>"手机号更换申请"</a></p> });
        view! {
            {reset}
            <div class="columns">
                <section>{form.0} <h1 tabindex="-1">"登录"</h1> {ways} {form.1}</section>
                <aside class="card" aria-labelledby="login-briefing">
                    <h2 id="login-briefing">{frame.site.profile.intake.briefing.title.clone()}</h2>
                    <ul>{tips.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    <p><a href=frame.path("register")>"还没有账号，去注册"</a></p>
                    {change}
                </aside>
            </div>
        }
    })
}

fn tabs(frame: &Frame, is_mobile: bool) -> AnyView {
    let tab = |label: &'static str, href: String, is_here: bool| {
        view! { <a href=href aria-current=is_here.then_some("page")>{label}</a> }
    };
    view! {
        <nav class="tabs" aria-label="登录方式">
            {tab("证件号登录", frame.path("login"), !is_mobile)} {tab("手机登录", frame.path("login?way=mobile"), is_mobile)}
        </nav>
    }
    .into_any()
}

/// The summary, which stands above the heading, and the form.
type Parts = (AnyView, AnyView);

fn by_password(frame: &Frame, view: &EntryView) -> Parts {
    let labels = [("document_number", "证件号码"), ("password", "密码"), ("captcha", "图形验证码"), ("slider", "滑块")];
    let state = FormState::new(labels, view.flash.as_ref());
    let typed: PasswordLoginForm = view.flash.as_ref().map(Flash::refill).unwrap_or_default();
    let number =
        FieldSpec { value: typed.document_number, autocomplete: "username", ..FieldSpec::new("document_number", "证件号码") };
    let password = FieldSpec { control: Control::Password { is_new: false }, ..FieldSpec::new("password", "密码") };
    let check: Check = Arc::new(|typed| faults::<PasswordLoginForm>(typed, |form| form.check().err()));
    let (key, here, forgot) = (frame.key.clone(), frame.path("login"), frame.path("forgot"));
    let form = view! {
        <PostForm action="/api/account/login/password" state=state province=key.clone() check=check>
            <Field spec=number />
            <Field spec=password />
            <SliderOrCaptcha key=key page=here />
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"登录"</button>
                <a href=forgot>"忘记密码"</a>
            </div>
        </PostForm>
    };
    (view! { <ErrorSummary state=state /> }.into_any(), form.into_any())
}

fn by_mobile(frame: &Frame, view: &EntryView) -> Parts {
    let labels = [("mobile", "手机号码"), ("sms_code", "短信验证码"), ("captcha", "图形验证码"), ("slider", "滑块")];
    let state = FormState::new(labels, view.flash.as_ref());
    let typed: MobileLoginForm = view.flash.as_ref().map(Flash::refill).unwrap_or_default();
    let mobile =
        FieldSpec {
            value: typed.mobile, control: Control::Digits, autocomplete: "tel", ..FieldSpec::new("mobile", "手机号码")
        };
    let check: Check = Arc::new(|typed| faults::<MobileLoginForm>(typed, |form| form.check().err()));
    let (key, here, resend) = (frame.key.clone(), frame.path("login?way=mobile"), view.resend_seconds);
    let (picture, slider) = (key.clone(), key.clone());
    let form = view! {
        <PostForm action="/api/account/login/mobile" state=state province=key check=check>
            <EnterSubmits />
            <Field spec=mobile />
            <Captcha key=picture page=here is_required=true />
            <SendCode purpose="login" resend_seconds=resend />
            <SliderOnly key=slider />
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"登录"</button>
            </div>
        </PostForm>
    };
    (view! { <ErrorSummary state=state /> }.into_any(), form.into_any())
}

fn faults<F: Form>(typed: &[(String, String)], check: impl Fn(&F) -> Option<FieldErrors>) -> FieldErrors {
    let mut form = F::default();
    for (field, value) in typed {
        form.set(field, value.clone());
    }
    check(&form).unwrap_or_default()
}
