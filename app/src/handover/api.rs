//! The server functions of 手机传图. What a telephone sends is a file, and so no call (`server/src/routes/handover.rs`).

use domain::answer::Answer;
use domain::handover::LendForm;
use domain::handover::view::{ArrivedView, LentView, PhoneView};
use leptos::prelude::*;

use crate::AppError;

/// 用手机拍照上传, at a slot.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "handover/lend")]
pub async fn lend(province: String, form: LendForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::handover::lend(&visit, &form).await;
    crate::request::reply(&visit, &format!("/{province}/lent/{}/{}", form.case, form.slot), ("handover", &form), outcome).await
}

/// The page of the PC.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "handover/lent")]
pub async fn lent(province: String, case: String, slot: String) -> Result<LentView, AppError> {
    let visit = crate::request::visit(&province).await?;
    let view = service::handover::lent_view(&visit, &case.into(), &slot, &crate::request::origin()).await;
    crate::request::view(view, &province)
}

/// What has arrived by now.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "handover/arrived")]
pub async fn arrived(province: String, case: String, slot: String) -> Result<ArrivedView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::handover::arrived(&visit, &case.into(), &slot).await, &province)
}

/// The page of the telephone.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "handover/phone")]
pub async fn phone(province: String, token: String) -> Result<PhoneView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::is_unlisted();
    let view = crate::request::view(service::handover::phone_view(&visit, &token).await, &province)?;
    if view == PhoneView::Void {
        crate::request::is_over();
    }
    Ok(view)
}
