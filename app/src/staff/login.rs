//! 工作人员登录.

use domain::account::forms::StaffLoginForm;
use domain::account::view::EntryView;
use domain::answer::Flash;
use leptos::prelude::*;

use crate::account::api::entry;
use crate::site::{fetched, use_source};
use crate::ui::captcha::Captcha;
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::page;

/// 工作人员登录.
#[component]
pub fn StaffLoginPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "staff-login".into()));
    page("工作人员登录", data, |frame, view: EntryView| {
        let word = view.account.captcha.clone();
        let why = format!("多次登录失败后需要填写{word}，其他时候可以留空。");
        let labels = [("login", "用户名".to_owned()), ("password", "密码".to_owned()), ("captcha", word)];
        let state = FormState::new(labels, view.flash.as_ref());
        let typed: StaffLoginForm = view.flash.as_ref().map(Flash::refill).unwrap_or_default();
        let login = FieldSpec {
            value: typed.login,
            autocomplete: "username",
            class: "input--medium",
            ..FieldSpec::new("login", "用户名")
        };
        let password = FieldSpec { control: Control::Password { is_new: false }, ..FieldSpec::new("password", "密码") };
        view! {
            <ErrorSummary state=state />
            <h1 tabindex="-1">"工作人员登录"</h1>
            <p class="lead">"供财政局审核人员使用。会计人员请从首页登录。"</p>
            {view.tips.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view()}
            <PostForm action="/api/staff/sign-in" state=state province=frame.key.clone() keeps=false>
                <Field spec=login />
                <Field spec=password />
                <p class="hint">{why}</p>
                <Captcha key=frame.key.clone() page=frame.path("staff/login") />
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"登录"</button>
                </div>
            </PostForm>
            <p class="hint">"登录后还需要验证动态口令。忘记密码或者更换手机时，请联系省级管理员。"</p>
        }
    })
}
