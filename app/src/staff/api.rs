//! The server functions of the staff's entrance.

use domain::account::forms::{BootstrapForm, SecondFactorForm, StaffLoginForm};
use domain::account::settings::ChangePasswordForm;
use domain::answer::Answer;
use domain::id::StaffId;
use domain::staff::forms::{ActForm, ActivateForm, FindForm, PersonForm, RenewFactorForm};
use domain::staff::view::{EnrolView, NewPersonView, OwnSettingsView, PeopleQuery, PeopleView, PersonView};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// 工作人员登录. The second factor follows.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/sign-in")]
pub async fn sign_in(province: String, form: StaffLoginForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::sign_in(&visit, &form).await;
    request::enter(&visit, &format!("/{province}/staff/login"), ("staff-login", &form), outcome).await
}

/// 动态口令: where its setting up stands.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/second-factor")]
pub async fn second_factor(province: String) -> Result<EnrolView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::staff::enrol_view(&visit).await, &province)
}

/// 绑定. What was typed is used once and therefore never kept.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/enrol")]
pub async fn enrol(province: String, form: SecondFactorForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::enrol(&visit, &form).await;
    request::enter(&visit, &second_factor_page(&province), ("second_factor", &SecondFactorForm::default()), outcome).await
}

/// 我已保存: the recovery codes are not shown again.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/acknowledge")]
pub async fn acknowledge(province: String) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::acknowledge(&visit).await;
    request::reply(&visit, &second_factor_page(&province), ("second_factor", &SecondFactorForm::default()), outcome).await
}

/// 验证.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/confirm")]
pub async fn confirm(province: String, form: SecondFactorForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::confirm(&visit, &form).await;
    request::enter(&visit, &second_factor_page(&province), ("second_factor", &SecondFactorForm::default()), outcome).await
}

/// The first administrator. The token is a secret and never kept.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/bootstrap")]
pub async fn bootstrap(province: String, form: BootstrapForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::bootstrap(&visit, &form).await;
    let kept = BootstrapForm { token: String::new(), ..form };
    request::reply(&visit, &format!("/{province}/staff/bootstrap"), ("bootstrap", &kept), outcome).await
}

/// 启用账号. The token is a secret and never kept.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/activate")]
pub async fn activate(province: String, form: ActivateForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::activate(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/activate"), ("staff-activate", &ActivateForm::default()), outcome).await
}

/// 账号设置.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/settings")]
pub async fn own_settings(province: String) -> Result<OwnSettingsView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::staff::own_settings(&visit).await, &province)
}

/// 退出其他设备.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/settings/sessions")]
pub async fn end_other_staff_sessions(province: String) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::end_other_staff_sessions(&visit).await;
    request::reply(&visit, &settings_page(&province, ""), ("settings", &SecondFactorForm::default()), outcome).await
}

/// 修改登录密码. Passwords are never kept, what was wrong with them is.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/settings/password")]
pub async fn change_own_password(province: String, form: ChangePasswordForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::change_own_password(&visit, &form).await;
    request::reply(&visit, &settings_page(&province, "/password"), ("own-password", &form), outcome).await
}

/// 更换动态口令: what is set up.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/settings/renew")]
pub async fn renew(province: String) -> Result<EnrolView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::staff::renew_view(&visit).await, &province)
}

/// 更换动态口令. What was typed is used once and therefore never kept.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/settings/second-factor")]
pub async fn renew_factor(province: String, form: RenewFactorForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::renew_factor(&visit, &form).await;
    let page = settings_page(&province, "/second-factor");
    request::reply(&visit, &page, ("renew", &RenewFactorForm::default()), outcome).await
}

/// 人员管理.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/people")]
pub async fn people(province: String, query: PeopleQuery) -> Result<PeopleView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::staff::people(&visit, &query).await, &province)
}

/// 查询 in 人员管理.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/people/find")]
pub async fn find_people(province: String, form: FindForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::find_people(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/people"), ("find", &form), outcome).await
}

/// The form for a new account.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/people/new")]
pub async fn new_person(province: String) -> Result<NewPersonView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::staff::new_person(&visit).await, &province)
}

/// One account.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/person")]
pub async fn person(province: String, id: StaffId) -> Result<PersonView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::staff::person(&visit, &id).await, &province)
}

/// 添加.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/people/add")]
pub async fn add_person(province: String, form: PersonForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::add_person(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/people/new"), ("person", &form), outcome).await
}

/// 停用, 启用, 重置.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/person/act")]
pub async fn act_on_person(province: String, form: ActForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::staff::act_on_person(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/people/{}", form.person), ("act", &form), outcome).await
}

#[cfg(feature = "ssr")]
fn settings_page(province: &str, rest: &str) -> String {
    format!("/{province}/staff/settings{rest}")
}

#[cfg(feature = "ssr")]
fn second_factor_page(province: &str) -> String {
    format!("/{province}/staff/second-factor")
}
