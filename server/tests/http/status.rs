//! 服务状态: a plain page for anybody, without a session and without a script.

use crate::support::TestApp;
use domain::case::Waits;
use store::StoreError;
use store::case::waited::WaitRow;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anybody_reads_whether_the_house_serves_and_how_long_the_bureaus_take() {
    let app = TestApp::sqlite().await;
    let day = app.services().today();
    let waits = Some(Waits { cases: 12, half: 3, most: 0 });
    let rows = [WaitRow::of("430111".into(), waits), WaitRow::of("430100".into(), None)];
    let write = app.services().db.write(move |tx| {
        Box::pin(async move {
            for row in &rows {
                tx.keep_wait("hunan", day, row).await?;
            }
            Ok::<_, StoreError>(())
        })
    });
    write.await.expect("figures");
    let mut stranger = app.browser();
    let page = stranger.get("/hunan/status").await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.header("set-cookie").is_none());
    assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    let text = page.text();
    assert!(!text.contains("<script"), "{text}");
    for said in ["服务正常", "今天审核通过", "长沙市", "雨花区", "3 个工作日内", "不到 1 个工作日", "12 件"]
    {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    // Of a bureau of which nothing is told nothing stands there.
    assert_eq!(text.matches("<th scope=\"row\">").count(), 1, "{text}");
    let hotlines = stranger.get("/hunan/hotlines?city=430100").await.text();
    assert!(
        hotlines.contains("近 30 天审核通过的信息采集，一半 3 个工作日内办结") && hotlines.contains("/hunan/status"),
        "{hotlines}"
    );
    assert_eq!(stranger.get("/nowhere/status").await.status.as_u16(), 404);
}
