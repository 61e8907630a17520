//! 撤销登记 as a bureau does it, and as its person answers: plain pages, and forms with a proof in one post.

use axum::http::Method;

use crate::support::journey::Person;
use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp, demo_staff};

const DESK: &str = "/hunan/staff/annulments";
const OWN: &str = "/hunan/annulments";

async fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> Page {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    if let Some(bytes) = file {
        let head =
            "--XX\r\ncontent-disposition: form-data; name=\"proof\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n";
        body.extend(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XX--\r\n");
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, path, &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_annulment_is_entered_and_answered_without_a_script() {
    let app = TestApp::sqlite().await;
    let stranger = app.browser().look(DESK).await;
    assert_eq!(stranger.location(), Some("/hunan/staff/login?again=1"));
    assert!(app.browser().look(OWN).await.location().is_some_and(|to| to.starts_with("/hunan/login")));
    let (mut owner, mut desk) = (app.browser(), app.browser());
    owner.apply(&Person::new(93)).await;
    assert!(owner.look(OWN).await.text().contains("没有撤销登记的事项"));
    app.staff().await;
    let li = demo_staff().into_iter().find(|one| one.login == "yuhua").unwrap();
    desk.staff_sign_in(&li, app.services().now()).await;
    let case = desk.queue().await[0].clone();
    desk.approve(case["id"].as_str().unwrap()).await;
    let number = case["number"].as_str().unwrap().to_owned();

    let page = desk.look(DESK).await;
    assert!(page.text().contains("还没有录入过撤销登记") && !page.text().contains("录入撤销登记</h2>"), "{}", page.text());
    let unknown = desk.look(&format!("{DESK}?again=12")).await.text();
    assert!(unknown.contains("没有这个编号的已审核通过的申请"), "{unknown}");
    let found = desk.look(&format!("{DESK}?again={number}")).await;
    let text = found.text();
    assert!(text.contains("审核通过以后签发的证明和记入的学分") && text.contains("会计人员档案停用"), "{text}");
    let key = found.hidden("request_key");
    let file = format!("{DESK}/file");
    let wrong = send(&mut desk, &file, &[("request_key", &key), ("of", &number), ("facts", "不实")], None).await;
    assert_eq!(wrong.status.as_u16(), 422);
    for said in ["请选择撤销原因", "查明的情况至少 10 个字", "请选择查证材料的文件", ">不实</textarea>"]
    {
        assert!(wrong.text().contains(said), "{said}: {}", wrong.text());
    }
    let facts = "学历证书经发证学校复函，查无此证。";
    let right = [("request_key", key.as_str()), ("of", &number), ("ground", "proof"), ("facts", facts)];
    let entered = send(&mut desk, &file, &right, Some(&png(1200, 800, "a"))).await;
    assert!(entered.location().is_some_and(|to| to.starts_with("/hunan/staff/annulments?done=")), "{}", entered.text());
    let list = desk.look(entered.location().unwrap()).await.text();
    assert!(list.contains("已告知本人") && list.contains("等待确认"), "{list}");

    assert!(owner.look("/hunan/home").await.text().contains("查看撤销登记"));
    let told = owner.look(OWN).await;
    assert!(told.text().contains(facts) && told.text().contains("提出意见"), "{}", told.text());
    let (case, key) = (told.hidden("case"), told.hidden("request_key"));
    let file = format!("{OWN}/file");
    let short = send(&mut owner, &file, &[("case", &case), ("request_key", &key), ("said", "<b>不对</b>")], None).await;
    assert_eq!(short.status.as_u16(), 422);
    assert!(short.text().contains("&lt;b&gt;不对") && !short.text().contains("<b>不对"), "{}", short.text());
    let said = "证书是真的，请向学校的档案馆核实。";
    let answer = [("case", case.as_str()), ("request_key", &key), ("said", said)];
    let answered = send(&mut owner, &file, &answer, Some(&png(1200, 800, "b"))).await;
    let shown = owner.look(answered.location().unwrap()).await.text();
    assert!(shown.contains("您的意见已提交") && shown.contains(said) && !shown.contains("提交意见</button>"), "{shown}");
    assert!(desk.look(DESK).await.text().contains("本人已提出意见"));
}
