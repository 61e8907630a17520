//! The server functions of the portal. Those of its keepers lie below `staff`, so that they lead to the staff's sign-in.

use domain::answer::Answer;
use domain::id::BureauCode;
use domain::portal::forms::ContactForm;
use domain::portal::text_view::{FoundView, TextView, TextsView};
use domain::portal::view::{ContactView, ContactsView, FrontView, HotlinesView};
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

/// A page of 通知公告, 操作指南, 政策法规 or 常见问题.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "portal/texts")]
pub async fn texts(
    province: String,
    kind: String,
    #[server(default)] subject: String,
    #[server(default)] after: String,
) -> Result<TextsView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::portal::shown_texts(&visit, &kind, &subject, &after).await, &province)
}

/// One of them.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "portal/text")]
pub async fn text(province: String, kind: String, id: String) -> Result<TextView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::portal::shown_text(&visit, &kind, &id).await, &province)
}

/// The search over all of them.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "portal/search")]
pub async fn search(province: String, #[server(default)] words: String) -> Result<FoundView, AppError> {
    let visit = request::visit(&province).await?;
    request::view(service::portal::search(&visit, &words).await, &province)
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
