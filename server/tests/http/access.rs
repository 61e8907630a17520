//! Who may ask for what: a row for every route, and a walk over all of them by people who may not.

use std::collections::BTreeSet;

use crate::support::journey::Person;
use crate::support::{Browser, Page, TestApp, root};
use axum::http::Method;
use domain::portal::NoticeKind;
use domain::review::CaseKind;
use server_fn::axum::server_fn_paths;
use store::portal::notice::NoticePage;
use store::staff::people::PeopleFilter;

/// Who gets something from a route; everybody else gets nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum May {
    /// Everybody.
    Anyone,
    /// Accountants, each about themselves.
    Accountant,
    /// Whoever the file belongs to.
    Owner,
    /// Staff with the password at least.
    HalfStaff,
    /// Staff with both factors, whatever they are employed for.
    BothFactors,
    /// Administrators of the province.
    Administrator,
    /// The reviewers of the bureau of the case, and administrators of the province.
    ContactKeeper,
    /// Reviewers with both factors, each about the own bureau.
    Staff,
    /// The bureau of the case and those above it.
    Looker,
    /// The bureau of the case.
    Reviewer,
    /// Everybody who can reach the demonstration, and nobody elsewhere.
    Demo,
}
use May::{Accountant, Administrator, Anyone, BothFactors, ContactKeeper, Demo, HalfStaff, Looker, Owner, Reviewer, Staff};

/// `{case}`, `{version}` and `{file}` are those of the owner.
pub(crate) const FUNCTIONS: &[(&str, May, &str)] = &[
    ("/api/site", Anyone, ""),
    ("/api/account/entry", Anyone, "form=login"),
    ("/api/account/slider", Anyone, ""),
    ("/api/account/code", Anyone, "purpose=login&form[mobile]=13912345678&form[captcha]=AAAA"),
    ("/api/account/register", Anyone, "form[document_kind]=resident_id&form[document_number]=1&form[name]=x"),
    // Hunan has neither these ways nor 原有用户设置密码.
    ("/api/account/register/phone", Anyone, "form[document_kind]=resident_id&form[document_number]=1&form[name]=x"),
    ("/api/account/login/document", Anyone, "form[document_number]=1&form[mobile]=13912345678&form[sms_code]=123456"),
    ("/api/account/login/name", Anyone, "form[name]=张三&form[document_number]=1&form[password]=x&form[captcha]=AAAA"),
    ("/api/account/activate", Anyone, "form[name]=张三&form[document_number]=1&form[captcha]=AAAA"),
    ("/api/account/login/password", Anyone, "form[document_number]=1&form[password]=x&form[captcha]=AAAA"),
    ("/api/account/login/mobile", Anyone, "form[mobile]=13912345678&form[sms_code]=123456&form[captcha]=AAAA"),
    ("/api/account/reset/start", Anyone, "form[document_number]=1&form[captcha]=AAAA"),
    ("/api/account/reset/prove", Anyone, "form[sms_code]=123456"),
    ("/api/account/reset/password", Anyone, "form[password]=Aa1!aaaaaa&form[password_again]=Aa1!aaaaaa"),
    // Hunan has no 手机号更换.
    ("/api/account/phone-change/objection", Anyone, "form[token]=AAAAAAAAAAAAAAAAAAAAAA"),
    ("/api/account/home", Accountant, ""),
    ("/api/account/messages", Accountant, ""),
    ("/api/account/messages/read", Accountant, ""),
    ("/api/intake/hub", Accountant, ""),
    ("/api/intake/pledge", Accountant, "form[agreed]=yes&form[version]=2026-01"),
    ("/api/intake/step", Accountant, "step=person&is_checked=true"),
    ("/api/intake/person/save", Accountant, "version=0&how=later&form[email]=a@example.com"),
    ("/api/intake/education/save", Accountant, "version=0&how=later&form[full_time_level]=college"),
    ("/api/intake/qualification/save", Accountant, "version=0&how=later&form[rows][0][level]=senior"),
    // Hunan has no such step.
    ("/api/intake/credential/save", Accountant, "version=0&how=later&form[level]=none"),
    // Hunan has no directory of employers.
    ("/api/intake/employer", Accountant, "code=91350100M000100Y43"),
    ("/api/intake/employment/save", Accountant, "version=0&how=later&form[title]=none"),
    ("/api/intake/files", Accountant, ""),
    ("/api/intake/file/remove", Accountant, "form[slot]=photo"),
    ("/api/intake/check", Accountant, ""),
    ("/api/intake/submit", Accountant, "form[request_key]=k&form[agreed]=yes"),
    ("/api/intake/progress", Accountant, ""),
    ("/api/intake/record", Accountant, ""),
    ("/api/intake/withdraw", Accountant, "form[version]={version}"),
    ("/api/staff/sign-in", Anyone, "form[login]=nobody&form[password]=x"),
    ("/api/staff/bootstrap", Anyone, "form[token]=x&form[login]=x&form[name]=x&form[mobile]=x&form[password]=x"),
    ("/api/staff/second-factor", HalfStaff, ""),
    ("/api/staff/enrol", HalfStaff, "form[code]=000000"),
    ("/api/staff/confirm", HalfStaff, "form[code]=000000"),
    ("/api/staff/acknowledge", BothFactors, ""),
    ("/api/staff/activate", Anyone, "form[token]=x&form[password]=x"),
    ("/api/staff/people", Administrator, "query[search]=x"),
    ("/api/staff/people/find", Administrator, "form[words]=李四"),
    ("/api/staff/people/new", Administrator, ""),
    (
        "/api/staff/people/add",
        Administrator,
        "form[login]=new-one&form[name]=李新人&form[mobile]=13712345670&form[bureau]=430111&form[role]=reviewer",
    ),
    ("/api/staff/person", Administrator, "id={staff}"),
    ("/api/staff/person/act", Administrator, "form[person]={staff}&form[version]=1&form[act]=disable"),
    ("/api/staff/texts", Administrator, "kind=notice&after="),
    ("/api/staff/text", Administrator, "kind=guide&id=new"),
    (
        "/api/staff/text/save",
        Administrator,
        "form[kind]=notice&form[version]=0&form[title]=通知&form[body]=正文&form[published_on]=2026-11-18&form[publish]=yes",
    ),
    ("/api/staff/contacts", BothFactors, "search="),
    ("/api/staff/contact", ContactKeeper, "bureau=430111"),
    ("/api/staff/contact/save", ContactKeeper, "form[bureau]=430111&form[version]=0&form[phone]=0731-85000000"),
    ("/api/portal/newest", Anyone, ""),
    ("/api/portal/notices", Anyone, "kind=notice&after="),
    ("/api/portal/notice", Anyone, "kind=notice&id=seed-0"),
    ("/api/portal/hotlines", Anyone, "search=雨花"),
    ("/api/review/desk", Staff, ""),
    ("/api/review/queue", Staff, "query[below]=1&query[status]=submitted"),
    ("/api/review/search", Staff, "form[words]=李四"),
    ("/api/review/next", Staff, "form[case]={case}"),
    ("/api/review/case", Looker, "case={case}"),
    ("/api/review/release", Looker, "form[case]={case}"),
    ("/api/review/hold", Reviewer, "form[case]={case}"),
    ("/api/review/judge", Reviewer, "form[case]={case}&form[item]=attachment.photo&form[verdict]=accept"),
    ("/api/review/reveal", Reviewer, "form[case]={case}&form[purpose]=与公安核对身份"),
    ("/api/review/forward", Reviewer, "form[case]={case}&form[version]={version}&form[bureau]=430102&form[reason]=转交给你们"),
    ("/api/review/decide", Reviewer, "form[case]={case}&form[version]={version}&form[decision]=approve"),
    // The last one, because it ends the session.
    ("/api/account/sign-out", Anyone, ""),
];

const PAGES: &[(&str, May)] = &[
    ("/{province}", Anyone),
    ("/{province}/register", Anyone),
    ("/{province}/registered", Anyone),
    ("/{province}/login", Anyone),
    ("/{province}/forgot", Anyone),
    ("/{province}/phone-change", Anyone),
    ("/{province}/phone-change/objection/{token}", Anyone),
    ("/{province}/notices", Anyone),
    ("/{province}/notices/{id}", Anyone),
    ("/{province}/guides", Anyone),
    ("/{province}/guides/{id}", Anyone),
    ("/{province}/hotlines", Anyone),
    ("/{province}/activate", Anyone),
    ("/{province}/password", Anyone),
    ("/{province}/home", Accountant),
    ("/{province}/services", Accountant),
    ("/{province}/messages", Accountant),
    ("/{province}/record", Accountant),
    ("/{province}/intake", Accountant),
    ("/{province}/intake/briefing", Accountant),
    ("/{province}/intake/files", Accountant),
    ("/{province}/intake/check", Accountant),
    ("/{province}/intake/progress", Accountant),
    ("/{province}/intake/{step}", Accountant),
    ("/{province}/staff/login", Anyone),
    ("/{province}/staff/bootstrap", Anyone),
    ("/{province}/staff/gallery", Anyone),
    ("/{province}/staff/second-factor", HalfStaff),
    ("/{province}/staff/activate", Anyone),
    ("/{province}/staff/people", Administrator),
    ("/{province}/staff/people/new", Administrator),
    ("/{province}/staff/people/{id}", Administrator),
    ("/{province}/staff/notices", Administrator),
    ("/{province}/staff/notices/{id}", Administrator),
    ("/{province}/staff/guides", Administrator),
    ("/{province}/staff/guides/{id}", Administrator),
    ("/{province}/staff/hotlines", BothFactors),
    ("/{province}/staff/hotlines/{id}", ContactKeeper),
    ("/{province}/staff/desk", Staff),
    ("/{province}/staff/queue", Staff),
    ("/{province}/staff/cases/{case}", Looker),
];

const OTHERS: &[(&str, May)] = &[
    ("/", Anyone),
    ("/healthz", Anyone),
    ("/readyz", Anyone),
    ("/staff", Anyone),
    ("/{province}/staff", Anyone),
    // 404 where the province has no identity service; elsewhere tests/http/identity.rs says who gets what.
    ("/{province}/identity/start", Anyone),
    ("/{province}/identity/callback", Anyone),
    ("/{province}/captcha.png", Anyone),
    ("/{province}/staff/captcha.png", Anyone),
    ("/{province}/slider/background.jpg", Anyone),
    ("/{province}/slider/piece.png", Anyone),
    ("/{province}/templates/{name}", Anyone),
    ("/{province}/files/{id}", Owner),
    ("/{province}/staff/files/{id}", Looker),
    ("/{province}/intake/form.pdf", Accountant),
    ("/{province}/upload/{slot}", Accountant),
    ("/{province}/phone-change/apply", Anyone),
    ("/pkg", Anyone),
    ("/examples", Anyone),
    ("/{name}", Anyone),
    ("/demo.css", Demo),
    ("/demo", Demo),
    ("/demo/sms", Demo),
    ("/demo/challenge", Demo),
];

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

#[test]
fn every_other_route_has_a_row_and_every_row_a_route() {
    let source = std::fs::read_to_string(root().join("server/src/router.rs")).unwrap();
    let mut found = BTreeSet::new();
    for call in [".route(", ".route_service(", ".nest_service("] {
        for (at, _) in source.match_indices(call) {
            let path = source[at + call.len()..].split('"').nth(1).unwrap();
            found.insert(path.to_owned());
        }
    }
    assert_eq!(found, set(OTHERS.iter().map(|row| row.0)));
}

/// Everything of the owner that somebody could change, as text.
pub(crate) async fn state(app: &TestApp, account: &str) -> String {
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
        format!("{:?}", reader.list_notices(notices()).await.unwrap()),
        format!("{:?}", reader.list_contacts("hunan").await.unwrap()),
        format!("{:?}", reader.list_people(people()).await.unwrap()),
    ];
    parts.join("\n")
}

/// Every notice of the province.
fn notices() -> NoticePage<'static> {
    NoticePage { province: "hunan", kind: NoticeKind::Notice, after: None, limit: 100 }
}

/// Everybody of its staff.
fn people() -> PeopleFilter<'static> {
    PeopleFilter { province: "hunan", bureau: "", name: "", after: ("", ""), limit: 100 }
}

pub(crate) struct Town {
    pub app: TestApp,
    pub person: Person,
    pub account: String,
    case: String,
    version: String,
    file: String,
    /// The account of a staff member who is not among the actors.
    staff: String,
    pub owner: Browser,
    pub actors: Vec<(&'static str, Browser)>,
}

impl Town {
    /// The form of a row for this town.
    pub fn filled(&self, form: &str) -> String {
        form.replace("{staff}", &self.staff)
            .replace("{case}", &self.case)
            .replace("{version}", &self.version)
            .replace("{file}", &self.file)
    }
}

/// An owner with a submitted case, and everybody else.
pub(crate) async fn town() -> Town {
    let app = TestApp::sqlite().await;
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
        Owner | Demo => false,
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
fn is_refusal(page: &Page) -> bool {
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
            let address = path.replace("{province}", "hunan").replace("{step}", "person").replace("{case}", &town.case);
            let address = address.replace("{id}", &town.file).replace("{name}", "work-proof").replace("{slot}", "photo");
            let page = if path.contains("upload") {
                browser.upload("photo", "x.png", &crate::support::pictures::png(640, 480, "x")).await
            } else {
                browser.look(&address).await
            };
            assert!(!page.status.is_server_error(), "{who} at {address}: {} {}", page.status, page.text());
            assert_no_canary(&town.person, who, &address, &page);
            let is_shut = matches!(may, Owner | Demo) || ["upload", "staff/files"].iter().any(|part| path.contains(part));
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
            let form = form.replace("{case}", &town.case).replace("{version}", &town.version);
            let page = browser.call_encoded(path, format!("province=hunan&{form}")).await;
            // By then the case has gone to another bureau.
            if is_among(*may, who) && *path != "/api/review/decide" {
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
        let is_new =
            |path: &str| ["/api/staff/text", "/api/staff/contact", "/api/staff/pe"].iter().any(|of| path.starts_with(of));
        for (path, may, form) in FUNCTIONS.iter().filter(|row| is_new(row.0)) {
            let page = browser.call_encoded(path, format!("province=hunan&{}", form.replace("{staff}", &town.staff))).await;
            // By then the reviewer has written the contact, and the administrator's form is too old.
            let is_late = *path == "/api/staff/contact/save" && who == "an administrator";
            assert_eq!(is_refusal(&page), !is_among(*may, who), "{who} at {path}: {} {}", page.status, page.text());
            assert_eq!(page.text().contains("trouble=stale"), is_late, "{who} at {path}: {}", page.text());
            assert!(!page.text().contains("Broken") && !page.text().contains("\"fault\""), "{who} at {path}: {}", page.text());
        }
    }
    let mut reader = town.app.services().db.read().await.unwrap();
    assert!(!reader.find_staff(&town.staff).await.unwrap().unwrap().is_active);
    assert_eq!(reader.list_notices(notices()).await.unwrap().len(), 1);
    assert_eq!(reader.list_contacts("hunan").await.unwrap()[0].phone, "0731-85000000");
    assert!(reader.find_staff_of_login("hunan", "new-one").await.unwrap().is_some());
}
