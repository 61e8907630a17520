//! 档案关闭登记 as a bureau does it: a plain page, and a form with the proof in one post.

use axum::http::Method;
use store::account::alike::AlikeRow;

use crate::support::TestApp;
use crate::support::browser::is_plain;
use crate::support::seed::account;

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
    assert!(is_plain(&text), "a plain page");

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merge_that_is_refused_keeps_what_was_typed() {
    let app = TestApp::sqlite().await;
    let services = app.services().clone();
    let mut both = [account(&services, "hunan", 1, "欧阳归舟"), account(&services, "hunan", 2, "欧阳归舟")];
    both.sort_by(|one, other| one.id.as_str().cmp(other.id.as_str()));
    let pair = AlikeRow {
        id: services.ids.id(),
        province: "hunan".into(),
        one: both[0].id.clone(),
        other: both[1].id.clone(),
        why: String::new(),
        found_at: services.now(),
        dismissed_at: None,
    };
    let id = pair.id.clone();
    let write = services.db.write(move |tx| {
        Box::pin(async move {
            for row in &both {
                tx.insert_account(row).await?;
            }
            tx.note_alike(&pair).await
        })
    });
    assert!(write.await.unwrap());
    let (staff, now) = (app.staff().await, services.now());
    let mut browser = app.browser();
    browser.staff_sign_in(staff.iter().find(|one| one.login == "hunan").unwrap(), now).await;
    let form = [("id", id.as_str()), ("what", "ask"), ("reason", "已经打电话核实")];
    let refused = browser.post("/hunan/staff/merges", &form).await;
    assert_eq!(refused.status.as_u16(), 422);
    let text = refused.text();
    assert!(text.contains("请选择保留哪个账号") && text.contains("value=\"已经打电话核实\""), "{text}");
}
