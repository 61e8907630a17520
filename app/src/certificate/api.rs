//! The server functions of the page of a certificate. The documents are files (`server/src/routes/certificate.rs`).

use domain::answer::Answer;
use domain::certificate::view::CertificateView;
use domain::certificate::{ShareForm, UnshareForm};
use leptos::prelude::*;

use crate::AppError;

/// 完成证明 of a learning year.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "certificate/page")]
pub async fn certificate(province: String, year: i32) -> Result<CertificateView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::is_personal();
    crate::request::view(service::certificate::certificate(&visit, year, &crate::request::origin()).await, &province)
}

/// 生成分享链接.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "certificate/share")]
pub async fn share(province: String, form: ShareForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::certificate::share(&visit, &form).await;
    let page = format!("/{province}/learning/certificate/{}", form.year);
    crate::request::reply(&visit, &page, ("share", &form), outcome).await
}

/// 停止分享.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "certificate/unshare")]
pub async fn unshare(province: String, form: UnshareForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::certificate::unshare(&visit, &form).await;
    let page = format!("/{province}/learning/certificate/{}", form.year);
    crate::request::reply(&visit, &page, ("unshare", &form), outcome).await
}
