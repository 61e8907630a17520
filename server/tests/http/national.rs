//! The national platform as people see it without a script: every entry says where a thing is done, and leads there.

use std::sync::Arc;

use chrono::Duration;
use domain::national::credits::CreditsFile;
use domain::national::{Owner, OwnerTerms};
use suanpan_server::provinces::with;

use crate::support::browser::is_plain;
use crate::support::journey::Person;
use crate::support::{Browser, TestApp};

const PLATFORM: &str = "https://ausm.mof.gov.cn/index";

/// The platform collects from 2026-11-20 on, and takes no draft after 2026-11-25 here.
async fn app() -> TestApp {
    let mut app = TestApp::sqlite().await;
    let provinces = with(&app.house.services.provinces, |profile| {
        profile.national.as_mut().unwrap().terms = vec![OwnerTerms {
            from: "2026-11-20".parse().unwrap(),
            collection_owner: Owner::National,
            drafts_until: Some("2026-11-25".parse().unwrap()),
        }];
    });
    app.house.services = app.house.services.with(|rooms| rooms.provinces = Arc::new(provinces));
    app
}

async fn later(app: &TestApp, person: &Person, days: i64) -> Browser {
    app.clock.forward(Duration::days(days));
    let mut browser = app.browser();
    browser.sign_in(person).await;
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_entry_says_where_a_thing_is_done_and_leads_to_the_page_that_says_it() {
    let app = app().await;
    let person = Person::new(1);
    let mut browser = app.browser();
    let ahead = browser.get("/hunan").await.text();
    assert!(ahead.contains("2026年11月20日起，") && ahead.contains("href=\"/hunan/national\""), "{ahead}");
    assert!(!ahead.contains(PLATFORM), "the foot of a page speaks of today");
    browser.register(&person).await;
    let mut browser = later(&app, &person, 3).await;
    for page in ["", "/home", "/services"] {
        let text = browser.get(&format!("/hunan{page}")).await.text();
        assert!(text.contains("本平台不再开始新的申请") && text.contains("href=\"/hunan/national\""), "{page}: {text}");
        assert!(text.contains(PLATFORM), "{page}: the foot says it");
    }
    let services = browser.get("/hunan/services").await.text();
    assert!(services.contains("2026年11月20日起在全国会计人员统一服务管理平台办理。"), "{services}");
    for page in ["/intake", "/intake/briefing", "/intake/person", "/intake?change=all", "/transfer", "/relocation"] {
        let led = browser.look(&format!("/hunan{page}")).await;
        assert_eq!(led.location(), Some("/hunan/national"), "{page}: {}", led.status);
    }
    let page = browser.look("/hunan/national").await;
    let text = page.text();
    assert_eq!(page.status.as_u16(), 200);
    for said in [PLATFORM, "仍在本平台办理的业务", "继续教育", "信息变更", "只能查看"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(is_plain(&text), "a plain page");
    assert_eq!(app.browser().look("/hunan/national").await.status.as_u16(), 200, "for everybody");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_comes_too_late_leads_to_the_page_and_what_was_typed_stays() {
    let app = app().await;
    let person = Person::new(1);
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    browser.pledge().await;
    browser.fill(&person).await;
    browser.upload_all().await;
    let key = browser.get("/hunan/intake/check").await.hidden("form[request_key]");
    let mut browser = later(&app, &person, 10).await;
    let fields = [("province", "hunan"), ("form[request_key]", key.as_str()), ("form[agreed]", "yes")];
    let sent = browser.post_only("/api/intake/submit", &fields).await;
    assert_eq!(sent.location(), Some("/hunan/national"), "{} {}", sent.status, sent.text());
    let text = browser.look("/hunan/national").await.text();
    assert!(text.contains("您在本平台没有办结的业务") && text.contains("填写的内容仍然保存"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_gets_the_credits_as_a_file_and_every_fault_is_said_at_its_field() {
    let app = app().await;
    let (staff, now) = (app.staff().await, app.services().now());
    let mut keeper = app.browser();
    keeper.staff_sign_in(staff.iter().find(|one| one.login == "shengting").unwrap(), now).await;
    let imports = keeper.look("/hunan/staff/imports").await.text();
    assert!(imports.contains("人员档案") && imports.contains("/hunan/staff/credits-export"), "{imports}");
    let page = keeper.look("/hunan/staff/credits-export").await.text();
    assert!(page.contains("登记学分的日期") && page.contains("2026年11月17日") && is_plain(&page), "{page}");
    let wrong = keeper.post_only("/hunan/staff/credits-export", &[("from", "2026-11-10"), ("until", "2026-11-18")]).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text().contains("截止日期最晚是昨天") && wrong.text().contains("value=\"2026-11-10\""), "{}", wrong.text());
    let file = keeper.post_only("/hunan/staff/credits-export", &[("from", "2026-11-10"), ("until", "2026-11-17")]).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, Some("application/json")));
    assert!(file.header("content-disposition").is_some_and(|name| name.contains("credits-hunan-2026-11-10-2026-11-17.json")));
    let file: CreditsFile = serde_json::from_slice(&file.body).unwrap();
    assert!(file.credits.is_empty());
    let stranger = app.browser().look("/hunan/staff/credits-export").await;
    assert!(stranger.location().is_some_and(|to| to.starts_with("/hunan/staff/login")), "{}", stranger.status);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_province_collects_there_is_no_such_page() {
    let app = TestApp::sqlite().await;
    assert_eq!(app.browser().look("/hunan/national").await.status.as_u16(), 404);
    let front = app.browser().get("/hunan").await.text();
    assert!(!front.contains("/hunan/national") && !front.contains(PLATFORM), "{front}");
    let (staff, now) = (app.staff().await, app.services().now());
    let mut keeper = app.browser();
    keeper.staff_sign_in(staff.iter().find(|one| one.login == "shengting").unwrap(), now).await;
    assert_eq!(keeper.look("/hunan/staff/credits-export").await.status.as_u16(), 404);
    assert!(!keeper.look("/hunan/staff/imports").await.text().contains("人员档案"));
}
