//! The server functions of 信息变更.

use domain::answer::Answer;
use domain::change::forms::{BeginForm, DropForm, EarnedForm, SubmitForm, UndoForm};
use domain::change::view::{ChangeFormView, ChangeView};
use domain::form::Typed;
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// 变更入口 and 资料上传.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "change/view")]
pub async fn change(province: String) -> Result<ChangeView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::change::change_view(&visit).await, &province)
}

/// 变更页.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "change/form")]
pub async fn form(province: String, step: String) -> Result<ChangeFormView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::change::change_form(&visit, &step).await, &province)
}

/// A change begins.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "change/begin")]
pub async fn begin(province: String, form: BeginForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::change::begin_change(&visit, &form).await;
    request::reply(&visit, &page(&province, "all"), ("change-other", &form), outcome).await
}

/// A change begins with what an exam has earned.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "change/earned")]
pub async fn earned(province: String, form: EarnedForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::change::begin_earned(&visit, &form).await;
    request::reply(&visit, &page(&province, "all"), ("change-other", &form), outcome).await
}

/// Saves a form. `how` is `more` for one row more.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "change/save")]
pub async fn save(
    province: String,
    step: String,
    version: String,
    #[server(default)] how: String,
    #[server(default)] form: Typed,
) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = save_form(&visit, (&step, &version, &how), &form).await;
    let name = domain::intake::StepKey::parse(&step).map_or("", domain::intake::StepKey::as_str);
    request::reply(&visit, &form_page(&province, name), ("change", &form), outcome).await
}

#[cfg(feature = "ssr")]
async fn save_form(
    visit: &service::Visit,
    (step, version, how): (&str, &str, &str),
    form: &Typed,
) -> Result<Answer, service::Failure> {
    let step = domain::intake::StepKey::parse(step).ok_or(service::Failure::NotFound)?;
    let typed = domain::intake::StepForm::read(step, form)?;
    let next = typed.rows().last().map_or(0, |row| row + 1);
    let answer = service::change::save_change(visit, typed, version).await?;
    Ok(match how {
        "more" => Answer::go(format!("{}&more=1#row-{next}", form_page(visit.province_key(), step.as_str()))),
        _ => answer,
    })
}

/// 撤回 of one answer.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "change/undo")]
pub async fn undo(province: String, form: UndoForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::change::undo_change(&visit, &form).await;
    request::reply(&visit, &page(&province, "all"), ("change-other", &form), outcome).await
}

/// 提交, 重新提交.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "change/submit")]
pub async fn submit(province: String, form: SubmitForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::change::submit_change(&visit, &form).await;
    request::reply(&visit, &page(&province, "files"), ("change-submit", &form), outcome).await
}

/// 撤销申请, 取消申请, 删除.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "change/drop")]
pub async fn give_up(province: String, form: DropForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::change::drop_change(&visit, &form).await;
    request::reply(&visit, &page(&province, "all"), ("change-other", &form), outcome).await
}

#[cfg(feature = "ssr")]
fn page(province: &str, what: &str) -> String {
    match what {
        "files" => format!("/{province}/intake/amend?change=files"),
        _ => format!("/{province}/intake?change=all"),
    }
}

#[cfg(feature = "ssr")]
fn form_page(province: &str, step: &str) -> String {
    format!("/{province}/intake/{step}?change=yes")
}
