//! 短信验证码 with 发送验证码 and its countdown (ux A1, A2). Without scripts the button posts the whole form.

use domain::answer::Notice;
use domain::province::SmsRules;
use leptos::prelude::*;

use super::field::{Control, Field, FieldSpec};
use super::form::FormState;
use super::sentence;

/// The field for the code, and the button that sends one.
#[component]
pub fn SendCode(
    /// A code of `CodePurpose`.
    purpose: &'static str,
    /// How long a code is, and how long it lives.
    sms: SmsRules,
    /// So many seconds until another may be asked for, when one was sent before.
    resend_seconds: Option<u32>,
    /// Where somebody applies for another number whose own does not get any messages; empty where there is no such thing.
    #[prop(optional, into)]
    change: String,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let change = StoredValue::new(change);
    let left = RwSignal::new(resend_seconds.unwrap_or(0));
    let was_sent = RwSignal::new(resend_seconds.is_some());
    let said = RwSignal::new(String::new());
    // Beside the countdown, which goes over what was said before.
    let few = move || match state.notice.get() {
        Some(Notice::CodeSent { left, .. }) => left.map(|left| sentence::left(left, "发送验证码")),
        _ => None,
    };
    Effect::new(move |_| {
        if let Some(Notice::CodeSent { resend_seconds, .. }) = state.notice.get() {
            was_sent.set(true);
            left.set(resend_seconds);
            said.set("验证码已发送，请查看手机短信。".into());
            tick(left, said);
        }
    });
    Effect::new(move |before: Option<()>| {
        if before.is_none() && left.get_untracked() > 0 {
            tick(left, said);
        }
    });
    let hint = format!("短信中的 {} 位数字，{} 分钟内有效。", sms.code_digits, sms.code_minutes);
    let label = move || match (was_sent.get(), left.get()) {
        (false, _) => sms.label.clone(),
        (true, 0) => "重新发送".to_owned(),
        (true, n) => format!("重新发送（还剩 {n} 秒）"),
    };
    let spec =
        FieldSpec { class: "input--code", control: Control::OneTimeCode, hint, ..FieldSpec::new("sms_code", "短信验证码") };
    view! {
        <input type="hidden" name="purpose" value=purpose />
        <div class="captcha">
            <Field spec=spec />
            <button
                type="submit"
                class="button button--secondary countdown"
                formaction="/api/account/code"
                formnovalidate
                aria-disabled=move || (left.get() > 0).then_some("true")
                on:click=move |event| {
                    if left.get_untracked() > 0 {
                        event.prevent_default();
                    }
                }
            >
                {label}
            </button>
        </div>
        <p class="live live--shown" role="status">{said}</p>
        <div role="status">{move || few().map(|text| view! { <p class="hint">{text}</p> })}</div>
        {move || {
            (was_sent.get() && left.get() == 0)
                .then(|| {
                    view! {
                        <p class="hint">
                            "没有收到短信？请核对手机号码，并查看手机的拦截短信；仍未收到时可以重新发送，或者拨打页脚的咨询电话。"
                            {change.with_value(|path| (!path.is_empty()).then(|| view! { "号码已经不用的，请办理" <a href=path.clone()>"手机号更换申请"</a> "。" }))}
                        </p>
                    }
                })
        }}
    }
}

/// To be the first in a form with [`SendCode`]: Enter in a field presses the first button, and that must not be the one
/// that sends a code.
#[component]
pub fn EnterSubmits() -> impl IntoView {
    view! { <button type="submit" class="hidden-visually" tabindex="-1" aria-hidden="true">"提交"</button> }
}

/// Counts down by the second; speaks only at 30, 10 and 0 (ux A2).
fn tick(left: RwSignal<u32>, said: RwSignal<String>) {
    super::browser::later(1000, move || {
        let Some(now) = left.try_get_untracked().and_then(|n| n.checked_sub(1)) else { return };
        left.set(now);
        match now {
            30 | 10 => said.set(format!("还剩 {now} 秒可以重新发送。")),
            0 => said.set("现在可以重新发送验证码。".into()),
            _ => {}
        }
        if now > 0 {
            tick(left, said);
        }
    });
}
