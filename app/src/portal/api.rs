//! The server functions of the portal. Those of its keepers lie below `staff`, so that they lead to the staff's sign-in.

use domain::answer::Answer;
use domain::id::BureauCode;
use domain::portal::NoticeKind;
use domain::portal::forms::{ContactForm, NoticeForm};
use domain::portal::view::{ContactView, ContactsView, FrontView, HotlinesView, NoticeView, NoticesView, TextView, TextsView};
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::request;

/// The first page.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "portal/front")]
pub async fn front(province: String) -> Result<FrontView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::portal::front(&visit).await, &province)
}

/// 通知公告 or 操作指南.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "portal/notices")]
pub async fn notices(province: String, kind: NoticeKind, after: String) -> Result<NoticesView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::portal::notices(&visit, kind, &after).await, &province)
}

/// One of them.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "portal/notice")]
pub async fn notice(province: String, kind: NoticeKind, id: String) -> Result<NoticeView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::portal::notice(&visit, kind, &id).await, &province)
}

/// 咨询电话.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "portal/hotlines")]
pub async fn hotlines(
    province: String,
    #[server(default)] search: String,
    #[server(default)] city: String,
    #[server(default)] county: String,
) -> Result<HotlinesView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(
        service::portal::hotlines(&visit, service::portal::Wanted { search: &search, city: &city, county: &county }).await,
        &province,
    )
}

/// All notices or guides, for those who keep them.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/texts")]
pub async fn texts(province: String, kind: NoticeKind, after: String) -> Result<TextsView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::portal::texts(&visit, kind, &after).await, &province)
}

/// One of them under the pen; `new` for an empty one.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/text")]
pub async fn one_text(province: String, kind: NoticeKind, id: String) -> Result<TextView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::portal::text(&visit, kind, &id).await, &province)
}

/// 保存.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/text/save")]
pub async fn save_text(province: String, form: NoticeForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::portal::save_text(&visit, &form).await;
    request::reply(&visit, &text_page(&province, &form), ("notice", &form), outcome).await
}

/// The page on which a notice is written.
#[cfg(feature = "ssr")]
fn text_page(province: &str, form: &NoticeForm) -> String {
    let (_, list) = super::names(NoticeKind::from_code(&form.kind).unwrap_or(NoticeKind::Notice));
    let id = if form.id.is_empty() { "new" } else { &form.id };
    format!("/{province}/staff/{list}/{id}")
}

/// The bureaus whose contact may be changed.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/contacts")]
pub async fn contacts(province: String, search: String) -> Result<ContactsView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::portal::contacts(&visit, &search).await, &province)
}

/// One of them under the pen.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/contact")]
pub async fn contact(province: String, bureau: BureauCode) -> Result<ContactView, AppError> {
    let visit = request::visit(&province).await?;
    request::is_personal();
    request::view(service::portal::contact(&visit, &bureau).await, &province)
}

/// 保存.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "staff/contact/save")]
pub async fn save_contact(province: String, form: ContactForm) -> Result<Answer, AppError> {
    let visit = request::visit(&province).await?;
    let outcome = service::portal::save_contact(&visit, &form).await;
    request::reply(&visit, &format!("/{province}/staff/hotlines/{}", form.bureau), ("contact", &form), outcome).await
}
