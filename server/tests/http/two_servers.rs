//! Two servers on one PostgreSQL database, asked in turn: nothing of a person may live in one of them alone.

use crate::support::journey::Person;
use crate::support::{Browser, TestApp, demo_staff, folder};
use domain::id::CaseId;
use service::vault::Keys;
use store::Db;

async fn pair() -> (TestApp, TestApp) {
    let (db, url) = store::testing::postgres().await;
    let (keys, folder) = (Keys::generate(), folder());
    let second = Db::open(&url).await.unwrap();
    second.set_audit_key(store::testing::audit_key());
    (TestApp::over(db, url.clone(), keys.clone(), folder.clone()), TestApp::over(second, url, keys, folder))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journey_over_two_servers_is_one_journey() {
    let (one, two) = pair().await;
    let staff = one.staff().await;
    let both = || Browser::at(vec![one.router(), two.router()]).delivering(two.services().clone());
    let person = Person::new(7);
    let mut owner = both();
    owner.apply(&person).await;
    let mut reviewer = both();
    reviewer.staff_sign_in(&staff[0], one.services().now()).await;
    let queue = reviewer.queue().await;
    assert_eq!(queue.len(), 1, "{queue:?}");
    assert_eq!(queue[0]["applicant"], person.name.as_str());
    let case = queue[0]["id"].as_str().unwrap().to_owned();
    reviewer.approve(&case).await;
    let progress = owner.get("/hunan/intake/progress").await;
    assert!(progress.text().contains("通过"), "{}", progress.text());
    let mut reader = two.services().db.read().await.unwrap();
    let row = reader.find_case(&CaseId::from(case.as_str())).await.unwrap().unwrap();
    assert_eq!((row.status, row.round), (domain::case::Status::Approved, 1));
    assert!(reader.find_record(&row.account_id).await.unwrap().is_some());
    assert!(two.services().db.verify_audit(&[]).await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_the_authenticator_serves_once_on_both_servers_together() {
    let (one, two) = pair().await;
    one.staff().await;
    let staff = &demo_staff()[0];
    let code = service::second_factor::code(&staff.totp_secret, one.services().now());
    let mut entered = 0;
    for app in [&one, &two] {
        let mut browser = app.browser();
        browser.half_sign_in(staff).await;
        let page = browser.post("/api/staff/confirm", &[("province", "hunan"), ("form[code]", &code)]).await;
        entered += usize::from(page.path == "/hunan/staff/desk");
    }
    assert_eq!(entered, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_on_one_server_ends_the_session_on_the_other() {
    let (one, two) = pair().await;
    let person = Person::new(8);
    let mut browser = one.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    let mut elsewhere = browser.moved_to(two.router());
    assert_eq!(elsewhere.look("/hunan/home").await.status.as_u16(), 200);
    browser.post("/api/account/sign-out", &[("province", "hunan")]).await;
    assert!(elsewhere.look("/hunan/home").await.location().unwrap().contains("/hunan/login"));
}
