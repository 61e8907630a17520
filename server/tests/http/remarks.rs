//! 给审核人的说明: what a person writes about a picture, through the real upload route (docs/adr/0027).

use crate::support::browser::multipart;
use crate::support::journey::Person;
use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp, demo_staff};
use axum::http::Method;

const REMARK: &str = "原件就是这样，<b>印章</b>褪色";
/// As a page has to write it.
const SHOWN: &str = "原件就是这样，&lt;b&gt;印章&lt;/b&gt;褪色";

async fn before_the_slots(app: &TestApp) -> Browser {
    let person = Person::new(61);
    let mut owner = app.browser();
    owner.register(&person).await;
    owner.sign_in(&person).await;
    owner.pledge().await;
    owner.fill(&person).await;
    owner
}

/// Uploads as the scripts do: the remark stands before the file.
async fn upload(owner: &mut Browser, slot: &str, remark: &[u8]) -> Page {
    let head = b"--XXBOUNDARYXX\r\ncontent-disposition: form-data; name=\"remark\"\r\n\r\n".as_slice();
    let body = [head, remark, b"\r\n", &multipart("扫描.png", &png(640, 480, slot))].concat();
    let headers = [
        ("accept", "application/json"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    owner.send(Method::POST, &format!("/hunan/upload/{slot}"), &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_person_and_the_reviewer_read_it_at_its_picture() {
    let app = TestApp::sqlite().await;
    let mut owner = before_the_slots(&app).await;
    owner.upload_all().await;
    let kept = upload(&mut owner, "id_front", REMARK.as_bytes()).await;
    assert_eq!(kept.json()["Kept"][0]["remark"], REMARK, "{}", kept.text());
    for path in ["/hunan/intake/files", "/hunan/intake/progress"] {
        if path.ends_with("progress") {
            owner.submit().await;
        }
        let page = owner.get(path).await.text();
        assert_eq!(page.matches("给审核人的说明").count(), 1, "{path}");
        assert!(page.contains(SHOWN), "{path}");
    }
    app.staff().await;
    let mut reviewer = app.browser();
    reviewer.staff_sign_in(&demo_staff()[0], app.services().now()).await;
    let case = reviewer.queue().await[0]["id"].as_str().unwrap().to_owned();
    let page = reviewer.get(&format!("/hunan/staff/cases/{case}")).await.text();
    assert_eq!(page.matches("申请人的说明（").count(), 1);
    assert!(page.contains(SHOWN));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_sent_as_one_the_picture_is_kept_and_of_it_a_line() {
    let app = TestApp::sqlite().await;
    let mut owner = before_the_slots(&app).await;
    let long = "说".repeat(40_000);
    let cases: [(&[u8], usize); 4] = [(b"", 0), (b"\xFF\xFE\0", 3), (long.as_bytes(), 100), (" \r\n\t".as_bytes(), 0)];
    for (remark, most) in cases {
        let kept = upload(&mut owner, "id_front", remark).await.json();
        // What is empty is not sent.
        assert!(kept["Kept"][0].is_object(), "{kept}");
        let kept = kept["Kept"][0]["remark"].as_str().unwrap_or_default().to_owned();
        assert!(kept.chars().count() <= most && !kept.contains('\n'), "{kept}");
    }
}
