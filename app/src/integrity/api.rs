//! The server functions of 诚信.

use domain::answer::Answer;
use domain::integrity::forms::{DropRewardForm, HandRewardForm, RewardForm};
use domain::integrity::view::{IntegrityView, RewardView};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// 诚信信息查询.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "integrity/list")]
pub async fn record(province: String) -> Result<IntegrityView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::integrity::integrity_view(&visit).await, &province)
}

/// One reward of the person who asks.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "integrity/reward")]
pub async fn reward(province: String, case: String) -> Result<RewardView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::integrity::reward_view(&visit, &case.into()).await, &province)
}

/// A new reward.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "integrity/start")]
pub async fn start(province: String, form: RewardForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::integrity::start_reward(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/learning?integrity=all"), ("reward", &form), outcome).await
}

/// 提交, 重新提交.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "integrity/submit")]
pub async fn submit(province: String, form: HandRewardForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::integrity::submit_reward(&visit, &form).await;
    request::reply(&visit, &page_of(&province, &form.case), ("reward-case", &form), outcome).await
}

/// 删除.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "integrity/delete")]
pub async fn delete(province: String, form: DropRewardForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::integrity::delete_reward(&visit, &form).await;
    request::reply(&visit, &page_of(&province, &form.case), ("reward-case", &form), outcome).await
}

#[cfg(feature = "ssr")]
fn page_of(province: &str, case: &str) -> String {
    format!("/{province}/learning/conversions/{case}?integrity=reward")
}
