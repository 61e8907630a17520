//! The router: pages and server functions, the routes beside them, files, and the layers around all of it.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use app::request::Setup;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use service::Services;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::{ServeDir, ServeFile};

use crate::demo::Accounts;
use crate::listed::Listed;
use crate::middleware::{
    Addresses, FORM, Headers, arrive, client_address, draw_retyped, gather, gather_files, gather_report, guard, looking,
    refuse_cross_site, trouble, worded,
};
use crate::page::draw;
use crate::routes::annulments::Annulments;
use crate::routes::closings::Closings;
use crate::routes::penalties::Penalties;
use crate::routes::{
    annulments, appeal, certificate, classes, closing_request, confirmation, corrections, demo, entered, files, freeze, handover,
    health, identity, import, integrity_export, learning, look_up, merges, national, objections, phone_change, pictures, print,
    proof, public_penalties, questions, relocation, school, school_api, status, texts, transfer, upload,
};

/// Folders that routes read.
#[derive(Clone)]
pub struct Folders {
    /// What people uploaded.
    pub files: PathBuf,
    pub site: PathBuf,
    pub provinces: PathBuf,
}

/// Everything that the router needs. Every request clones it several times, so it is one pointer.
#[derive(Clone)]
pub struct House(Arc<Fittings>);

/// What a [`House`] leads to.
#[derive(Clone)]
pub struct Fittings {
    pub services: Services,
    pub setup: Arc<Setup>,
    pub leptos: LeptosOptions,
    pub folders: Folders,
    pub accounts: Accounts,
    pub addresses: Addresses,
    /// The configured origin; without it the host of each request counts.
    pub origin: Option<String>,
    /// The folder to which the heads of the audit trail are written.
    pub audit_heads: PathBuf,
}

impl From<Fittings> for House {
    fn from(fittings: Fittings) -> Self {
        Self(Arc::new(fittings))
    }
}

impl Deref for House {
    type Target = Fittings;
    fn deref(&self) -> &Fittings {
        &self.0
    }
}

/// The tests fit a house out in another way; one that others have as well stays as it is for them.
impl DerefMut for House {
    fn deref_mut(&mut self) -> &mut Fittings {
        Arc::make_mut(&mut self.0)
    }
}

macro_rules! part {
    ($type:ty, $field:ident) => {
        impl FromRef<House> for $type {
            fn from_ref(house: &House) -> Self {
                house.$field.clone()
            }
        }
    };
}
part!(Services, services);
part!(LeptosOptions, leptos);
part!(Folders, folders);
part!(Accounts, accounts);

/// The whole site.
pub fn router(house: &House) -> Router {
    let arriving = (house.services.clone(), house.setup.clone());
    let look = from_fn_with_state(house.services.clone(), looking);
    // The session is looked up when the whole body is there: it may have ended meanwhile.
    let all_pages = pages(house).with_state(house.clone());
    let forms = pages(house)
        .merge(beside(house).layer(look.clone()).router())
        .layer(from_fn_with_state(all_pages, draw_retyped))
        .layer(from_fn_with_state(arriving.clone(), arrive))
        .layer(from_fn(gather));
    let files = sent().layer(look).router().layer(from_fn_with_state(arriving, arrive)).layer(from_fn(gather_files));
    let dynamic = forms
        .merge(files)
        .layer(from_fn_with_state(house.origin.clone(), refuse_cross_site))
        .layer(from_fn(worded))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    dynamic
        .merge(health_checks().merge(open(house)).merge(machines(house)).merge(assets(house)).router())
        .fallback(nothing_there)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Headers { is_secure: house.setup.is_secure }, guard))
        .layer(from_fn_with_state(house.addresses.clone(), client_address))
        .with_state(house.clone())
}

/// The addresses of everything that is served beside pages and server functions.
#[must_use]
pub fn beside_pages(house: &House) -> Vec<String> {
    beside(house)
        .merge(sent())
        .merge(health_checks())
        .merge(open(house))
        .merge(machines(house))
        .merge(assets(house))
        .paths()
        .to_vec()
}

/// The addresses of the pages. Listed once and before anything is rendered: while leptos lists them,
/// no resource of the whole process loads, and a page rendered then would never end. Needs a runtime the first time.
pub static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));

fn pages(house: &House) -> Router<House> {
    let (services, setup) = (house.services.clone(), house.setup.clone());
    let context = move || {
        provide_context(services.clone());
        provide_context(setup.clone());
    };
    let (options, of_page) = (house.leptos.clone(), context.clone());
    let page = move |request: Request| draw(request, options.clone(), of_page.clone());
    Router::new()
        // Without pages of its own: the server functions.
        .leptos_routes_with_context(house, Vec::new(), context, || ())
        .leptos_routes_with_handler(PAGES.clone(), page)
        .layer(RequestBodyLimitLayer::new(FORM))
}

/// What is sent as files.
pub(crate) fn sent() -> Listed {
    let upload = Listed::new()
        .route("/{province}/upload/{slot}", post(upload::upload))
        .route("/{province}/learning/conversions/{case}/upload/{slot}", post(upload::upload_proof))
        .route("/{province}/learning/classes/{class}/results", post(classes::results))
        .route("/{province}/handover/{token}/upload", post(handover::upload))
        .route("/{province}/relocation/file", post(relocation::receive))
        .route("/{province}/staff/schools/{id}/logo", post(school::keep_logo))
        .route("/{province}/staff/texts/{id}/file", post(texts::add));
    let application = Listed::new().route("/{province}/phone-change/apply", post(phone_change::apply));
    let appeal = Listed::new().route("/{province}/appeal/apply", post(appeal::apply));
    let import = Listed::new().route("/{province}/staff/imports/file", post(import::receive));
    let with_proof = Listed::new()
        .route("/{province}/questions/ask", post(questions::ask))
        .route("/{province}/staff/penalties/file", post(entered::receive::<Penalties>))
        .route("/{province}/objections/file", post(objections::receive))
        .route("/{province}/staff/annulments/file", post(entered::receive::<Annulments>))
        .route("/{province}/annulments/file", post(annulments::hear))
        .route("/{province}/staff/closings/file", post(entered::receive::<Closings>))
        .route("/{province}/closing/apply", post(closing_request::receive))
        .route("/{province}/transfer/apply", post(transfer::receive));
    upload
        .layer(DefaultBodyLimit::max(upload::MOST))
        .merge(application.layer(DefaultBodyLimit::max(phone_change::MOST)))
        .merge(appeal.layer(DefaultBodyLimit::max(appeal::MOST)))
        .merge(import.layer(DefaultBodyLimit::max(import::MOST)))
        .merge(with_proof.layer(DefaultBodyLimit::max(proof::MOST)))
}

fn health_checks() -> Listed {
    Listed::new().route("/healthz", get(health::healthz)).route("/readyz", get(health::readyz))
}

/// What needs no session, and goes on without a database.
fn open(house: &House) -> Listed {
    Listed::new()
        .route("/{province}/verify", get(certificate::verify))
        .route("/{province}/shared/{token}", get(certificate::shared))
        .route("/{province}/status", get(status::page))
        .route("/.well-known/jwks.json", get(certificate::keys))
        .route("/.well-known/age-recipients.json", get(relocation::recipients))
        .merge(
            Listed::new()
                .route(school_api::interface::JSON, get(school_api::interface::openapi))
                .route(school_api::interface::PAGE, get(school_api::interface::page))
                .otherwise(school_api::wrong_method),
        )
        .layer(from_fn_with_state(house.services.clone(), looking))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

/// The interface for schools: a token in the head of each request, no session.
fn machines(house: &House) -> Listed {
    Listed::new()
        .route("/api/v1/enrolments", get(school_api::enrolments))
        .route("/api/v1/tickets/verify", post(school_api::verify))
        .route(school_api::CREDITS, post(school_api::credits))
        .route("/api/v1/progress", post(school_api::progress))
        .route("/api/v1/batches/{id}", get(school_api::batch))
        .route("/api/v1/days/{day}", get(school_api::day))
        .route("/api/v1/requests", get(school_api::requests))
        .route("/api/v1/requests/{id}", post(school_api::answer))
        .otherwise(school_api::wrong_method)
        .layer(CatchPanicLayer::custom(school_api::panicked))
        .layer(DefaultBodyLimit::max(school_api::MOST))
        .layer(from_fn_with_state(house.clone(), gather_report))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

fn beside(house: &House) -> Listed {
    let keys: Vec<String> = house.services.provinces.keys().cloned().collect();
    let provinces = house.services.provinces.values().map(|province| &province.profile);
    let titles: Vec<(String, String, String)> =
        provinces.map(|profile| (profile.key.clone(), profile.name.clone(), profile.site.title.clone())).collect();
    let router = Listed::new()
        .route("/", get(move || front(titles.clone())))
        .route("/staff", get(move || staff_door(keys.clone())))
        .route("/{province}/staff", get(staff_of))
        .route("/{province}/identity/start", get(identity::start))
        .route("/{province}/identity/callback", get(identity::callback))
        .route("/{province}/identity/register", get(identity::register))
        .route("/{province}/identity/account", get(identity::account))
        .route("/{province}/look-up", get(look_up::page).post(look_up::look_up))
        .route("/{province}/appeal", get(appeal::page).post(appeal::send))
        .route("/{province}/not-me/{token}", get(freeze::page).post(freeze::freeze))
        .route("/{province}/frozen", get(freeze::frozen))
        .route("/{province}/confirmation", get(confirmation::show).post(confirmation::act))
        .route("/{province}/confirm/{token}", get(confirmation::open).post(confirmation::answer))
        .route("/{province}/captcha.png", get(pictures::captcha))
        .route("/{province}/staff/captcha.png", get(pictures::captcha))
        .route("/{province}/captcha.wav", get(pictures::spoken))
        .route("/{province}/staff/captcha.wav", get(pictures::spoken))
        .route("/{province}/slider/background.jpg", get(pictures::background))
        .route("/{province}/slider/piece.png", get(pictures::piece))
        .route("/{province}/files/{id}", get(files::attachment))
        .route("/{province}/staff/files/{id}", get(files::attachment))
        .route("/{province}/intake/form.pdf", get(print::form))
        .route("/{province}/intake/receipt.pdf", get(print::receipt))
        .route("/{province}/intake/record.pdf", get(print::extract))
        .route("/{province}/learning/{year}/deadline.ics", get(learning::deadline))
        .route("/{province}/learning/certificate/{year}/print.pdf", get(certificate::print).post(certificate::choose_print))
        .route("/{province}/learning/certificate/{year}/export.pdf", get(certificate::export).post(certificate::choose_export))
        .route("/{province}/learning/schools/{enrolment}/enter", get(school::leaving).post(school::enter))
        .route("/{province}/logos/{school}", get(school::logo))
        .route("/{province}/staff/imports", get(import::list))
        .route("/{province}/staff/imports/templates/{file}", get(import::template))
        .route("/{province}/staff/integrity-export", get(integrity_export::show).post(integrity_export::take))
        .route("/{province}/staff/imports/{id}", get(import::batch).post(import::act))
        .route("/{province}/staff/imports/{id}/rows.csv", get(import::rows))
        .route("/{province}/staff/imports/{id}/original", get(import::original))
        .route("/{province}/public-penalties", get(public_penalties::list).post(public_penalties::search))
        .route("/{province}/objections", get(objections::list).post(objections::withdraw))
        .route("/{province}/staff/penalties", get(entered::list::<Penalties>))
        .route("/{province}/staff/penalties/correct", get(corrections::show).post(corrections::receive))
        .route("/{province}/questions", get(questions::own))
        .route("/{province}/questions/{id}/{place}", get(questions::picture))
        .route("/{province}/staff/questions", get(questions::desk).post(questions::reply))
        .route("/{province}/staff/questions/{id}/{place}", get(questions::picture))
        .route("/{province}/staff/answers", get(questions::settled).post(questions::draft))
        .route("/{province}/relocation", get(relocation::show).post(relocation::act))
        .route("/{province}/relocation/package", get(relocation::download))
        .route("/{province}/staff/annulments", get(entered::list::<Annulments>))
        .route("/{province}/annulments", get(annulments::own))
        .route("/{province}/staff/closings", get(entered::list::<Closings>))
        .route("/{province}/national", get(national::show))
        .route("/{province}/staff/credits-export", get(national::credits).post(national::take))
        .route("/{province}/staff/merges", get(merges::list).post(merges::act))
        .route("/{province}/transfer", get(transfer::show).post(transfer::cancel))
        .route("/{province}/closing", get(closing_request::show).post(closing_request::cancel))
        .route("/{province}/staff/transfers", get(transfer::list))
        .route("/{province}/staff/texts", get(texts::texts))
        .route("/{province}/staff/texts/{id}", get(texts::text).post(texts::save))
        .route("/{province}/staff/texts/{id}/act", post(texts::act))
        .route("/{province}/staff/texts/{id}/remove", post(texts::remove))
        .route("/{province}/staff/texts/{id}/versions/{nth}", get(texts::old))
        .route("/{province}/staff/reading", get(texts::staff_list))
        .route("/{province}/staff/reading/{kind}/{id}", get(texts::staff_text))
        .route("/{province}/text-files/{id}", get(texts::file))
        .route("/{province}/texts/questions/{id}/useful", post(texts::useful))
        .route("/{province}/staff/cases/{case}/form.pdf", get(print::form_of_case))
        .route("/{province}/staff/counter/{case}/form.pdf", get(print::form_at_counter))
        .route("/{province}/questions.css", get(files::questions))
        .route("/{province}/templates/{name}", get(files::template));
    if !house.services.is_demo {
        return router;
    }
    router.route("/demo", get(demo::page)).route("/demo/sms", get(demo::sms)).route("/demo/challenge", get(demo::challenge))
}

/// Scripts, styles and pictures that are the same for everybody.
fn assets(house: &House) -> Listed {
    let site = &house.folders.site;
    let folder = |name: &str| ServeDir::new(site.join(name)).precompressed_br().precompressed_gzip();
    let long = "public, max-age=31536000, immutable";
    let short = "public, max-age=3600";
    let cached = |router: Listed, value: &'static str| {
        router.layer(map_response(move |mut response: Response| async move {
            if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
                response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(value));
            }
            response
        }))
    };
    // Below a folder of their version files never change; while developing they do.
    let is_versioned = house.leptos.site_pkg_dir.contains('/');
    let pkg = cached(Listed::new().folder("/pkg", folder("pkg")), if is_versioned { long } else { "no-cache" });
    let mut rest = Listed::new().folder("/examples", folder("examples"));
    for name in ["favicon.svg", "emblem.svg", "front.css"] {
        rest = rest.file(&format!("/{name}"), ServeFile::new(site.join(name)));
    }
    if house.services.is_demo {
        rest = rest.file("/demo.css", ServeFile::new(site.join("demo.css")));
    }
    pkg.merge(cached(rest, short))
}

async fn front(titles: Vec<(String, String, String)>) -> Response {
    if let [(key, ..)] = titles.as_slice() {
        return Redirect::temporary(&format!("/{key}")).into_response();
    }
    let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
    ([(CONTENT_SECURITY_POLICY, policy)], Html(app::plain::front(titles))).into_response()
}

async fn staff_door(keys: Vec<String>) -> Response {
    match keys.as_slice() {
        [key] => Redirect::temporary(&format!("/{key}/staff/login")).into_response(),
        _ => Redirect::temporary("/").into_response(),
    }
}

/// Only a known province goes into the address: what was typed, such as `%2F%2Fevil`, could lead off the site.
async fn staff_of(State(services): State<Services>, Path(province): Path<String>) -> Response {
    match services.province(&province) {
        Some(_) => Redirect::temporary(&format!("/{province}/staff/login")).into_response(),
        None => not_found().await,
    }
}

/// Below the interface for schools programs are answered, elsewhere people.
async fn nothing_there(uri: Uri) -> Response {
    if uri.path().starts_with(school_api::ROOT) { school_api::unknown() } else { not_found().await }
}

async fn not_found() -> Response {
    trouble(StatusCode::NOT_FOUND, "没有找到这个页面：地址可能旧了，或者没有写全。")
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request panicked");
    trouble(StatusCode::INTERNAL_SERVER_ERROR, "系统出了问题，请稍后再试。")
}
