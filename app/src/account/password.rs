//! A new password: two fields, and the rule as a list that follows the typing (ux A7).

use domain::account::password::{Counted, PasswordPolicy};
use leptos::prelude::*;

use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::FormState;

/// A limit from here on up is not worth a word.
const ROOMY: u32 = 64;

/// 密码 and 确认密码 with the province's rule.
#[component]
pub fn NewPassword(policy: PasswordPolicy, label: &'static str, again: &'static str) -> impl IntoView {
    let first = FieldSpec { control: Control::Password { is_new: true }, ..FieldSpec::new("password", label) };
    let second = FieldSpec { control: Control::Password { is_new: true }, ..FieldSpec::new("password_again", again) };
    view! {
        <Field spec=first />
        <Checklist policy=policy />
        <Field spec=second />
    }
}

#[component]
fn Checklist(policy: PasswordPolicy) -> impl IntoView {
    let state = expect_context::<FormState>();
    let rule = policy.clone();
    let marks = Memo::new(move |_| {
        state.typed.with(|typed| {
            let password = typed.iter().find(|(field, _)| field == "password").map(|(_, value)| value.as_str());
            policy.marks(password.unwrap_or_default())
        })
    });
    let line = |text: String, is_met: Signal<bool>| {
        view! {
            <li data-state=move || if is_met.get() { "met" } else { "open" }>
                {text} " "
                <span class="checklist__state">{move || if is_met.get() { "已满足" } else { "未满足" }}</span>
            </li>
        }
    };
    let is = move |read: fn(&domain::account::password::Marks) -> bool| Signal::derive(move || marks.with(read));
    let (count, letters) = match rule.counted {
        Counted::DigitUpperLowerSpecial => {
            let both = [line("大写字母".into(), is(|m| m.upper)), line("小写字母".into(), is(|m| m.lower))];
            ("四", both.collect_view().into_any())
        }
        Counted::DigitLetterSymbol => ("三", line("字母".into(), is(|m| m.upper || m.lower)).into_any()),
    };
    let most = if rule.max < ROOMY { format!("，最多 {} 位", rule.max) } else { String::new() };
    view! {
        <div>
            <p class="hint" id="password-rule">
                {format!("至少 {} 位{most}，并包含下列{count}种字符中的 {} 种，不要使用常见的密码：", rule.min, rule.kinds)}
            </p>
            <ul class="checklist" aria-labelledby="password-rule">
                {line(format!("至少 {} 位", rule.min), is(|m| m.long_enough))} {line("数字".into(), is(|m| m.digit))} {letters}
                {line(format!("特殊符号 {}", rule.specials), is(|m| m.special))}
                {line(format!("以上{count}种字符中的 {} 种", rule.kinds), is(|m| m.enough_kinds))}
            </ul>
        </div>
    }
}
