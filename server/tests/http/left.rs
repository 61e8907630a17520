//! A form that is posted without scripts after the session has ended: whoever had typed it finds it again, and nobody else.

mod plain;

use chrono::Duration;
use domain::case::StaffRole;
use service::staff::DemoStaff;

use crate::support::journey::{PASSWORD, Person};
use crate::support::*;

/// Longer than a session lasts without a request.
const LUNCH: Duration = Duration::minutes(45);

/// Somebody on 个人基本信息, who has typed for a while.
async fn typing(app: &TestApp, person: &Person) -> (Browser, String) {
    let mut browser = app.browser();
    browser.register(person).await;
    browser.sign_in(person).await;
    browser.pledge().await;
    let version = browser.get("/hunan/intake/person").await.hidden("version");
    (browser, version)
}

async fn save(browser: &mut Browser, version: &str, address: &str) -> Page {
    let form = [
        ("province", "hunan"),
        ("step", "person"),
        ("version", version),
        ("form[residence_address]", address),
        ("how", "continue"),
    ];
    browser.post("/api/intake/step/save", &form).await
}

fn reviewer(staff: &[DemoStaff]) -> DemoStaff {
    let is_reviewer =
        |one: &&DemoStaff| one.role == StaffRole::Reviewer && one.province == "hunan" && one.bureau.as_str() == BUREAU;
    staff.iter().find(is_reviewer).expect("a reviewer").clone()
}

/// What stands in the fields of a form.
type Typed<'a> = &'a [(&'a str, &'a str)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_when_the_session_had_ended_comes_back_to_the_same_person_and_is_saved_then() {
    let app = TestApp::sqlite().await;
    let person = Person::new(81);
    let (mut browser, version) = typing(&app, &person).await;
    app.clock.forward(LUNCH);
    let door = save(&mut browser, &version, &person.address).await;
    assert_eq!(door.path, "/hunan/login?again=kept");
    assert!(door.text().contains("填写的内容已经保留"), "{}", door.text());
    assert!(!door.text().contains(&person.address), "nobody is signed in");

    let back = browser.try_sign_in(&person).await;
    assert_eq!(back.path.split(['?', '#']).next(), Some("/hunan/intake/person"));
    assert!(back.text().contains(&person.address), "{}", back.text());
    assert!(back.text().contains("刚才提交时登录已经结束"));
    save(&mut browser, &back.hidden("version"), &person.address).await;
    let page = browser.get("/hunan/intake/person").await.text();
    assert!(page.contains(&person.address) && !page.contains("刚才提交时登录已经结束"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_who_signs_in_at_the_same_browser_sees_what_was_typed() {
    let app = TestApp::sqlite().await;
    let (person, other) = (Person::new(82), Person::new(83));
    app.browser().register(&other).await;
    let (mut browser, version) = typing(&app, &person).await;
    app.clock.forward(LUNCH);
    save(&mut browser, &version, &person.address).await;
    let bytes = String::from_utf8_lossy(&app.bytes()).into_owned();
    assert!(!bytes.contains(&person.address), "it waits sealed");

    let others = browser.try_sign_in(&other).await;
    assert!(!others.text().contains(&person.address), "{}", others.text());
    for page in ["/hunan/intake/briefing", "/hunan/intake", "/hunan/home"] {
        assert!(!browser.get(page).await.text().contains(&person.address), "{page}");
    }
    // It is still there for its person, at whatever browser they sign in.
    let back = app.browser().try_sign_in(&person).await;
    assert!(back.text().contains(&person.address), "{} {}", back.path, back.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_comes_back_for_is_forgotten_after_four_hours() {
    let app = TestApp::sqlite().await;
    let person = Person::new(84);
    let (mut browser, version) = typing(&app, &person).await;
    app.clock.forward(LUNCH);
    save(&mut browser, &version, &person.address).await;
    app.clock.forward(Duration::hours(5));
    let back = browser.try_sign_in(&person).await;
    assert!(!back.text().contains(&person.address), "{}", back.text());

    // And a session that ended yesterday tells nobody's form from another's.
    let version = browser.get("/hunan/intake/person").await.hidden("version");
    app.clock.forward(Duration::hours(25));
    service::account::sweep(app.services()).await.unwrap();
    let door = save(&mut browser, &version, &person.address).await;
    assert_eq!(door.path, "/hunan/login?again=lost");
    assert!(door.text().contains("刚才提交的内容没有保存"), "{}", door.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_password_waits_for_anybody() {
    let app = TestApp::sqlite().await;
    let person = Person::new(85);
    let (mut browser, _) = typing(&app, &person).await;
    app.clock.forward(LUNCH);
    let form = [
        ("province", "hunan"),
        ("form[old_password]", PASSWORD),
        ("form[password]", "Xiangjiang-88-Qing"),
        ("form[password_again]", "Xiangjiang-88-Qing"),
    ];
    let door = browser.post("/api/account/settings/password", &form).await;
    assert_eq!(door.path, "/hunan/login?again=1");
    let back = browser.try_sign_in(&person).await;
    assert!(!back.text().contains("Xiangjiang-88-Qing") && !back.text().contains(PASSWORD), "{}", back.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_reviewer_wrote_when_the_session_had_ended_is_on_the_bench_again() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let li = reviewer(&staff);
    let person = Person::new(86);
    app.browser().apply(&person).await;
    let mut bench = app.browser();
    bench.staff_sign_in(&li, app.services().now()).await;
    let case = bench.queue().await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/hunan/staff/cases/{case}");
    let version = bench.get(&path).await.hidden("form[version]");
    let judge = [
        ("province", "hunan"),
        ("form[case]", case.as_str()),
        ("form[version]", &version),
        ("form[item]", "education.full_time_major"),
        ("form[verdict]", "reject"),
        ("form[preset]", ""),
        ("form[reason]", "证书上的专业名称不同"),
    ];
    let decide = [
        ("province", "hunan"),
        ("form[case]", case.as_str()),
        ("form[version]", &version),
        ("form[decision]", "return"),
        ("form[reason]", "请对照毕业证书逐项核对"),
    ];
    let forward = [
        ("province", "hunan"),
        ("form[case]", case.as_str()),
        ("form[version]", &version),
        ("form[bureau]", SIBLING),
        ("form[reason]", "单位已经迁到天心区"),
    ];
    let posts: [(&str, Typed, &str); 3] = [
        ("/api/review/judge", &judge, "证书上的专业名称不同"),
        ("/api/review/decide", &decide, "请对照毕业证书逐项核对"),
        ("/api/review/forward", &forward, "单位已经迁到天心区"),
    ];
    for (post, form, words) in posts {
        app.clock.forward(LUNCH);
        let door = bench.post(post, form).await;
        assert_eq!(door.path, "/hunan/staff/login?again=kept", "{post}");
        bench.half_sign_in(&li).await;
        let code = service::second_factor::code(&li.totp_secret, app.services().now());
        let back = bench.post("/api/staff/confirm", &[("province", "hunan"), ("form[code]", &code)]).await;
        assert_eq!(back.path.split('#').next(), Some(path.as_str()), "{post}");
        assert!(back.text().contains(words), "{post}: {}", back.text());
        assert!(back.text().contains("刚才提交时登录已经结束"), "{post}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_at_the_counter_can_be_read_again() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let li = reviewer(&staff);
    let mut desk = app.browser();
    desk.staff_sign_in(&li, app.services().now()).await;
    app.clock.forward(LUNCH);
    let form = [
        ("province", "hunan"),
        ("form[what]", "mobile"),
        ("form[search]", "00000000-0000-7000-8000-000000000001"),
        ("form[mobile]", "13973160099"),
        ("form[reason]", "原号码已经停用，本人到场"),
        ("form[seen]", "yes"),
    ];
    let door = desk.post("/api/staff/counter/correct", &form).await;
    assert_eq!(door.path, "/hunan/staff/login?again=kept");
    desk.half_sign_in(&li).await;
    let code = service::second_factor::code(&li.totp_secret, app.services().now());
    let back = desk.post("/api/staff/confirm", &[("province", "hunan"), ("form[code]", &code)]).await;
    assert_eq!(back.path, "/hunan/staff/counter/mobile");
    assert!(back.text().contains("原号码已经停用，本人到场"), "{}", back.text());
    assert!(back.text().contains("请先查找账号"), "it is filled in for nobody");
}

/// A form with a file, as a browser without scripts sends it from a page.
async fn send_file(browser: &mut Browser, path: &str, from: &str, words: &[(&str, &str)]) -> Page {
    let mut body = String::new();
    for (name, value) in words {
        body.push_str(&format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str("--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nx\r\n--XX--\r\n");
    let referer = format!("http://test.local{from}");
    let headers = [
        ("accept", "text/html"),
        ("content-type", "multipart/form-data; boundary=XX"),
        ("sec-fetch-site", "same-origin"),
        ("referer", referer.as_str()),
    ];
    browser.send(axum::http::Method::POST, path, &headers, body.into_bytes()).await
}

/// Pages that share a path are told apart by their query.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_into_a_claim_comes_back_to_the_page_of_the_claim() {
    let app = TestApp::sqlite().await;
    let person = Person::new(88);
    let mut browser = crate::learning::collected(&app, 88).await;
    let code = ("form[code]", "91350100M000100Y43");
    let page = browser.post("/api/employer/start", &[("province", "hunan"), code, ("form[name]", "长沙某某有限公司")]).await;
    let path = page.path.clone();
    assert!(path.ends_with("?employer=claim"), "{path} {}", page.text());
    let (case, key) = (page.hidden("form[case]"), page.hidden("form[request_key]"));
    let changed = "长沙某某科技有限公司";
    let form = [
        ("province", "hunan"),
        ("form[case]", case.as_str()),
        code,
        ("form[name]", changed),
        ("form[request_key]", key.as_str()),
    ];
    app.clock.forward(LUNCH);
    assert_eq!(browser.post("/api/employer/submit", &form).await.path, "/hunan/login?again=kept");
    let back = browser.try_sign_in(&person).await;
    assert_eq!(back.path, path);
    assert!(back.text().contains(changed) && back.text().contains("刚才提交时登录已经结束"), "{}", back.text());

    // A file that came too late is chosen anew, on the same page.
    app.clock.forward(LUNCH);
    let door = send_file(&mut browser, &format!("/hunan/learning/conversions/{case}/upload/licence"), &path, &[]).await;
    assert_eq!(door.location(), Some("/hunan/login?again=1"), "{}", door.text());
    assert_eq!(browser.try_sign_in(&person).await.path, path);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_comes_after_the_session_leads_back_to_the_page_of_its_slot() {
    let app = TestApp::sqlite().await;
    let person = Person::new(89);
    let (mut browser, _) = typing(&app, &person).await;
    for from in ["/hunan/intake/files", "/hunan/home"] {
        app.clock.forward(LUNCH);
        let door = send_file(&mut browser, "/hunan/upload/photo", from, &[]).await;
        assert_eq!(door.location(), Some("/hunan/login?again=1"), "{}", door.text());
        assert_eq!(browser.try_sign_in(&person).await.path, "/hunan/intake/files");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_administrator_typed_for_an_import_is_there_again_and_the_file_is_chosen_anew() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let admin = staff.iter().find(|one| one.login == "shengting").unwrap();
    let mut browser = app.browser();
    browser.staff_sign_in(admin, app.services().now()).await;
    app.clock.forward(LUNCH);
    let list = "/hunan/staff/imports";
    let door = send_file(&mut browser, "/hunan/staff/imports/file", list, &[("kind", "public"), ("key", "六月公需")]).await;
    assert_eq!(door.location(), Some("/hunan/staff/login?again=kept"), "{}", door.text());
    browser.half_sign_in(admin).await;
    let code = service::second_factor::code(&admin.totp_secret, app.services().now());
    let back = browser.post("/api/staff/confirm", &[("province", "hunan"), ("form[code]", &code)]).await;
    assert_eq!(back.path, list);
    let text = back.text();
    assert!(text.contains("value=\"六月公需\"") && text.contains("刚才提交时登录已经结束"), "{text}");
    assert!(text.split("value=\"public\"").nth(1).is_some_and(|rest| rest.starts_with(" selected")), "{text}");
    assert!(!browser.get(list).await.text().contains("六月公需"), "it is shown once");
}
