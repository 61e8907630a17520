//! The server functions of 个人档案.

use domain::answer::Answer;
#[cfg(feature = "ssr")]
use domain::case::MomentKind;
use domain::record::view::{HistoryView, LooksView, OwnRecordView, PapersView};
use domain::record::{ExpiryForm, PaperForm, ReuseForm, SureForm};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// The record of whoever asks.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "record/show")]
pub async fn show(province: String) -> Result<OwnRecordView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::record::own_record(&visit).await, &province)
}

/// 仍然正确.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "record/sure")]
pub async fn sure(province: String, form: SureForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::record::be_sure(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/record"), ("sure", &form), outcome).await
}

/// 档案时间线; `of` is the word of one kind of line, or empty.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "record/history")]
pub async fn history(province: String, of: String) -> Result<HistoryView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::record::history_view(&visit, MomentKind::from_code(&of)).await, &province)
}

/// 查阅记录.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "record/looks")]
pub async fn looks(province: String) -> Result<LooksView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::record::looks_view(&visit).await, &province)
}

/// 证照库; `case` and `slot` are those that a paper is looked for, or empty.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "record/papers")]
pub async fn papers(province: String, case: String, slot: String) -> Result<PapersView, AppError> {
    let visit = request::visit(&province).await?;
    let wanted = Some((case.as_str(), slot.as_str())).filter(|(case, slot)| !case.is_empty() && !slot.is_empty());
    request::view(service::record::papers_view(&visit, wanted).await, &province)
}

/// 用于 another slot.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "record/paper/reuse")]
pub async fn reuse(province: String, form: ReuseForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::record::reuse_paper(&visit, &form).await;
    let page = format!("/{province}/record?show=papers&case={}&slot={}", form.case, form.slot);
    request::reply(&visit, &page, ("reuse", &form), outcome).await
}

/// 删除 of a paper.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "record/paper/delete")]
pub async fn delete(province: String, form: PaperForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::record::delete_paper(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/record?show=papers"), ("paper", &form), outcome).await
}

/// 有效期至 of a paper.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "record/paper/expiry")]
pub async fn expiry(province: String, form: ExpiryForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::record::note_expiry(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/record?show=papers"), ("expiry", &form), outcome).await
}
