//! The server functions around an account.

use domain::account::view::{EntryView, HomeView, MessageView, SliderView};
use domain::account::work::Work;
use domain::answer::Answer;
use std::collections::BTreeMap;

use domain::account::forms::{
    MobileLoginForm, PasswordLoginForm, RegistrationForm, ResetPasswordForm, ResetProveForm, ResetStartForm,
};
use domain::account::settings::{ChangePasswordForm, EmailForm, EmailView, NewMobileForm, SettingsView};
use domain::account::ways::{ActivateForm, DocumentLoginForm, NameLoginForm, UsernameLoginForm};
use domain::phone_change::forms::ObjectionForm;
use domain::reminder::ReminderForm;
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// A page with a form of a visitor.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/entry")]
pub async fn entry(province: String, form: String) -> Result<EntryView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::account::entry_view(&visit, &form).await, &province)
}

/// A new slider.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/slider")]
pub async fn slider(province: String) -> Result<SliderView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::account::slider_view(&visit).await, &province)
}

/// New work for 自动验证.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/work")]
pub async fn new_work(province: String) -> Result<Work, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::account::work_view(&visit).await, &province)
}

/// 发送验证码. It takes the form of whichever page it stands on, so that without scripts nothing typed there is lost.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/code")]
pub async fn send_code(
    province: String,
    purpose: String,
    #[server(default)] form: BTreeMap<String, String>,
) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let (page, name, typed) = request::code_page(&province, &purpose, form);
    let outcome = service::account::send_code(&visit, &typed.code_form(&purpose)).await;
    request::reply(&visit, &page, (name, &typed), outcome).await
}

/// 注册.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/register")]
pub async fn register(province: String, form: RegistrationForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::register(&visit, &form).await;
    request::enter(&visit, &format!("/{province}/register"), ("register", &form), outcome).await
}

/// 注册 where the password is set after it.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/register/phone")]
pub async fn register_before_password(province: String, form: RegistrationForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::register_before_password(&visit, &form).await;
    request::enter(&visit, &format!("/{province}/register"), ("register", &form), outcome).await
}

/// 证件号登录.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/login/password")]
pub async fn sign_in_with_password(province: String, form: PasswordLoginForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::sign_in_with_password(&visit, &form).await;
    request::enter(&visit, &format!("/{province}/login?way=password"), ("login-password", &form), outcome).await
}

/// 手机登录.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/login/mobile")]
pub async fn sign_in_with_mobile(province: String, form: MobileLoginForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::sign_in_with_mobile(&visit, &form).await;
    request::enter(&visit, &format!("/{province}/login?way=mobile"), ("login-mobile", &form), outcome).await
}

/// 登录 with document number, mobile and code.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/login/document")]
pub async fn sign_in_with_document(province: String, form: DocumentLoginForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::sign_in_with_document(&visit, &form).await;
    request::enter(&visit, &format!("/{province}/login?way=document"), ("login-document", &form), outcome).await
}

/// 登录 with name, document number and password.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/login/name")]
pub async fn sign_in_with_name(province: String, form: NameLoginForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::sign_in_with_name(&visit, &form).await;
    request::enter(&visit, &format!("/{province}/login?way=name"), ("login-name", &form), outcome).await
}

/// 登录 with user name or document number, and password.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/login/username")]
pub async fn sign_in_with_username(province: String, form: UsernameLoginForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::sign_in_with_username(&visit, &form).await;
    request::enter(&visit, &format!("/{province}/login?way=username"), ("login-username", &form), outcome).await
}

/// 退出登录.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/sign-out")]
pub async fn sign_out(province: String) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::sign_out(&visit).await;
    request::forget(&visit);
    request::reply(&visit, &format!("/{province}"), ("sign-out", &ResetStartForm::default()), outcome).await
}

/// 忘记密码, first step.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/reset/start")]
pub async fn reset_start(province: String, form: ResetStartForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::reset_start(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/forgot"), ("forgot", &form), outcome).await
}

/// 原有用户设置密码, first step.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/activate")]
pub async fn activate_start(province: String, form: ActivateForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::activate_start(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/activate"), ("activate", &form), outcome).await
}

/// The form of a password on its way: a forgotten one, or the first one of an account.
#[cfg(feature = "ssr")]
fn on_its_way(visit: &service::Visit, first: &'static str) -> &'static str {
    if service::account::is_first_password(visit) { first } else { "forgot" }
}

/// 忘记密码, second step.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/reset/prove")]
pub async fn reset_prove(province: String, form: ResetProveForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let (page, outcome) = (on_its_way(&visit, "activate"), service::account::reset_prove(&visit, &form).await);
    request::enter(&visit, &format!("/{province}/{page}"), (page, &form), outcome).await
}

/// 忘记密码, third step.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/reset/password")]
pub async fn reset_password(province: String, form: ResetPasswordForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let (page, outcome) = (on_its_way(&visit, "password"), service::account::reset_password(&visit, &form).await);
    request::enter(&visit, &format!("/{province}/{page}"), (page, &form), outcome).await
}

/// 提出异议 against a change of the mobile number.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/phone-change/objection")]
pub async fn object(province: String, form: ObjectionForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::phone_change::object(&visit, &form).await;
    let page = format!("/{province}/phone-change/objection/{}", form.token);
    request::reply(&visit, &page, ("objection", &form), outcome).await
}

/// 个人中心.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/home")]
pub async fn home(province: String) -> Result<HomeView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::intake::home(&visit).await, &province)
}

/// 站内信.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/messages")]
pub async fn messages(province: String) -> Result<Vec<MessageView>, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::account::messages(&visit).await, &province)
}

/// 全部标为已读.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/messages/read")]
pub async fn read_messages(province: String) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::read_messages(&visit).await;
    request::reply(&visit, &format!("/{province}/messages"), ("messages", &ResetStartForm::default()), outcome).await
}

/// 账号设置.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/settings")]
pub async fn settings(province: String) -> Result<SettingsView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::account::settings(&visit).await, &province)
}

/// 更换手机号码, first step: the code of the old number.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/settings/prove")]
pub async fn prove_old_mobile(province: String, form: ResetProveForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::prove_old_mobile(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/settings/mobile"), ("settings-mobile", &form), outcome).await
}

/// 更换手机号码, second step.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/settings/mobile")]
pub async fn change_mobile(province: String, form: NewMobileForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::change_mobile(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/settings/mobile"), ("settings-mobile", &form), outcome).await
}

/// 修改登录密码.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/settings/password")]
pub async fn change_password(province: String, form: ChangePasswordForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::change_password(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/settings/password"), ("settings-password", &form), outcome).await
}

/// The page of the 电子邮箱.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/settings/email")]
pub async fn settings_email(province: String) -> Result<EmailView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::account::email_view(&visit).await, &province)
}

/// 更改电子邮箱.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/settings/email/save")]
pub async fn change_email(province: String, form: EmailForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::change_email(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/settings/email"), ("settings-email", &form), outcome).await
}

/// 提醒的方式.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/settings/reminders")]
pub async fn choose_reminders(province: String, form: ReminderForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::reminder::choose_reminders(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/settings"), ("settings", &form), outcome).await
}

/// 退出其他设备.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "account/settings/sessions")]
pub async fn end_other_sessions(province: String) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::account::end_other_sessions(&visit).await;
    request::reply(&visit, &format!("/{province}/settings"), ("settings", &ResetStartForm::default()), outcome).await
}
