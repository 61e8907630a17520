//! A page is sent what it shows: the bytes of the data that ride along with its HTML.

use crate::support::journey::Person;
use crate::support::*;

/// The bytes of what leptos put into the page for the browser's program.
fn data(page: &Page) -> usize {
    let text = page.text();
    text.split("<script").filter(|script| script.contains("__RESOLVED_RESOURCES")).map(str::len).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_carries_what_it_does_not_show() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    let mut show = |name: &str, page: &Page| println!("WEIGHT {name} html {} data {}", page.text().len(), data(page));
    let page = browser.get("/hunan/login").await;
    println!("{}", page.text());
    show("login", &page);
    let person = Person::new(321);
    browser.register(&person).await;
    browser.sign_in(&person).await;
    browser.pledge().await;
    browser.fill(&person).await;
    for step in ["person", "education", "qualification", "employment", "files", "check"] {
        show(step, &browser.get(&format!("/hunan/intake/{step}")).await);
    }
    for page in ["home", "intake", "intake/briefing", "intake/progress"] {
        show(page, &browser.get(&format!("/hunan/{page}")).await);
    }
}
