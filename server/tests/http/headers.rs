//! The headers of every kind of answer (security V3.4), and the cookie.

use std::sync::Arc;

use crate::support::journey::Person;
use crate::support::{Page, TestApp};
use app::request::Setup;
use axum::http::Method;

const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn check(what: &str, page: &Page) {
    for (name, value) in ALWAYS {
        assert_eq!(page.header(name), Some(*value), "{what}: {name} {:?}", page.headers);
        assert_eq!(page.headers.get_all(*name).iter().count(), 1, "{what}: {name} twice");
    }
    for name in ["content-security-policy", "permissions-policy", "cache-control", "x-request-id"] {
        assert_eq!(page.headers.get_all(name).iter().count(), 1, "{what}: {name} {:?}", page.headers);
    }
    let policy = page.header("content-security-policy").unwrap();
    for never in ["unsafe-inline", "unsafe-eval'", "http:", "https:", " *"] {
        let rest = policy.replace("'wasm-unsafe-eval'", "");
        assert!(!rest.contains(never), "{what}: {policy}");
    }
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(page.header("server").is_none() && page.header("x-powered-by").is_none(), "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_answer_has_the_headers() {
    let app = TestApp::sqlite().await;
    let mut owner = app.browser();
    let person = Person::new(1);
    owner.register(&person).await;
    owner.sign_in(&person).await;
    owner.pledge().await;
    let kept = owner.upload("photo", "photo.png", &crate::support::pictures::png(640, 480, "x")).await;
    let file = kept.json()["Kept"][0]["id"].as_str().unwrap().to_owned();
    let mut stranger = app.browser();
    for (what, path, status) in [
        ("page", "/hunan", 200),
        ("sign-in", "/hunan/login", 200),
        ("choice of the province", "/", 200),
        ("redirect", "/hunan/staff", 307),
        ("redirect of a page", "/hunan/home", 302),
        ("404", "/nowhere/at/all", 404),
        ("404 of a province", "/atlantis/captcha.png", 404),
        ("picture", "/hunan/captcha.png", 200),
        ("slider", "/hunan/slider/background.jpg", 200),
        ("file of somebody", &format!("/hunan/files/{file}"), 401),
        ("asset", "/favicon.svg", 200),
        ("asset in a folder", "/pkg/suanpan.css", 200),
        ("missing asset", "/pkg/nothing.js", 404),
        ("demonstration", "/demo", 200),
        ("health", "/healthz", 200),
        ("readiness", "/readyz", 200),
    ] {
        let page = stranger.look(path).await;
        assert_eq!(page.status.as_u16(), status, "{what} {:?}", page.location());
        check(what, &page);
    }
    check("function", &stranger.call("/api/site", &[("province", "hunan")]).await);
    check("refused function", &stranger.call("/api/intake/hub", &[("province", "hunan")]).await);
    check("unknown function", &stranger.call("/api/nothing", &[]).await);
    check("bad body", &stranger.call("/api/account/login/password", &[("x", "y")]).await);
    check("foreign", &stranger.send(Method::POST, "/api/site", &[("origin", "null")], Vec::new()).await);
    check("too large", &stranger.call("/api/site", &[("province", &"x".repeat(300_000))]).await);
    let own = owner.look(&format!("/hunan/files/{file}")).await;
    check("file", &own);
    assert_eq!((own.header("content-type"), own.header("cache-control")), (Some("image/jpeg"), Some("private, no-store")));
    for path in ["/hunan/questions.css", "/hunan/templates/work-proof", "/hunan/captcha.png", "/hunan/login", "/hunan"] {
        let page = app.browser().look(path).await;
        let kept_by_others = page.header("cache-control").is_some_and(|kept| kept.contains("public"));
        assert!(!(kept_by_others && page.header("set-cookie").is_some()), "{path}: others would get the cookie");
    }
    let template = owner.look("/hunan/templates/work-proof").await;
    check("template", &template);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_without_database_has_the_headers_too() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    browser.get("/hunan/login").await;
    app.services().db.close().await;
    for path in ["/hunan/login", "/readyz", "/hunan/captcha.png"] {
        let page = browser.look(path).await;
        assert!(page.status.is_server_error(), "{path} {}", page.status);
        check(path, &page);
        let text = page.text().to_lowercase();
        for word in ["sqlx", "pool", "sqlite", "select"] {
            assert!(!text.contains(word), "{path} tells {word}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_nonce_of_the_policy_is_that_of_the_scripts_and_new_every_time() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    let mut seen = Vec::new();
    for path in ["/hunan", "/hunan/login", "/hunan/login", "/hunan/register"] {
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy").unwrap().to_owned();
        let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0.to_owned();
        assert!(nonce.len() >= 20, "{nonce}");
        let text = page.text();
        let scripts: Vec<&str> = text.match_indices("<script").map(|(at, _)| text[at..].split('>').next().unwrap()).collect();
        assert!(!scripts.is_empty(), "{path} has no scripts");
        for script in scripts {
            assert!(script.contains(&format!("nonce=\"{nonce}\"")), "{path}: {script}");
        }
        for inline in ["onclick=", "onload=", "onsubmit=", "style=\"", "javascript:", "<style"] {
            assert!(!text.contains(inline), "{path} has {inline}");
        }
        assert!(policy.contains("'wasm-unsafe-eval'"), "{policy}");
        seen.push(nonce);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4);
}

/// Everything that a cookie says beside its value, in the order of the letters.
fn attributes(rest: &str) -> Vec<&str> {
    let mut all: Vec<&str> = rest.split(';').map(str::trim).collect();
    all.sort_unstable();
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
    let app = TestApp::sqlite().await;
    let page = app.browser().look("/hunan/login").await;
    let cookie = page.header("set-cookie").unwrap();
    let (pair, rest) = cookie.split_once(';').unwrap();
    assert!(pair.starts_with("sid-hunan=") && pair.len() > 40, "{cookie}");
    assert_eq!(attributes(rest), ["HttpOnly", "Path=/", "SameSite=Lax"]);
    assert_eq!(page.header("strict-transport-security"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_tls_the_cookie_is_bound_to_the_host_and_the_browser_insists_on_tls() {
    let mut app = TestApp::sqlite().await;
    app.house.setup = Arc::new(Setup { is_secure: true, origin: None });
    let page = app.browser().look("/hunan/login").await;
    let cookie = page.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-sid-hunan="), "{cookie}");
    let (_, rest) = cookie.split_once(';').unwrap();
    assert_eq!(attributes(rest), ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
    for path in ["/hunan/login", "/favicon.svg", "/nowhere", "/healthz"] {
        let page = app.browser().look(path).await;
        let value = page.header("strict-transport-security").unwrap();
        let age: u64 = value.split_once("max-age=").unwrap().1.split(';').next().unwrap().parse().unwrap();
        assert!(age >= 31_536_000, "{value}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_replaces_the_token() {
    let app = TestApp::sqlite().await;
    let person = Person::new(1);
    let mut browser = app.browser();
    browser.register(&person).await;
    let before = browser.jar["sid-hunan"].clone();
    browser.sign_in(&person).await;
    let after = browser.jar["sid-hunan"].clone();
    assert_ne!(before, after);
    let mut planted = app.browser();
    planted.jar.insert("sid-hunan".into(), before);
    assert!(planted.look("/hunan/home").await.location().unwrap().contains("/hunan/login"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_personal_is_not_kept_by_caches() {
    let app = TestApp::sqlite().await;
    let person = Person::new(1);
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    for path in ["/hunan/home", "/hunan/intake", "/hunan/messages"] {
        assert!(browser.get(path).await.header("cache-control").unwrap().contains("no-store"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_address_leads_off_the_site() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for path in [
        "/%2F%2Fevil.example/staff",
        "/%5Cevil.example/staff",
        "/%0D%0Aset-cookie:x=y/staff",
        "/evil.example/staff",
        "//evil.example/staff",
        "//evil.example",
        "/hunan/home?next=https://evil.example",
        "/hunan/staff/desk?next=//evil.example",
    ] {
        let page = browser.look(path).await;
        assert!(!page.status.is_server_error(), "{path}: {}", page.status);
        if let Some(to) = page.location() {
            assert!(to.starts_with("/hunan") && !to.contains("evil"), "{path} leads to {to}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_a_version_are_kept_for_good_and_others_are_asked_for_again() {
    let mut app = TestApp::sqlite().await;
    let cached = |page: &Page| page.header("cache-control").unwrap_or_default().to_owned();
    assert_eq!(cached(&app.browser().look("/pkg/suanpan.css").await), "no-cache");
    app.house.leptos.site_pkg_dir = "pkg/0a1b".into();
    let folder = app.house.folders.site.join("pkg/0a1b");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("suanpan.css"), "body{}").unwrap();
    let mut browser = app.browser();
    let kept = browser.look("/pkg/0a1b/suanpan.css").await;
    assert_eq!((kept.status.as_u16(), cached(&kept).as_str()), (200, "public, max-age=31536000, immutable"));
    let gone = browser.look("/pkg/2c3d/suanpan.css").await;
    assert_eq!(gone.status.as_u16(), 404);
    assert!(!cached(&gone).contains("immutable"), "{:?}", gone.headers);
    let page = browser.look("/hunan/login").await;
    assert!(page.text().contains("/pkg/0a1b/suanpan.js"), "the page names the folder of its version");
}
