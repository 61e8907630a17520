//! 跨省调转 as a person sees it: a plain page, and forms without a script.

use axum::http::Method;

use crate::support::TestApp;
use crate::support::browser::is_plain;
use crate::support::journey::Person;

const PAGE: &str = "/hunan/relocation";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_whoever_has_no_record_takes_packages_and_says_why_it_does_not() {
    let app = TestApp::sqlite().await;
    let stranger = app.browser().look(PAGE).await;
    assert_eq!(stranger.location(), Some("/hunan/login?again=1"));
    let mut browser = app.browser();
    let person = Person::new(1);
    browser.register(&person).await;
    browser.sign_in(&person).await;
    let page = browser.look(PAGE).await;
    let text = page.text();
    assert!(text.contains("您在本省还没有档案") && text.contains("接收档案包"), "{text}");
    assert!(is_plain(&text), "a plain page");

    let body = "--XX\r\ncontent-disposition: form-data; name=\"package\"; filename=\"x.age\"\r\n\
        content-type: application/octet-stream\r\n\r\nPK\x03\x04\r\n--XX\r\n\
        content-disposition: form-data; name=\"passphrase\"\r\n\r\n\r\n--XX--\r\n";
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    let refused = browser.send(Method::POST, "/hunan/relocation/file", &headers, body.into()).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.text());
    assert!(refused.text().contains("这不是会计人员档案包"), "{}", refused.text());

    let empty = browser.post(PAGE, &[("act", "submit"), ("request_key", "k1")]).await;
    assert_eq!(empty.status.as_u16(), 422, "{}", empty.text());
    assert!(empty.text().contains("请选择调往的地区"), "{}", empty.text());
    assert_eq!(browser.look("/hunan/relocation/package").await.status.as_u16(), 404, "nothing has left");
}

#[tokio::test]
async fn what_packages_are_locked_for_is_public() {
    let app = TestApp::sqlite().await;
    let answer = app.browser().look("/.well-known/age-recipients.json").await;
    assert!(answer.text().contains("\"hubei\":\"age1"), "{}", answer.text());
}
