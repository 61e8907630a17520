//! 数据导入 as an administrator does it: plain pages, a form with a file, and the annotated file.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::http::Method;
use suanpan_server::import::job::step;
use suanpan_server::orphans::{Swept, sweep};

use crate::support::browser::is_plain;
use crate::support::{Browser, Page, TestApp};

const NUMBER: &str = "430111199003079988";

/// The form with its file, as a browser sends it.
async fn send(browser: &mut Browser, kind: &str, key: &str, file: Option<(&str, &[u8])>) -> Page {
    let mut body = Vec::new();
    for (name, value) in [("kind", kind), ("key", key)] {
        body.extend(format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    let head =
        format!("--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n");
    body.extend(head.into_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--XX--\r\n");
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, "/hunan/staff/imports/file", &headers, body).await
}

/// What the server does by itself, until there is nothing more.
async fn works(app: &TestApp) {
    while step(app.services(), "test").await.unwrap() {}
}

async fn administrators(app: &TestApp) -> (Browser, Browser) {
    let (staff, now) = (app.staff().await, app.services().now());
    let mut both = Vec::new();
    for login in ["shengting", "qianguanli"] {
        let mut browser = app.browser();
        browser.staff_sign_in(staff.iter().find(|one| one.login == login).unwrap(), now).await;
        both.push(browser);
    }
    let second = both.pop().unwrap();
    (both.pop().unwrap(), second)
}

fn csv() -> Vec<u8> {
    let today = "2026-06-01";
    let text = format!(
        "完成日期,学分,姓名,年度,证件号码\n{today},30,张三,2026,{NUMBER}\n{today},many,=1+1,2026,{NUMBER}\n{today},30,张三,2026,{NUMBER}\n"
    );
    encoding_rs::GB18030.encode(&text).0.into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_looked_at_applied_by_two_and_taken_back_without_a_script() {
    let app = TestApp::sqlite().await;
    let (mut first, mut second) = administrators(&app).await;
    let list = first.look("/hunan/staff/imports").await;
    assert!(list.text().contains("还没有导入过文件") && list.text().contains("成绩公布日期"), "{}", list.text());
    assert!(is_plain(&list.text()), "a plain page");
    let empty = send(&mut first, "", "", None).await;
    assert_eq!(empty.status.as_u16(), 422);
    assert!(empty.text().contains("请选择文件的内容") && empty.text().contains("role=\"alert\""), "{}", empty.text());
    let sent = send(&mut first, "public", "六月", Some(("六月.csv", &csv()))).await;
    let path = sent.location().unwrap_or_else(|| panic!("{} {}", sent.status, sent.text())).to_owned();
    assert_eq!(send(&mut first, "public", "六月", Some(("again.csv", &csv()))).await.location(), Some(path.as_str()));
    let waiting = first.look(&path).await;
    assert_eq!(waiting.header("refresh"), Some("2"));
    assert!(waiting.text().contains("正在预检") && waiting.text().contains("<progress"), "{}", waiting.text());
    assert_eq!(first.look(&format!("{path}?still=1")).await.header("refresh"), None);
    works(&app).await;
    let looked = first.look(&path).await;
    assert_eq!(looked.header("refresh"), None);
    let text = looked.text();
    for said in ["预检完成，没有生效", "学分应是大于 0、最多两位小数的数字", "与第 2 行相同", "430111********9988"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains(NUMBER), "numbers are masked");
    let file = first.look(&format!("{path}/rows.csv")).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<String> = file.text().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[1].starts_with("2,张三,430111********9988,可导入，本人注册后登记,30,"), "{lines:?}");
    assert!(lines[2].starts_with("3,'=1+1,430111********9988,未导入,,"), "{lines:?}");
    let act = async |browser: &mut Browser, act: &str| {
        let version = browser.look(&path).await.hidden("version");
        browser.post(&path, &[("act", act), ("version", &version)]).await.text()
    };
    assert!(act(&mut first, "apply").await.contains("申请导入，等待同意"));
    assert!(act(&mut first, "agree").await.contains("自己申请的事项由另一位管理员同意"));
    assert!(second.look(&path).await.text().contains("下载原文件"));
    let original = second.look(&format!("{path}/original")).await;
    assert_eq!((original.status.as_u16(), original.header("content-type")), (200, Some("application/octet-stream")));
    assert!(original.header("content-disposition").is_some_and(|name| name.ends_with("-original.csv\"")));
    assert_eq!(original.body, csv(), "as it came");
    assert!(act(&mut second, "agree").await.contains("正在导入"));
    works(&app).await;
    assert!(first.look(&path).await.text().contains("已生效"));
    act(&mut second, "undo").await;
    act(&mut first, "agree").await;
    works(&app).await;
    assert!(second.look(&path).await.text().contains("已撤销"));
    assert!(app.services().db.verify_audit(&[]).await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_no_table_or_too_large_is_told_in_words() {
    let app = TestApp::sqlite().await;
    let (mut first, _) = administrators(&app).await;
    let sent = send(&mut first, "exam", "", Some(("x.png", b"\x89PNG\r\n\x1a\n0000"))).await;
    let path = sent.location().unwrap().to_owned();
    works(&app).await;
    let text = first.look(&path).await.text();
    assert!(text.contains("这是图片，不是表格") && text.contains("放弃"), "{text}");
    let large = vec![b'a'; suanpan_server::routes::import::MOST + 10];
    let sent = send(&mut first, "exam", "", Some(("x.csv", &large))).await;
    assert_eq!(sent.status.as_u16(), 422);
    assert!(sent.text().contains("文件超过 24 MB"), "{}", sent.text());
    let other = send(&mut first, "exam", "k", Some(("x.csv", b"a"))).await;
    assert!(other.location().is_some());
    let taken = send(&mut first, "exam", "k", Some(("x.csv", b"b"))).await;
    assert!(taken.text().contains("这个批次编号已用于另一个文件"), "{}", taken.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_signed_in_is_led_to_the_sign_in_and_nothing_is_read() {
    let app = TestApp::sqlite().await;
    app.staff().await;
    let mut stranger = app.browser();
    for below in ["", "/x", "/x/rows.csv", "/x/original"] {
        let path = format!("/hunan/staff/imports{below}");
        let page = stranger.look(&path).await;
        assert!(page.location().is_some_and(|to| to.starts_with("/hunan/staff/login")), "{path}: {}", page.status);
    }
    let sent = send(&mut stranger, "public", "", Some(("x.csv", &csv()))).await;
    assert!(sent.location().is_some_and(|to| to.starts_with("/hunan/staff/login")), "{}", sent.status);
    let batches = app.services().db.read().await.unwrap().list_imports("hunan", 10).await.unwrap();
    assert!(batches.is_empty());
}

/// The files that were handed in, as they lie on the disk.
fn kept(at: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path());
    let all = entries.flat_map(|path| if path.is_dir() { kept(&path) } else { vec![path] });
    all.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("i-")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_gone_is_told_and_keeps_no_other_waiting() {
    let app = TestApp::sqlite().await;
    let (mut first, _) = administrators(&app).await;
    let lost = send(&mut first, "public", "lost", Some(("a.csv", &csv()))).await.location().unwrap().to_owned();
    for path in kept(&app.folder.join("files")) {
        std::fs::remove_file(path).unwrap();
    }
    let other = [csv(), b"\n".to_vec()].concat();
    let there = send(&mut first, "public", "there", Some(("b.csv", &other))).await.location().unwrap().to_owned();
    works(&app).await;
    let text = first.look(&there).await.text();
    assert!(text.contains("预检完成"), "{text}");
    let text = first.look(&lost).await.text();
    assert!(text.contains("读不到内容") && text.contains("文件已不在服务器上") && text.contains("放弃"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_a_batch_that_was_put_aside_goes_and_that_of_every_other_stays() {
    let app = TestApp::sqlite().await;
    let (mut first, _) = administrators(&app).await;
    let dropped = send(&mut first, "public", "dropped", Some(("a.csv", &csv()))).await.location().unwrap().to_owned();
    let other = [csv(), b"\n".to_vec()].concat();
    send(&mut first, "public", "there", Some(("b.csv", &other))).await;
    // One whose row was refused: the key is that of another file.
    let third = [csv(), b"\n\n".to_vec()].concat();
    assert_eq!(send(&mut first, "public", "there", Some(("c.csv", &third))).await.status.as_u16(), 422);
    works(&app).await;
    let version = first.look(&dropped).await.hidden("version");
    first.post(&dropped, &[("act", "drop"), ("version", &version)]).await;
    let root = app.folder.join("files");
    assert_eq!(kept(&root).len(), 3);
    assert_eq!(sweep(app.services(), &root).await.unwrap(), Swept::default(), "their rows may be on their way");
    for path in kept(&root) {
        let file = File::options().write(true).open(&path).unwrap();
        let old = file.metadata().unwrap().modified().unwrap() - Duration::from_secs(20 * 86_400);
        file.set_modified(old).unwrap();
    }
    assert_eq!(sweep(app.services(), &root).await.unwrap(), Swept { aside: 2, removed: 0 });
}
