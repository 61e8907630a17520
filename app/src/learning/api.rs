//! The server functions of 继续教育.

use domain::answer::Answer;
use domain::form::Typed;
use domain::import::view::ExamsView;
use domain::inspection::{InspectForm, InspectedForm};
use domain::learning::class::forms::{AnswerEmployeeForm, AskEmployerForm, CancelForm, ClassForm};
use domain::learning::class::view::ClassesView;
use domain::learning::forms::{ConvertForm, DropForm};
use domain::learning::view::{ConversionView, ConversionsView, LearningCard, LearningView, NewConversionView};
use domain::papers::ProofForm;
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

domain::form! {
    /// Which page saves, and which of its saves this is.
    pub struct SavingPage { tab, sequence }
}

/// 继续教育完成记录, 继续教育查询.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/record")]
pub async fn record(province: String) -> Result<LearningView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::learning::learning_view(&visit).await, &province)
}

/// 考试成绩 that the province imported.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/exams")]
pub async fn exams(province: String) -> Result<ExamsView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::import::exams(&visit).await, &province)
}

/// 今年还差什么; nothing where nothing is owed.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/card")]
pub async fn card(province: String) -> Result<Option<LearningCard>, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::learning::learning_card(&visit).await, &province)
}

/// 继续教育学分折算, 继续教育管理.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/conversions")]
pub async fn conversions(province: String) -> Result<ConversionsView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::learning::conversions_view(&visit).await, &province)
}

/// A new conversion.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/new")]
pub async fn new_conversion(province: String) -> Result<NewConversionView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::learning::new_conversion_view(&visit).await, &province)
}

/// Opens a conversion with what was typed for it.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/start")]
pub async fn start(province: String, #[server(default)] form: Typed) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::start_conversion(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/learning/conversions/new"), ("conversion", &form), outcome).await
}

/// One conversion of the person who asks.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/conversion")]
pub async fn conversion(province: String, case: String) -> Result<ConversionView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::learning::conversion_view(&visit, &case.into()).await, &province)
}

/// 保存. `step` is the case; `how` is `auto` for a page that saves by itself.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/conversion/save")]
pub async fn save(
    province: String,
    step: String,
    version: i64,
    #[server(default)] page: SavingPage,
    #[server(default)] how: String,
    #[server(default)] form: Typed,
) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let saving = service::learning::Saving::read(version, page.tab, &page.sequence, &how);
    let outcome = service::learning::save_conversion(&visit, &step.as_str().into(), &form, saving).await;
    request::reply(&visit, &page_of(&province, &step), ("conversion", &form), outcome).await
}

/// 提交, 重新提交.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/conversion/submit")]
pub async fn submit(province: String, form: ConvertForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::submit_conversion(&visit, &form).await;
    request::reply(&visit, &page_of(&province, &form.case), ("convert", &form), outcome).await
}

/// 删除.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/conversion/delete")]
pub async fn delete(province: String, form: DropForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::delete_conversion(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/learning/conversions"), ("conversions", &form), outcome).await
}

/// Removes a proof from its slot.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/conversion/file/remove")]
pub async fn remove_proof(province: String, form: ProofForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::case::remove_proof(&visit, &form).await;
    let page = service::case::page_of(&visit, &form.case.as_str().into()).await;
    request::reply(&visit, &page.unwrap_or_else(|_| page_of(&province, &form.case)), ("convert", &form), outcome).await
}

/// The classes of an employer.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/classes")]
pub async fn classes(province: String, manager: String) -> Result<ClassesView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::learning::classes_view(&visit, &manager).await, &province)
}

/// 备案 of a class.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/class/file")]
pub async fn file_class(province: String, form: ClassForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::file_class(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/learning?classes={}", form.manager), ("class", &form), outcome).await
}

/// 取消 of a class or of its results.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/class/cancel")]
pub async fn cancel_class(province: String, form: CancelForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::cancel_class(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/learning?employers=all"), ("employment", &form), outcome).await
}

/// 询问单位 about a year.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/employer/ask")]
pub async fn ask_employer(province: String, form: AskEmployerForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::ask_employer(&visit, &form).await;
    let year = form.year.parse::<i32>().unwrap_or_default();
    request::reply(&visit, &format!("/{province}/learning?missing={year}"), ("ask_employer", &form), outcome).await
}

/// 答复 of the manager.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/employer/answer")]
pub async fn answer_employee(province: String, form: AnswerEmployeeForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::answer_employee(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/learning?classes={}", form.manager), ("answer_employee", &form), outcome).await
}

/// 要求提供原件, by the bureau (备查).
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/inspect")]
pub async fn inspect(province: String, form: InspectForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::inspect(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/cases/{}", form.case), ("inspect", &form), outcome).await
}

/// 核对无误, by the bureau.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "review/inspected")]
pub async fn inspected(province: String, form: InspectedForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::inspected(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/cases/{}", form.case), ("inspect", &form), outcome).await
}

#[cfg(feature = "ssr")]
fn page_of(province: &str, case: &str) -> String {
    format!("/{province}/learning/conversions/{case}")
}
