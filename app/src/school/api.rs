//! The server functions of 网校. Those of its keepers lie below `staff`, so that they lead to the staff's sign-in.

use domain::answer::Answer;
use domain::learning::class::forms::{EndInstitutionForm, InstitutionForm};
use domain::learning::class::view::InstitutionsView;
use domain::school::aside::{AsideForm, AsideQuery, AsideView};
use domain::school::forms::{ApprovalForm, ChangeForm, EnrolForm, SchoolForm, TokenForm};
use domain::school::missing::{AskForm, MissingView};
use domain::school::view::{KeptSchoolView, KeptSchoolsView, SchoolsView};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// 继续教育网络培训.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/schools")]
pub async fn schools(province: String) -> Result<SchoolsView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::school::schools_view(&visit).await, &province)
}

/// 提交.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/schools/enrol")]
pub async fn enrol(province: String, form: EnrolForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::enrol(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/learning/schools"), ("enrol", &form), outcome).await
}

/// 更换网校.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/schools/change")]
pub async fn change(province: String, form: ChangeForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::change(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/learning/schools"), ("change", &form), outcome).await
}

/// 学分显示不全 of a year.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/missing")]
pub async fn missing(province: String, year: i32) -> Result<MissingView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::school::missing_view(&visit, year).await, &province)
}

/// 询问网校.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "learning/missing/ask")]
pub async fn ask_school(province: String, form: AskForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::ask_school(&visit, &form).await;
    let year = form.year.parse::<i32>().unwrap_or_default();
    request::reply(&visit, &format!("/{province}/learning?missing={year}"), ("ask_school", &form), outcome).await
}

/// The schools of the province, for those who keep them.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/schools")]
pub async fn kept_schools(province: String) -> Result<KeptSchoolsView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::school::kept_schools(&visit).await, &province)
}

/// 培训机构 of the province, for those who keep them.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/institutions")]
pub async fn institutions(province: String) -> Result<InstitutionsView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::learning::institutions_view(&visit).await, &province)
}

/// 列入名单.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/institution/admit")]
pub async fn admit_institution(province: String, form: InstitutionForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::admit_institution(&visit, &form).await;
    let page = format!("/{province}/staff/schools?institutions=1");
    request::reply(&visit, &page, (service::learning::INSTITUTION_FORM, &form), outcome).await
}

/// 移出名单.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/institution/end")]
pub async fn end_institution(province: String, form: EndInstitutionForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::learning::end_institution(&visit, &form).await;
    let page = format!("/{province}/staff/schools?institutions=1");
    request::reply(&visit, &page, (service::learning::INSTITUTION_FORM, &form), outcome).await
}

/// One of them under the pen; `new` for an empty one.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school")]
pub async fn kept_school(province: String, id: String) -> Result<KeptSchoolView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::school::kept_school(&visit, &id).await, &province)
}

/// 保存.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school/save")]
pub async fn save_school(province: String, form: SchoolForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::save_school(&visit, &form).await;
    let id = if form.id.is_empty() { "new" } else { &form.id };
    let name = service::school::form_name(&form.id);
    request::reply(&visit, &format!("/{province}/staff/schools/{id}"), (name.as_str(), &form), outcome).await
}

/// 申请接口口令.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school/token")]
pub async fn ask_token(province: String, form: TokenForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::ask_token(&visit, &form).await;
    let page = format!("/{province}/staff/schools/{}", form.school);
    request::reply(&visit, &page, (service::school::TOKEN_FORM, &form), outcome).await
}

/// 同意, 不同意, 撤回.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school/approval")]
pub async fn decide_approval(province: String, form: ApprovalForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::decide_approval(&visit, &form).await;
    let page = format!("/{province}/staff/schools/{}", form.school);
    request::reply(&visit, &page, (service::school::TOKEN_FORM, &form), outcome).await
}

/// 停用接口口令.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school/token/end")]
pub async fn end_token(province: String, form: TokenForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::end_token(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/schools/{}", form.school), (service::school::TOKEN_FORM, &form), outcome)
        .await
}

/// 删除标志.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school/logo/remove")]
pub async fn take_logo_away(province: String, form: TokenForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::take_logo_away(&visit, &form).await;
    let page = format!("/{province}/staff/schools/{}", form.school);
    request::reply(&visit, &page, (service::school::TOKEN_FORM, &form), outcome).await
}

/// 待核对的报送.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school/rows")]
pub async fn aside(province: String, query: AsideQuery) -> Result<AsideView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::school::aside_view(&visit, &query).await, &province)
}

/// 写给网校.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school/row/answer")]
pub async fn answer_row(province: String, form: AsideForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::answer_row(&visit, &form).await;
    let page = format!("/{province}/staff/schools?{}", form.page().address());
    request::reply(&visit, &page, (service::school::ASIDE_FORM, &form), outcome).await
}

/// 再次核对.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/school/row/again")]
pub async fn try_row(province: String, form: AsideForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::school::try_row(&visit, &form).await;
    let page = format!("/{province}/staff/schools?{}", form.page().address());
    request::reply(&visit, &page, (service::school::ASIDE_FORM, &form), outcome).await
}
