//! 一直审核中: what a person reads and does whose application is past its day, without scripts, and what the bureau sees of it.

use chrono::Duration;

use crate::support::TestApp;
use crate::support::journey::Person;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_past_the_day_reads_where_the_application_is_and_urges_it_once() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let person = Person::new(91);
    let mut browser = app.browser();
    browser.apply(&person).await;
    let text = browser.get("/hunan/intake/progress").await.text();
    assert!(text.contains("过了这一天还没有答复的，可以在本页催办。") && !text.contains("/api/intake/urge"), "{text}");
    // Too early: the page says how it stands, and nothing happens.
    let early = browser.post("/api/intake/urge", &[("province", "hunan")]).await;
    assert_eq!((early.path.as_str(), early.text().contains("您已于")), ("/hunan/intake/progress", false));

    app.clock.forward(Duration::days(40));
    browser.sign_in(&person).await;
    let text = browser.get("/hunan/intake/progress").await.text();
    for word in ["已经超过预计的答复日期", "长沙市雨花区财政局", "咨询电话", "办公时间", "action=\"/api/intake/urge\""]
    {
        assert!(text.contains(word), "no {word}: {text}");
    }
    let urged = browser.post("/api/intake/urge", &[("province", "hunan")]).await;
    let text = urged.text();
    assert_eq!(urged.path, "/hunan/intake/progress");
    assert!(text.contains("您已于") && text.contains("起可以再次催办。") && !text.contains("/api/intake/urge"), "{text}");

    let own = staff.iter().find(|one| one.login == "yuhua").unwrap();
    let mut desk = app.browser();
    desk.staff_sign_in(own, app.services().now()).await;
    let list = desk.get("/hunan/staff/queue").await.text();
    assert!(list.contains(&person.name) && list.contains("已催办"), "{list}");
}
