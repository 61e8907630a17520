//! The server functions of the review desk.

use domain::answer::Answer;
use domain::correction::CorrectForm;
use domain::id::CaseId;
use domain::review::forms::{
    CaseForm, DecideForm, ForwardForm, JudgeForm, RevealForm, RevokeForm, SearchForm, SkipForm, UndoForm,
};
use domain::review::view::{CaseView, DeskView, QueueQuery, QueueView, RevealView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// What asking for the whole numbers came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Revealed {
    Shown(RevealView),
    /// What is wrong with the purpose, or why not.
    Not(Answer),
}

/// 工作台.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/desk")]
pub async fn desk(province: String) -> Result<DeskView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::review::desk(&visit).await, &province)
}

/// 审核列表.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/queue")]
pub async fn queue(province: String, query: QueueQuery) -> Result<QueueView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::review::queue(&visit, &query).await, &province)
}

/// 查询 in the 审核列表.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/search")]
pub async fn search(province: String, form: SearchForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    request::reply(&visit, &format!("/{province}/staff/queue"), ("search", &form), service::review::search(&visit, &form).await)
        .await
}

/// One case.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/case")]
pub async fn case(province: String, case: CaseId) -> Result<CaseView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::review::case(&visit, &case).await, &province)
}

/// 开始审核, 继续审核: takes or renews the hold.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/hold")]
pub async fn hold(province: String, form: CaseForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::review::take_hold(&visit, &form).await;
    request::reply(&visit, &page(&province, &form.case), ("hold", &form), outcome).await
}

/// 放回列表: gives the hold back.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/release")]
pub async fn release(province: String, form: CaseForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::review::release(&visit, &form).await;
    request::reply(&visit, &page(&province, &form.case), ("hold", &form), outcome).await
}

/// 审核下一件, the one due after the named one if one is named.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/next")]
pub async fn next(province: String, form: CaseForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::review::next(&visit, CaseId::given(&form.case).as_ref()).await;
    request::reply(&visit, &format!("/{province}/staff/queue"), ("next", &form), outcome).await
}

/// The case that would come after one.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/ahead")]
pub async fn case_ahead(province: String, form: CaseForm) -> Result<Option<CaseView>, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::review::ahead(&visit, &form).await, &province)
}

/// 跳过: leaves a case for the day and takes the next.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/skip")]
pub async fn skip(province: String, form: SkipForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    request::reply(&visit, &page(&province, &form.case), ("skip", &form), service::review::skip(&visit, &form).await).await
}

/// A verdict on one item. Without scripts the page comes back at that item.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/judge")]
pub async fn judge(province: String, form: JudgeForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::review::judge(&visit, &form).await;
    let is_shown_there = matches!(outcome, Ok(_) | Err(service::Failure::Invalid(_) | service::Failure::Refused(_)));
    let place = if is_shown_there { format!("#{}", super::bench::id_of_item(&form.item)) } else { String::new() };
    request::reply(&visit, &format!("{}{place}", page(&province, &form.case)), ("judge", &form), outcome).await
}

/// 审核通过 or 退回修改.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/decide")]
pub async fn decide(province: String, form: DecideForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::review::decide(&visit, &form).await;
    request::reply(&visit, &page(&province, &form.case), ("decide", &form), outcome).await
}

/// 更正: 审核通过 with another amount than was reckoned.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/correct")]
pub async fn correct(province: String, form: CorrectForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::review::correct(&visit, &form).await;
    request::reply(&visit, &page(&province, &form.case), ("correct", &form), outcome).await
}

/// 撤销: takes back a decision that waits for its time.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/undo")]
pub async fn undo(province: String, form: UndoForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    request::reply(&visit, &page(&province, &form.case), ("undo", &form), service::review::undo(&visit, &form).await).await
}

/// 转交.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/forward")]
pub async fn forward(province: String, form: ForwardForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::review::forward(&visit, &form).await;
    request::reply(&visit, &page(&province, &form.case), ("forward", &form), outcome).await
}

/// The whole identity number and mobile number, for scripts only: they are never part of a page.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/reveal")]
pub async fn reveal(province: String, form: RevealForm) -> Result<Revealed, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    let outcome = match service::review::reveal(&visit, &form).await {
        Err(service::Failure::Invalid(errors)) => Ok(Revealed::Not(errors.into())),
        Err(service::Failure::Refused(refusal)) => Ok(Revealed::Not(refusal.into())),
        outcome => outcome.map(Revealed::Shown),
    };
    request::view(outcome, &province)
}

#[cfg(feature = "ssr")]
fn page(province: &str, case: &str) -> String {
    format!("/{province}/staff/cases/{case}")
}

/// 撤销审核通过, by the bureau.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/revoke")]
pub async fn revoke(province: String, form: RevokeForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::review::revoke(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/cases/{}", form.case), ("revoke", &form), outcome).await
}
