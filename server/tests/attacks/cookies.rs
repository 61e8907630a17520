//! No two provinces and no two roles share a session.

use axum::http::Method;

use crate::support::journey::Person;
use crate::support::{Browser, TestApp};

async fn sees(browser: &mut Browser, path: &str) -> bool {
    browser.look(path).await.status.as_u16() == 200
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_accountant_and_a_reviewer_are_signed_in_side_by_side_and_leave_one_by_one() {
    let app = TestApp::sqlite().await;
    let (staff, person) = (app.staff().await, Person::new(1));
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    browser.staff_sign_in(&staff[0], app.services().now()).await;
    assert!(sees(&mut browser, "/hunan/home").await && sees(&mut browser, "/hunan/staff/desk").await);

    // A cookie under the other name opens nothing, and nothing is written into its session.
    let mut crossed = app.browser();
    crossed.jar.insert("staff-hunan".into(), browser.jar["sid-hunan"].clone());
    crossed.jar.insert("sid-hunan".into(), browser.jar["staff-hunan"].clone());
    assert!(!sees(&mut crossed, "/hunan/home").await && !sees(&mut crossed, "/hunan/staff/desk").await);
    assert_ne!(crossed.jar["sid-hunan"], browser.jar["staff-hunan"], "it was replaced");
    // Calls of the one never read the cookie of the other.
    let mut desk = app.browser();
    desk.jar.insert("staff-hunan".into(), browser.jar["staff-hunan"].clone());
    assert_eq!(desk.call("/api/intake/hub", &[("province", "hunan")]).await.status.as_u16(), 401);
    assert_eq!(desk.call("/api/review/desk", &[("province", "hunan")]).await.status.as_u16(), 200);

    let origin = "http://test.local";
    let headers = [
        ("accept", "text/html"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("origin", origin),
        ("referer", "http://test.local/hunan/staff/desk"),
    ];
    let left = browser.send(Method::POST, "/api/account/sign-out", &headers, b"province=hunan".to_vec()).await;
    assert!(left.header("set-cookie").unwrap().starts_with("staff-hunan="), "{:?}", left.headers);
    assert!(!sees(&mut browser, "/hunan/staff/desk").await && sees(&mut browser, "/hunan/home").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_at_one_province_can_use_another_at_once() {
    let app = TestApp::sqlite().await;
    let person = Person::new(1);
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    let here = browser.jar["sid-hunan"].clone();
    assert!(sees(&mut browser, "/hubei/captcha.png").await);
    assert_ne!(browser.jar["sid-hubei"], here);
    assert!(sees(&mut browser, "/hunan/home").await);
    assert_eq!(browser.jar["sid-hunan"], here);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_from_elsewhere_ends_no_session_of_the_staff_and_comes_through() {
    let app = TestApp::sqlite().await;
    let headers = [("accept", "text/html"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
    for (path, next) in [
        ("/hunan/staff/desk", "/hunan/staff/desk?inside=1"),
        ("/hunan/staff/queue?status=submitted&x=\"", "/hunan/staff/queue?status=submitted&amp;x=%22&amp;inside=1"),
    ] {
        let path = path.replace('"', "%22");
        let page = app.browser().send(Method::GET, &path, &headers, Vec::new()).await;
        assert_eq!((page.status.as_u16(), page.header("set-cookie")), (200, None));
        assert!(page.text().contains(&format!("content=\"0;url={next}\"")), "{}", page.text());
    }
    // Once is enough, whatever the browser says.
    let page = app.browser().send(Method::GET, "/hunan/staff/desk?inside=1", &headers, Vec::new()).await;
    let set = page.header("set-cookie").unwrap();
    assert!(set.starts_with("to-staff-hunan=/hunan/staff/desk;"), "only the page is remembered: {set}");
    assert!(page.location().unwrap().contains("/hunan/staff/login"));
    let page = app.browser().look("/hunan/staff/login").await;
    let set = page.header("set-cookie").unwrap();
    assert!(set.starts_with("staff-hunan=") && set.contains("; HttpOnly") && set.contains("; SameSite=Strict"), "{set}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_keeps_back_the_page_they_come_from_leaves_the_desk_all_the_same() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let mut browser = app.browser();
    browser.staff_sign_in(&staff[0], app.services().now()).await;
    let desk = browser.look("/hunan/staff/desk").await.text();
    let (_, rest) = desk.split_once("/api/account/sign-out").unwrap();
    let address = format!("/api/account/sign-out{}", rest.split_once('"').unwrap().0);
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let left = browser.send(Method::POST, &address, &headers, b"province=hunan".to_vec()).await;
    assert!(left.header("set-cookie").unwrap().starts_with("staff-hunan="), "{address} {:?}", left.headers);
    assert!(!sees(&mut browser, "/hunan/staff/desk").await);
}
