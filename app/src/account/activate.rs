//! 原有用户设置密码 (手册丙 2), and 设置登录密码, the page that it and a registration lead to (手册丙 3).

use domain::account::view::{EntryView, ResetStage};
use domain::account::work::WorkPage;
use leptos::prelude::*;

use super::api::entry;
use super::forgot::{next, over, prove, renew, steps};
use super::work::{captcha, form_of, has_work};
use crate::site::{fetched, use_source};
use crate::ui::field::{Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

const STEPS: [&str; 3] = ["填写姓名和证件号码", "验证手机", "设置登录密码"];

/// 原有用户设置密码.
#[component]
pub fn ActivatePage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "activate".into()));
    page("原有用户设置密码", data, |frame, view: EntryView| {
        let labels = [("name", "姓名"), ("document_number", "证件号码"), ("sms_code", "短信验证码")];
        let state = form_of(&labels, &view);
        let (here, form) = match view.reset {
            ResetStage::Start => (0, start(&frame, &view, state)),
            ResetStage::Over => (0, view! { {over()} {start(&frame, &view, state)} }.into_any()),
            ResetStage::Prove => {
                (1, view! { {way_out(&frame, &view)} {prove(&frame, &view, state, "activate", "activation")} }.into_any())
            }
            ResetStage::Password => (2, onward(&frame)),
        };
        view! {
            <Breadcrumbs
                trail=vec![("首页", format!("/{}", frame.key)), ("登录", frame.path("login"))]
                here="原有用户设置密码".into()
            />
            <ErrorSummary state=state />
            <h1 tabindex="-1">"原有用户设置密码"</h1>
            {steps(&STEPS, here)}
            {form}
        }
    })
}

fn start(frame: &Frame, view: &EntryView, state: FormState) -> AnyView {
    let (key, here) = (frame.key.clone(), frame.path("activate"));
    let has_work = has_work(view, WorkPage::Activate);
    let typed = |field: &str| view.flash.as_ref().and_then(|flash| flash.values.get(field).cloned()).unwrap_or_default();
    let name = FieldSpec { value: typed("name"), autocomplete: "name", ..FieldSpec::new("name", "姓名") };
    let number = FieldSpec {
        value: typed("document_number"),
        autocomplete: "username",
        hint: "请填写 18 位身份证号码，末位可以是 X。".into(),
        ..FieldSpec::new("document_number", "证件号码")
    };
    view! {
        <p>"原持有会计从业资格证的人员，验证原来登记的手机号码之后，设置登录密码。"</p>
        <PostForm action="/api/account/activate" state=state province=key.clone()>
            <Field spec=name />
            <Field spec=number />
            {captcha(has_work, key, here)}
            {next(state)}
        </PostForm>
    }
    .into_any()
}

/// For those whom no code can reach. It says the same to everybody.
fn way_out(frame: &Frame, view: &EntryView) -> AnyView {
    let change = view.phone_change_days.map(|_| {
        view! { "也可以" <a href=frame.path("phone-change")>"申请更换手机号"</a> "。" }
    });
    view! {
        <p>"如果姓名和证件号码与原来登记的一致，验证码会发送到原来登记的手机号码。"</p>
        <p>
            "没有登记过手机号码，或者号码已经不用的，请携带身份证件联系所在地会计管理部门核实，"
            <a href=frame.path("hotlines")>"查看咨询电话"</a> "。" {change}
        </p>
    }
    .into_any()
}

fn onward(frame: &Frame) -> AnyView {
    view! { <p class="button-row"><a class="button" href=frame.path("password")>"设置登录密码"</a></p> }.into_any()
}

/// 设置登录密码: the first password of an account whose telephone is proven.
#[component]
pub fn SetPasswordPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "password".into()));
    page("设置登录密码", data, |frame, view: EntryView| {
        let state = FormState::new([("password", "密码"), ("password_again", "确认密码")], view.flash.as_ref());
        let form = match view.reset {
            ResetStage::Password => renew(&frame, &view.account, state, "密码", "确认密码"),
            ResetStage::Start | ResetStage::Prove | ResetStage::Over => missing(&frame),
        };
        view! {
            <Breadcrumbs trail=vec![("首页", format!("/{}", frame.key))] here="设置登录密码".into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">"设置登录密码"</h1>
            {form}
        }
    })
}

/// Nobody has proven a telephone in this window, or not for ten minutes.
fn missing(frame: &Frame) -> AnyView {
    view! {
        <p>"验证手机之后才能设置登录密码。刚才验证过的，可能等待太久，需要重新验证。"</p>
        <p class="button-row">
            <a class="button" href=frame.path("forgot")>"验证手机，设置密码"</a>
            <a class="button button--secondary" href=frame.path("login")>"去登录"</a>
        </p>
    }
    .into_any()
}
