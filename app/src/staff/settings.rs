//! 账号设置 of the staff: password, authenticator, and where one is signed in.

use domain::staff::view::{EnrolView, OwnSettingsView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{own_settings, renew};
use crate::account::devices;
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

const TITLE: &str = "账号设置";

/// 账号设置.
#[component]
pub fn OwnSettingsPage() -> impl IntoView {
    let (source, query) = (use_source(), use_query_map());
    let done = Memo::new(move |_| query.with(|query| query.get("done")));
    let data = fetched(move || (source.get(), done.get()), |((province, _), _)| own_settings(province));
    page(TITLE, data, move |frame, view: OwnSettingsView| {
        let said = match done.get_untracked().as_deref() {
            Some("password") => Some("登录密码已修改，其他设备上的登录已全部退出。"),
            Some("sessions") => Some("其他设备上的登录已全部退出。"),
            _ => None,
        };
        let mobile = if view.mobile.is_empty() { "没有登记".to_owned() } else { view.mobile };
        let left = match view.recovery_left {
            0 => "恢复码已经用完，更换动态口令后得到新的恢复码。".to_owned(),
            left => format!("还有 {left} 个恢复码可以使用。"),
        };
        view! {
            <h1 tabindex="-1">{TITLE}</h1>
            {said.map(|text| view! { <div class="notice notice--success" role="status"><p>{text}</p></div> })}
            <section class="card" aria-labelledby="account-title">
                <h2 id="account-title">"账号"</h2>
                <dl class="summary-list">
                    <div><dt>"用户名"</dt><dd>{view.login}</dd></div>
                    <div><dt>"手机号码"</dt><dd>{mobile}</dd></div>
                </dl>
                <p class="muted">"账号的变化会告知这个手机号码。需要更换的，请联系省级管理员，由两位管理员办理。"</p>
            </section>
            {way(&frame, ("登录密码", "修改后，其他设备上的登录会全部退出。".to_owned()), ("修改密码", "staff/settings/password"))}
            {way(&frame, ("动态口令", left), ("更换动态口令", "staff/settings/second-factor"))}
            {devices(&frame, view.sessions, "/api/staff/settings/sessions")}
        }
    })
}

fn way(frame: &Frame, (title, text): (&'static str, String), (label, path): (&'static str, &'static str)) -> AnyView {
    view! {
        <section class="card">
            <h2>{title}</h2>
            <p class="muted">{text}</p>
            <p class="button-row"><a class="button button--secondary" href=frame.path(path)>{label}</a></p>
        </section>
    }
    .into_any()
}

fn trail(frame: &Frame) -> Vec<(&'static str, String)> {
    vec![(TITLE, frame.path("staff/settings"))]
}

fn fields(specs: Vec<FieldSpec>) -> impl IntoView {
    specs.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()
}

/// 修改登录密码.
#[component]
pub fn OwnPasswordPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| own_settings(province));
    page("修改登录密码", data, |frame, view: OwnSettingsView| {
        let labels = [("old_password", "原密码"), ("password", "新密码"), ("password_again", "确认新密码")];
        let state = FormState::new(labels, view.flash.as_ref());
        let specs = vec![
            FieldSpec { control: Control::Password { is_new: false }, ..FieldSpec::new("old_password", "原密码") },
            FieldSpec {
                control: Control::Password { is_new: true },
                hint: "12 至 128 位，不要使用常见的密码，不要包含用户名和姓名。".into(),
                ..FieldSpec::new("password", "新密码")
            },
            FieldSpec { control: Control::Password { is_new: true }, ..FieldSpec::new("password_again", "确认新密码") },
        ];
        view! {
            <Breadcrumbs trail=trail(&frame) here="修改登录密码".into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">"修改登录密码"</h1>
            <PostForm action="/api/staff/settings/password" state=state province=frame.key.clone() keeps=false>
                {fields(specs)}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"保存"</button>
                </div>
            </PostForm>
        }
    })
}

/// 更换动态口令.
#[component]
pub fn OwnFactorPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| renew(province));
    page("更换动态口令", data, |frame, view: EnrolView| {
        let state = FormState::new([("present", "现在的动态口令或恢复码"), ("code", "新的动态口令")], view.flash.as_ref());
        let specs = vec![
            FieldSpec {
                autocomplete: "off",
                class: "input--medium",
                hint: "现在使用的动态口令应用中的 6 位数字；手机不在身边的，填写一个没有用过的恢复码。".into(),
                ..FieldSpec::new("present", "现在的动态口令或恢复码")
            },
            FieldSpec {
                control: Control::OneTimeCode,
                class: "input--code",
                hint: "扫描上面的二维码之后，新添加的一项显示的 6 位数字。".into(),
                ..FieldSpec::new("code", "新的动态口令")
            },
        ];
        view! {
            <Breadcrumbs trail=trail(&frame) here="更换动态口令".into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">"更换动态口令"</h1>
            <p class="lead">"换了手机，或者要换一个动态口令应用时，在这里更换。填写新的口令之前，现在的一直有效。"</p>
            {super::second_factor::authenticator(&view)}
            <PostForm action="/api/staff/settings/second-factor" state=state province=frame.key.clone() keeps=false>
                {fields(specs)}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"更换"</button>
                </div>
            </PostForm>
        }
    })
}
