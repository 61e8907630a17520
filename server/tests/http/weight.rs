//! A page is sent what it shows: the bytes of the data that ride along with its HTML.

use domain::id::{BureauCode, StaffId};
use domain::intake::Answers;
use store::portal::contact::ContactRow;

use crate::support::journey::Person;
use crate::support::seed::accountants;
use crate::support::*;

/// The data of a page that belongs to no form: uncompressed bytes.
const PAGE: usize = 3 * 1024;
/// The data of a step of a form, with the lists that are chosen from.
const STEP: usize = 12 * 1024;

/// The bytes of what was put into the page for the browser's program.
fn data(page: &Page) -> usize {
    let text = page.text();
    text.split("<script").filter(|script| script.contains("__RESOLVED_RESOURCES[")).map(str::len).sum()
}

fn weighs_at_most(most: usize, page: &Page) {
    assert!(page.status.is_success(), "{}: {}", page.path, page.status);
    let bytes = data(page);
    assert!(bytes > 100, "{} carries {bytes} bytes, so that nothing was measured", page.path);
    assert!(bytes <= most, "{} carries {bytes} bytes", page.path);
}

fn contact(province: &str, bureau: &BureauCode, by: &StaffId) -> ContactRow {
    ContactRow {
        province: province.to_owned(),
        bureau: bureau.clone(),
        phone: "0731-80000000".to_owned(),
        address: format!("某某市某某区某某路 {bureau} 号 2 楼 203 室"),
        hours: "工作日 9:00–12:00，14:00–17:00".to_owned(),
        wants: String::new(),
        version: 0,
        updated_by: by.clone(),
        updated_at: chrono::DateTime::UNIX_EPOCH,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_a_visitor_carries_more_than_3_kb() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for province in ["hubei", "hunan", "liaoning"] {
        for page in ["login", "register", "texts/notices"] {
            weighs_at_most(PAGE, &browser.get(&format!("/{province}/{page}")).await);
        }
    }
    // Its sign-in is a door to the identity service; registering there is no page of ours.
    weighs_at_most(PAGE, &browser.get("/zhejiang/login").await);
    let login = browser.get("/hunan/login").await.text();
    assert!(!login.contains("本人郑重承诺") && !login.contains("full_time_level"), "what other pages show");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_step_of_any_province_carries_more_than_12_kb() {
    let app = TestApp::sqlite().await;
    for province in ["hubei", "hunan", "liaoning", "zhejiang"] {
        let people = accountants(app.services(), province, 0..1, &Answers::default(), &[]).await.unwrap();
        let mut browser = app.browser();
        browser.jar.insert(format!("sid-{province}"), people[0].token.clone());
        let steps = app.services().province(province).unwrap().profile.intake.steps.clone();
        assert!(steps.len() >= 4);
        for step in steps {
            weighs_at_most(STEP, &browser.get(&format!("/{province}/intake/{}", step.key.as_str())).await);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_pages_of_a_person_carry_what_they_show() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    let person = Person::new(321);
    browser.register(&person).await;
    browser.sign_in(&person).await;
    browser.pledge().await;
    browser.fill(&person).await;
    for page in ["home", "intake", "services", "messages"] {
        weighs_at_most(PAGE, &browser.get(&format!("/hunan/{page}")).await);
    }
    for page in ["intake/person", "intake/employment", "intake/files", "intake/check", "intake/briefing", "intake/progress"] {
        weighs_at_most(STEP, &browser.get(&format!("/hunan/{page}")).await);
    }
    let case = crate::handover::case(&mut browser).await;
    let form = [("province", "hunan"), ("form[case]", case.as_str()), ("form[slot]", "photo")];
    let lent = browser.post("/api/handover/lend", &form).await;
    assert!(lent.text().contains("code-address"), "{}", lent.text());
    weighs_at_most(STEP, &lent);
    let text = lent.text();
    let path = crate::handover::address(&text).strip_prefix("http://test.local").unwrap();
    weighs_at_most(PAGE, &app.browser().get(path).await);
}

/// Once every bureau has written down how to reach it, the steps carry no more than before, and where people choose among
/// bureaus their telephones.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bureaus_write_about_themselves_does_not_ride_along() {
    let app = TestApp::sqlite().await;
    app.staff().await;
    let by = app.services().db.read().await.unwrap().find_staff_of_login("hunan", "yuhua").await.unwrap().unwrap().id;
    for province in ["hunan", "liaoning"] {
        let bureaus = app.services().province(province).unwrap().bureaus.clone();
        let contacts: Vec<ContactRow> = bureaus.0.keys().map(|code| contact(province, code, &by)).collect();
        let write = app.services().db.write(move |tx| {
            Box::pin(async move {
                for row in &contacts {
                    tx.save_contact(row).await?;
                }
                Ok::<_, store::StoreError>(())
            })
        });
        write.await.unwrap();
        let people = accountants(app.services(), province, 0..1, &Answers::default(), &[]).await.unwrap();
        let mut browser = app.browser();
        browser.jar.insert(format!("sid-{province}"), people[0].token.clone());
        weighs_at_most(STEP, &browser.get(&format!("/{province}/intake/employment")).await);
    }
}
