//! 材料上传 without scripts: an upload that the rules refuse says why, on the page it came from.

use axum::http::Method;

use crate::support::TestApp;
use crate::support::browser::multipart;
use crate::support::journey::Person;
use crate::support::pictures::png;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_upload_without_scripts_says_why_once() {
    let app = TestApp::sqlite().await;
    let mut owner = app.browser();
    owner.apply(&Person::new(71)).await;
    let page = owner.upload_as_page("id_front", "证件.png", &png(640, 480, "late")).await;
    assert_eq!(page.path, "/hunan/intake/files");
    let text = page.text();
    assert!(text.contains("文件没有收下") && text.contains("申请已经提交过了，请在“申报进度”中查看。"), "{text}");
    assert!(!owner.get("/hunan/intake/files").await.text().contains("文件没有收下"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limit_of_uploads_is_announced_and_says_its_day() {
    let app = TestApp::sqlite().await;
    let mut owner = app.browser();
    let person = Person::new(72);
    owner.register(&person).await;
    owner.sign_in(&person).await;
    owner.pledge().await;
    owner.fill(&person).await;
    let picture = png(640, 480, "again");
    for nth in 1..=40 {
        let kept = owner.upload("id_front", "证件.png", &picture).await;
        assert!(kept.text().starts_with("{\"Kept\""), "{nth}: {}", kept.text());
    }
    let page = owner.upload_as_page("id_front", "证件.png", &picture).await;
    let text = page.text();
    assert!(text.contains("24 小时内上传的文件已达上限，已经上传的都在，请在明天 "), "{text}");
    assert!(text.contains("之后再上传。") && text.contains(" 之前不能再上传文件。"), "{text}");
}

/// What arrives of a form whose connection is lost in the middle of its file, and before it; and what is no form at all.
fn broken_off() -> Vec<Vec<u8>> {
    let whole = multipart("证件.png", &png(640, 480, "cut"));
    vec![whole[..whole.len() / 2].to_vec(), whole[..20].to_vec(), b"--".to_vec()]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_breaks_off_is_told_as_that_and_not_as_a_file_that_nobody_chose() {
    let app = TestApp::sqlite().await;
    let mut owner = app.browser();
    let person = Person::new(73);
    owner.register(&person).await;
    owner.sign_in(&person).await;
    owner.pledge().await;
    owner.fill(&person).await;
    for body in broken_off() {
        for accept in ["application/json", "text/html"] {
            let headers = [
                ("accept", accept),
                ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
                ("sec-fetch-site", "same-origin"),
            ];
            let sent = owner.send(Method::POST, "/hunan/upload/id_front", &headers, body.clone()).await;
            if accept == "application/json" {
                assert_eq!(sent.text(), r#"{"Wrong":"FileCut"}"#);
                continue;
            }
            let page = owner.get("/hunan/intake/files").await.text();
            assert!(page.contains("图片不完整，可能是没有传完") && !page.contains("请上传居民身份证"), "{page}");
        }
    }
    // A form that is whole and in which nothing was chosen is told as that.
    let headers = [
        ("accept", "application/json"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    let sent = owner.send(Method::POST, "/hunan/upload/id_front", &headers, multipart("", &[])).await;
    assert_eq!(sent.text(), r#"{"Wrong":"FileMissing"}"#);
}
