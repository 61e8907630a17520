//! 窗口代为填写 as browsers do it: what a clerk gets who fills in for somebody, over every route, and what comes too late.

use domain::case::Status;

use crate::access::{FUNCTIONS, May, PAGES, is_refusal};
use crate::counter::{application, at_work, seek};
use crate::support::journey::Person;
use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp};

/// What a clerk may call for the person; nothing else.
const FILLING_IN: [&str; 12] = [
    "/api/intake/hub",
    "/api/intake/briefing",
    "/api/intake/pledge",
    "/api/intake/step",
    "/api/intake/step/save",
    "/api/intake/employer",
    "/api/intake/files",
    "/api/intake/file/remove",
    "/api/intake/check",
    "/api/intake/amend",
    // What the person says to a rejected item belongs to the form.
    "/api/intake/explain",
    "/api/intake/explain/keep",
];

/// The same pages.
const PAGES_OF_IT: [&str; 7] = [
    "/{province}/intake",
    "/{province}/intake/briefing",
    "/{province}/intake/files",
    "/{province}/intake/check",
    "/{province}/intake/amend",
    "/{province}/intake/explain/{item}",
    "/{province}/intake/{step}",
];

const REASON: &str = "本人年事已高，没有手机";

/// A clerk begins for somebody, without scripts; answers the page that they come to, and the token of the search.
async fn begin(desk: &mut Browser, person: &Person) -> (Page, String) {
    let (found, token) = seek(desk, person).await;
    assert!(found.text().contains("代为填写"), "{}", found.text());
    let form = |seen| [("province", "hunan"), ("form[search]", token.as_str()), ("form[reason]", REASON), ("form[seen]", seen)];
    let refused = desk.post("/api/staff/counter/fill-in", &form("")).await;
    assert!(refused.path.starts_with("/hunan/staff/counter/fill-in?") && refused.text().contains(REASON), "{}", refused.text());
    let page = desk.post("/api/staff/counter/fill-in", &form("yes")).await;
    (page, token.clone())
}

async fn drafted(app: &TestApp, serial: u32) -> (Person, Browser) {
    let (person, mut owner) = (Person::new(serial), app.browser());
    owner.register(&person).await;
    owner.sign_in(&person).await;
    owner.pledge().await;
    owner.fill(&person).await;
    owner.upload_all().await;
    (person, owner)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_fills_in_for_somebody_gets_the_form_and_nothing_else() {
    let app = TestApp::sqlite().await;
    let (person, mut owner) = drafted(&app, 71).await;
    let staff = app.staff().await;
    let mut desk = at_work(&app, &staff, "yuhua").await;
    let (page, _) = begin(&mut desk, &person).await;
    assert_eq!(page.path, "/hunan/intake");
    assert!(page.text().contains("代为填写（窗口办理）") && page.text().contains("结束代为填写"), "{}", page.text());
    let before = application(&app, &person).await;
    for (path, _, form) in FUNCTIONS.iter().filter(|row| row.1 == May::Accountant) {
        let is_allowed = FILLING_IN.contains(path);
        // The rows of the allowed ones change the draft, rightly.
        if is_allowed && ["pledge", "save", "remove", "explain"].iter().any(|word| path.contains(word)) {
            continue;
        }
        let page = desk.call_encoded(path, format!("province=hunan&{form}")).await;
        // Hunan has no directory of employers.
        assert_eq!(is_refusal(&page), !is_allowed || path.contains("employer"), "{path}: {} {}", page.status, page.text());
        assert!(!page.text().contains("Broken"), "{path}: {}", page.text());
        assert!(is_allowed || !page.text().contains(&person.document[14..]), "{path}: {}", page.text());
    }
    for (path, _) in PAGES.iter().filter(|row| row.1 == May::Accountant && !PAGES_OF_IT.contains(&row.0)) {
        let address = path.replace("{province}", "hunan").replace("{slot}", "photo");
        let page = desk.look(&address).await;
        assert!(!page.status.is_server_error(), "{address}: {}", page.status);
        let text = page.text();
        assert!(text.contains("这项操作由本人办理") && text.contains("结束代为填写"), "{address}: {text}");
    }
    let print = desk.look("/hunan/intake/form.pdf").await;
    assert!(print.status.is_client_error() || print.status.is_redirection(), "{}", print.status);
    assert_eq!(application(&app, &person).await.version, before.version);
    let check = desk.get("/hunan/intake/check").await;
    assert!(check.text().contains("回到窗口办理") && !check.text().contains("form[request_key]"), "{}", check.text());
    assert!(desk.upload("photo", "b.png", &png(640, 480, "b")).await.text().starts_with("{\"Kept\""));
    // The person goes on beside them, with a session of their own.
    assert!(owner.get("/hunan/messages").await.text().contains("窗口代为填写"));
    assert_eq!(application(&app, &person).await.status, Status::Draft);
}

async fn save(desk: &mut Browser, version: &str, address: &str, how: &str) -> Page {
    let form =
        [("province", "hunan"), ("step", "person"), ("version", version), ("form[residence_address]", address), ("how", how)];
    desk.post("/api/intake/step/save", &form).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_goes_back_to_the_person_who_was_found_and_what_comes_too_late_waits_for_the_clerk() {
    let app = TestApp::sqlite().await;
    let (person, _) = drafted(&app, 72).await;
    let staff = app.staff().await;
    let mut desk = at_work(&app, &staff, "yuhua").await;
    let (_, token) = begin(&mut desk, &person).await;
    let version = desk.get("/hunan/intake/person").await.hidden("version");
    save(&mut desk, &version, "劳动西路 1 号", "stay").await;
    let page = desk.get("/hunan/intake/person").await;
    assert!(page.text().contains("劳动西路 1 号"), "{}", page.text());
    let acting = desk.jar["sid-hunan"].clone();
    let back = desk.post("/api/counter/end", &[("province", "hunan")]).await;
    assert_eq!(back.path, format!("/hunan/staff/counter?search={token}"));
    assert!(back.text().contains(&person.name) && !back.text().contains("结束代为填写"), "{}", back.text());

    // Scripts hear it in the answer, and so does a page without them, whose form waits.
    desk.jar.insert("sid-hunan".into(), acting.clone());
    let form = [("province", "hunan"), ("step", "person"), ("version", "9"), ("how", "auto"), ("form[residence_address]", "x")];
    let late = desk.call("/api/intake/step/save", &form).await;
    assert!(late.text().contains("ActingOver"), "{}", late.text());
    desk.jar.insert("sid-hunan".into(), acting.clone());
    let late = save(&mut desk, &page.hidden("version"), "劳动西路 2 号", "continue").await;
    assert_eq!(late.path, "/hunan/staff/counter?again=acting-kept");
    assert!(late.text().contains("填写的内容已经保留") && !late.text().contains("劳动西路"), "{}", late.text());
    desk.jar.insert("sid-hunan".into(), acting);
    let look = desk.look("/hunan/intake/person").await;
    assert!(look.text().contains("代为填写已经结束") && !look.text().contains("劳动西路"), "{}", look.text());

    let (again, _) = begin(&mut desk, &person).await;
    assert_eq!(again.path.split(['?', '#']).next(), Some("/hunan/intake/person"));
    assert!(again.text().contains("劳动西路 2 号"), "{}", again.text());
    // Signing out at the side of the staff ends it.
    let (form, acting) = ([("province", "hunan")], desk.jar["sid-hunan"].clone());
    desk.post("/api/account/sign-out?staff", &form).await;
    desk.jar.insert("sid-hunan".into(), acting);
    let look = desk.look("/hunan/intake/person").await;
    assert!(look.text().contains("代为填写已经结束"), "{}", look.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_made_at_the_counter_without_scripts() {
    let app = TestApp::sqlite().await;
    let (person, staff) = (Person::new(73), app.staff().await);
    let mut desk = at_work(&app, &staff, "yuhua").await;
    let (found, token) = seek(&mut desk, &person).await;
    assert!(found.text().contains("没有账号登记这个证件") && found.text().contains("登记账号"), "{}", found.text());
    let page = desk.get(&format!("/hunan/staff/counter/enrol?search={token}")).await;
    assert!(!page.text().contains(&person.document), "the number is masked");
    let form = |mobile| {
        [
            ("province", "hunan"),
            ("form[search]", token.as_str()),
            ("form[name]", person.name.as_str()),
            ("form[mobile]", mobile),
            ("form[reason]", REASON),
            ("form[seen]", "yes"),
        ]
    };
    let refused = desk.post("/api/staff/counter/enrol", &form("139")).await;
    assert!(refused.path.contains("/staff/counter/enrol?") && refused.text().contains(&person.name), "{}", refused.text());
    assert!(refused.text().contains("手机号码应为 11 位数字"), "{}", refused.text());
    let made = desk.post("/api/staff/counter/enrol", &form("")).await;
    assert!(made.text().contains("账号已登记") && made.text().contains("没有登记"), "{}", made.text());
    let (page, _) = begin(&mut desk, &person).await;
    assert_eq!(page.path, "/hunan/intake");
    let wrong = app.browser().try_sign_in(&person).await;
    assert!(!wrong.text().contains("退出登录"), "no password opens it");
}
