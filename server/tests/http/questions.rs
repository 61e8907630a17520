//! 咨询 over HTTP: plain pages, a form with pictures in one post, and an answer of the bureau.

use axum::http::Method;

use crate::support::browser::is_plain;
use crate::support::journey::Person;
use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp};

const PAGE: &str = "/hunan/questions";
const DESK: &str = "/hunan/staff/questions";

/// The form as a browser sends it.
async fn ask(browser: &mut Browser, fields: &[(&str, &str)], files: &[&[u8]]) -> Page {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    for file in files {
        // No name of a picture is kept, whatever it is.
        let head = "--XX\r\ncontent-disposition: form-data; name=\"proof\"; filename=\"../<img src=x onerror=alert(1)>.png\"\r\ncontent-type: image/png\r\n\r\n";
        body.extend(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XX--\r\n");
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, &format!("{PAGE}/ask"), &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_is_asked_and_answered_without_a_script_and_nobody_else_sees_it() {
    let app = TestApp::sqlite().await;
    let (staff, now) = (app.staff().await, app.services().now());
    let person = Person::new(61);
    let mut owner = app.browser();
    owner.register(&person).await;
    owner.sign_in(&person).await;
    let page = owner.look(&format!("{PAGE}?about=files")).await;
    let text = page.text();
    assert!(text.contains("向湖南省财政厅提问，5 个工作日内") && text.contains("还没有咨询过"), "{text}");
    assert!(is_plain(&text), "a plain page");
    let key = page.hidden("request_key");

    let typed = "照片 </textarea><b>总是上传失败";
    let four = [png(64, 64, "a"), png(64, 64, "b"), png(64, 64, "c"), png(64, 64, "d")];
    let many: Vec<&[u8]> = four.iter().map(Vec::as_slice).collect();
    let wrong = ask(&mut owner, &[("request_key", &key), ("page", "files"), ("text", typed)], &many).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text().contains("最多选择 3 张图片"), "{}", wrong.text());
    assert!(wrong.text().contains("照片 &lt;/textarea&gt;&lt;b&gt;总是上传失败</textarea>"), "{}", wrong.text());

    let picture = png(640, 480, "screen");
    for _ in 0..2 {
        let done = ask(&mut owner, &[("request_key", &key), ("page", "files"), ("text", typed)], &[picture.as_slice()]).await;
        assert_eq!(done.location(), Some("/hunan/questions?done=1"), "{} {}", done.status, done.text());
    }
    let text = owner.look(&format!("{PAGE}?done=1")).await.text();
    assert_eq!(text.matches("图片 1").count(), 1, "asked once: {text}");
    assert!(!text.contains("onerror"), "{text}");
    assert!(text.contains("照片 &lt;/textarea&gt;&lt;b&gt;总是上传失败"), "{text}");
    let path = text.split("href=\"").find(|rest| rest.starts_with("/hunan/questions/")).expect("a way to the picture");
    let path = path.split('"').next().unwrap_or_default().to_owned();
    let seen = owner.look(&path).await;
    assert_eq!((seen.status.as_u16(), seen.header("content-type")), (200, Some("image/jpeg")));

    let mut other = app.browser();
    let second = Person::new(62);
    other.register(&second).await;
    other.sign_in(&second).await;
    assert_eq!(other.look(&path).await.status.as_u16(), 404);
    assert!(!other.look(PAGE).await.text().contains("总是上传失败"));

    let mut reviewer = app.browser();
    reviewer.staff_sign_in(staff.iter().find(|one| one.login == "hunan").expect("a reviewer"), now).await;
    let desk = reviewer.look(DESK).await;
    assert!(desk.text().contains("等待答复（1）") && desk.text().contains(&person.name), "{}", desk.text());
    let id = desk.hidden("question");
    let empty = reviewer.post(DESK, &[("question", &id), ("text", " ")]).await;
    assert!(empty.status.as_u16() == 422 && empty.text().contains("请填写答复"), "{} {}", empty.status, empty.text());
    let done = reviewer.post(DESK, &[("question", &id), ("text", "请压缩到 200 KB 以内。")]).await;
    assert!(done.text().contains("没有等待答复的咨询") && done.text().contains("请压缩到"), "{}", done.text());
    let late = reviewer.post(DESK, &[("question", &id), ("text", "再答一次。")]).await;
    assert!(late.status.as_u16() == 409 && late.text().contains("已经由其他工作人员答复"), "{} {}", late.status, late.text());
    assert!(owner.look(PAGE).await.text().contains("请压缩到 200 KB 以内。"));
    assert!(owner.get("/hunan/messages").await.text().contains("咨询已经答复"));

    // Whoever keeps the texts makes a 常见问题 of it, and sees nobody's name.
    let mut keeper = app.browser();
    keeper.staff_sign_in(staff.iter().find(|one| one.login == "shengting").expect("an administrator"), now).await;
    assert!(keeper.get("/hunan/staff/texts?kind=questions").await.text().contains("href=\"/hunan/staff/answers\""));
    let list = keeper.look("/hunan/staff/answers").await;
    let text = list.text();
    assert!(text.contains("请压缩到 200 KB 以内。") && !text.contains(&person.name) && !text.contains("<b>"), "{text}");
    assert!(is_plain(&text), "a plain page");
    let id = list.hidden("question");
    let editor = keeper.post("/hunan/staff/answers", &[("question", &id)]).await;
    assert!(editor.path.starts_with("/hunan/staff/texts/"), "{} {}", editor.path, editor.status);
    assert!(editor.text().contains("请压缩到 200 KB 以内。") && editor.text().contains("保存草稿"), "{}", editor.text());
    assert!(keeper.look("/hunan/staff/answers").await.text().contains("查看已整理的内容"));
    assert_eq!(reviewer.look("/hunan/staff/answers").await.status.as_u16(), 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_signed_in_asks_and_answers_nothing() {
    let app = TestApp::sqlite().await;
    let mut stranger = app.browser();
    for page in [stranger.look(PAGE).await, ask(&mut stranger, &[("text", "照片总是上传失败")], &[]).await] {
        assert!(page.location().is_some_and(|to| to.starts_with("/hunan/login")), "{} {:?}", page.status, page.location());
    }
    let page = stranger.look(DESK).await;
    assert!(page.location().is_some_and(|to| to.starts_with("/hunan/staff/login")), "{} {:?}", page.status, page.location());
}
