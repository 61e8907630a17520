//! 启用账号: the token from the administrator becomes a password of one's own.

use domain::account::view::EntryView;
use leptos::prelude::*;

use crate::account::api::entry;
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::page;

/// 启用账号.
#[component]
pub fn ActivatePage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "staff-activate".into()));
    page("启用账号", data, |frame, view: EntryView| {
        let labels = [("token", "启用口令"), ("password", "密码"), ("password_again", "确认密码")];
        let state = FormState::new(labels, view.flash.as_ref());
        let fields = [
            FieldSpec {
                hint: "短信发送到您的手机，24 小时内有效，只能使用一次。".into(),
                autocomplete: "off",
                ..FieldSpec::new("token", "启用口令")
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
            <h1 tabindex="-1">"启用账号"</h1>
            <p class="lead">"新的账号和重置过的账号，由本人在这里设置密码。密码只有您自己知道，管理员不会向您索要。"</p>
            <PostForm action="/api/staff/activate" state=state province=frame.key.clone() keeps=false>
                {fields.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"启用"</button>
                </div>
            </PostForm>
            <p class="hint">"启用后请登录，并按提示绑定动态口令。"</p>
        }
    })
}
