//! 动态口令: setting it up, the recovery codes once, and giving it at every sign-in (RFC 6238).

use domain::staff::view::EnrolView;
use leptos::prelude::*;

use super::api::second_factor;
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::format;
use crate::ui::page::{Frame, page};

/// 动态口令.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| second_factor(province));
    page("动态口令", data, |frame, view: EnrolView| {
        let state = FormState::new([("code", "动态口令")], view.flash.as_ref());
        if !view.recovery_codes.is_empty() {
            codes(&frame, view.recovery_codes, state)
        } else if view.is_enrolled {
            confirm(&frame, view.recovery_left, state)
        } else {
            bind(&frame, &view, state)
        }
    })
}

/// The secret of an authenticator that is being set up.
pub(super) fn authenticator(view: &EnrolView) -> AnyView {
    // The only markup besides the text area that is not built here: our own server drew it, and nothing typed is in it.
    let qr = view.qr.replacen("<svg ", "<svg width=\"240\" height=\"240\" aria-label=\"绑定动态口令的二维码\" ", 1);
    view! {
        <section class="card" aria-labelledby="bind-app">
            <h2 id="bind-app">"第一步：在手机的动态口令应用中添加"</h2>
            <p>"用动态口令应用（支持 TOTP 的任意一种）扫描二维码："</p>
            <div inner_html=qr></div>
            <p>
                "不方便扫描时，可以在应用中选择手工输入，填写密钥："
                <br />
                <strong class="code">{format::fours(&view.secret)}</strong>
            </p>
        </section>
    }
    .into_any()
}

fn bind(frame: &Frame, view: &EnrolView, state: FormState) -> AnyView {
    let code = FieldSpec {
        control: Control::OneTimeCode,
        class: "input--code",
        hint: "应用中显示的 6 位数字，每 30 秒更换一次。".into(),
        ..FieldSpec::new("code", "动态口令")
    };
    view! {
        <ErrorSummary state=state />
        <h1 tabindex="-1">"绑定动态口令"</h1>
        <p class="lead">"为保护申请人的信息，登录时除密码外还需要动态口令。绑定只需要一次。"</p>
        {authenticator(view)}
        <section class="card" aria-labelledby="bind-code">
            <h2 id="bind-code">"第二步：填写应用中显示的动态口令"</h2>
            <PostForm action="/api/staff/enrol" state=state province=frame.key.clone() keeps=false>
                <Field spec=code />
                <div class="button-row">
                    <button type="submit" class="button">"绑定"</button>
                </div>
            </PostForm>
        </section>
    }
    .into_any()
}

fn codes(frame: &Frame, codes: Vec<String>, state: FormState) -> AnyView {
    view! {
        <ErrorSummary state=state />
        <h1 tabindex="-1">"请保存恢复码"</h1>
        <p class="lead">"动态口令已经绑定。手机不在身边时，可以用恢复码代替动态口令；每个恢复码只能使用一次。"</p>
        <div class="notice notice--warning">
            <p>"恢复码只显示这一次。请抄写或者打印后妥善保存，不要与密码放在一起。"</p>
        </div>
        <section class="card" aria-labelledby="recovery-codes">
            <h2 id="recovery-codes">"恢复码"</h2>
            <ul>{codes.into_iter().map(|code| view! { <li class="code">{code}</li> }).collect_view()}</ul>
        </section>
        <PostForm action="/api/staff/acknowledge" state=state province=frame.key.clone() keeps=false>
            <div class="button-row">
                <button type="submit" class="button">"我已保存"</button>
            </div>
        </PostForm>
    }
    .into_any()
}

fn confirm(frame: &Frame, left: i64, state: FormState) -> AnyView {
    let code = FieldSpec {
        control: Control::Text,
        autocomplete: "one-time-code",
        class: "input--medium",
        hint: "动态口令应用中的 6 位数字，或者一个没有用过的恢复码。".into(),
        ..FieldSpec::new("code", "动态口令或恢复码")
    };
    let rest = match left {
        0 => "恢复码已经用完，请联系省级管理员。".to_owned(),
        n => format!("还有 {n} 个恢复码可以使用。"),
    };
    view! {
        <ErrorSummary state=state />
        <h1 tabindex="-1">"验证动态口令"</h1>
        <PostForm action="/api/staff/confirm" state=state province=frame.key.clone() keeps=false>
            <Field spec=code />
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"验证"</button>
            </div>
        </PostForm>
        <p class="hint">{rest}</p>
    }
    .into_any()
}
