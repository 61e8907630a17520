//! 手机号更换申请 as a browser without scripts sends it, and as nobody should.

use axum::http::Method;
use domain::case::{CaseKind, Status};
use store::account::AccountRow;

use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp, seed};

const NEW: &str = "13800000001";
const MULTI: &str = "multipart/form-data; boundary=XXBOUNDARYXX";

/// Somebody of the province that has it.
async fn owner(app: &TestApp) -> AccountRow {
    let account = seed::account(app.services(), "hubei", 7, "欧阳归舟");
    let row = account.clone();
    app.services().db.write(move |tx| Box::pin(async move { tx.insert_account(&row).await })).await.unwrap();
    account
}

async fn newest(app: &TestApp, account: &AccountRow) -> Option<store::case::file::CaseRow> {
    app.services().db.read().await.unwrap().find_latest_case(&account.id, CaseKind::PhoneChange).await.unwrap()
}

/// Everything that a number was sent, the newest first.
async fn texts(app: &TestApp, browser: &mut Browser, mobile: &str) -> Vec<(String, Option<String>)> {
    while service::notify::deliver(app.services()).await.unwrap() > 0 {}
    let sent = browser.look("/demo/sms").await.json();
    let of = sent.as_array().unwrap().iter().filter(|sms| sms["mobile"] == mobile);
    of.map(|sms| (sms["text"].as_str().unwrap().to_owned(), sms["code"].as_str().map(str::to_owned))).collect()
}

/// Asks for a code to the new number; answers the code.
async fn prove(app: &TestApp, browser: &mut Browser, mobile: &str) -> String {
    assert!(browser.look("/hubei/phone-change").await.status.is_success());
    assert!(browser.look("/hubei/captcha.png").await.status.is_success());
    let captcha = browser.look("/demo/challenge").await.json()["captcha"].as_str().unwrap().to_owned();
    let asked = [("province", "hubei"), ("purpose", "phone_change"), ("form[mobile]", mobile), ("form[captcha]", &captcha)];
    let page = browser.post("/api/account/code", &asked).await;
    assert_eq!(page.path, "/hubei/phone-change", "{}", page.text());
    assert!(page.text().contains("phone-change/apply"), "{}", page.text());
    texts(app, browser, mobile).await.into_iter().find_map(|(_, code)| code).unwrap()
}

fn body(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--XXBOUNDARYXX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--XXBOUNDARYXX\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{name}.png\"\r\ncontent-type: image/png\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XXBOUNDARYXX--\r\n");
    body
}

fn fields<'a>(name: &'a str, code: &'a str) -> [(&'static str, &'a str); 4] {
    [("form[name]", name), ("form[document_kind]", "passport"), ("form[document_number]", "E00000007"), ("form[sms_code]", code)]
}

async fn post(browser: &mut Browser, kind: &str, body: Vec<u8>) -> Page {
    let headers = [("accept", "text/html"), ("content-type", kind), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, "/hubei/phone-change/apply", &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_is_made_without_scripts_and_stopped_by_the_link_in_the_message() {
    let app = TestApp::sqlite().await;
    let account = owner(&app).await;
    let mut browser = app.browser();
    assert!(browser.look("/hubei").await.text().contains("/hubei/phone-change"), "the portal leads there");
    let code = prove(&app, &mut browser, NEW).await;
    let missing = post(&mut browser, MULTI, body(&fields("", &code), &[("front", &png(64, 48, "f"))])).await;
    assert_eq!((missing.status.as_u16(), missing.location()), (303, Some("/hubei/phone-change")));
    let page = browser.look("/hubei/phone-change").await.text();
    assert!(page.contains("请填写姓名") && page.contains("请上传证件反面") && page.contains("E00000007"), "{page}");
    let files: [(&str, &[u8]); 2] = [("front", &png(64, 48, "front")), ("back", &png(64, 48, "back"))];
    let done = post(&mut browser, MULTI, body(&fields(&account.name, &code), &files)).await;
    assert_eq!(done.location(), Some("/hubei/phone-change?done=1"), "{} {}", done.status, done.text());
    assert!(browser.look("/hubei/phone-change?done=1").await.text().contains("申请已收到"));
    let case = newest(&app, &account).await.unwrap();
    assert_eq!(case.status, Status::Submitted);

    let old = "13800000007";
    let (told, _) = texts(&app, &mut browser, old).await.remove(0);
    let link = told.split_once("请打开 ").unwrap().1.split_once(' ').unwrap().0.to_owned();
    let mut finder = app.browser();
    let page = finder.look(&link).await;
    assert!(page.status.is_success() && page.text().contains("不是本人申请"), "{}", page.text());
    assert_eq!(newest(&app, &account).await.unwrap().status, Status::Submitted, "looking changes nothing");
    let token = page.hidden("form[token]");
    let wrong = finder.post("/api/account/phone-change/objection", &[("province", "hubei"), ("form[token]", "x/../..")]).await;
    assert!(!wrong.status.is_server_error(), "{}", wrong.text());
    let stopped = finder.post("/api/account/phone-change/objection", &[("province", "hubei"), ("form[token]", &token)]).await;
    assert_eq!(stopped.path, "/hubei/phone-change?objected=1", "{}", stopped.text());
    assert!(stopped.text().contains("异议已受理"));
    assert_eq!(newest(&app, &account).await.unwrap().status, Status::Closed);
    let again = finder.post("/api/account/phone-change/objection", &[("province", "hubei"), ("form[token]", &token)]).await;
    assert!(again.text().contains("这个链接已经失效"), "{} {}", again.path, again.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_is_the_same_to_the_byte_whether_the_person_exists_or_not() {
    let mut said = Vec::new();
    // Each in a house of its own: the second application for a document is told how many are left.
    for stranger in [None, Some("司马听雪")] {
        let app = TestApp::sqlite().await;
        let account = owner(&app).await;
        let (name, mobile) = (stranger.unwrap_or(&account.name), NEW);
        let mut browser = app.browser();
        let code = prove(&app, &mut browser, mobile).await;
        let files: [(&str, &[u8]); 2] = [("front", &png(64, 48, "front")), ("back", &png(64, 48, "back"))];
        let page = post(&mut browser, MULTI, body(&fields(name, &code), &files)).await;
        let mut headers: Vec<String> = page.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        headers.retain(|line| !line.starts_with("x-request-id"));
        let (text, _) = texts(&app, &mut browser, mobile).await.remove(0);
        said.push((page.status, headers, page.body, text));
        assert_eq!(newest(&app, &account).await.is_some(), stranger.is_none());
    }
    assert_eq!(said[0], said[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_posts_are_no_fault_of_ours_and_open_no_case() {
    let app = TestApp::sqlite().await;
    let account = owner(&app).await;
    let mut browser = app.browser();
    let good = png(64, 48, "x");
    let whole = body(&fields(&account.name, "000000"), &[("front", &good), ("back", &good)]);
    let early = post(&mut browser, MULTI, whole.clone()).await;
    assert_eq!((early.status.as_u16(), early.location()), (303, Some("/hubei/phone-change")), "nothing is read before a code");
    let code = prove(&app, &mut browser, NEW).await;
    let all = fields(&account.name, &code);
    let many: Vec<(String, String)> = (0..20_000).map(|n| (format!("form[x{n}]"), "y".to_owned())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let long = "长".repeat(100_000);
    let too_long = [("form[name]", long.as_str()), ("form[note]", &long)];
    let six = [good.clone(), vec![0; 6 << 20]].concat();
    let complete = body(&all, &[("front", &good), ("back", &good)]);
    for (what, kind, sent, says) in [
        ("no multipart", "application/json", b"{}".to_vec(), ""),
        ("no boundary", "multipart/form-data", whole.clone(), ""),
        ("nothing", MULTI, Vec::new(), "可能是没有传完"),
        ("cut off", MULTI, complete[..complete.len() - 60].to_vec(), "可能是没有传完"),
        ("many parts", MULTI, body(&many, &[]), "请上传证件正面"),
        ("endless texts", MULTI, body(&too_long, &[]), "说明最多 200 个字"),
        ("a picture of six megabytes", MULTI, body(&all, &[("front", &six), ("back", &good)]), "文件必须小于 5 MB，现在是 6"),
        ("twelve megabytes", MULTI, body(&all, &[("front", &six), ("back", &six)]), "文件必须小于 5 MB"),
        ("markup", MULTI, body(&all, &[("front", b"<svg onload='alert(1)'/>"), ("back", &good)]), "这个文件不是图片，也不是 PDF"),
        ("a picture that ends before it begins", MULTI, body(&all, &[("front", &good[..40]), ("back", &good)]), "文件损坏"),
    ] {
        let page = post(&mut browser, kind, sent).await;
        assert!(!page.status.is_server_error(), "{what}: {} {}", page.status, page.text());
        assert_ne!(page.location(), Some("/hubei/phone-change?done=1"), "{what}");
        let shown = browser.look("/hubei/phone-change").await.text();
        assert!(shown.contains(says), "{what}: {shown}");
        assert!(newest(&app, &account).await.is_none(), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_province_has_none_every_address_is_missing() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for path in ["/zhejiang/phone-change", "/zhejiang/phone-change/objection/AAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(browser.look(path).await.status.as_u16(), 404, "{path}");
    }
    let headers = [("accept", "text/html"), ("content-type", MULTI), ("sec-fetch-site", "same-origin")];
    let page = browser.send(Method::POST, "/zhejiang/phone-change/apply", &headers, body(&[], &[])).await;
    assert_eq!(page.status.as_u16(), 404);
    for path in ["/zhejiang", "/zhejiang/login"] {
        assert!(!browser.look(path).await.text().contains("phone-change"), "{path}");
    }
}
