//! 窗口办理 as browsers without scripts do it: an application taken in and a form printed for somebody, each by two of the staff.

use domain::case::{CaseKind, Status};
use service::staff::DemoStaff;
use store::case::file::CaseRow;

use crate::print::{printing, ready_to_print};
use crate::support::journey::Person;
use crate::support::{Browser, Page, TestApp};

pub(crate) async fn at_work(app: &TestApp, staff: &[DemoStaff], login: &str) -> Browser {
    let mut browser = app.browser();
    let who = staff.iter().find(|one| one.login == login).expect("of the staff");
    browser.staff_sign_in(who, app.services().now()).await;
    browser
}

/// Finds somebody; answers the page and its token.
pub(crate) async fn seek(desk: &mut Browser, person: &Person) -> (Page, String) {
    let form =
        [("province", "hunan"), ("form[document_kind]", "resident_id"), ("form[document_number]", person.document.as_str())];
    let page = desk.post("/api/staff/counter/seek", &form).await;
    let token = page.path.split_once("search=").expect("a token").1.to_owned();
    (page, token)
}

/// Asks for something; answers the page and, when it was asked for, the case.
async fn ask(desk: &mut Browser, what: &str, token: &str, seen: &str) -> (Page, Option<String>) {
    let form = [
        ("province", "hunan"),
        ("form[what]", what),
        ("form[search]", token),
        ("form[reason]", "本人年事已高，不会使用手机"),
        ("form[seen]", seen),
    ];
    let page = desk.post("/api/staff/counter/correct", &form).await;
    let case = page.path.split_once("done=").map(|(_, case)| case.to_owned());
    (page, case)
}

async fn decide(desk: &mut Browser, case: &str) -> Page {
    let version = desk.get(&format!("/hunan/staff/cases/{case}")).await.hidden("form[version]");
    let form = [
        ("province", "hunan"),
        ("form[case]", case),
        ("form[version]", version.as_str()),
        ("form[decision]", "approve"),
        ("form[reason]", ""),
    ];
    desk.post("/api/review/decide", &form).await
}

pub(crate) async fn application(app: &TestApp, person: &Person) -> CaseRow {
    let hash = app.services().vault.keyed_hash("document", &person.document);
    let mut reader = app.services().db.read().await.unwrap();
    let account = reader.list_accounts_of_document("hunan", &hash).await.unwrap().remove(0).id;
    reader.find_latest_case(&account, CaseKind::Intake).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_is_taken_in_without_scripts_and_decided_by_a_third() {
    let (app, person) = (printing().await, Person::new(43));
    let mut owner = ready_to_print(&app, &person).await;
    let staff = app.staff().await;
    let (mut desk, mut above) = (at_work(&app, &staff, "yuhua").await, at_work(&app, &staff, "changsha").await);
    let (found, token) = seek(&mut desk, &person).await;
    assert!(found.text().contains("代为提交申请") && !found.path.contains(&person.document), "{}", found.text());
    let (refused, none) = ask(&mut desk, "take_in", &token, "").await;
    assert!(none.is_none() && refused.text().contains("本人年事已高"), "what was typed stays: {}", refused.text());
    let (_, case) = ask(&mut desk, "take_in", &token, "yes").await;
    let case = case.expect("a case");
    assert_eq!(ask(&mut desk, "take_in", &token, "yes").await.1.as_deref(), Some(case.as_str()), "posted twice");
    assert_eq!(application(&app, &person).await.status, Status::Draft);
    let done = decide(&mut above, &case).await;
    assert_eq!(done.path, "/hunan/staff/queue", "{}", done.text());
    let taken_in = application(&app, &person).await;
    assert_eq!((taken_in.status, taken_in.round), (Status::Submitted, 1));
    // 雨花 has one reviewer, who took it in, and 长沙 one, who confirmed it: 湖南 decides.
    assert_eq!(taken_in.bureau.as_ref().map(|bureau| bureau.as_str()), Some("430000"));
    let progress = owner.get("/hunan/intake/progress").await;
    assert!(progress.text().contains("窗口代办") && !progress.text().contains("周长沙"), "{}", progress.text());
    let mut third = at_work(&app, &staff, "hunan").await;
    let page = third.get(&format!("/hunan/staff/cases/{}", taken_in.id)).await;
    assert!(page.text().contains("李雨花受理，周长沙复核"), "{}", page.text());
    decide(&mut third, taken_in.id.as_str()).await;
    assert_eq!(application(&app, &person).await.status, Status::Approved);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_fetched_by_the_two_who_agreed_to_print_it_and_by_nobody_else() {
    let (app, person) = (printing().await, Person::new(44));
    let mut owner = ready_to_print(&app, &person).await;
    let staff = app.staff().await;
    let (mut desk, mut above) = (at_work(&app, &staff, "yuhua").await, at_work(&app, &staff, "changsha").await);
    let token = seek(&mut desk, &person).await.1;
    let case = ask(&mut desk, "print", &token, "yes").await.1.expect("a case");
    let form = format!("/hunan/staff/counter/{case}/form.pdf");
    assert_eq!(desk.look(&form).await.status.as_u16(), 404, "nobody has agreed yet");
    decide(&mut above, &case).await;
    let found = desk.get(&format!("/hunan/staff/counter?search={token}")).await;
    assert!(found.text().contains(&form), "{}", found.text());
    for browser in [&mut desk, &mut above] {
        let page = browser.look(&form).await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("application/pdf")), "{}", page.text());
        assert_eq!(page.header("cache-control"), Some("private, no-store"));
    }
    let (mut sibling, mut stranger) = (at_work(&app, &staff, "sibling").await, app.browser());
    for (who, browser) in [("a sibling", &mut sibling), ("the person", &mut owner), ("a stranger", &mut stranger)] {
        let page = browser.look(&form).await;
        assert!(page.status.is_client_error(), "{who}: {}", page.status);
        assert!(!page.text().contains(&person.document), "{who}");
    }
}
