//! 档案关闭登记 as a bureau does it: a plain page, and a form with the proof in one post.

use axum::http::Method;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closing_is_entered_without_a_script_and_every_fault_is_said_at_its_field() {
    let app = TestApp::sqlite().await;
    let stranger = app.browser().look("/hunan/staff/closings").await;
    assert_eq!(stranger.location(), Some("/hunan/staff/login?again=1"));
    let (staff, now) = (app.staff().await, app.services().now());
    let mut browser = app.browser();
    browser.staff_sign_in(staff.iter().find(|one| one.login == "yuhua").unwrap(), now).await;
    let page = browser.look("/hunan/staff/closings").await;
    let text = page.text();
    assert!(text.contains("还没有录入过档案关闭") && text.contains("不再从事会计工作"), "{text}");
    assert!(!text.contains("<script"), "a plain page");

    let (key, mut body) = (page.hidden("request_key"), String::new());
    let fields = [("request_key", key.as_str()), ("document_kind", "resident_id"), ("name", "张三"), ("note", "本人申请")];
    for (name, value) in fields {
        body.push_str(&format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str("--XX--\r\n");
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    let wrong = browser.send(Method::POST, "/hunan/staff/closings/file", &headers, body.into_bytes()).await;
    assert_eq!(wrong.status.as_u16(), 422);
    for said in ["请填写证件号码", "请选择关闭原因", "请填写发生日期", "请选择证明材料的文件", "value=\"本人申请\""]
    {
        assert!(wrong.text().contains(said), "{said}: {}", wrong.text());
    }
    assert!(!browser.look("/hunan/staff/closings?done=%3Cb%3E").await.text().contains("<b>"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_that_look_alike_are_shown_to_reviewers_of_the_province_alone() {
    let app = TestApp::sqlite().await;
    let (staff, now) = (app.staff().await, app.services().now());
    for (login, status) in [("yuhua", 403), ("shengting", 403), ("hunan", 200)] {
        let mut browser = app.browser();
        browser.staff_sign_in(staff.iter().find(|one| one.login == login).unwrap(), now).await;
        let page = browser.look("/hunan/staff/merges").await;
        assert_eq!(page.status.as_u16(), status, "{login}");
        assert_eq!(page.text().contains("没有需要核实的账号"), status == 200, "{login}");
    }
    let stranger = app.browser().look("/hunan/staff/merges").await;
    assert_eq!(stranger.location(), Some("/hunan/staff/login?again=1"));
}
