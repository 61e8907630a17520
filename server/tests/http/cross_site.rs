//! What another site makes a browser send is not done (security V3.5).

use crate::support::browser::{HOST, multipart};
use crate::support::journey::Person;
use crate::support::{Browser, TestApp};
use axum::http::Method;
use server_fn::axum::server_fn_paths;

const FORM: &str = "province=hunan&version=0&how=later&form[email]=a@example.com&form[agreed]=yes&form[version]=2026-01";

fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("application/x-www-form-urlencoded", FORM.into()),
        ("text/plain", FORM.into()),
        ("multipart/form-data; boundary=XXBOUNDARYXX", multipart("x.png", &crate::support::pictures::png(640, 480, "x"))),
    ]
}

const FOREIGN: &[&[(&str, &str)]] = &[
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("sec-fetch-site", "cross-site"), ("origin", "http://test.local")],
    &[("origin", "http://test.local.evil.example")],
    &[("origin", "http://evil.example/test.local")],
];

fn targets() -> Vec<String> {
    let functions = server_fn_paths().map(|(path, _)| path.to_owned());
    functions.chain(["/hunan/upload/photo".to_owned(), "/hunan/captcha.png".to_owned(), "/".to_owned()]).collect()
}

async fn signed_in(app: &TestApp) -> Browser {
    let person = Person::new(1);
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_post_from_another_site_is_let_in_and_nothing_is_written() {
    let app = TestApp::sqlite().await;
    let mut browser = signed_in(&app).await;
    assert!(targets().len() > 40);
    let before = app.bytes();
    for path in targets() {
        for foreign in FOREIGN {
            for (kind, body) in bodies() {
                let headers = [*foreign, &[("content-type", kind), ("accept", "text/html")]].concat();
                let page = browser.send(Method::POST, &path, &headers, body).await;
                assert_eq!(page.status.as_u16(), 403, "{path} {headers:?}");
                assert_eq!(page.header("set-cookie"), None, "{path}");
            }
        }
        assert!(app.bytes() == before, "{path} wrote something");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_methods_that_change_things_are_refused_alike() {
    let app = TestApp::sqlite().await;
    let mut browser = signed_in(&app).await;
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let page = browser.send(method.clone(), "/api/intake/submit", &[("sec-fetch-site", "cross-site")], Vec::new()).await;
        assert_eq!(page.status.as_u16(), 403, "{method}");
    }
}

/// What is printed counts against the day of whoever is signed in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_another_site_makes_nobody_print_anything() {
    let app = TestApp::sqlite().await;
    let mut browser = signed_in(&app).await;
    for path in [
        "/hunan/intake/form.pdf",
        "/hunan/intake/receipt.pdf",
        "/hunan/intake/record.pdf",
        "/hunan/learning/certificate/2026/print.pdf",
        "/hunan/learning/certificate/2026/export.pdf",
    ] {
        let page = browser.send(Method::GET, path, &[("sec-fetch-site", "cross-site")], Vec::new()).await;
        assert_eq!(page.status.as_u16(), 403, "{path}");
        // Nothing is there to be printed yet.
        let page = browser.send(Method::GET, path, &[("sec-fetch-site", "same-origin")], Vec::new()).await;
        assert_eq!(page.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_of_our_own_pages_is_let_in() {
    let app = TestApp::sqlite().await;
    let mut browser = signed_in(&app).await;
    let own: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "same-origin")],
        &[("origin", "http://test.local")],
        &[("sec-fetch-site", "same-origin"), ("origin", "http://test.local")],
        &[("sec-fetch-site", "none")],
    ];
    for headers in own {
        let all = [headers, &[("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")]].concat();
        let page = browser.send(Method::POST, "/api/intake/hub", &all, b"province=hunan".to_vec()).await;
        assert_eq!(page.status.as_u16(), 200, "{headers:?} {}", page.text());
    }
    assert_eq!(HOST, "test.local");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_configured_origin_only_that_one_counts() {
    let mut app = TestApp::sqlite().await;
    app.house.origin = Some("https://kj.example.gov.cn".to_owned());
    let mut browser = app.browser();
    for (headers, status) in [
        (vec![("origin", "https://kj.example.gov.cn")], 200),
        (vec![("origin", "http://kj.example.gov.cn")], 403),
        (vec![("origin", "http://test.local")], 403),
        (vec![("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], 403),
    ] {
        let all =
            [&headers[..], &[("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")]].concat();
        let page = browser.send(Method::POST, "/api/site", &all, b"province=hunan".to_vec()).await;
        assert_eq!(page.status.as_u16(), status, "{headers:?} {}", page.text());
    }
}

/// `SameSite=Lax` sends the cookie along when another site links to us, so looking must change nothing.
#[test]
fn no_server_function_can_be_called_by_a_link() {
    assert!(server_fn_paths().all(|(_, method)| method == Method::POST));
}
