//! 继续教育 as it is read: each credit with its rule, and which rule decided where 培训年份 and 登记年份 differ.

use domain::intake::Answers;
use domain::learning::{CreditEntry, Credits, Source, SourceKind, Subject};
use service::Failure;

use crate::support::TestApp;
use crate::support::seed::accountants;

fn entry(app: &TestApp, kind: SourceKind, year: i32, rule: &str, decided: &str) -> CreditEntry {
    CreditEntry {
        id: app.services().ids.id().into(),
        year,
        subject: Subject::Professional,
        amount: Credits::whole(30),
        source: Source { kind, id: format!("{rule} {year}") },
        rule: rule.into(),
        arithmetic: "x".into(),
        decided: decided.into(),
        booked_by: "test".into(),
        booked_at: app.services().now(),
        reverses: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_credit_of_another_year_says_which_rule_decided_and_every_rule_stands_in_words() {
    let app = TestApp::sqlite().await;
    let person = accountants(app.services(), "hunan", 0..1, &Answers::default(), &[]).await.unwrap().remove(0);
    let entries = [
        entry(&app, SourceKind::Conversion, 2025, "paper/2019", "出版日期：2025年12月"),
        entry(&app, SourceKind::School, 2025, "school/2019", ""),
        entry(&app, SourceKind::Conversion, 2026, "meeting/2019", "会议结束日期：2026年5月8日"),
    ];
    let account = person.account.clone();
    let booked = app.services().db.write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            for entry in &entries {
                tx.book_credit(&account, "hunan", entry).await?;
            }
            Ok(())
        })
    });
    booked.await.unwrap();
    let mut browser = app.browser();
    browser.jar.insert("sid-hunan".into(), person.token.clone());
    let text = browser.get("/hunan/learning").await.text();
    for said in [
        "登记年份 2026，培训年份 2025，按出版日期：2025年12月确定。",
        "登记年份 2026，培训年份 2025，按网校报名的年度确定。",
        "论文折算规则（2019 版）",
        "网络培训规则（2019 版）",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // What was booked in its own year leaves nothing to ask.
    assert!(!text.contains("培训年份 2026") && !text.contains("规则 paper"), "{text}");
}
