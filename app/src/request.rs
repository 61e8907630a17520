//! Between the request and the service: who asks, and what is answered to browsers with and without scripts.

mod elder;
mod head;
mod reply;

use cookie::{Cookie, SameSite, time};
use http::header::{HeaderName, HeaderValue, REFERER};
use http::{HeaderMap, Method, StatusCode, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use service::{Arrival, Failure, Role, Services, Token, Visit};

use head::{accepts_html, is_of_request, is_page, noted, of_request, request_id};

pub use elder::{Display, display, display_of, is_elder, remember_elder, wants_elder};
pub use head::is_answer;
pub use reply::{Typed, code_page, enter, enter_as, reply};

use crate::AppError;

/// What the pages need to know about how the server was set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Whether cookies may only travel over TLS.
    pub is_secure: bool,
    /// The address of the site as browsers know it, such as `https://kj.example.gov.cn`; without it that of each request counts.
    pub origin: Option<String>,
}

/// The network address of the browser, put into the request by the server.
#[derive(Clone, Debug)]
pub struct ClientAddress(pub String);

/// The id of the request, put into it by the server.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// What the names of the session cookies of a role begin with; the key of the province follows.
#[must_use]
pub fn cookie_prefix(setup: &Setup, role: Role) -> &'static str {
    match (role, setup.is_secure) {
        (Role::Accountant, true) => "__Host-sid-",
        (Role::Accountant, false) => "sid-",
        (Role::Staff, true) => "__Host-staff-",
        (Role::Staff, false) => "staff-",
    }
}

/// The cookie that carries a token. Accountants come back from the identity service, a page of another site; nobody is sent
/// into the pages of the staff from elsewhere.
#[must_use]
pub fn cookie(setup: &Setup, role: Role, province: &str, token: &Token) -> Cookie<'static> {
    let name = format!("{}{province}", cookie_prefix(setup, role));
    let same_site = if role == Role::Staff { SameSite::Strict } else { SameSite::Lax };
    let mut cookie = Cookie::build((name, token.as_str().to_owned())).path("/").http_only(true).same_site(same_site).build();
    if setup.is_secure {
        cookie.set_secure(true);
    }
    cookie
}

/// Logs what broke, once, and answers the id to quote.
pub fn broken(what: &str) -> AppError {
    let request_id = request_id();
    tracing::error!(request_id, what, "a request broke");
    AppError::Broken { request_id }
}

/// Who asks, at which province.
///
/// # Errors
/// `NotFound` for a province that is not served here, `Broken`.
pub async fn visit(province: &str) -> Result<Visit, AppError> {
    let services = use_context::<Services>().ok_or_else(|| broken("no services"))?;
    let arrival = noted::<Arrival>().ok_or_else(|| broken("no arrival"))?;
    let address = noted::<ClientAddress>().map(|address| address.0).unwrap_or_default();
    let Some(province) = services.province(province) else {
        set_status(StatusCode::NOT_FOUND);
        return Err(AppError::NotFound);
    };
    Visit::begin(&services, province, arrival, address, request_id()).await.map_err(app_error)
}

/// The one place where an outcome of the service becomes what may cross the wire.
pub fn app_error(failure: Failure) -> AppError {
    match failure {
        Failure::Refused(refusal) => AppError::Refused(refusal),
        // Nobody sees it: the page that says where leads on.
        Failure::NotFound | Failure::Elsewhere(_) => AppError::NotFound,
        Failure::Stale => AppError::Stale,
        Failure::Busy => AppError::Busy,
        Failure::DiskFull => AppError::DiskFull,
        Failure::Invalid(errors) => broken(&format!("faults outside a form: {errors:?}")),
        Failure::Store(error) => broken(&error.to_string()),
        Failure::Broken(what) => broken(&what),
    }
}

/// The address of the site as the browser knows it, for what another device is to open.
#[must_use]
pub fn origin() -> String {
    let configured = use_context::<std::sync::Arc<Setup>>().and_then(|setup| setup.origin.clone());
    let asked = |parts: &Parts| {
        let host = parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok());
        Some(format!("http://{}", host.or_else(|| Some(parts.uri.authority()?.as_str()))?))
    };
    configured.or_else(|| of_request(asked).flatten()).unwrap_or_default()
}

/// For a page whose address is a secret: no search engine keeps it.
pub fn is_unlisted() {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.insert_header(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    }
}

/// What the page is about is over; calls are told in their answer.
pub fn is_over() {
    if is_page() {
        set_status(StatusCode::GONE);
    }
}

/// What is shown: with the status and the way to the sign-in that the outcome asks for.
///
/// # Errors
/// The outcome of the service, translated.
pub fn view<T>(view: Result<T, Failure>, province: &str) -> Result<T, AppError> {
    use domain::case::Refusal;
    view.map_err(|failure| {
        if let Failure::Elsewhere(page) = &failure {
            go(page);
        }
        let is_elsewhere = matches!(failure, Failure::Elsewhere(_));
        let error = app_error(failure);
        match &error {
            AppError::NotFound if is_elsewhere => {}
            AppError::NotFound => set_status(StatusCode::NOT_FOUND),
            AppError::Refused(Refusal::SignInAgain) => {
                let is_staff = is_of_request(|parts| ["/staff/", "/api/review/"].iter().any(|of| parts.uri.path().contains(of)));
                let door = if is_staff { "staff/login" } else { "login" };
                want(if is_staff { Role::Staff } else { Role::Accountant }, province);
                go(&format!("/{province}/{door}?again=1"));
                tell_call(StatusCode::UNAUTHORIZED);
            }
            AppError::Refused(Refusal::SecondFactorNeeded) => {
                go(&format!("/{province}/staff/second-factor"));
                tell_call(StatusCode::UNAUTHORIZED);
            }
            AppError::Busy => set_status(StatusCode::SERVICE_UNAVAILABLE),
            AppError::DiskFull => set_status(StatusCode::INSUFFICIENT_STORAGE),
            AppError::Broken { .. } => set_status(StatusCode::INTERNAL_SERVER_ERROR),
            AppError::Refused(_) => tell_call(StatusCode::FORBIDDEN),
            AppError::Stale => tell_call(StatusCode::CONFLICT),
            AppError::Network => {}
        }
        error
    })
}

/// Pages say it in their own words, and forms without scripts are sent on; only calls are told by the status too.
fn tell_call(status: StatusCode) {
    if !is_page() && !accepts_html() {
        set_status(status);
    }
}

/// What was sent cannot be read, which is no fault of ours and stands in no log.
pub(crate) fn unreadable() -> AppError {
    set_status(StatusCode::BAD_REQUEST);
    AppError::Broken { request_id: request_id() }
}

/// The only place that sets a status. A post without scripts must keep its redirect, so it is left alone where there is a
/// page to go back to.
fn set_status(status: StatusCode) {
    if let Some(options) = use_context::<ResponseOptions>()
        && (is_page() || !accepts_html() || !is_of_request(|parts| parts.headers.contains_key(REFERER)))
    {
        options.set_status(status);
    }
}

/// The only caller of `leptos_axum::redirect`: a path inside the site, percent-encoded.
#[expect(clippy::disallowed_methods, reason = "this is the function that encodes")]
pub fn go(path: &str) {
    let mut safe = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => safe.push(char::from(byte)),
            other => safe.push_str(&format!("%{other:02X}")),
        }
    }
    let is_inside = safe.starts_with('/') && !safe.starts_with("//");
    leptos_axum::redirect(if is_inside { &safe } else { "/" });
}

/// The path and query of the page that a post without scripts came from, when it lies inside the site.
#[must_use]
pub fn came_from() -> Option<String> {
    of_request(|parts| sent_from(&parts.headers)).flatten()
}

/// The same of the head of a request.
#[must_use]
pub fn sent_from(headers: &HeaderMap) -> Option<String> {
    let (_, rest) = headers.get(REFERER)?.to_str().ok()?.split_once("://")?;
    Some(rest[rest.find('/')?..].to_owned())
}

/// How long a page is remembered that needs a sign-in first.
const WANTED_FOR: time::Duration = time::Duration::minutes(30);

/// What the names of the cookies begin with that remember the page asked for before signing in; the key of the province follows.
#[must_use]
pub fn wanted_prefix(role: Role) -> &'static str {
    if role == Role::Staff { "to-staff-" } else { "to-" }
}

/// Remembers in the browser which page was asked for, so that signing in leads there in whatever way.
fn want(role: Role, province: &str) {
    let asked = |parts: &Parts| {
        let is_page = parts.method == Method::GET && !parts.uri.path().starts_with("/api/");
        is_page.then(|| parts.uri.path_and_query().map_or(parts.uri.path(), http::uri::PathAndQuery::as_str).to_owned())
    };
    let page = of_request(asked).flatten().or_else(came_from);
    want_page(role, province, &page.unwrap_or_default());
}

/// The same of a page that is named; whatever is no page of the role is not remembered.
fn want_page(role: Role, province: &str, page: &str) {
    let Some(options) = use_context::<ResponseOptions>() else { return };
    let is_secure = use_context::<std::sync::Arc<Setup>>().is_some_and(|setup| setup.is_secure);
    if let Some(Ok(value)) = wanting(is_secure, role, province, page).map(|cookie| HeaderValue::from_str(&cookie)) {
        options.append_header(http::header::SET_COOKIE, value);
    }
}

/// The cookie that remembers a page that needs a sign-in first; `None` for what is no page of the role.
#[must_use]
pub fn wanting(is_secure: bool, role: Role, province: &str, page: &str) -> Option<String> {
    let page = Some(service::name_of_page(page)).filter(|page| role.is_page(province, page))?;
    Some(wanted_cookie(is_secure, role, province, page, WANTED_FOR).to_string())
}

/// The cookie that ends the one with the page.
#[must_use]
pub fn forget_wanted(role: Role, province: &str) -> String {
    let is_secure = use_context::<std::sync::Arc<Setup>>().is_some_and(|setup| setup.is_secure);
    wanted_cookie(is_secure, role, province, String::new(), time::Duration::ZERO).to_string()
}

fn wanted_cookie(is_secure: bool, role: Role, province: &str, page: String, age: time::Duration) -> Cookie<'static> {
    let cookie =
        Cookie::build((format!("{}{province}", wanted_prefix(role)), page)).path("/").http_only(true).same_site(SameSite::Lax);
    cookie.secure(is_secure).max_age(age).build()
}

/// Whoever signs out leaves nothing behind in the browser: what it stored for us is cleared, and our own cookie ends by name
/// (clearing all cookies would end those of other sites of the domain).
pub fn forget(visit: &Visit) {
    let (Some(options), Some(setup)) = (use_context::<ResponseOptions>(), use_context::<std::sync::Arc<Setup>>()) else { return };
    if setup.is_secure {
        options.insert_header(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\""));
    }
    let mut gone = cookie(&setup, visit.role, visit.province_key(), &visit.token);
    gone.set_max_age(time::Duration::ZERO);
    // Whoever sits down next is not led to what the one before had asked for.
    for cookie in [gone.to_string(), forget_wanted(visit.role, visit.province_key())] {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            options.append_header(http::header::SET_COOKIE, value);
        }
    }
}

/// Marks the answer as one that differs with the person, for caches.
pub fn is_personal() {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.insert_header(HeaderName::from_static("cache-control"), HeaderValue::from_static("no-store"));
    }
}

/// Sends the policy that lets only this document's own scripts run; called by the shell, which knows the nonce.
pub fn secure() {
    let (Some(nonce), Some(options)) = (leptos::nonce::use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; \
         connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        options.insert_header(http::header::CONTENT_SECURITY_POLICY, value);
    }
}
