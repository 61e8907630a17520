//! 提交回执: a PDF for its owner, nothing for anybody else.

use std::process::Command;

use crate::support::TestApp;
use crate::support::journey::Person;

const RECEIPT: &str = "/hunan/intake/receipt.pdf";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_gets_the_receipt_from_home_and_from_the_progress_and_nobody_else() {
    let (app, person) = (TestApp::sqlite().await, Person::new(61));
    let mut owner = app.browser();
    owner.register(&person).await;
    owner.pledge().await;
    owner.fill(&person).await;
    owner.upload_all().await;
    assert_eq!(owner.look(RECEIPT).await.status.as_u16(), 404, "nothing was handed in");
    assert!(!owner.get("/hunan/home").await.text().contains(RECEIPT));
    owner.submit().await;
    for path in ["/hunan/home", "/hunan/intake/progress"] {
        let page = owner.get(path).await.text();
        assert_eq!(page.matches(&format!("href=\"{RECEIPT}\"")).count(), 1, "{path}: {page}");
    }
    let page = owner.look(RECEIPT).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("application/pdf")), "{}", page.text());
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    let file = app.folder.join("receipt.pdf");
    std::fs::write(&file, &page.body).unwrap();
    let output = Command::new("pdftotext").args(["-raw"]).arg(&file).arg("-").output().expect("pdftotext of poppler-utils");
    assert!(output.status.success(), "{output:?}");
    let text: String = String::from_utf8(output.stdout).unwrap().split_whitespace().collect();
    for wanted in ["信息采集提交回执", "受理编号", person.name.as_str(), "长沙市雨花区财政局", "第1次", "不代表审核通过"]
    {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    for hidden in [person.document.as_str(), person.mobile.as_str()] {
        assert!(!text.contains(hidden), "{hidden} is in {text}");
    }
    let mut other = app.browser();
    other.register(&Person::new(62)).await;
    for (browser, status) in [(&mut app.browser(), 401), (&mut other, 404)] {
        let page = browser.look(RECEIPT).await;
        assert_eq!(page.status.as_u16(), status);
        assert_ne!(page.header("content-type"), Some("application/pdf"));
    }
}
