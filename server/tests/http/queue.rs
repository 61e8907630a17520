//! 审核列表 and 工作台 without scripts: the filters are a plain form, and each count is a plain link.

use crate::support::TestApp;
use crate::support::journey::Person;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_is_filtered_by_kind_year_and_bureau_with_a_plain_form() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let person = Person::new(81);
    app.browser().apply(&person).await;
    let city = staff.iter().find(|one| one.login == "changsha").unwrap();
    let mut desk = app.browser();
    desk.staff_sign_in(city, app.services().now()).await;

    let page = desk.get("/hunan/staff/queue").await.text();
    assert!(page.contains("name=\"form[kind]\"") && page.contains("name=\"form[year]\""), "{page}");
    assert!(page.contains("<option value=\"430111\"") && !page.contains(&person.name), "{page}");
    let form = |kind: &'static str, year: &'static str| {
        [("province", "hunan"), ("form[submitted]", "1"), ("form[kind]", kind), ("form[year]", year), ("form[bureau]", "430111")]
    };
    let page = desk.post("/api/review/search", &form("intake", "")).await;
    assert_eq!(page.path, "/hunan/staff/queue?status=submitted&kind=intake&bureau=430111&search=&below=");
    let text = page.text();
    assert!(text.contains(&person.name) && text.contains("去掉筛选：长沙市雨花区财政局"), "{text}");
    assert!(text.contains("<option value=\"intake\" selected"), "{text}");
    for (kind, year) in [("conversion", ""), ("intake", "2026")] {
        let text = desk.post("/api/review/search", &form(kind, year)).await.text();
        assert!(!text.contains(&person.name) && text.contains("没有找到符合条件的申请"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desk_counts_by_kind_and_each_count_leads_to_its_list() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let person = Person::new(82);
    app.browser().apply(&person).await;
    let own = staff.iter().find(|one| one.login == "yuhua").unwrap();
    let mut desk = app.browser();
    desk.staff_sign_in(own, app.services().now()).await;
    let text = desk.get("/hunan/staff/desk").await.text();
    let href = "/hunan/staff/queue?kind=intake";
    assert!(text.contains("按业务") && text.contains(&format!("href=\"{href}\"")), "{text}");
    assert!(!text.contains("kind=conversion"), "of which nothing waits");
    assert!(desk.get(href).await.text().contains(&person.name));
    assert!(!desk.get("/hunan/staff/queue?kind=conversion").await.text().contains(&person.name));
}
