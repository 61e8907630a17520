//! The server functions of 信息采集.

use domain::answer::Answer;
use domain::form::Typed;
#[cfg(feature = "ssr")]
use domain::intake::Back;
use domain::intake::forms::{ExplainForm, PledgeForm, SubmitForm, WithdrawForm};
use domain::intake::view::{
    AmendView, BriefingView, CheckView, EmployerAnswer, ExplainView, FilesView, HubView, ProgressView, StepView,
};
use leptos::prelude::*;

use crate::AppError;

domain::form! {
    /// A file that is to be removed from its slot.
    pub struct SlotForm { slot, file, back }
}

domain::form! {
    /// Which page of a step saves: who it is, which of its saves this is, the page that a finished step leads back to, and the
    /// question that it asks, where each has a page of its own (长者版).
    pub struct PageForm { tab, sequence, back, question }
}

#[cfg(feature = "ssr")]
impl PageForm {
    /// What the page had seen. A number that no page sends is none that can be saved with.
    fn seen(self, version: i64) -> domain::intake::view::Seen {
        let sequence = if self.sequence.is_empty() { 0 } else { self.sequence.parse().unwrap_or(-1) };
        domain::intake::view::Seen { version, tab: self.tab, sequence, back: Back::parse(&self.back) }
    }
}

/// 信息采集, where one stands.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/hub")]
pub async fn hub(province: String) -> Result<HubView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::intake::hub(&visit).await, &province)
}

/// 采集须知.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/briefing")]
pub async fn briefing(province: String) -> Result<BriefingView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::intake::briefing(&visit).await, &province)
}

/// 本人承诺.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/pledge")]
pub async fn pledge(province: String, form: PledgeForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::pledge(&visit, &form).await;
    crate::request::reply(&visit, &format!("/{province}/intake/briefing"), ("intake", &form), outcome).await
}

/// One step of the form.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/step")]
pub async fn step(province: String, step: String, is_checked: bool) -> Result<StepView, AppError> {
    let visit = crate::request::visit(&province).await?;
    let view = match domain::intake::StepKey::parse(&step) {
        Some(step) => service::intake::step_view(&visit, step, is_checked).await,
        None => Err(service::Failure::NotFound),
    };
    let view = view.map(|view| if crate::request::is_elder() { view } else { view.without_plain() });
    crate::request::view(view, &province)
}

/// Saves a step. `how`: `continue`, `later`, `auto`, `stay` on the page of the step, `more` for it with one row more, `lookup`
/// of the employer, or the `next` and the `previous` question.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/step/save")]
pub async fn save_step(
    province: String,
    step: String,
    version: i64,
    #[server(default)] page: PageForm,
    #[server(default)] how: String,
    #[server(default)] form: Typed,
) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let named = domain::intake::StepKey::parse(&step).filter(|step| domain::intake::field_kind(*step, &page.question).is_some());
    let question = if named.is_some() { page.question.clone() } else { String::new() };
    let seen = page.seen(version);
    let back = seen.back;
    let outcome = save(&visit, &step, (seen, &question), &how, &form).await;
    let name = domain::intake::StepKey::parse(&step).map_or("", domain::intake::StepKey::as_str);
    let check = if how == "next" { format!("q={question}&check=one") } else { "check=1".to_owned() };
    let page = Back::on(back, &format!("/{province}/intake/{name}?{check}"));
    crate::request::reply(&visit, &page, ("intake", &form), outcome).await
}

#[cfg(feature = "ssr")]
async fn save(
    visit: &service::Visit,
    step: &str,
    (seen, question): (domain::intake::view::Seen, &str),
    how: &str,
    form: &Typed,
) -> Result<Answer, service::Failure> {
    use domain::intake::view::SaveHow;
    let step = domain::intake::StepKey::parse(step).ok_or(service::Failure::NotFound)?;
    let mut typed = domain::intake::StepForm::read(step, form)?;
    let more = typed.rows().last().map_or(0, |row| row + 1);
    let looked = if how == "lookup" { service::intake::fill_employer(visit, &mut typed).await } else { Ok(()) };
    let kind = match how {
        "auto" => SaveHow::Auto,
        "later" | "stay" | "more" | "lookup" | "previous" => SaveHow::Later,
        _ => SaveHow::Continue,
    };
    let back = seen.back;
    let mut answer = service::intake::save_step(visit, typed, seen, kind).await?;
    looked?;
    let page = format!("/{}/intake/{}", visit.province_key(), step.as_str());
    match how {
        "stay" | "lookup" => answer.go = Some(Back::on(back, &page)),
        "more" => answer.go = Some(Back::on(back, &format!("{page}?more=1#row-{more}"))),
        "next" | "previous" => turn(&mut answer, how, &page, (question, back)),
        _ => {}
    }
    Ok(answer)
}

/// 长者版: from a question that is answered to the one after it, or to the one before it whatever stands there.
#[cfg(feature = "ssr")]
fn turn(answer: &mut Answer, how: &str, page: &str, (question, back): (&str, Option<Back>)) {
    answer.errors.0.retain(|error| error.field == question);
    if answer.notice.is_none() || !answer.errors.is_empty() {
        return;
    }
    let way = if how == "next" { "after" } else { "before" };
    answer.go = Some(Back::on(back, &format!("{page}?{way}={question}")));
}

/// 获取单位信息.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/employer")]
pub async fn employer(province: String, #[server(default)] code: String) -> Result<EmployerAnswer, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::intake::find_employer(&visit, &code).await, &province)
}

/// 材料上传.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/files")]
pub async fn files(province: String) -> Result<FilesView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::intake::files_view(&visit).await, &province)
}

/// 需要修改的项目.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/amend")]
pub async fn amend(province: String) -> Result<AmendView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::intake::amend_view(&visit).await, &province)
}

/// Removes a file from its slot.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/file/remove")]
pub async fn remove_file(province: String, form: SlotForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let back = Back::parse(&form.back);
    let outcome = service::intake::remove_file(&visit, &form.slot, &form.file, back).await;
    let page = back.map_or("files", Back::as_str);
    crate::request::reply(&visit, &format!("/{province}/intake/{page}"), ("intake", &form), outcome).await
}

/// 信息核对.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/check")]
pub async fn check(province: String) -> Result<CheckView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::intake::check_view(&visit).await, &province)
}

/// 提交申请, 重新提交.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/submit")]
pub async fn submit(province: String, form: SubmitForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::submit(&visit, &form).await;
    crate::request::reply(&visit, &format!("/{province}/intake/check"), ("intake", &form), outcome).await
}

/// 申报进度.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/progress")]
pub async fn progress(province: String) -> Result<ProgressView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::intake::progress_view(&visit).await, &province)
}

/// 内容无误, for one rejected item.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/explain")]
pub async fn explain(province: String, item: String) -> Result<ExplainView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::view(service::intake::explain_view(&visit, &item).await, &province)
}

/// Says that a rejected item is right as it is, or takes that back.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/explain/keep")]
pub async fn keep_explanation(province: String, form: ExplainForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::explain(&visit, &form).await;
    let page = Back::on(Back::parse(&form.back), &format!("/{province}/intake/explain/{}", form.item));
    crate::request::reply(&visit, &page, ("explain", &form), outcome).await
}

/// 撤销申请.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/withdraw")]
pub async fn withdraw(province: String, form: WithdrawForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::withdraw(&visit, &form).await;
    crate::request::reply(&visit, &format!("/{province}/intake/progress"), ("intake", &form), outcome).await
}

/// 催办.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "intake/urge")]
pub async fn urge(province: String) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    let outcome = service::intake::urge(&visit).await;
    crate::request::reply(&visit, &format!("/{province}/intake/progress"), ("intake", &WithdrawForm::default()), outcome).await
}
