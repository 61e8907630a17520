//! 档案关闭申请 without scripts: every fault at its field, the request, both persons of the bureaus, and the record that is closed.

use axum::http::Method;

use crate::support::browser::is_plain;
use crate::support::journey::Person;
use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp};

const PAGE: &str = "/hunan/closing";

/// The form as a browser sends it.
async fn send(browser: &mut Browser, fields: &[(&str, &str)], file: &[u8]) -> Page {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let name = if file.is_empty() { "" } else { "退休证.png" };
    let head =
        format!("--XX\r\ncontent-disposition: form-data; name=\"proof\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n");
    body.extend(head.into_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--XX--\r\n");
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, "/hunan/closing/apply", &headers, body).await
}

async fn approve(desk: &mut Browser) {
    let case = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    let version = desk.get(&format!("/hunan/staff/cases/{case}")).await.hidden("form[version]");
    let form = [
        ("province", "hunan"),
        ("form[case]", case.as_str()),
        ("form[version]", version.as_str()),
        ("form[decision]", "approve"),
        ("form[reason]", ""),
    ];
    desk.post("/api/review/decide", &form).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_asks_without_a_script_and_two_of_the_bureaus_close_the_record() {
    let app = TestApp::sqlite().await;
    let stranger = app.browser().look(PAGE).await;
    assert_eq!(stranger.location(), Some("/hunan/login?again=1"));
    let mut owner = app.browser();
    owner.apply(&Person::new(91)).await;
    assert!(owner.get(PAGE).await.text().contains("没有档案的不用申请"));
    let (staff, now) = (app.staff().await, app.services().now());
    let (mut desk, mut city) = (app.browser(), app.browser());
    desk.staff_sign_in(staff.iter().find(|one| one.login == "yuhua").unwrap(), now).await;
    city.staff_sign_in(staff.iter().find(|one| one.login == "changsha").unwrap(), now).await;
    let intake = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&intake).await;
    assert!(owner.get("/hunan/record").await.text().contains("href=\"/hunan/closing\""), "the record leads there");

    let page = owner.get(PAGE).await;
    let text = page.text();
    assert!(text.contains("离退休") && text.contains("不再从事会计工作") && !text.contains("死亡"), "{text}");
    assert!(is_plain(&text), "a plain page");
    let key = page.hidden("request_key");
    let wrong = send(&mut owner, &[("request_key", &key), ("note", "家中有事")], b"").await;
    assert_eq!(wrong.status.as_u16(), 422);
    for said in ["请选择关闭原因", "请填写发生日期", "请先阅读并勾选承诺", "value=\"家中有事\""] {
        assert!(wrong.text().contains(said), "{said}: {}", wrong.text());
    }
    let fields = [("request_key", key.as_str()), ("cause", "retired"), ("since", "2026-01-12"), ("agreed", "yes")];
    let bare = send(&mut owner, &fields, b"").await;
    assert!(bare.status.as_u16() == 422 && bare.text().contains("离退休的请选择退休证"), "{}", bare.text());
    let sent = send(&mut owner, &fields, &png(640, 480, "retired")).await;
    assert_eq!(sent.location(), Some(PAGE), "{}", sent.text());
    let waiting = owner.get(PAGE).await;
    assert!(waiting.text().contains("等待长沙市雨花区财政局审核"), "{}", waiting.text());
    let stale = owner.post(PAGE, &[("version", "99")]).await;
    assert!(stale.status.as_u16() == 409 && stale.text().contains("情况有变化"), "{}", stale.text());

    approve(&mut desk).await;
    assert!(owner.get(PAGE).await.text().contains("由另一位工作人员确认以后档案关闭"));
    approve(&mut city).await;
    let closed = owner.get(PAGE).await.text();
    assert!(closed.contains("会计人员档案已由") && closed.contains("离退休"), "{closed}");
    assert!(!owner.get("/hunan/record").await.text().contains("href=\"/hunan/closing\""));
}
