//! Signing in leads to the page that was asked for, in whatever way, and nowhere else.

use crate::support::journey::Person;
use crate::support::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asked_for_a_page_gets_it_after_signing_in_and_only_once() {
    let app = TestApp::sqlite().await;
    let person = Person::new(71);
    app.browser().register(&person).await;
    let mut browser = app.browser();
    let door = browser.get("/hunan/messages").await;
    assert_eq!(door.path.split('?').next(), Some("/hunan/login"), "{}", door.path);
    assert!(door.text().contains("登录后回到：站内信。"), "{}", door.text());
    assert_eq!(browser.try_sign_in(&person).await.path, "/hunan/messages");
    browser.jar.retain(|name, _| name.starts_with("to-"));
    assert!(!browser.get("/hunan/login").await.text().contains("登录后回到"), "and nothing is said of it");
    assert_eq!(browser.try_sign_in(&person).await.path, "/hunan/home", "it has led there already");
}

/// Pages that share a path are told apart by their query; what was said once is no part of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_its_query_names_is_the_one_that_signing_in_leads_to() {
    let app = TestApp::sqlite().await;
    let person = Person::new(74);
    app.browser().register(&person).await;
    for (asked, named) in [
        ("/hunan/learning?employers=all", "/hunan/learning?employers=all"),
        ("/hunan/learning?missing=2026", "/hunan/learning?missing=2026"),
        ("/hunan/learning?exams=1&trouble=busy", "/hunan/learning?exams=1"),
        ("/hunan/settings?done=password", "/hunan/settings"),
    ] {
        let mut browser = app.browser();
        browser.get(asked).await;
        assert_eq!(browser.try_sign_in(&person).await.path, named);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_cookie_leads_off_the_site_or_to_the_other_side() {
    let app = TestApp::sqlite().await;
    let person = Person::new(72);
    app.browser().register(&person).await;
    for planted in [
        "//evil.example",
        "https://evil.example/hunan/home",
        "/hunan//evil.example",
        "/hunan/../staff",
        "/hunan/staff/desk",
        "/hubei/home",
        "/hunan/login",
        "/hunan/staff",
        "/hunan/a%2Fb",
        "\\\\evil.example",
        "/hunan/messages?to=//evil.example",
        "/hunan/messages?to=%2F%2Fevil.example",
        "/hunan/login?to=home",
    ] {
        let mut browser = app.browser();
        browser.jar.insert("to-hunan".into(), planted.into());
        assert_eq!(browser.try_sign_in(&person).await.path, "/hunan/home", "{planted}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_staff_get_the_page_that_a_message_led_to() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let li =
        staff.iter().find(|one| one.role == domain::case::StaffRole::Reviewer && one.province == "hunan").expect("a reviewer");
    let mut browser = app.browser();
    let door = browser.get("/hunan/staff/queue").await;
    assert!(door.path.starts_with("/hunan/staff/login") && door.text().contains("登录后回到：审核列表。"), "{}", door.text());
    browser.half_sign_in(li).await;
    let code = service::second_factor::code(&li.totp_secret, app.services().now());
    let page = browser.post("/api/staff/confirm", &[("province", "hunan"), ("form[code]", &code)]).await;
    assert_eq!((page.path.as_str(), page.status.as_u16()), ("/hunan/staff/queue", 200));
}
