//! The server functions of 单位管理.

use domain::answer::Answer;
use domain::employer::forms::{ClaimForm, DropClaimForm, EmploymentForm, HandInForm, ResignForm};
use domain::employer::view::{ClaimView, EmployersView};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// 单位管理.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "employer/list")]
pub async fn employers(province: String) -> Result<EmployersView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::employer::employers_view(&visit).await, &province)
}

/// One claim of the person who asks.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "employer/claim")]
pub async fn claim(province: String, case: String) -> Result<ClaimView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::employer::claim_view(&visit, &case.into()).await, &province)
}

/// A new claim.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "employer/start")]
pub async fn start(province: String, form: ClaimForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::employer::start_claim(&visit, &form).await;
    request::reply(&visit, &page(&province), ("employer", &form), outcome).await
}

/// 提交, 重新提交.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "employer/submit")]
pub async fn submit(province: String, form: HandInForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::employer::submit_claim(&visit, &form).await;
    let page = format!("/{province}/learning/conversions/{}?employer=claim", form.case);
    request::reply(&visit, &page, ("claim", &form), outcome).await
}

/// 删除.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "employer/delete")]
pub async fn delete(province: String, form: DropClaimForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::employer::delete_claim(&visit, &form).await;
    let page = format!("/{province}/learning/conversions/{}?employer=claim", form.case);
    request::reply(&visit, &page, ("claim", &form), outcome).await
}

/// 同意, 不同意, by the person.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "employer/answer")]
pub async fn answer_employment(province: String, form: EmploymentForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::employer::answer_employment(&visit, &form).await;
    request::reply(&visit, &page(&province), ("employment", &form), outcome).await
}

/// 在职, 不在职, by the manager.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "employer/vouch")]
pub async fn vouch(province: String, form: EmploymentForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::employer::vouch_employment(&visit, &form).await;
    request::reply(&visit, &page(&province), ("employment", &form), outcome).await
}

/// 不再管理, by the manager.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "employer/resign")]
pub async fn resign(province: String, form: ResignForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::employer::resign(&visit, &form).await;
    request::reply(&visit, &page(&province), ("employment", &form), outcome).await
}

#[cfg(feature = "ssr")]
fn page(province: &str) -> String {
    format!("/{province}/learning?employers=all")
}
