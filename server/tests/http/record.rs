//! 个人档案 without scripts: who looked, and the papers.

use chrono::Duration;
use domain::case::CaseKind;
use domain::id::CaseId;
use store::case::attachment::AttachmentRow;

use crate::support::journey::Person;
use crate::support::{Browser, TestApp};

/// Somebody with an application that waits, its id and one of its files.
async fn applied(app: &TestApp, person: &Person) -> (Browser, CaseId, AttachmentRow) {
    let mut browser = app.browser();
    browser.apply(person).await;
    let hash = app.services().vault.keyed_hash("document", &person.document);
    let mut reader = app.services().db.read().await.unwrap();
    let account = reader.list_accounts_of_document("hunan", &hash).await.unwrap().remove(0).id;
    let case = reader.find_latest_case(&account, CaseKind::Intake).await.unwrap().unwrap().id;
    let file = reader.list_attachments(&case).await.unwrap().remove(0);
    (browser, case, file)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_of_the_staff_looked_is_told_by_bureau_and_role() {
    let app = TestApp::sqlite().await;
    let (mut browser, case, _) = applied(&app, &Person::new(1)).await;
    let page = browser.get("/hunan/record?show=looks").await;
    assert!(page.text().contains("还没有工作人员查看过您的信息。"), "{}", page.text());
    let staff = app.staff().await;
    let yuhua = staff.iter().find(|one| one.login == "yuhua").unwrap();
    let mut reviewer = app.browser();
    reviewer.staff_sign_in(yuhua, app.services().now()).await;
    reviewer.get(&format!("/hunan/staff/cases/{case}")).await;
    app.clock.forward(Duration::seconds(1));
    let text = browser.get("/hunan/record?show=looks").await.text();
    assert!(text.contains("雨花区财政局 审核人员") && text.contains("打开申请") && text.contains("所办申请：信息采集"), "{text}");
    assert!(!text.contains(&yuhua.name), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_has_a_record_or_a_timeline_before_the_approval() {
    let app = TestApp::sqlite().await;
    let (mut browser, ..) = applied(&app, &Person::new(1)).await;
    for page in ["/hunan/record", "/hunan/record?show=history"] {
        let text = browser.get(page).await.text();
        assert!(text.contains("还没有建立档案") && !text.contains("class=\"timeline\""), "{page}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_in_use_is_listed_dated_and_not_deleted() {
    let app = TestApp::sqlite().await;
    let (mut browser, _, file) = applied(&app, &Person::new(1)).await;
    let text = browser.get("/hunan/record?show=papers").await.text();
    assert!(text.contains("有申请或者档案在用，不能删除。") && !text.contains("确定删除"), "{text}");
    let dated = |on: &'static str| [("province", "hunan"), ("form[paper]", file.id.as_str()), ("form[expires_on]", on)];
    let page = browser.post("/api/record/paper/expiry", &dated("2026-02-30")).await;
    assert!(page.text().contains("有效期至请填写真实的日期"), "{}", page.text());
    let page = browser.post("/api/record/paper/expiry", &dated("2035-12-31")).await;
    assert!(page.text().contains("有效期至 2035年12月31日"), "{}", page.text());
    let form = [("province", "hunan"), ("form[paper]", file.id.as_str())];
    let page = browser.post("/api/record/paper/delete", &form).await;
    assert!(page.path.starts_with("/hunan/record?"), "{}", page.path);
    let kept = app.services().db.read().await.unwrap().find_attachment(&file.id).await.unwrap();
    assert!(kept.is_some_and(|kept| kept.is_current), "what an application has stays");
}
