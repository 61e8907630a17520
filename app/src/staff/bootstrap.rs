//! The first administrator, by the one-time token that the server printed.

use domain::account::forms::BootstrapForm;
use domain::account::view::EntryView;
use domain::answer::Flash;
use leptos::prelude::*;

use crate::account::api::entry;
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::page;

/// 设置系统管理员.
#[component]
pub fn BootstrapPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "bootstrap".into()));
    page("设置系统管理员", data, |frame, view: EntryView| {
        let labels = [
            ("token", "启用口令"),
            ("login", "用户名"),
            ("name", "姓名"),
            ("mobile", "手机号码"),
            ("password", "密码"),
            ("password_again", "确认密码"),
        ];
        let state = FormState::new(labels, view.flash.as_ref());
        let typed: BootstrapForm = view.flash.as_ref().map(Flash::refill).unwrap_or_default();
        let fields = [
            FieldSpec {
                hint: "部署系统时由命令行显示，只能使用一次。".into(), ..FieldSpec::new("token", "启用口令")
            },
            FieldSpec {
                value: typed.login,
                autocomplete: "username",
                class: "input--medium",
                ..FieldSpec::new("login", "用户名")
            },
            FieldSpec { value: typed.name, autocomplete: "name", class: "input--medium", ..FieldSpec::new("name", "姓名") },
            FieldSpec {
                value: typed.mobile,
                hint: "账号需要重置时，启用口令发送到这个号码。".into(),
                autocomplete: "tel",
                control: Control::Digits,
                class: "input--medium",
                ..FieldSpec::new("mobile", "手机号码")
            },
            FieldSpec {
                control: Control::Password { is_new: true },
                hint: "12 至 128 位，不要使用常见的密码，不要包含用户名和姓名。".into(),
                ..FieldSpec::new("password", "密码")
            },
            FieldSpec { control: Control::Password { is_new: true }, ..FieldSpec::new("password_again", "确认密码") },
        ];
        view! {
            <ErrorSummary state=state />
            <h1 tabindex="-1">"设置系统管理员"</h1>
            <p class="lead">"系统第一次启用时，由部署人员设置第一位管理员。"</p>
            <PostForm action="/api/staff/bootstrap" state=state province=frame.key.clone() keeps=false>
                {fields.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"设置"</button>
                </div>
            </PostForm>
        }
    })
}
