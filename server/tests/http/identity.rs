//! 登录 through the identity service: our router, and a real certified OpenID Connect server behind it.

use std::sync::Arc;

use axum::http::Method;
use domain::province::{IdentityService, LoginWay, RegistrationWay};
use suanpan_server::adapters::SystemClock;
use suanpan_server::adapters::identity::OpenIdConnect;
use suanpan_server::config::identity::IdentityClient;

use crate::support::issuer::Issuer;
use crate::support::{Browser, Page, TestApp};

const START: &str = "/hunan/identity/start";
const ORIGIN: &str = "http://127.0.0.1:3999";
const NUMBER: &str = "430111199003079988";
const MOBILE: &str = "13912345678";
const PERSON: [(&str, &str); 4] =
    [("name", "张三丰"), ("phone_number", MOBILE), ("document_kind", "resident_id"), ("document_number", NUMBER)];

/// A house whose province signs people in at this service.
async fn town(issuer: &Issuer) -> TestApp {
    let mut app = TestApp::sqlite().await;
    let services = &mut app.house.services;
    let mut province = (*services.province("hunan").unwrap()).clone();
    let account = &mut province.profile.account;
    (account.registration, account.logins) = (RegistrationWay::IdentityService, vec![LoginWay::IdentityService]);
    account.password = None;
    account.identity_service =
        Some(IdentityService {
            name: "湘政服务网".into(), hotline: "0731-12345".into(), note: "请到湘政服务网更正。".into()
        });
    *services = services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    let clients = [("hunan".to_owned(), IdentityClient::of_demo(&issuer.url))].into();
    *services = services.with(|rooms| rooms.identity = Arc::new(OpenIdConnect::new(clients, Arc::new(SystemClock)).unwrap()));
    app.house.origin = Some(ORIGIN.into());
    app
}

/// Where the browser is sent, which must not be a failure.
fn sent(page: &Page) -> String {
    assert_eq!(page.status, 302, "{}: {}", page.path, page.text());
    page.location().unwrap().to_owned()
}

async fn start(browser: &mut Browser) -> String {
    sent(&browser.look(START).await)
}

async fn trouble(browser: &mut Browser, back: &str) -> String {
    let to = sent(&browser.look(back).await);
    let word = to.strip_prefix("/hunan/login?trouble=identity-").unwrap_or_else(|| panic!("{back} leads to {to}")).to_owned();
    let page = browser.get(&to).await;
    assert!(page.status.is_success() && page.text().contains("role=\"status\""), "{}", page.text());
    assert!(!page.text().contains("系统出了问题"), "{word} has no sentence of its own");
    assert!(sent_home(browser).await, "{word}, and yet somebody is signed in");
    word
}

/// Whether 个人中心 is shut.
async fn sent_home(browser: &mut Browser) -> bool {
    browser.look("/hunan/home").await.location().is_some_and(|to| to.contains("/login"))
}

fn changed(address: &str, name: &str, value: &str) -> String {
    let (before, rest) = address.split_once(&format!("{name}=")).unwrap();
    let after = rest.split_once('&').map_or(String::new(), |(_, after)| format!("&{after}"));
    format!("{before}{name}={value}{after}")
}

fn value<'a>(address: &'a str, name: &str) -> &'a str {
    address.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_in_through_the_service_and_leaves_again() {
    // The claims in the token, and beside it.
    for claims in ["", "token"] {
        let issuer = Issuer::with(0, claims);
        let app = town(&issuer).await;
        let mut browser = app.browser();
        let address = start(&mut browser).await;
        let visitor = browser.jar["sid-hunan"].clone();
        for part in
            ["response_type=code", "client_id=suanpan", "code_challenge_method=S256", "scope=openid+profile+phone+document"]
        {
            assert!(address.contains(part), "{part} in {address}");
        }
        assert!(!address.contains("secret") && !address.contains("verifier"), "{address}");
        let back = issuer.through(&address, &PERSON).await;
        assert!(back.starts_with("/hunan/identity/callback?code="), "{back}");
        // From the site of the service, as a browser says it.
        let headers = [("accept", "text/html"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
        let landed = browser.send(Method::GET, &back, &headers, Vec::new()).await;
        assert_eq!(sent(&landed), "/hunan/home");
        assert_ne!(browser.jar["sid-hunan"], visitor, "the token stayed the same");
        assert!(landed.header("set-cookie").unwrap().contains("HttpOnly; SameSite=Lax"));
        assert_eq!((landed.header("cache-control"), landed.header("referrer-policy")), (Some("no-store"), Some("same-origin")));
        let home = browser.get("/hunan/home").await;
        for text in ["张三丰", "430111********9988", "139****5678", "来自湘政服务网", "0731-12345"] {
            assert!(home.text().contains(text), "{text}: {}", home.text());
        }
        assert!(!home.text().contains(NUMBER));
        // Once more there, and once more back.
        assert_eq!(sent(&browser.look(START).await), "/hunan/home");
        assert_eq!(sent(&browser.look(&back).await), "/hunan/home");
        let left = browser.post("/api/account/sign-out", &[("province", "hunan")]).await;
        assert!(left.text().contains("湘政服务网的登录可能仍然有效"), "{} {}", left.path, left.text());
        assert!(sent_home(&mut browser).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_acts_for_a_legal_person_comes_to_the_page_of_the_unit() {
    for claims in ["", "token"] {
        let issuer = Issuer::with(0, claims);
        let app = town(&issuer).await;
        let mut browser = app.browser();
        let address = start(&mut browser).await;
        let unit = [("unit_code", "91430111MA4L1N2E9R"), ("unit_name", "长沙某某有限公司")];
        let back = issuer.through(&address, &[&PERSON[..], &unit[..]].concat()).await;
        assert_eq!(sent(&browser.look(&back).await), "/hunan/learning?employers=all");
        let page = browser.get("/hunan/learning?employers=all").await;
        assert!(page.text().contains("长沙某某有限公司") && page.text().contains("91430111MA4L1N2E9R"), "{}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_back_serves_once_and_only_in_the_session_that_asked() {
    let issuer = Issuer::start();
    let app = town(&issuer).await;
    let mut browser = app.browser();
    let address = start(&mut browser).await;
    let back = issuer.through(&address, &PERSON).await;
    // Somebody who was sent the link, without a session and with one.
    let mut victim = app.browser();
    assert_eq!(trouble(&mut victim, &back).await, "expired");
    let own = start(&mut victim).await;
    assert_eq!(trouble(&mut victim, &back).await, "expired");
    // The code of one with the state of the other: it was made for another attempt.
    assert_eq!(trouble(&mut victim, &changed(&back, "state", value(&own, "state"))).await, "expired");
    // A session that was tampered with is none.
    let cookie = browser.jar["sid-hunan"].clone();
    let other = if cookie.starts_with('A') { "B" } else { "A" };
    browser.jar.insert("sid-hunan".into(), format!("{other}{}", &cookie[1..]));
    assert_eq!(trouble(&mut browser, &back).await, "expired");
    browser.jar.insert("sid-hunan".into(), cookie.clone());
    for state in ["", "x", value(&own, "state")] {
        assert_eq!(trouble(&mut browser, &changed(&back, "state", state)).await, "expired");
    }
    assert_eq!(trouble(&mut browser, "/hunan/identity/callback").await, "expired");
    assert_eq!(trouble(&mut browser, "/hunan/identity/callback?state=a&state=b").await, "expired");
    // The victim's attempt has spent the code, as the service has it; a new one is needed.
    let address = start(&mut browser).await;
    let back = issuer.through(&address, &PERSON).await;
    assert_eq!(sent(&browser.look(&back).await), "/hunan/home");
    // Whoever never saw that answer gets it once more; once it was used, the same cookie as before is worth nothing, and neither
    // is the same answer.
    let mut lost = app.browser();
    lost.jar.insert("sid-hunan".into(), cookie.clone());
    assert_eq!(sent(&lost.look(&back).await), "/hunan/home");
    app.clock.forward(chrono::Duration::seconds(1));
    assert!(sent_home(&mut browser).await && !sent_home(&mut lost).await, "one session of it");
    let mut again = app.browser();
    again.jar.insert("sid-hunan".into(), cookie);
    assert_eq!(trouble(&mut again, &back).await, "expired");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_was_not_made_for_this_attempt_is_refused() {
    let issuer = Issuer::start();
    let app = town(&issuer).await;
    for (name, value, word) in [
        ("nonce", "another-nonce", "failed"),
        ("client_id", "somebody-else", "expired"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "expired"),
    ] {
        let mut browser = app.browser();
        let address = start(&mut browser).await;
        let back = issuer.through(&changed(&address, name, value), &PERSON).await;
        assert_eq!(trouble(&mut browser, &back).await, word, "{name}");
    }
    let mut browser = app.browser();
    let address = start(&mut browser).await;
    let back = issuer.through(&address, &[("cancel", "yes")]).await;
    assert!(back.contains("error=access_denied"), "{back}");
    assert_eq!(trouble(&mut browser, &back).await, "cancelled");
    // What the service says is checked like what is typed in.
    let address = start(&mut browser).await;
    let mut wrong = PERSON;
    wrong[3].1 = "430111199003079980";
    let back = issuer.through(&address, &wrong).await;
    assert_eq!(trouble(&mut browser, &back).await, "data");
    let hash = app.services().vault.keyed_hash("document", NUMBER);
    assert!(app.services().db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_keys_of_the_service_are_found_and_a_service_that_is_down_is_told() {
    let mut issuer = Issuer::start();
    let app = town(&issuer).await;
    let mut browser = app.browser();
    let address = start(&mut browser).await;
    let back = issuer.through(&address, &PERSON).await;
    assert_eq!(sent(&browser.look(&back).await), "/hunan/home");
    // It starts anew, with other keys, on the same port.
    issuer.kill();
    let mut issuer = Issuer::with(issuer.port, "");
    let mut second = app.browser();
    let address = start(&mut second).await;
    let back = issuer.through(&address, &PERSON).await;
    assert_eq!(sent(&second.look(&back).await), "/hunan/home");
    // Down between the sign-in there and the way back, and down from the first.
    let mut third = app.browser();
    let address = start(&mut third).await;
    let back = issuer.through(&address, &PERSON).await;
    issuer.kill();
    assert_eq!(trouble(&mut third, &back).await, "unreachable");
    let app = town(&issuer).await;
    assert_eq!(trouble(&mut app.browser(), START).await, "unreachable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn registration_and_data_of_the_service_are_one_address_away_and_lead_back() {
    let issuer = Issuer::start();
    let app = town(&issuer).await;
    for (path, back) in [("register", "/hunan/login?registered=1"), ("account", "/hunan")] {
        let to = sent(&app.browser().look(&format!("/hunan/identity/{path}")).await);
        let goto = format!("{ORIGIN}{back}").replace(':', "%3A").replace('/', "%2F").replace('?', "%3F").replace('=', "%3D");
        assert_eq!(to, format!("{}/{path}?goto={goto}", issuer.url));
        if path == "account" {
            let answer = Browser::at_port(issuer.port).look(to.strip_prefix(&issuer.url).unwrap()).await;
            assert!(answer.text().contains(&format!("href=\"{ORIGIN}{back}\"")), "{}", answer.text());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_registers_at_the_service_comes_back_and_is_signed_in() {
    let issuer = Issuer::start();
    let app = town(&issuer).await;
    let mut there = Browser::at_port(issuer.port);
    let to = sent(&app.browser().look("/hunan/identity/register").await);
    let door = there.look(to.strip_prefix(&issuer.url).unwrap()).await.location().unwrap().to_owned();
    let page = there.look(&door).await;
    let between = |text: &str, before: &str, after: &str| {
        let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}"));
        rest.split_once(after).unwrap().0.to_owned()
    };
    let picture = between(&page.text(), "class=\"picture\">", "<");
    let asked = there.post_only(&door, &[("step", "code"), ("phone_number", MOBILE), ("picture", &picture)]).await;
    let code = between(&asked.text(), "的验证码是 ", "。");
    let form = [
        ("step", "create"),
        ("username", "ZhangSanfeng"),
        ("phone_number", MOBILE),
        ("code", &code),
        ("password", "Xk7-mpQ2"),
        ("again", "Xk7-mpQ2"),
    ];
    let refused = there.post_only(&door, &form).await;
    assert!(refused.text().contains("请阅读并同意《浙江政务服务网注册协议》"), "{}", refused.text());
    let agreed: Vec<_> = form.into_iter().chain([("agreed", "yes")]).collect();
    let second = there.post_only(&door, &agreed).await;
    assert!(second.text().contains("aria-current=\"step\">2 实名认证"), "{}", second.text());
    let person = [("step", "verify"), ("name", "张三丰"), ("document_kind", "resident_id"), ("document_number", NUMBER)];
    let third = there.post_only(&door, &person).await;
    assert!(third.text().contains(&format!("href=\"{ORIGIN}/hunan/login?registered=1\"")), "{}", third.text());

    for (username, password) in [("zhangsanfeng", "Xk7-mpQ2"), (MOBILE, "Xk7-mpQ2"), (NUMBER, "Xk7-mpQ2")] {
        let mut browser = app.browser();
        let address = start(&mut browser).await;
        let back = issuer.through(&address, &[("username", username), ("password", password)]).await;
        assert_eq!(sent(&browser.look(&back).await), "/hunan/home", "{username}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_province_without_an_identity_service_has_no_such_addresses() {
    let app = TestApp::sqlite().await;
    let others = ["/hunan/identity/register", "/hunan/identity/account", "/nowhere/identity/start"];
    for path in [START, "/hunan/identity/callback?state=x&code=y"].into_iter().chain(others) {
        assert_eq!(app.browser().look(path).await.status, 404, "{path}");
    }
}
