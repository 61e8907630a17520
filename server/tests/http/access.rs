//! Who may ask for what: a row for every route, and a walk over all of them by people who may not.

mod table;

use std::collections::BTreeSet;

use May::{
    Accountant, Administrator, Anyone, BothFactors, ContactKeeper, Demo, HalfStaff, Looker, Machine, Owner, Province, Reviewer,
    Staff,
};
use table::OTHERS;
pub(crate) use table::{FUNCTIONS, May, PAGES};

use crate::support::journey::Person;
use crate::support::{Browser, Page, TestApp};
use axum::http::Method;
use domain::case::CaseKind;
use domain::id::{AccountId, CaseId, StaffId};
use domain::portal::TextKind;
use server_fn::axum::server_fn_paths;
use store::staff::people::PeopleFilter;

fn set<'a>(rows: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    rows.into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn every_server_function_has_a_row_and_every_row_a_server_function() {
    let _app = TestApp::sqlite().await.router();
    let registered: Vec<_> = server_fn_paths().collect();
    assert!(registered.iter().all(|(_, method)| *method == Method::POST), "a server function that a link can call");
    assert_eq!(set(registered.iter().map(|(path, _)| *path)), set(FUNCTIONS.iter().map(|row| row.0)));
}

#[tokio::test]
async fn every_page_has_a_row_and_every_row_a_page() {
    let paths: Vec<String> = suanpan_server::router::PAGES.iter().map(|route| route.path().to_owned()).collect();
    let plain = |path: &str| {
        path.split('/')
            .map(|part| part.strip_prefix(':').map_or(part.to_owned(), |name| format!("{{{name}}}")))
            .collect::<Vec<_>>()
            .join("/")
    };
    let pages: BTreeSet<String> = paths.iter().map(|path| plain(path)).collect();
    assert_eq!(pages, set(PAGES.iter().map(|row| row.0)));
}

#[tokio::test]
async fn every_other_route_has_a_row_and_every_row_a_route() {
    let app = TestApp::sqlite().await;
    let served = suanpan_server::router::beside_pages(app.house());
    assert_eq!(set(served.iter().map(String::as_str)), set(OTHERS.iter().map(|row| row.0)));
}

/// Everything of the owner that somebody could change, as text.
pub(crate) async fn state(app: &TestApp, account: &AccountId) -> String {
    let mut reader = app.services().db.read().await.unwrap();
    let kind = CaseKind::Intake;
    let case = reader.find_latest_case(account, kind).await.unwrap().unwrap();
    let parts = [
        format!("{:?}", reader.find_account(account).await.unwrap()),
        format!("{:?}", reader.list_drafts(&case.id).await.unwrap()),
        format!("{:?}", reader.list_attachments(&case.id).await.unwrap()),
        format!("{:?}", reader.list_submissions(&case.id).await.unwrap()),
        format!("{:?}", reader.list_verdicts(&case.id).await.unwrap()),
        format!("{:?}", reader.list_events(&case.id).await.unwrap()),
        format!("{:?}", reader.list_messages(account, "~", 100).await.unwrap()),
        format!("{case:?}"),
        format!("{:?}", reader.list_kept_texts(("hunan", TextKind::Notice), "~", (app.services().today(), 100)).await.unwrap()),
        format!("{:?}", reader.list_contacts("hunan").await.unwrap()),
        format!("{:?}", reader.list_people(people()).await.unwrap()),
    ];
    parts.join("\n")
}

/// Everybody of its staff.
fn people() -> PeopleFilter<'static> {
    PeopleFilter { province: "hunan", bureau: None, name: "", after: None, limit: 100 }
}

pub(crate) struct Town {
    pub app: TestApp,
    pub person: Person,
    pub account: AccountId,
    case: CaseId,
    version: String,
    file: String,
    /// The account of a staff member who is not among the actors.
    staff: StaffId,
    pub owner: Browser,
    pub actors: Vec<(&'static str, Browser)>,
}

impl Town {
    /// The form of a row for this town.
    pub fn filled(&self, form: &str) -> String {
        form.replace("{staff}", self.staff.as_str())
            .replace("{case}", self.case.as_str())
            .replace("{version}", &self.version)
            .replace("{file}", &self.file)
    }
}

/// An owner with a submitted case, and everybody else.
pub(crate) async fn town() -> Town {
    town_of(TestApp::sqlite().await).await
}

/// The same over the database of an app.
pub(crate) async fn town_of(app: TestApp) -> Town {
    let staff = app.staff().await;
    let now = app.services().now();
    let by = |login: &str| staff.iter().find(|one| one.login == login).unwrap().clone();
    let person = Person::new(1);
    let mut owner = app.browser();
    owner.apply(&person).await;
    let mut other = app.browser();
    let second = Person::new(2);
    other.register(&second).await;
    other.sign_in(&second).await;
    other.pledge().await;
    let mut actors = vec![("stranger", app.browser()), ("another accountant", other)];
    for (name, login) in [
        ("a reviewer beside", "sibling"),
        ("a reviewer", "yuhua"),
        ("an overseer", "changsha"),
        ("an administrator", "shengting"),
    ] {
        let mut browser = app.browser();
        browser.staff_sign_in(&by(login), now).await;
        actors.push((name, browser));
    }
    let mut half = app.browser();
    half.half_sign_in(&by("hunan")).await;
    actors.push(("staff without second factor", half));
    let hash = app.services().vault.keyed_hash("document", &person.document);
    let mut reader = app.services().db.read().await.unwrap();
    let account = reader.list_accounts_of_document("hunan", &hash).await.unwrap().remove(0).id;
    let case = reader.find_latest_case(&account, CaseKind::Intake).await.unwrap().unwrap();
    let file = reader.list_attachments(&case.id).await.unwrap().remove(0).id;
    let staff = reader.find_staff_of_login("hunan", "hunan").await.unwrap().unwrap().id;
    drop(reader);
    // From here on nobody looks into the demonstration's windows.
    let actors = actors.into_iter().map(|(name, browser)| (name, browser.moved_to(app.router_in_earnest()))).collect();
    let owner = owner.moved_to(app.router_in_earnest());
    Town { person, account, version: case.version.to_string(), case: case.id, file, staff, owner, actors, app }
}

pub(crate) fn is_among(may: May, who: &str) -> bool {
    let is_staff = who.contains("reviewer") || who.contains("overseer");
    match may {
        Anyone => true,
        Accountant => who.contains("accountant"),
        HalfStaff => who.contains("staff") || is_staff || who == "an administrator",
        BothFactors => is_staff || who == "an administrator",
        Administrator => who == "an administrator",
        ContactKeeper => matches!(who, "a reviewer" | "an administrator"),
        Staff => is_staff,
        Looker => matches!(who, "a reviewer" | "an overseer"),
        Reviewer => who == "a reviewer",
        Owner | Demo | Machine | Province => false,
    }
}

fn assert_no_canary(person: &Person, who: &str, what: &str, page: &Page) {
    assert_no_canary_in(person, who, what, &format!("{}{:?}", page.text(), page.headers));
}

pub(crate) fn assert_no_canary_in(person: &Person, who: &str, what: &str, text: &str) {
    for canary in person.canaries() {
        assert!(!text.contains(canary), "{who} reads {canary} at {what}: {text}");
    }
}

/// An answer that says no: an error, a refusal, or the way to the sign-in.
pub(crate) fn is_refusal(page: &Page) -> bool {
    let text = page.text();
    page.status.is_client_error()
        || page.location().is_some_and(|to| to.contains("/login") || to.contains("second-factor"))
        || text.contains("\"Refused\"")
        || text.contains("\"refusal\":{")
        || text.contains("\"refusal\":\"")
        || text == "\"NotFound\""
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_call_a_server_function_learns_nothing_and_changes_nothing() {
    let mut town = town().await;
    let before = state(&town.app, &town.account).await;
    let filled: Vec<String> = FUNCTIONS.iter().map(|row| town.filled(row.2)).collect();
    for (who, browser) in &mut town.actors {
        // What those may do who may changes something, rightly; it is walked below.
        let changes = |row: &&(&str, May, &str)| is_among(row.1, who) && (is_among(Looker, who) || *who == "an administrator");
        for ((path, may, _), form) in FUNCTIONS.iter().zip(&filled).filter(|(row, _)| !changes(row)) {
            let page = browser.call_encoded(path, format!("province=hunan&{form}")).await;
            if !is_among(*may, who) {
                assert!(is_refusal(&page), "{who} at {path}: {} {}", page.status, page.text());
            }
            assert!(!page.text().contains("Broken"), "{who} at {path}: {}", page.text());
            assert_no_canary(&town.person, who, path, &page);
            assert_eq!(state(&town.app, &town.account).await, before, "{who} changed something by {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_look_at_a_page_or_a_file_sees_nothing() {
    let mut town = town().await;
    let before = state(&town.app, &town.account).await;
    for (who, browser) in &mut town.actors {
        for (path, may) in PAGES.iter().chain(OTHERS).filter(|row| !is_among(Looker, who) || !is_among(row.1, who)) {
            let address = path.replace("{province}", "hunan").replace("{step}", "person").replace("{case}", town.case.as_str());
            let address = address.replace("{id}", &town.file).replace("{name}", "work-proof").replace("{slot}", "photo");
            let page = if path.contains("upload") {
                browser.upload("photo", "x.png", &crate::support::pictures::png(640, 480, "x")).await
            } else {
                browser.look(&address).await
            };
            assert!(!page.status.is_server_error(), "{who} at {address}: {} {}", page.status, page.text());
            assert_no_canary(&town.person, who, &address, &page);
            let is_shut =
                matches!(may, Owner | Demo | Machine) || ["upload", "staff/files"].iter().any(|part| path.contains(part));
            if is_shut && !is_among(*may, who) {
                assert!(page.status.is_client_error(), "{who} at {address}: {}", page.status);
            }
        }
        assert_eq!(state(&town.app, &town.account).await, before, "{who} changed something");
    }
}

/// The walk would prove nothing if its requests were wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_gets_an_answer() {
    let mut town = town().await;
    let check = town.owner.call("/api/intake/check", &[("province", "hunan")]).await;
    assert!(check.text().contains(&town.person.name) && check.text().contains(&town.person.address), "{}", check.text());
    let picture = town.owner.look(&format!("/hunan/files/{}", town.file)).await;
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, Some("image/jpeg")));
    let wanted = ["an overseer", "a reviewer"];
    for who in wanted {
        let browser = &mut town.actors.iter_mut().find(|(name, _)| *name == who).unwrap().1;
        for (path, may, form) in FUNCTIONS.iter().filter(|row| row.0.starts_with("/api/review/")) {
            let form = form.replace("{case}", town.case.as_str()).replace("{version}", &town.version);
            let page = browser.call_encoded(path, format!("province=hunan&{form}")).await;
            // By then the case has gone to another bureau; and one of 信息采集 books nothing and is not revoked.
            let is_late = ["decide", "correct", "undo", "revoke", "inspect", "inspected"]
                .iter()
                .any(|of| path.ends_with(&format!("/{of}")));
            if is_among(*may, who) && !is_late {
                assert!(
                    !is_refusal(&page) && !page.text().contains("Broken"),
                    "{who} at {path}: {} {}",
                    page.status,
                    page.text()
                );
            }
            if *path == "/api/review/case" {
                assert!(page.text().contains(&town.person.name), "{}", page.text());
                assert!(!page.text().contains(&town.person.document), "{who} reads the whole number unasked");
            }
            if *path == "/api/review/reveal" {
                assert_eq!(page.text().contains(&town.person.document), who == "a reviewer", "{who}: {}", page.text());
            }
        }
    }
}

/// The walk would prove nothing about the portal and the accounts if its requests were wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn administrators_and_keepers_of_contacts_get_what_the_others_do_not() {
    let mut town = town().await;
    for who in ["a reviewer", "an administrator"] {
        let browser = &mut town.actors.iter_mut().find(|(name, _)| *name == who).unwrap().1;
        let is_new = |path: &str| ["/api/staff/contact", "/api/staff/pe"].iter().any(|of| path.starts_with(of));
        for (path, may, form) in FUNCTIONS.iter().filter(|row| is_new(row.0)) {
            let page =
                browser.call_encoded(path, format!("province=hunan&{}", form.replace("{staff}", town.staff.as_str()))).await;
            // By then the reviewer has written the contact, and the administrator's form is too old.
            let is_late = *path == "/api/staff/contact/save" && who == "an administrator";
            assert_eq!(is_refusal(&page), !is_among(*may, who), "{who} at {path}: {} {}", page.status, page.text());
            assert_eq!(page.text().contains("trouble=stale"), is_late, "{who} at {path}: {}", page.text());
            assert!(!page.text().contains("Broken") && !page.text().contains("\"fault\""), "{who} at {path}: {}", page.text());
        }
    }
    let mut reader = town.app.services().db.read().await.unwrap();
    assert!(!reader.find_staff(&town.staff).await.unwrap().unwrap().is_active);
    assert_eq!(reader.list_contacts("hunan").await.unwrap()[0].phone, "0731-85000000");
    assert!(reader.find_staff_of_login("hunan", "new-one").await.unwrap().is_some());
}
