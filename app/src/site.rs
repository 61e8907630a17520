//! The frame's data: the province's site and whoever is looking.

use domain::account::view::SiteView;
use domain::answer::Answer;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::AppError;

/// The province's site and whoever is looking.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "site")]
pub async fn load_site(province: String) -> Result<SiteView, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::is_personal();
    let site = match crate::request::is_elder() {
        true => service::intake::elder_site(&visit).await,
        false => service::account::site_view(&visit).await,
    };
    crate::request::view(site, &province)
}

domain::form! {
    /// 长者版 (`yes`) or 标准版.
    pub struct VersionForm { elder }
}

/// 长者版, 标准版: the browser remembers which, and the same page comes anew.
#[server(prefix = "/api", output = crate::json::Json, endpoint = "site/version")]
pub async fn choose_version(province: String, #[server(default)] form: VersionForm) -> Result<Answer, AppError> {
    let visit = crate::request::visit(&province).await?;
    crate::request::remember_elder(form.elder == "yes");
    let front = format!("/{province}");
    let page = crate::request::came_from().filter(|page| page.starts_with(&front)).unwrap_or_else(|| front.clone());
    crate::request::reply(&visit, &front, ("version", &form), Ok(Answer::go(page))).await
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

type Asked<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;

/// What a page shows: asked for again whenever `source` is another one. Behind boxes, because a question holds everything that
/// answers it on the server, and would be copied several times on its way; and of one type for all pages with the same data.
pub fn fetched<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    ask: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Resource<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    let source: Box<dyn Fn() -> S + Send + Sync> = Box::new(source);
    let ask: Box<dyn Fn(S) -> Asked<T> + Send + Sync> = Box::new(move |of| Box::pin(ask(of)));
    Resource::new(source, ask)
}

/// The site, fetched once for all pages.
#[derive(Clone, Copy)]
pub struct Site(pub Resource<Result<SiteView, AppError>>);
