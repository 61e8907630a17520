//! Rewards and penalties by a file, and the file for the national platform, without a script.

use axum::http::Method;
use suanpan_server::import::job::step;

use crate::penalties::{honest, somebody};
use crate::support::browser::is_plain;
use crate::support::{Browser, Page, TestApp};

const EXPORT: &str = "/hunan/staff/integrity-export";

async fn administrator(app: &TestApp, login: &str) -> Browser {
    let (staff, now) = (app.staff().await, app.services().now());
    let mut browser = app.browser();
    browser.staff_sign_in(staff.iter().find(|one| one.login == login).unwrap(), now).await;
    browser
}

async fn send(browser: &mut Browser, kind: &str, text: &str) -> Page {
    let mut body = Vec::new();
    for (name, value) in [("kind", kind), ("key", "")] {
        body.extend(format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let head = "--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"处罚.csv\"\r\ncontent-type: text/csv\r\n\r\n";
    body.extend(format!("{head}{text}\r\n--XX--\r\n").into_bytes());
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, "/hunan/staff/imports/file", &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn penalties_come_by_a_file_that_two_agree_on_and_leave_by_a_file_for_the_national_platform() {
    let app = honest().await;
    somebody(&app).await;
    let (mut first, mut second) = (administrator(&app, "shengting").await, administrator(&app, "qianguanli").await);
    let page = first.look("/hunan/staff/imports").await.text();
    assert!(page.contains("行政处罚") && page.contains("处罚决定书文号") && page.contains("诚信信息导出"), "{page}");
    let template = first.look("/hunan/staff/imports/templates/penalty.csv").await;
    assert_eq!(template.header("content-type"), Some("text/csv; charset=utf-8"));
    let heading = template.text().trim_start_matches('\u{FEFF}').trim_end().to_owned();
    assert_eq!(heading, "姓名,证件类型,证件号码,处罚决定机关,处罚决定书文号,处罚决定日期,处罚种类,法律依据,违法事实");
    assert_eq!(first.look("/hunan/staff/imports/templates/other.csv").await.status.as_u16(), 404);

    let row = |number: &str, kinds: &str| {
        format!("备用人,护照,E00000000,长沙市财政局,{number},2026-11-10,{kinds},第四十一条,伪造会计凭证。\n")
    };
    let text =
        format!("{heading}\n{}{}", row("长财监〔2026〕3号", "罚款、五年内不得从事会计工作"), row("长财监〔2026〕4号", "坐牢"));
    let sent = send(&mut first, "penalty", &text).await;
    let path = sent.location().unwrap_or_else(|| panic!("{} {}", sent.status, sent.text())).to_owned();
    while step(app.services(), "test").await.unwrap() {}
    let looked = first.look(&path).await.text();
    assert!(looked.contains("处罚种类应按法律的名称填写") && !looked.contains("E00000000"), "{looked}");
    for (browser, act) in [(&mut first, "apply"), (&mut second, "agree")] {
        let version = browser.look(&path).await.hidden("version");
        browser.post(&path, &[("act", act), ("version", &version)]).await;
    }
    while step(app.services(), "test").await.unwrap() {}
    assert!(first.look(&path).await.text().contains("已生效"));

    let form = first.look(EXPORT).await;
    assert!(form.text().contains("导出的范围") && is_plain(&form.text()), "{}", form.text());
    let wrong = first.post(EXPORT, &[("from", "20261102"), ("to", "20261101"), ("what", "all")]).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text().contains("截止日期不能早于开始日期") && wrong.text().contains("value=\"20261102\""), "{}", wrong.text());
    let today = app.services().today().to_string();
    let file = first.post(EXPORT, &[("from", &today), ("to", &today), ("what", "penalty")]).await;
    assert_eq!((file.status.as_u16(), file.header("cache-control")), (200, Some("no-store")));
    assert!(file.header("content-disposition").is_some_and(|name| name.starts_with("attachment; filename=\"integrity-hunan-")));
    let given = file.json();
    assert_eq!(given["version"], 1);
    assert_eq!(given["entries"].as_array().unwrap().len(), 1);
    assert_eq!(given["entries"][0]["record"]["person"]["document_number"], "E00000000");
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../../docs/integrity-export.schema.json")).unwrap();
    for field in schema["required"].as_array().unwrap() {
        assert!(given.get(field.as_str().unwrap()).is_some(), "{field}");
    }
    let known = |of: &serde_json::Value, shape: &str| {
        let names = schema["$defs"][shape]["properties"].as_object().unwrap();
        of.as_object().unwrap().keys().all(|name| names.contains_key(name))
    };
    let entry = &given["entries"][0];
    assert!(known(entry, "entry") && known(&entry["record"], "record") && known(&entry["record"]["person"], "person"), "{given}");
    assert!(app.services().db.verify_audit(&[]).await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_but_an_administrator_of_the_province_takes_the_file() {
    let app = honest().await;
    let mut stranger = app.browser();
    for page in [stranger.look(EXPORT).await, stranger.post_only(EXPORT, &[("what", "all")]).await] {
        assert!(page.location().is_some_and(|to| to.starts_with("/hunan/staff/login")), "{} {:?}", page.status, page.location());
    }
    let mut reviewer = administrator(&app, "hunan").await;
    assert_eq!(reviewer.look(EXPORT).await.status.as_u16(), 403);
    // Where the province has no 诚信 there is no such thing.
    let plain = TestApp::sqlite().await;
    let mut keeper = administrator(&plain, "shengting").await;
    assert_eq!(keeper.look(EXPORT).await.status.as_u16(), 404);
    assert_eq!(keeper.look("/hunan/staff/imports/templates/penalty.csv").await.status.as_u16(), 404);
    assert!(!keeper.look("/hunan/staff/imports").await.text().contains("诚信信息导出"));
}
