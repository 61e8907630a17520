//! 电子邮箱 in 账号设置.

use domain::account::settings::EmailView;
use leptos::prelude::*;

use super::api::settings_email;
use super::settings::trail;
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

/// What it is for, so that nobody waits for a letter.
const PURPOSE: &str = "填写申报信息时会自动带入，届时可以修改。系统不发送电子邮件，验证码和审核结果都不会发到这里。";

/// Its place on the page of the settings.
pub(super) fn email(frame: &Frame, address: String) -> AnyView {
    let (now, act) = match address.is_empty() {
        true => ("没有登记".to_owned(), "填写电子邮箱"),
        false => (address, "更改电子邮箱"),
    };
    view! {
        <section class="card" aria-labelledby="email-title">
            <h2 id="email-title">"电子邮箱"</h2>
            <p>{now}</p>
            <p class="muted">{PURPOSE}</p>
            <p class="button-row">
                <a class="button button--secondary" href=frame.path("settings/email")>{act}</a>
            </p>
        </section>
    }
    .into_any()
}

/// 更改电子邮箱.
#[component]
pub fn ChangeEmailPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| settings_email(province));
    page("更改电子邮箱", data, |frame, view: EmailView| {
        let state = FormState::new([("email", "电子邮箱"), ("old_password", "登录密码")], view.flash.as_ref());
        let value = view.flash.as_ref().and_then(|flash| flash.values.get("email").cloned()).unwrap_or_default();
        let address = FieldSpec {
            value,
            autocomplete: "email",
            example: "zhangsan@example.com".into(),
            ..FieldSpec::new("email", "电子邮箱")
        };
        let password = view.asks_password.then(|| FieldSpec {
            control: Control::Password { is_new: false },
            hint: "为确认是您本人，请填写现在的登录密码。".into(),
            ..FieldSpec::new("old_password", "登录密码")
        });
        let pending = move || state.is_pending.get().then_some("true");
        let remove = (!view.email.is_empty()).then(|| {
            view! {
                <button type="submit" name=name_of("act") value="remove" class="button button--secondary" aria-disabled=pending>
                    "删除电子邮箱"
                </button>
            }
        });
        let now = (!view.email.is_empty()).then(|| view! { <p>"现在登记的是 " {view.email.clone()} "。"</p> });
        view! {
            <Breadcrumbs trail=trail(&frame) here="更改电子邮箱".into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">"更改电子邮箱"</h1>
            <p class="lead">{PURPOSE}</p>
            {now}
            <PostForm action="/api/account/settings/email/save" state=state province=frame.key.clone()>
                <Field spec=address />
                {password.map(|spec| view! { <Field spec=spec /> })}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=pending>"保存"</button>
                    {remove}
                </div>
            </PostForm>
        }
    })
}
