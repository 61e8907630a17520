//! The server functions of 窗口办理.

use domain::answer::Answer;
use domain::counter::forms::{CorrectForm, EnrolForm, FillInForm, SeekForm};
use domain::counter::view::CounterView;
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// The page of the counter.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/counter")]
pub async fn counter(province: String, #[server(default)] search: String) -> Result<CounterView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::counter::counter_view(&visit, &search).await, &province)
}

/// Whose account it is.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/counter/seek")]
pub async fn seek(province: String, form: SeekForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::counter::seek(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/counter"), ("counter", &form), outcome).await
}

/// One correction.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/counter/correct")]
pub async fn correct(province: String, form: CorrectForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::counter::correct(&visit, &form).await;
    let page = format!("/{province}/staff/counter/{}?search={}", form.what, form.search);
    request::reply(&visit, &page, ("counter", &form), outcome).await
}

/// 登记账号 for somebody who has none.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/counter/enrol")]
pub async fn enrol(province: String, form: EnrolForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::counter::enrol(&visit, &form).await;
    let page = format!("/{province}/staff/counter/enrol?search={}", form.search);
    request::reply(&visit, &page, ("counter", &form), outcome).await
}

/// 代为填写: a session of its own, on the side of the accountants.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/counter/fill-in")]
pub async fn fill_in(province: String, form: FillInForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::counter::fill_in(&visit, &form).await;
    let page = format!("/{province}/staff/counter/fill-in?search={}", form.search);
    request::enter_as(service::Role::Accountant, &visit, &page, ("counter", &form), outcome).await
}

/// 结束代为填写.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "counter/end")]
pub async fn end(province: String) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::counter::end(&visit).await;
    request::reply(
        &visit,
        &format!("/{province}/staff/counter"),
        ("acting", &domain::account::forms::ResetStartForm::default()),
        outcome,
    )
    .await
}
