//! The frame's data: the province's site and whoever is looking.

use domain::account::view::SiteView;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::AppError;

/// The province's site and whoever is looking.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "site")]
pub async fn load_site(province: String) -> Result<SiteView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::is_personal();
    crate::request::view(service::account::site_view(&visit).await, &province)
}

/// The key of the province in the address.
pub fn use_province() -> Memo<String> {
    let location = use_location();
    Memo::new(move |_| location.pathname.get().split('/').nth(1).unwrap_or_default().to_owned())
}

/// Counts up whenever what the pages show must be fetched again.
#[derive(Clone, Copy)]
pub struct Reload(pub RwSignal<u32>);

impl Reload {
    /// Fetches everything on the page again.
    pub fn now(self) {
        self.0.update(|n| *n += 1);
    }
}

/// What a page depends on: the province, and every reload.
pub fn use_source() -> Memo<(String, u32)> {
    let province = use_province();
    let reload = expect_context::<Reload>();
    Memo::new(move |_| (province.get(), reload.0.get()))
}

/// The site, fetched once for all pages.
#[derive(Clone, Copy)]
pub struct Site(pub Resource<Result<SiteView, AppError>>);
