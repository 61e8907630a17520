//! 忘记密码: number and picture, code from the telephone, new password (手册甲 一「忘记密码功能」).

use domain::account::view::{EntryView, ResetStage};
use domain::account::work::WorkPage;
use domain::province::AccountRules;
use leptos::prelude::*;

use super::api::entry;
use super::password::NewPassword;
use super::work::{captcha, form_of, has_work};
use crate::site::{fetched, use_source};
use crate::ui::field::{Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::send_code::{EnterSubmits, SendCode};

const STEPS: [&str; 3] = ["填写证件号码", "验证手机", "设置新密码"];

/// 忘记密码.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "forgot".into()));
    page("忘记密码", data, |frame, view: EntryView| {
        let labels = [
            ("document_number", "证件号码"),
            ("sms_code", "短信验证码"),
            ("password", "新密码"),
            ("password_again", "确认新密码"),
        ];
        let state = form_of(&labels, &view);
        let (here, form) = match view.reset {
            ResetStage::Start => (0, start(&frame, &view, state)),
            ResetStage::Over => (0, view! { {over()} {start(&frame, &view, state)} }.into_any()),
            ResetStage::Prove => {
                let words = "如果这个证件号码已经注册，验证码会发送到注册时填写的手机号码。";
                let lost = lost(&frame, &view);
                let form = prove(&frame, &view, state, "forgot", "password_reset");
                (1, view! { <p>{words} {lost}</p> {form} }.into_any())
            }
            ResetStage::Password => (2, renew(&frame, &view.account, state, "新密码", "确认新密码")),
        };
        view! {
            <Breadcrumbs trail=vec![("首页", format!("/{}", frame.key)), ("登录", frame.path("login"))] here="忘记密码".into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">"忘记密码"</h1>
            {steps(&STEPS, here)}
            {form}
        }
    })
}

/// The telephone was proven too long ago.
pub(super) fn over() -> AnyView {
    view! { <div class="notice notice--info"><p>"验证手机之后超过了 10 分钟，为了账号安全，请重新验证。密码没有更改。"</p></div> }
        .into_any()
}

/// How far a password on its way has come.
pub(super) fn steps(steps: &'static [&'static str; 3], here: usize) -> AnyView {
    let items = steps
        .iter()
        .enumerate()
        .map(|(nth, label)| view! { <li aria-current=(nth == here).then_some("step")><span>{*label}</span></li> });
    view! {
        <nav class="steps-nav" aria-label="办理步骤">
            <p class="steps__compact">{format!("第 {} 步，共 3 步：{}", here + 1, steps[here])}</p>
            <ol class="steps">{items.collect_view()}</ol>
        </nav>
    }
    .into_any()
}

pub(super) fn next(state: FormState) -> AnyView {
    view! {
        <div class="button-row">
            <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"下一步"</button>
        </div>
    }
    .into_any()
}

fn start(frame: &Frame, view: &EntryView, state: FormState) -> AnyView {
    let (key, here) = (frame.key.clone(), frame.path("forgot"));
    let has_work = has_work(view, WorkPage::Forgot);
    let typed = view.flash.as_ref().and_then(|flash| flash.values.get("document_number").cloned()).unwrap_or_default();
    let number = FieldSpec { value: typed, autocomplete: "username", ..FieldSpec::new("document_number", "证件号码") };
    view! {
        <PostForm action="/api/account/reset/start" state=state province=key.clone()>
            <Field spec=number />
            {captcha(has_work, key, here)}
            {next(state)}
        </PostForm>
    }
    .into_any()
}

/// The way of somebody whose telephone does not get any messages.
fn lost(frame: &Frame, view: &EntryView) -> AnyView {
    match view.phone_change_days {
        Some(_) => view! {
            "号码已经不用的，请办理" <a href=frame.path("phone-change")>"手机号更换申请"</a>
            "；账号不是本人注册的，请办理" <a href=frame.path("appeal") rel="external">"账号申诉"</a> "。"
        }
        .into_any(),
        None => view! { "号码已经不用的，请" <a href=frame.path("hotlines")>"联系所在地财政局"</a> "。" }.into_any(),
    }
}

/// The second step of both ways to a password: the code.
pub(super) fn prove(frame: &Frame, view: &EntryView, state: FormState, page: &'static str, purpose: &'static str) -> AnyView {
    let (key, here, resend) = (frame.key.clone(), frame.path(page), view.resend_seconds);
    let has_work = has_work(view, if page == "forgot" { WorkPage::Forgot } else { WorkPage::Activate });
    let sms = view.account.sms.clone();
    let change = view.phone_change_days.map(|_| frame.path("phone-change")).unwrap_or_default();
    view! {
        <PostForm action="/api/account/reset/prove" state=state province=key.clone()>
            <EnterSubmits />
            {captcha(has_work, key, here)}
            <SendCode purpose=purpose sms=sms resend_seconds=resend change=change />
            {next(state)}
        </PostForm>
    }
    .into_any()
}

/// The third step: the password.
pub(super) fn renew(
    frame: &Frame,
    account: &AccountRules,
    state: FormState,
    label: &'static str,
    again: &'static str,
) -> AnyView {
    let Some(policy) = account.password.clone() else { return ().into_any() };
    view! {
        <PostForm action="/api/account/reset/password" state=state province=frame.key.clone() keeps=false>
            <NewPassword policy=policy label=label again=again />
            {next(state)}
        </PostForm>
    }
    .into_any()
}
