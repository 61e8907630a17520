//! 调转 without scripts: the bureau with what it wants, the form with its proof, both bureaus, and what the first may read afterwards.

use axum::http::Method;
use domain::id::StaffId;
use store::portal::contact::ContactRow;

use crate::support::browser::is_plain;
use crate::support::journey::Person;
use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp};

const PAGE: &str = "/hunan/transfer";
const TO: &str = "430102";

/// The form as a browser sends it.
async fn send(browser: &mut Browser, fields: &[(&str, &str)], file: &[u8]) -> Page {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let name = if file.is_empty() { "" } else { "证明.png" };
    let head =
        format!("--XX\r\ncontent-disposition: form-data; name=\"proof\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n");
    body.extend(head.into_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--XX--\r\n");
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, "/hunan/transfer/apply", &headers, body).await
}

/// How 芙蓉区 is reached and what it wants.
async fn reachable(app: &TestApp) {
    let services = app.services().clone();
    let by: StaffId = services.db.read().await.unwrap().find_staff_of_login("hunan", "sibling").await.unwrap().unwrap().id;
    let row = ContactRow {
        province: "hunan".to_owned(),
        bureau: TO.into(),
        phone: "0731-80000000".to_owned(),
        address: "某某路 1 号".to_owned(),
        hours: "工作日 8:30–17:00".to_owned(),
        wants: "请携带劳动合同原件".to_owned(),
        version: 0,
        updated_by: by,
        updated_at: services.now(),
    };
    let write = services.db.write(move |tx| Box::pin(async move { tx.save_contact(&row).await }));
    write.await.unwrap();
}

async fn decide(desk: &mut Browser, case: &str) -> Page {
    let version = desk.get(&format!("/hunan/staff/cases/{case}")).await.hidden("form[version]");
    let form = [
        ("province", "hunan"),
        ("form[case]", case),
        ("form[version]", version.as_str()),
        ("form[decision]", "approve"),
        ("form[reason]", ""),
    ];
    desk.post("/api/review/decide", &form).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_goes_to_another_bureau_without_a_script() {
    let app = TestApp::sqlite().await;
    let stranger = app.browser().look(PAGE).await;
    assert_eq!(stranger.location(), Some("/hunan/login?again=1"));
    let mut owner = app.browser();
    owner.apply(&Person::new(71)).await;
    assert!(owner.get(PAGE).await.text().contains("信息采集审核通过以后，才能办理调转。"));
    let (staff, now) = (app.staff().await, app.services().now());
    reachable(&app).await;
    let (mut desk, mut sibling) = (app.browser(), app.browser());
    desk.staff_sign_in(staff.iter().find(|one| one.login == "yuhua").unwrap(), now).await;
    sibling.staff_sign_in(staff.iter().find(|one| one.login == "sibling").unwrap(), now).await;
    let intake = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&intake).await;

    let first = owner.get(PAGE).await.text();
    assert!(first.contains("长沙市芙蓉区财政局") && !first.contains("提交调转") && is_plain(&first), "{first}");
    let chosen = owner.get(&format!("{PAGE}?to={TO}")).await;
    for words in ["请携带劳动合同原件", "0731-80000000", "工作日 8:30–17:00", "申请市内调转", "调转证明材料"]
    {
        assert!(chosen.text().contains(words), "{words}: {}", chosen.text());
    }
    let key = chosen.hidden("request_key");
    let wrong = send(&mut owner, &[("to", TO), ("request_key", &key), ("remark", "已入职")], b"").await;
    assert_eq!(wrong.status.as_u16(), 422);
    for said in ["请选择调转原因", "请选择证明材料的文件", "请先阅读并勾选承诺", "value=\"已入职\""]
    {
        assert!(wrong.text().contains(said), "{said}: {}", wrong.text());
    }
    let nowhere = send(&mut owner, &[("to", "999999"), ("request_key", &key)], b"").await;
    assert!(nowhere.status.as_u16() == 422 && nowhere.text().contains("请重新选择调入财政局。"), "{}", nowhere.text());
    let fields = [
        ("to", TO),
        ("request_key", key.as_str()),
        ("reason", "employed"),
        ("employer_name", "长沙另一有限公司"),
        ("agreed", "yes"),
    ];
    let sent = send(&mut owner, &fields, &png(640, 480, "employment")).await;
    assert_eq!(sent.location(), Some(PAGE), "{}", sent.text());
    let waiting = owner.get(PAGE).await.text();
    assert!(waiting.contains("等待长沙市雨花区财政局审核") && waiting.contains("您不用做什么。"), "{waiting}");

    let case = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    decide(&mut desk, &case).await;
    assert!(owner.get(PAGE).await.text().contains("长沙市雨花区财政局已同意调出"));
    assert_eq!(sibling.queue().await[0]["id"].as_str(), Some(case.as_str()));
    decide(&mut sibling, &case).await;
    let done = owner.get(PAGE).await.text();
    assert!(done.contains("已经办结") && done.contains("会计人员档案现由长沙市芙蓉区财政局管理。"), "{done}");

    let left = desk.get("/hunan/staff/transfers").await.text();
    for path in [&case, &intake].map(|case| format!("/hunan/staff/cases/{case}")) {
        assert!(left.contains(&path), "{left}");
        let read = desk.get(&path).await;
        assert!(read.status.is_success() && !read.text().contains("审核通过</button>"), "{}", read.text());
    }
    assert!(sibling.get("/hunan/staff/transfers").await.text().contains("还没有调出的会计人员。"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_is_cancelled_and_what_is_over_is_not() {
    let app = TestApp::sqlite().await;
    let mut owner = app.browser();
    owner.apply(&Person::new(72)).await;
    let (staff, now) = (app.staff().await, app.services().now());
    let mut desk = app.browser();
    desk.staff_sign_in(staff.iter().find(|one| one.login == "yuhua").unwrap(), now).await;
    let intake = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&intake).await;
    let key = owner.get(&format!("{PAGE}?to={TO}")).await.hidden("request_key");
    let fields = [("to", TO), ("request_key", key.as_str()), ("reason", "moved"), ("agreed", "yes")];
    send(&mut owner, &fields, &png(640, 480, "moved")).await;
    let version = owner.get(PAGE).await.hidden("version");
    let stale = owner.post(PAGE, &[("version", "99")]).await;
    assert!(stale.status.as_u16() == 409 && stale.text().contains("情况有变化"), "{}", stale.text());
    let cancelled = owner.post(PAGE, &[("version", &version)]).await.text();
    assert!(cancelled.contains("已经取消") && cancelled.contains("调入财政局"), "{cancelled}");
    assert!(desk.queue().await.is_empty());
}
