//! 注册 (手册甲 一「注册功能」, 手册乙 4.1, 手册丙 3).

use std::sync::Arc;

use domain::account::forms::RegistrationForm;
use domain::account::view::EntryView;
use domain::account::work::WorkPage;
use domain::form::Form;
use domain::province::{AccountRules, Agreement, RegistrationWay};
use leptos::prelude::*;

use super::api::entry;
use super::login::by_service;
use super::password::NewPassword;
use super::work::{captcha, form_of, has_work};
use crate::intake::agree;
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{Check, ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::send_code::{EnterSubmits, SendCode};

const LABELS: [(&str, &str); 9] = [
    ("username", "用户名"),
    ("document_kind", "证件类型"),
    ("document_number", "证件号码"),
    ("name", "姓名"),
    ("password", "密码"),
    ("password_again", "确认密码"),
    ("mobile", "手机号码"),
    ("sms_code", "短信验证码"),
    ("agreed", "注册协议"),
];

/// 注册.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "register".into()));
    page("注册", data, registration)
}

fn registration(frame: Frame, view: EntryView) -> AnyView {
    let way = view.account.registration;
    if way == RegistrationWay::IdentityService {
        return view! {
            <h1 tabindex="-1">"注册"</h1>
            {by_service(&frame)}
        }
        .into_any();
    }
    let state = form_of(&LABELS, &view);
    let typed: RegistrationForm = view.flash.as_ref().map(domain::answer::Flash::refill).unwrap_or_default();
    let account = view.account.clone();
    let kinds = account.document_kinds.iter().map(|option| (option.kind.code().to_owned(), option.label.clone())).collect();
    let first = account.document_kinds.first().map(|option| option.kind.code().to_owned()).unwrap_or_default();
    let kind = FieldSpec {
        control: Control::Select(vec![(String::new(), kinds)]),
        value: if typed.document_kind.is_empty() { first } else { typed.document_kind },
        class: "input--medium",
        ..FieldSpec::new("document_kind", "证件类型")
    };
    let number = FieldSpec {
        value: typed.document_number,
        hint: "身份证请填写 18 位号码，末位可以是 X。".into(),
        ..FieldSpec::new("document_number", "证件号码")
    };
    let name = FieldSpec {
        value: typed.name,
        autocomplete: "name",
        hint: "请与证件上的姓名一致；姓名中的间隔号请填写“·”。".into(),
        ..FieldSpec::new("name", "姓名")
    };
    let mobile = FieldSpec {
        value: typed.mobile,
        control: Control::Digits,
        autocomplete: "tel",
        hint: "用于接收验证码和审核结果。".into(),
        ..FieldSpec::new("mobile", "手机号码")
    };
    let username = account.username.as_ref().map(|rules| FieldSpec {
        value: typed.username,
        autocomplete: "username",
        hint: format!("{}~{} 个字符，第一位必须是字母，支持字母、数字组合，不区分大小写。", rules.min, rules.max),
        ..FieldSpec::new("username", "用户名")
    });
    let agreement = account.agreement.clone().map(|text| agreement(state, text));
    let is_passed = RwSignal::new(view.is_captcha_passed);
    let (key, register) = (frame.key.clone(), frame.path("register"));
    let has_work = has_work(&view, WorkPage::Register);
    let is_password_next = way == RegistrationWay::PasswordAfter;
    let action = if is_password_next { "/api/account/register/phone" } else { "/api/account/register" };
    // 手册丙 3 begins with the name.
    let who = if is_password_next { [name, kind, number] } else { [kind, number, name] };
    let policy = account.registration_password().cloned();
    let again = format!("您的浏览器没有启用脚本：点击“{}”之后，需要重新填写密码。", account.sms.label);
    let has_password = policy.is_some();
    let beside = briefing(&view.briefing, &view.tips);
    let activate = account.has_legacy_holders.then(|| {
        view! { "原持有会计从业资格证的人员请" <a href=frame.path("activate")>"设置密码"</a> "。" }
    });
    view! {
        <Breadcrumbs trail=vec![("首页", format!("/{}", frame.key))] here="注册".into() />
        <ErrorSummary state=state />
        <h1 tabindex="-1">"注册"</h1>
        <p class="hint">"带 * 的为必填项。已有账号，" <a href=frame.path("login")>"去登录"</a> "。" {activate}</p>
        <div class="columns door">
            <PostForm action=action state=state province=frame.key.clone() check=check(view.account.clone(), is_passed)>
                <EnterSubmits />
                <Passed is_passed=is_passed />
                {username.map(|spec| view! { <Field spec=spec /> })}
                {who.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
                {policy.map(|policy| view! { <NewPassword policy=policy label="密码" again="确认密码" /> })}
                <Field spec=mobile />
                <div hidden=move || is_passed.get()>
                    {captcha(has_work, key, register)}
                </div>
                <SendCode purpose="registration" sms=view.account.sms.clone() resend_seconds=view.resend_seconds />
                {has_password
                    .then(|| {
                        view! {
                            <div class="without-scripts"><p class="hint">{again}</p></div>
                        }
                    })}
                {agreement}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"注册"</button>
                </div>
            </PostForm>
            {beside}
        </div>
    }
    .into_any()
}

/// What to know before one begins, beside the form.
fn briefing(title: &str, tips: &[String]) -> AnyView {
    let lines = tips.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    view! { <aside class="card door__side" aria-labelledby="register-briefing"><h2 id="register-briefing">{title.to_owned()}</h2> <ul>{lines}</ul></aside> }
        .into_any()
}

/// The text and the box that is never ticked beforehand.
fn agreement(state: FormState, text: Agreement) -> AnyView {
    let label = format!("我已阅读并同意{}", text.title);
    view! {
        <details>
            <summary>{format!("阅读{}", text.title)}</summary>
            {text.paragraphs.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </details>
        {agree(state, label)}
    }
    .into_any()
}

/// After a code was sent the picture has done its work; another number needs another one.
#[component]
pub(super) fn Passed(is_passed: RwSignal<bool>) -> impl IntoView {
    let state = expect_context::<FormState>();
    Effect::new(move |_| {
        if matches!(state.notice.get(), Some(domain::answer::Notice::CodeSent { .. })) {
            is_passed.set(true);
        }
    });
    Effect::new(move |_| {
        let asks_again = state.errors.with(|e| {
            use domain::fault::Fault;
            matches!(e.of("captcha"), Some(Fault::Captcha | Fault::Missing))
                || e.of("slider").is_some()
                || matches!(e.of("sms_code"), Some(Fault::CodeNotSent | Fault::CodeExpired | Fault::CodeWrong(0)))
        });
        if asks_again {
            is_passed.set(false);
        }
    });
}

fn check(account: AccountRules, is_passed: RwSignal<bool>) -> Check {
    Arc::new(move |typed| {
        let mut form = RegistrationForm::default();
        for (field, value) in typed {
            form.set(field, value.clone());
        }
        if is_passed.get_untracked() {
            form.captcha = "passed".into();
        }
        form.check(&account, today()).err().unwrap_or_default()
    })
}

/// Today by the clock of the browser; the server decides with its own.
fn today() -> chrono::NaiveDate {
    let milliseconds = js_sys::Date::now();
    chrono::DateTime::from_timestamp_millis(milliseconds as i64 + 8 * 3_600_000).map(|at| at.date_naive()).unwrap_or_default()
}

/// After a registration. It says the same whether or not the number was free (security C3).
#[component]
pub fn RegisteredPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "registered".to_owned()));
    page("注册完成", data, |frame, view: EntryView| {
        let (lead, otherwise) = match view.account.password {
            Some(_) if view.account.username.is_some() => (
                "请用用户名（或者证件号码）和刚才设置的密码登录",
                "如果登录时提示与密码不匹配，您的证件号码可能已经注册过，请用证件号码办理“忘记密码”，或者联系所在地财政局。",
            ),
            Some(_) => (
                "请用证件号码和刚才设置的密码登录",
                "如果登录时提示证件号码与密码不匹配，您的证件号码可能已经注册过，请使用“忘记密码”，或者联系所在地财政局。",
            ),
            None => (
                "请用证件号码、手机号码和短信验证码登录",
                "如果登录时收不到短信验证码，您的证件号码可能已经用其他手机号码注册过，请用原来的手机号码登录，或者联系所在地财政局。",
            ),
        };
        let lead = format!("{lead}，登录后在“业务办理”中办理{}。", frame.intake());
        let change = view.phone_change_days.map(|_| {
            view! {
                <p><a href=frame.path("phone-change")>"原来的手机号码已经不用，申请更换手机号"</a></p>
                <p><a href=frame.path("appeal") rel="external">"证件号码被他人注册，办理账号申诉"</a></p>
            }
        });
        view! {
            <div class="result">
                <h1 tabindex="-1">"注册信息已受理"</h1>
                <p class="lead">{lead}</p>
                <p class="muted">{otherwise}</p>
                {change}
                <p class="button-row">
                    <a class="button" href=frame.path("login")>"去登录"</a>
                </p>
            </div>
        }
    })
}

/// A registration whose document number has an account already, where the province says so (手册丙 3).
#[component]
pub fn TakenPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "taken".to_owned()));
    page("证件号码已经注册", data, |frame, view: EntryView| {
        let mut ways = vec![("登录", "已经设置密码的，请直接登录。", "login")];
        if view.account.password.is_some() {
            ways.push(("忘记密码", "忘记密码的，验证登记的手机号码之后重新设置。", "forgot"));
        }
        if view.account.has_legacy_holders {
            ways.push(("原有用户设置密码", "原持有会计从业资格证、还没有设置过密码的，请先设置密码。", "activate"));
        }
        if view.phone_change_days.is_some() {
            ways.push(("手机号更换申请", "登记的手机号码已经不用的，申请更换，由所在地会计管理部门审核。", "phone-change"));
        }
        if view.phone_change_days.is_some() {
            ways.push(("账号申诉", "不是您本人注册的，或者是本人的但是无法登录的，凭证件申诉。", "appeal"));
            ways.push(("咨询电话", "仍有疑问的，请联系所在地会计管理部门。", "hotlines"));
        } else {
            ways.push(("咨询电话", "不是您本人注册的，或者仍有疑问的，请联系所在地会计管理部门。", "hotlines"));
        }
        let tile = |(title, text, path): (&'static str, &'static str, &'static str)| {
            // Drawn by the server alone.
            let rel = (path == "appeal").then_some("external");
            view! { <li><a class="entry" href=frame.path(path) rel=rel><strong>{title}</strong><span>{text}</span></a></li> }
        };
        let ways = ways.into_iter().map(tile).collect_view();
        view! {
            <h1 tabindex="-1">"证件号码已经注册"</h1>
            <p class="lead">"您填写的证件号码已有账号，不需要再次注册。这次注册没有保存，原来的账号没有任何变化。"</p>
            <p>"请按您的情况选择："</p>
            <ul class="card-list">{ways}</ul>
        }
    })
}
