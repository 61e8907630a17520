//! 账号设置: telephone, password, 电子邮箱, and where one is signed in.

use domain::account::settings::{SessionView, SettingsView};
use domain::account::view::{EntryView, ResetStage};
use domain::account::work::WorkPage;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{entry, settings};
use super::email::email;
use super::forgot::next;
use super::password::NewPassword;
use super::work::{captcha, form_of, has_work};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::{Breadcrumbs, FromService};
use crate::ui::send_code::{EnterSubmits, SendCode};

const TITLE: &str = "账号设置";

/// 账号设置.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let source = use_source();
    let query = use_query_map();
    let done = Memo::new(move |_| query.with(|query| query.get("done")));
    let data = fetched(move || (source.get(), done.get()), |((province, _), _)| settings(province));
    page(TITLE, data, move |frame, view: SettingsView| {
        let said = match done.get_untracked().as_deref() {
            Some("mobile") => Some("手机号码已更换，其他设备上的登录已全部退出。"),
            Some("password") => Some("登录密码已修改，其他设备上的登录已全部退出。"),
            Some("email") => Some("电子邮箱已保存。"),
            Some("no-email") => Some("电子邮箱已删除。"),
            Some("reminders") => Some("提醒的方式已保存。"),
            Some("sessions") => Some("其他设备上的登录已全部退出。"),
            _ => None,
        };
        let said = said.map(|text| view! { <div class="notice notice--success" role="status"><p>{text}</p></div> });
        view! {
            <Breadcrumbs trail=vec![("个人中心", frame.path("home"))] here=TITLE.into() />
            <h1 tabindex="-1">{TITLE}</h1>
            {said}
            {mobile(&frame, &view)}
            {view.has_password.then(|| password(&frame))}
            {view.email.map(|address| email(&frame, address))}
            {reminders(&frame, view.reminds_by_sms)}
            {kept(&frame)}
            {devices(&frame, view.sessions, "/api/account/settings/sessions")}
        }
    })
}

fn mobile(frame: &Frame, view: &SettingsView) -> AnyView {
    let number = if view.mobile.is_empty() { "没有登记".to_owned() } else { view.mobile.clone() };
    let way = view.has_own_mobile.then(|| {
        view! {
            <p class="muted">"登录的验证码和审核结果会发送到这个号码。"</p>
            <p class="button-row">
                <a class="button button--secondary" href=frame.path("settings/mobile")>"更换手机号码"</a>
            </p>
        }
    });
    view! {
        <section class="card" aria-labelledby="mobile-title">
            <h2 id="mobile-title">"手机号码"</h2>
            <p>{number}</p>
            {way}
            <FromService frame=frame.clone() />
        </section>
    }
    .into_any()
}

fn password(frame: &Frame) -> AnyView {
    view! {
        <section class="card" aria-labelledby="password-title">
            <h2 id="password-title">"登录密码"</h2>
            <p class="muted">"修改后，其他设备上的登录会全部退出。"</p>
            <p class="button-row">
                <a class="button button--secondary" href=frame.path("settings/password")>"修改密码"</a>
            </p>
        </section>
    }
    .into_any()
}

/// 站内信 always, SMS as somebody chooses.
fn reminders(frame: &Frame, by_sms: bool) -> AnyView {
    let (now, other, act) = match by_sms {
        true => ("期限快到时，以站内信和短信提醒您。", "no", "不再以短信提醒"),
        false => ("期限快到时，以站内信提醒您。", "yes", "同时以短信提醒"),
    };
    view! {
        <section class="card" aria-labelledby="reminders-title">
            <h2 id="reminders-title">"期限提醒"</h2>
            <p>{now}</p>
            <p class="muted">"例如退回后还没有重新提交、继续教育年度快结束、登记的证件快到有效期。审核结果不受这里影响。"</p>
            <form method="post" action="/api/account/settings/reminders">
                <input type="hidden" name="province" value=frame.key.clone() />
                <input type="hidden" name=name_of("sms") value=other />
                <p class="button-row"><button type="submit" class="button button--secondary">{act}</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// The ways to who looked at what is kept, and to the papers.
fn kept(frame: &Frame) -> AnyView {
    view! {
        <section class="card" aria-labelledby="kept-title">
            <h2 id="kept-title">"我的信息和材料"</h2>
            <ul>
                <li><a href=frame.path("record?show=looks")>"查阅记录：哪些工作人员查看过"</a></li>
                <li><a href=frame.path("record?show=papers")>"证照库：上传过的材料"</a></li>
            </ul>
        </section>
    }
    .into_any()
}

/// Where somebody is signed in; `end` is the server function that ends the sessions elsewhere.
pub(crate) fn devices(frame: &Frame, sessions: Vec<SessionView>, end: &'static str) -> AnyView {
    let has_others = sessions.iter().any(|session| !session.is_this);
    let row = |session: SessionView| {
        let place = match (session.is_this, session.is_acting) {
            (true, _) => "本次登录",
            (false, true) => "窗口代为填写",
            (false, false) => "其他设备",
        };
        let times = format!("{} 登录，最近使用 {}", format::instant(session.begun_at), format::instant(session.seen_at));
        view! { <li><strong>{place}</strong> <p class="muted">{times} "，网络地址 " {session.address}</p></li> }
    };
    let rows = sessions.into_iter().map(row).collect_view();
    let state = FormState::new([("sessions", "登录的设备")], None);
    let key = frame.key.clone();
    let end = has_others.then(|| {
        view! {
            <PostForm action=end state=state province=key>
                <p class="button-row"><button type="submit" class="button button--secondary">"退出其他设备"</button></p>
            </PostForm>
        }
    });
    view! {
        <section class="card" aria-labelledby="sessions-title">
            <h2 id="sessions-title">"登录的设备"</h2>
            <ErrorSummary state=state />
            <ul>{rows}</ul>
            {end}
        </section>
    }
    .into_any()
}

pub(super) fn trail(frame: &Frame) -> Vec<(&'static str, String)> {
    vec![("个人中心", frame.path("home")), (TITLE, frame.path("settings"))]
}

/// 更换手机号码: the old number first, then the new one.
#[component]
pub fn ChangeMobilePage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "settings-mobile".into()));
    page("更换手机号码", data, |frame, view: EntryView| {
        let labels = [("mobile", "新手机号码"), ("sms_code", "短信验证码")];
        let state = form_of(&labels, &view);
        let is_second = view.reset == ResetStage::Password;
        let form = if is_second { new_number(&frame, &view, state) } else { old_number(&frame, &view, state) };
        let here = match (view.has_mobile, is_second) {
            (false, _) => "您的账号现在没有手机号码，请登记您本人使用的手机号码，用于接收验证码和审核结果。",
            (true, true) => "第 2 步，共 2 步：填写新手机号码",
            (true, false) => "第 1 步，共 2 步：验证原手机号码",
        };
        view! {
            <Breadcrumbs trail=trail(&frame) here="更换手机号码".into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">"更换手机号码"</h1>
            <p class="lead">{here}</p>
            {(view.reset == ResetStage::Over).then(over_again)}
            {form}
        }
    })
}

fn over_again() -> AnyView {
    view! {
        <div class="notice notice--info"><p>"验证原手机号码之后超过了 10 分钟，为了账号安全，请重新验证。号码没有更换。"</p></div>
    }
    .into_any()
}

fn old_number(frame: &Frame, view: &EntryView, state: FormState) -> AnyView {
    let (key, here, resend) = (frame.key.clone(), frame.path("settings/mobile"), view.resend_seconds);
    let has_work = has_work(view, WorkPage::Settings);
    let sms = view.account.sms.clone();
    let lost = if view.phone_change_days.is_some() {
        view! { <a href=frame.path("phone-change")>"办理手机号更换申请"</a> "，由所在地财政局审核。" }.into_any()
    } else {
        view! { <a href=frame.path("hotlines")>"联系所在地财政局"</a> "。" }.into_any()
    };
    view! {
        <p>"先向您登记的手机号码发送验证码，确认是您本人。原号码已经收不到短信的，请" {lost}</p>
        <PostForm action="/api/account/settings/prove" state=state province=key.clone()>
            <EnterSubmits />
            {captcha(has_work, key, here)}
            <SendCode purpose="old_mobile" sms=sms resend_seconds=resend />
            {next(state)}
        </PostForm>
    }
    .into_any()
}

fn new_number(frame: &Frame, view: &EntryView, state: FormState) -> AnyView {
    let value = view.flash.as_ref().and_then(|flash| flash.values.get("mobile").cloned()).unwrap_or_default();
    let mobile =
        FieldSpec { value, control: Control::Digits, autocomplete: "tel", ..FieldSpec::new("mobile", "新手机号码") };
    let (key, here, resend) = (frame.key.clone(), frame.path("settings/mobile"), view.resend_seconds);
    let has_work = has_work(view, WorkPage::Settings);
    let sms = view.account.sms.clone();
    view! {
        <PostForm action="/api/account/settings/mobile" state=state province=key.clone()>
            <EnterSubmits />
            <Field spec=mobile />
            {captcha(has_work, key, here)}
            <SendCode purpose="new_mobile" sms=sms resend_seconds=resend />
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"更换"</button>
            </div>
        </PostForm>
    }
    .into_any()
}

/// 修改登录密码.
#[component]
pub fn ChangePasswordPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| entry(province, "settings-password".into()));
    page("修改登录密码", data, |frame, view: EntryView| {
        let labels = [("old_password", "原密码"), ("password", "新密码"), ("password_again", "确认新密码")];
        let state = FormState::new(labels, view.flash.as_ref());
        let old = FieldSpec { control: Control::Password { is_new: false }, ..FieldSpec::new("old_password", "原密码") };
        let Some(policy) = view.account.password.clone() else { return ().into_any() };
        view! {
            <Breadcrumbs trail=trail(&frame) here="修改登录密码".into() />
            <ErrorSummary state=state />
            <h1 tabindex="-1">"修改登录密码"</h1>
            <PostForm action="/api/account/settings/password" state=state province=frame.key.clone() keeps=false>
                <Field spec=old />
                <NewPassword policy=policy label="新密码" again="确认新密码" />
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"保存"</button>
                </div>
            </PostForm>
        }
        .into_any()
    })
}
