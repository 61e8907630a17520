//! 登录 in the ways of the province (手册甲 一「登录功能」, 手册乙 1.2, 手册丙 4, 手册丁 登录). Several ways are several
//! addresses, so that they work without scripts.

use std::sync::Arc;

use domain::account::forms::{MobileLoginForm, PasswordLoginForm};
use domain::account::view::EntryView;
use domain::account::ways::{DocumentLoginForm, NameLoginForm, UsernameLoginForm};
use domain::account::work::WorkPage;
use domain::fault::FieldErrors;
use domain::form::Form;
use domain::province::{LoginWay, RegistrationWay, SmsRules};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::entry;
use super::register::Passed;
use super::work::{captcha, form_of, has_work, slider};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{Check, ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::send_code::{EnterSubmits, SendCode};

const LABELS: [(&str, &str); 8] = [
    ("username", "用户名/证件号码"),
    ("document_end", "证件号码后 4 位"),
    ("name", "姓名"),
    ("document_number", "证件号码"),
    ("mobile", "手机号码"),
    ("password", "密码"),
    ("sms_code", "短信验证码"),
    ("slider", "滑块"),
];

/// 登录.
#[component]
pub fn LoginPage() -> impl IntoView {
    let source = use_source();
    let query = use_query_map();
    let key = Memo::new(move |_| query.with(|query| query.get("way").unwrap_or_default()));
    let done = Memo::new(move |_| {
        let done = [
            ("reset", "密码已经修改，请用新密码登录。"),
            ("registered", "完成注册和实名认证的，请点击“登录”。还没有完成的，请点击“注册”继续。"),
        ];
        query.with(|query| done.into_iter().find(|(key, _)| query.get(key).is_some()).map(|(_, text)| text))
    });
    let data = fetched(
        move || (source.get(), key.get()),
        |((province, _), key)| async move { entry(province, format!("login-{key}")).await },
    );
    page("登录", data, move |frame, view: EntryView| {
        let account = view.account.clone();
        let way = account.login(&key.get_untracked()).unwrap_or(LoginWay::PasswordAndSlider);
        let form = if way == LoginWay::IdentityService { (().into_any(), by_service(&frame)) } else { form(&frame, &view, way) };
        let said = done.get_untracked().map(|text| {
            view! { <div class="notice notice--success" role="status"><p>{text}</p></div> }
        });
        let tips = view.tips.clone();
        view! {
            {said}
            <div class="columns door">
                <section>{form.0} <h1 tabindex="-1">"登录"</h1> {tabs(&frame, &account.logins, way)} {form.1}</section>
                <aside class="card door__side" aria-labelledby="login-briefing">
                    <h2 id="login-briefing">{view.briefing.clone()}</h2>
                    <ul>{tips.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    {(account.registration != RegistrationWay::IdentityService)
                        .then(|| view! { <p><a href=frame.path("register")>"还没有账号，去注册"</a></p> })}
                    {account
                        .has_legacy_holders
                        .then(|| view! { <p><a href=frame.path("activate")>"原有用户设置密码"</a></p> })}
                    {view
                        .phone_change_days
                        .map(|_| {
                            view! {
                                <p><a href=frame.path("phone-change")>"手机号更换申请"</a></p>
                                <p><a href=frame.path("appeal") rel="external">"账号申诉"</a></p>
                            }
                        })}
                </aside>
            </div>
        }
    })
}

/// Where a way stands; the first one needs no word.
fn address(frame: &Frame, ways: &[LoginWay], way: LoginWay) -> String {
    match ways.first() {
        Some(first) if *first != way => frame.path(&format!("login?way={}", way.key())),
        _ => frame.path("login"),
    }
}

fn tabs(frame: &Frame, ways: &[LoginWay], here: LoginWay) -> Option<AnyView> {
    let tab = |way: &LoginWay| {
        let label = match way {
            LoginWay::PasswordAndSlider => "证件号登录",
            LoginWay::MobileAndSlider | LoginWay::MobileAndDocument => "手机登录",
            LoginWay::NameAndPassword => "密码登录",
            LoginWay::UsernameAndPassword => "用户名登录",
            LoginWay::IdentityService => "统一身份登录",
        };
        view! { <a href=address(frame, ways, *way) aria-current=(*way == here).then_some("page")>{label}</a> }
    };
    (ways.len() > 1).then(|| {
        let tabs = ways.iter().map(tab).collect_view();
        view! { <nav class="tabs" aria-label="登录方式">{tabs}</nav> }.into_any()
    })
}

/// The two ways to the identity service of the province (手册丁 注册, 登录).
pub(super) fn by_service(frame: &Frame) -> AnyView {
    let Some(service) = frame.site.province.identity_service.clone() else { return ().into_any() };
    let name = service.name;
    view! {
        <p>{format!("使用{name}个人账号登录。没有账号的，请先到{name}注册并通过实名认证，完成后回到这里登录。")}</p>
        <p class="button-row">
            <a class="button" href=frame.path("identity/start") rel="external">"登录"</a>
            <a class="button button--secondary" href=frame.path("identity/register") rel="external">"注册"</a>
        </p>
        <p>{service.note} " " <a href=frame.path("identity/account") rel="external">{format!("{name}用户中心")}</a></p>
        <p class="muted">{format!("{name}咨询电话：{}", service.hotline)}</p>
    }
    .into_any()
}

/// The summary, which stands above the heading, and the form.
fn form(frame: &Frame, view: &EntryView, way: LoginWay) -> (AnyView, AnyView) {
    let state = form_of(&LABELS, view);
    let (is_passed, digits) = (RwSignal::new(view.is_captcha_passed), view.account.sms.code_digits);
    let (action, fields, check): (_, &[&'static str], Check) = match way {
        LoginWay::MobileAndSlider => {
            let check = checked(move |form: &MobileLoginForm| {
                let captcha = if is_passed.get_untracked() { "passed".to_owned() } else { form.captcha.clone() };
                MobileLoginForm { captcha, ..form.clone() }.check(digits).err()
            });
            ("/api/account/login/mobile", &["mobile"], check)
        }
        LoginWay::MobileAndDocument => {
            let check = checked(move |form: &DocumentLoginForm| {
                let captcha = if is_passed.get_untracked() { "passed".to_owned() } else { form.captcha.clone() };
                DocumentLoginForm { captcha, ..form.clone() }.check(digits).err()
            });
            ("/api/account/login/document", &["document_number", "mobile"], check)
        }
        LoginWay::NameAndPassword => {
            let check = checked(|form: &NameLoginForm| form.check().err());
            ("/api/account/login/name", &["name", "document_number", "password"], check)
        }
        LoginWay::UsernameAndPassword => {
            let check = checked(|form: &UsernameLoginForm| form.check().err());
            ("/api/account/login/username", &["username", "password"], check)
        }
        LoginWay::PasswordAndSlider | LoginWay::IdentityService => {
            let check = checked(|form: &PasswordLoginForm| form.check().err());
            ("/api/account/login/password", &["document_number", "password"], check)
        }
    };
    let typed = |field: &str| view.flash.as_ref().and_then(|flash| flash.values.get(field).cloned()).unwrap_or_default();
    let specs: Vec<FieldSpec> = fields.iter().map(|field| spec(field, typed(field))).collect();
    let has_password = fields.contains(&"password");
    let here = address(frame, &view.account.logins, way);
    let (key, forgot) = (frame.key.clone(), frame.path("forgot"));
    let place = (has_work(view, WorkPage::Login), key.clone(), here);
    let change = view.phone_change_days.map(|_| frame.path("phone-change")).unwrap_or_default();
    let sms = (view.account.sms.clone(), view.resend_seconds, change);
    let form = view! {
        <PostForm action=action state=state province=key.clone() check=check keeps=false>
            {(!has_password).then(|| view! { <EnterSubmits /> })}
            {specs.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
            {(way == LoginWay::MobileAndSlider).then(|| document_end(state))}
            {proof(way, place, sms, is_passed)}
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"登录"</button>
                {has_password.then(|| view! { <a href=forgot>"忘记密码"</a> })}
            </div>
        </PostForm>
    };
    (view! { <ErrorSummary state=state /> }.into_any(), form.into_any())
}

/// What is asked for beside the code where nobody has signed in for long; hidden until then.
fn document_end(state: FormState) -> AnyView {
    let is_asked = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || state.errors.with(|errors| errors.of("document_end").is_some())
    });
    let spec = FieldSpec { class: "input--code", is_required: false, ..FieldSpec::new("document_end", "证件号码后 4 位") };
    view! { <div hidden=move || !is_asked.get()><Field spec=spec /></div> }.into_any()
}

fn spec(field: &str, value: String) -> FieldSpec {
    let (label, control, autocomplete) = match field {
        "name" => ("姓名", Control::Text, "name"),
        "username" => ("用户名/证件号码", Control::Text, "username"),
        "document_number" => ("证件号码", Control::Text, "username"),
        "mobile" => ("手机号码", Control::Digits, "tel"),
        _ => ("密码", Control::Password { is_new: false }, ""),
    };
    FieldSpec { value, control, autocomplete, ..FieldSpec::new(field, label) }
}

/// Slider, picture and code, as the way asks for them. What was answered for the code is not asked for again.
fn proof(
    way: LoginWay,
    place: (bool, String, String),
    (sms, resend, change): (SmsRules, Option<u32>, String),
    is_passed: RwSignal<bool>,
) -> AnyView {
    let (has_work, key, here) = place;
    match way {
        LoginWay::MobileAndSlider => view! {
            <Passed is_passed=is_passed />
            {move || (!is_passed.get()).then(|| view! { {slider(has_work, key.clone(), here.clone())} })}
            <SendCode purpose="login" sms=sms resend_seconds=resend change=change />
        }
        .into_any(),
        LoginWay::MobileAndDocument => view! {
            <Passed is_passed=is_passed />
            <div hidden=move || is_passed.get()>
                {captcha(has_work, key, here)}
            </div>
            <SendCode purpose="document_login" sms=sms resend_seconds=resend change=change />
        }
        .into_any(),
        LoginWay::PasswordAndSlider | LoginWay::NameAndPassword | LoginWay::UsernameAndPassword | LoginWay::IdentityService => {
            slider(has_work, key, here)
        }
    }
}

fn checked<F: Form>(check: impl Fn(&F) -> Option<FieldErrors> + Send + Sync + 'static) -> Check {
    Arc::new(move |typed| {
        let mut form = F::default();
        for (field, value) in typed {
            form.set(field, value.clone());
        }
        check(&form).unwrap_or_default()
    })
}
