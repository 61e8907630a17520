//! 账号申诉 and 这不是我本人 as a browser without scripts has them.

use axum::http::Method;
use domain::case::{CaseKind, Status};
use sha2::{Digest, Sha256};
use store::account::AccountRow;
use store::account::freeze::FreezeLinkRow;

use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp, seed};

const PAGE: &str = "/hubei/appeal";
const NEW: &str = "13800000001";
const MULTI: &str = "multipart/form-data; boundary=XXBOUNDARYXX";

async fn owner(app: &TestApp) -> AccountRow {
    let account = seed::account(app.services(), "hubei", 7, "欧阳归舟");
    let row = account.clone();
    app.services().db.write(move |tx| Box::pin(async move { tx.insert_account(&row).await })).await.unwrap();
    account
}

async fn newest(app: &TestApp, account: &AccountRow) -> Option<store::case::file::CaseRow> {
    app.services().db.read().await.unwrap().find_latest_case(&account.id, CaseKind::Appeal).await.unwrap()
}

/// Everything that a number was sent, the newest first.
async fn texts(app: &TestApp, browser: &mut Browser, mobile: &str) -> Vec<(String, Option<String>)> {
    while service::notify::deliver(app.services()).await.unwrap() > 0 {}
    let sent = browser.look("/demo/sms").await.json();
    let of = sent.as_array().unwrap().iter().filter(|sms| sms["mobile"] == mobile);
    of.map(|sms| (sms["text"].as_str().unwrap().to_owned(), sms["code"].as_str().map(str::to_owned))).collect()
}

/// Asks for a code to the number; answers the code.
async fn prove(app: &TestApp, browser: &mut Browser, mobile: &str) -> String {
    assert!(browser.look(PAGE).await.text().contains("第一步：验证您的手机号码"));
    assert!(browser.look("/hubei/captcha.png").await.status.is_success());
    let captcha = browser.look("/demo/challenge").await.json()["captcha"].as_str().unwrap().to_owned();
    let page = browser.post(PAGE, &[("mobile", mobile), ("captcha", &captcha)]).await;
    assert!(page.text().contains("第二步：填写申诉内容"), "{} {}", page.status, page.text());
    texts(app, browser, mobile).await.into_iter().find_map(|(_, code)| code).unwrap()
}

fn body(fields: &[(&str, &str)], slots: &[&str]) -> Vec<u8> {
    let named: Vec<(&str, String)> = slots.iter().map(|slot| (*slot, format!("{slot}.png"))).collect();
    body_named(fields, &named)
}

fn body_named(fields: &[(&str, &str)], slots: &[(&str, String)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--XXBOUNDARYXX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for (slot, name) in slots {
        let head = format!(
            "--XXBOUNDARYXX\r\ncontent-disposition: form-data; name=\"{slot}\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&png(64, 48, slot));
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XXBOUNDARYXX--\r\n");
    body
}

fn fields<'a>(number: &'a str, code: &'a str) -> [(&'static str, &'a str); 5] {
    [("claim", "taken"), ("name", "司马听雪"), ("document_kind", "passport"), ("document_number", number), ("sms_code", code)]
}

async fn post(browser: &mut Browser, body: Vec<u8>) -> Page {
    let headers = [("accept", "text/html"), ("content-type", MULTI), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, "/hubei/appeal/apply", &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_appeal_is_made_without_scripts_from_where_somebody_is_stuck() {
    let app = TestApp::sqlite().await;
    let account = owner(&app).await;
    let mut browser = app.browser();
    for path in ["/hubei/login", "/hubei/registered"] {
        let page = browser.look(path).await.text();
        assert!(page.contains("href=\"/hubei/appeal\""), "{path} leads there");
    }
    let page = browser.look(PAGE).await;
    assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    assert!(!page.text().contains("<script"), "{}", page.text());
    let early = post(&mut browser, body(&fields("E00000007", "000000"), &["front", "back", "hand"])).await;
    assert_eq!((early.status.as_u16(), early.location()), (303, Some(PAGE)), "nothing is read before a code");
    let empty = browser.post(PAGE, &[("mobile", ""), ("captcha", "")]).await;
    assert_eq!(empty.status.as_u16(), 422);
    assert!(empty.text().contains("请填写手机号码"), "{}", empty.text());

    let code = prove(&app, &mut browser, NEW).await;
    let missing = post(&mut browser, body(&fields("", &code)[1..], &["front"])).await;
    assert_eq!(missing.status.as_u16(), 422);
    let text = missing.text();
    for said in ["请选择您的情况", "请填写证件号码", "请上传证件反面", "请上传本人手持证件的照片", "value=\"司马听雪\""]
    {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    let done = post(&mut browser, body(&fields("E00000007", &code), &["front", "back", "hand"])).await;
    assert_eq!(done.location(), Some("/hubei/appeal?done=1"), "{} {}", done.status, done.text());
    assert!(browser.look("/hubei/appeal?done=1").await.text().contains("申诉已收到"));
    let case = newest(&app, &account).await.unwrap();
    assert_eq!(case.status, Status::Submitted);
    let (told, _) = texts(&app, &mut browser, "13800000007").await.remove(0);
    assert!(told.contains("携带证件") && !told.contains(NEW), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_appeal_is_answered_to_the_byte_alike_whether_there_is_an_account_or_not() {
    let mut said = Vec::new();
    // Each in a house of its own: the second appeal from a number is told how many are left.
    for number in ["E00000007", "E00000099"] {
        let app = TestApp::sqlite().await;
        let account = owner(&app).await;
        let mut browser = app.browser();
        let code = prove(&app, &mut browser, NEW).await;
        let page = post(&mut browser, body(&fields(number, &code), &["front", "back", "hand"])).await;
        let mut headers: Vec<String> = page.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        headers.retain(|line| !line.starts_with("x-request-id"));
        let (text, _) = texts(&app, &mut browser, NEW).await.remove(0);
        said.push((page.status, headers, page.body, text));
        assert_eq!(newest(&app, &account).await.is_some(), number == "E00000007");
    }
    assert_eq!(said[0], said[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_of_a_message_shows_a_page_and_its_button_freezes_the_account() {
    let app = TestApp::sqlite().await;
    let account = owner(&app).await;
    let token = "AAAAAAAAAAAAAAAAAAAAAB";
    let row = FreezeLinkRow {
        link_hash: Sha256::digest(token.as_bytes()).to_vec(),
        account_id: account.id.clone(),
        mobile_hash: account.mobile_hash.clone(),
        expires_at: app.services().now() + chrono::Duration::days(7),
        frozen_until: None,
    };
    app.services().db.write(move |tx| Box::pin(async move { tx.insert_freeze_link(&row).await })).await.unwrap();
    let link = format!("/hubei/not-me/{token}");
    let mut finder = app.browser();
    let nobodys = finder.look("/hubei/not-me/AAAAAAAAAAAAAAAAAAAAAA").await.text();
    let page = finder.look(&link).await;
    assert_eq!(
        page.text().replace(token, ""),
        nobodys.replace("AAAAAAAAAAAAAAAAAAAAAA", ""),
        "the page knows nothing of the link"
    );
    let frozen = async || {
        let mut reader = app.services().db.read().await.unwrap();
        reader.find_frozen_until(&account.id, app.services().now()).await.unwrap()
    };
    assert!(frozen().await.is_none(), "looking does nothing");
    let done = finder.post(&link, &[]).await;
    assert!(done.status.is_success() && done.text().contains("账号已冻结"), "{} {}", done.status, done.text());
    let until = frozen().await.unwrap();
    let again = finder.post(&link, &[]).await;
    assert_eq!(again.status.as_u16(), 410, "{}", again.text());
    assert!(again.text().contains("链接已经失效"));
    assert_eq!(frozen().await, Some(until));
    let said = finder.look(&format!("/hubei/frozen?until={}", until.timestamp())).await.text();
    assert!(said.contains("2026年11月19日 10:00") && said.contains("自动解除"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_people_come_by_an_identity_service_there_is_nothing_to_appeal() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for path in ["/zhejiang/appeal", "/zhejiang/appeal?done=1"] {
        assert_eq!(browser.look(path).await.status.as_u16(), 404, "{path}");
    }
    let post = browser.post("/zhejiang/appeal", &[("mobile", NEW), ("captcha", "x")]).await;
    assert_eq!(post.status.as_u16(), 404, "{}", post.text());
    assert!(!browser.look("/zhejiang/login").await.text().contains("/appeal"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_name_of_a_picture_of_an_appeal_is_only_a_name() {
    let app = TestApp::sqlite().await;
    let account = owner(&app).await;
    let mut browser = app.browser();
    let code = prove(&app, &mut browser, NEW).await;
    let names = [
        ("front", "../../../etc/passwd".to_owned()),
        ("back", "<img src=x onerror=alert(1)>.png".to_owned()),
        ("hand", "长".repeat(5000)),
    ];
    let done = post(&mut browser, body_named(&fields("E00000007", &code), &names)).await;
    assert_eq!(done.location(), Some("/hubei/appeal?done=1"), "{} {}", done.status, done.text());
    let case = newest(&app, &account).await.unwrap();
    let kept = app.services().db.read().await.unwrap().list_attachments(&case.id).await.unwrap();
    assert_eq!(kept.len(), 3);
    for file in kept {
        assert!(!file.name.contains(['/', '\\']) && file.name.chars().count() <= 120, "{}", file.name);
    }
    // Nothing was written beside the folder of the files.
    let outside: Vec<_> = std::fs::read_dir(&app.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(outside.len(), 2, "{outside:?}");
}
