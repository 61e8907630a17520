//! The server functions of 信息采集.

use domain::intake::forms::{PledgeForm, SubmitForm, WithdrawForm};
use domain::intake::{CredentialForm, EducationForm, EmploymentForm, PersonForm, QualificationForm};
use leptos::prelude::*;

use crate::AppError;
use crate::wire::Text;

domain::form! {
    /// The slot of a file that is to be removed.
    pub struct SlotForm { slot }
}

/// 信息采集, where one stands.
#[server(prefix = "/api", endpoint = "intake/hub", output = crate::wire::Wire)]
pub async fn hub(province: String) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::page(service::intake::hub(&visit).await, &province)
}

/// 本人承诺.
#[server(prefix = "/api", endpoint = "intake/pledge", output = crate::wire::Wire)]
pub async fn pledge(province: String, form: PledgeForm) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::pledge(&visit, &form).await;
    crate::request::reply(&visit, &format!("/{province}/intake/briefing"), ("intake", &form), outcome).await
}

/// One step of the form.
#[server(prefix = "/api", endpoint = "intake/step", output = crate::wire::Wire)]
pub async fn step(province: String, step: String, is_checked: bool) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    let view = match domain::intake::StepKey::parse(&step) {
        Some(step) => service::intake::step_view(&visit, step, is_checked).await,
        None => Err(service::Failure::NotFound),
    };
    crate::request::page(view, &province)
}

/// Saves 个人基本信息.
#[server(prefix = "/api", endpoint = "intake/person/save", output = crate::wire::Wire)]
pub async fn save_person(
    province: String,
    version: i64,
    #[server(default)] how: String,
    #[server(default)] form: PersonForm,
) -> Result<Text, AppError> {
    save(&province, version, &how, &form, domain::intake::AnyForm::Person(form.clone())).await
}

/// Saves 学历学位信息.
#[server(prefix = "/api", endpoint = "intake/education/save", output = crate::wire::Wire)]
pub async fn save_education(
    province: String,
    version: i64,
    #[server(default)] how: String,
    #[server(default)] form: EducationForm,
) -> Result<Text, AppError> {
    save(&province, version, &how, &form, domain::intake::AnyForm::Education(form.clone())).await
}

/// Saves 专业技术资格.
#[server(prefix = "/api", endpoint = "intake/qualification/save", output = crate::wire::Wire)]
pub async fn save_qualification(
    province: String,
    version: i64,
    #[server(default)] how: String,
    #[server(default)] form: QualificationForm,
) -> Result<Text, AppError> {
    save(&province, version, &how, &form, domain::intake::AnyForm::Qualification(form.clone())).await
}

/// Saves 专业技术资格 where only the highest is asked.
#[server(prefix = "/api", endpoint = "intake/credential/save", output = crate::wire::Wire)]
pub async fn save_credential(
    province: String,
    version: i64,
    #[server(default)] how: String,
    #[server(default)] form: CredentialForm,
) -> Result<Text, AppError> {
    save(&province, version, &how, &form, domain::intake::AnyForm::Credential(form.clone())).await
}

/// Saves 工作单位信息.
#[server(prefix = "/api", endpoint = "intake/employment/save", output = crate::wire::Wire)]
pub async fn save_employment(
    province: String,
    version: i64,
    #[server(default)] how: String,
    #[server(default)] form: EmploymentForm,
) -> Result<Text, AppError> {
    if how != "lookup" {
        return save(&province, version, &how, &form, domain::intake::AnyForm::Employment(form.clone())).await;
    }
    let (visit, mut filled) = (crate::request::visit(&province).await?, form.clone());
    let looked = service::intake::fill_employer(&visit, &mut filled).await;
    match save(&province, version, "stay", &form, domain::intake::AnyForm::Employment(filled)).await {
        Ok(saved) if looked.is_ok() => Ok(saved),
        Ok(_) => {
            crate::request::reply(
                &visit,
                &format!("/{province}/intake/employment"),
                ("intake", &form),
                looked.map(|()| Default::default()),
            )
            .await
        }
        Err(error) => Err(error),
    }
}

/// 获取单位信息.
#[server(prefix = "/api", endpoint = "intake/employer", output = crate::wire::Wire)]
pub async fn employer(province: String, #[server(default)] code: String) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::page(service::intake::find_employer(&visit, &code).await, &province)
}

/// `how`: `continue`, `later`, `auto`, or `stay` on the page of the step.
#[cfg(feature = "ssr")]
async fn save<F: domain::form::Form>(
    province: &str,
    version: i64,
    how: &str,
    form: &F,
    typed: domain::intake::AnyForm,
) -> Result<Text, AppError> {
    use domain::intake::view::SaveHow;
    let visit = crate::request::visit(province).await?;
    let page = format!("/{province}/intake/{}", typed.step().as_str());
    let kind = match how {
        "auto" => SaveHow::Auto,
        "later" | "stay" => SaveHow::Later,
        _ => SaveHow::Continue,
    };
    let mut outcome = service::intake::save_step(&visit, typed, version, kind).await;
    if let (Ok(answer), "stay") = (&mut outcome, how) {
        answer.go = Some(page.clone());
    }
    crate::request::reply(&visit, &format!("{page}?check=1"), ("intake", form), outcome).await
}

/// 材料上传.
#[server(prefix = "/api", endpoint = "intake/files", output = crate::wire::Wire)]
pub async fn files(province: String) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::page(service::intake::files_view(&visit).await, &province)
}

/// Removes the file of a slot.
#[server(prefix = "/api", endpoint = "intake/file/remove", output = crate::wire::Wire)]
pub async fn remove_file(province: String, form: SlotForm) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::remove_file(&visit, &form.slot).await;
    crate::request::reply(&visit, &format!("/{province}/intake/files"), ("intake", &form), outcome).await
}

/// 信息核对.
#[server(prefix = "/api", endpoint = "intake/check", output = crate::wire::Wire)]
pub async fn check(province: String) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::page(service::intake::check_view(&visit).await, &province)
}

/// 提交申请, 重新提交.
#[server(prefix = "/api", endpoint = "intake/submit", output = crate::wire::Wire)]
pub async fn submit(province: String, form: SubmitForm) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::submit(&visit, &form).await;
    crate::request::reply(&visit, &format!("/{province}/intake/check"), ("intake", &form), outcome).await
}

/// 申报进度.
#[server(prefix = "/api", endpoint = "intake/progress", output = crate::wire::Wire)]
pub async fn progress(province: String) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::page(service::intake::progress_view(&visit).await, &province)
}

/// The archive of the person who asks.
#[server(prefix = "/api", endpoint = "intake/record", output = crate::wire::Wire)]
pub async fn record(province: String) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::page(service::intake::record_view(&visit).await, &province)
}

/// 撤销申请.
#[server(prefix = "/api", endpoint = "intake/withdraw", output = crate::wire::Wire)]
pub async fn withdraw(province: String, form: WithdrawForm) -> Result<Text, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::withdraw(&visit, &form).await;
    crate::request::reply(&visit, &format!("/{province}/intake/progress"), ("intake", &form), outcome).await
}
