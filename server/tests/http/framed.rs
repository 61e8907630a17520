//! The plain pages stand in the frame of the other pages: the ways of whoever asks, the footer, and 长者版.

use app::plain::KEEPS;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::support::journey::Person;
use crate::support::{Page, TestApp};

const LARGE: &str = "data-elder=\"yes\"";

fn has(page: &Page, words: &[&str]) {
    let text = page.text();
    for word in words {
        assert!(text.contains(word), "{} has no {word}: {text}", page.path);
    }
}

fn lacks(page: &Page, words: &[&str]) {
    let text = page.text();
    for word in words {
        assert!(!text.contains(word), "{} has {word}: {text}", page.path);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plain_page_has_the_ways_of_whoever_asks_and_says_nothing_of_them_where_nobody_looks() {
    let app = TestApp::sqlite().await;
    let (door, out) = (["href=\"/hunan/login\"", "href=\"/hunan/register\""], "退出登录");
    let mut browser = app.browser();
    let open = browser.get("/hunan/verify").await;
    has(&open, &["<title>证明查验 – 湖南省会计管理服务平台</title>", "aria-label=\"主要导航\"", "通知公告", "主办单位："]);
    lacks(&open, &door);
    let asked = browser.get("/hunan/look-up").await;
    has(&asked, &door);
    lacks(&asked, &[out, "tab-bar"]);

    browser.register(&Person::new(431)).await;
    let own = browser.get("/hunan/questions").await;
    has(&own, &["href=\"/hunan/services\"", "action=\"/api/account/sign-out\"", out, "tab-bar"]);
    lacks(&own, &door);
    // Nobody looks for a session there.
    lacks(&browser.get("/hunan/status").await, &[out, "href=\"/hunan/services\""]);

    let (staff, now) = (app.staff().await, app.services().now());
    let mut desk = app.browser();
    let yuhua = staff.iter().find(|one| one.login == "yuhua").unwrap();
    desk.staff_sign_in(yuhua, now).await;
    let page = desk.get("/hunan/staff/transfers").await;
    has(&page, &["site-header--side", "page--wide", "href=\"/hunan/staff/queue\"", "action=\"/api/account/sign-out?staff\""]);
    lacks(&page, &["长者版", "href=\"/hunan/services\"", "tab-bar"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plain_page_is_large_for_whoever_wants_it_with_a_telephone_above_and_a_way_back() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for path in ["/hunan/verify", "/hunan/status", "/hunan/look-up"] {
        let page = browser.get(path).await;
        has(&page, &["长者版"]);
        lacks(&page, &[LARGE, "打电话问"]);
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("form-action 'self'"), "{path} lets nobody change: {policy}");
    }
    browser.post("/api/site/version", &[("province", "hunan"), ("form[elder]", "yes")]).await;
    for path in ["/hunan/verify", "/hunan/status", "/hunan/look-up"] {
        has(&browser.get(path).await, &[LARGE, "标准版", "有不清楚的，打电话问：", "href=\"tel:12345\""]);
    }
    browser.register(&Person::new(432)).await;
    let own = browser.get("/hunan/questions").await;
    has(&own, &[LARGE]);
    lacks(&own, &["tab-bar"]);
    browser.post("/api/site/version", &[("province", "hunan"), ("form[elder]", "no")]).await;
    lacks(&browser.get("/hunan/questions").await, &[LARGE]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rows_of_a_plain_table_are_cards_on_a_telephone() {
    let app = TestApp::sqlite().await;
    let (staff, now) = (app.staff().await, app.services().now());
    let mut desk = app.browser();
    desk.staff_sign_in(staff.iter().find(|one| one.login == "shengting").unwrap(), now).await;
    let new = desk.get("/hunan/staff/texts/new?kind=notices").await;
    let (on, version) = (new.hidden("shown_from"), new.hidden("version"));
    let form = [
        ("kind", "notices"),
        ("version", version.as_str()),
        ("title", "关于启用新平台的通知"),
        ("subject", "intake"),
        ("audience", "everyone"),
        ("shown_from", on.as_str()),
        ("body", "正文。"),
        ("act", "save"),
    ];
    desk.post("/hunan/staff/texts/new", &form).await;
    let page = desk.get("/hunan/staff/texts?kind=notices").await;
    has(&page, &["table-wrap--cards", "data-label=\"状态\"", "关于启用新平台的通知"]);
    lacks(&page, &["读者评价"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_size_and_the_contrast_that_were_chosen_hold_on_every_page_and_nothing_else_is_one() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for (size, contrast) in [("largest", "high"), ("larger", "")] {
        browser.jar.insert("data-size".into(), size.into());
        browser.jar.insert("data-contrast".into(), contrast.into());
        for path in ["/hunan", "/hunan/login", "/hunan/verify", "/hunan/look-up", "/hunan/staff/login"] {
            let page = browser.get(path).await;
            has(&page, &[&format!("data-size=\"{size}\"")]);
            assert_eq!(page.text().contains("data-contrast=\"high\""), contrast == "high", "{path}");
        }
    }
    browser.jar.insert("data-size".into(), "enormous".into());
    for path in ["/hunan", "/hunan/verify"] {
        lacks(&browser.get(path).await, &["data-size=", "enormous"]);
    }
}

/// Names whoever is looking.
fn typist(page: &Page) -> String {
    let text = page.text();
    let rest = text.split_once("data-typist=\"").unwrap_or_else(|| panic!("{}: {text}", page.path)).1;
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plain_page_keeps_what_is_typed_by_one_script_that_its_policy_names_and_a_visitor_has_none() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for path in ["/hunan/verify", "/hunan/status", "/hunan/look-up", "/hunan/appeal"] {
        let page = browser.get(path).await;
        lacks(&page, &["<script", "data-typist"]);
        assert!(!page.header("content-security-policy").unwrap().contains("script-src"), "{path}");
    }
    browser.register(&Person::new(433)).await;
    let page = browser.get("/hunan/questions").await;
    has(&page, &[KEEPS]);
    let text = page.text();
    assert_eq!(text.matches("<script").count(), 1);
    let script = text.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    let named = format!("script-src 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains(&named) && !policy.contains("unsafe"), "{policy} lacks {named}");
    // What is kept there and on the pages with a program is of the same person, and goes when they sign out.
    assert_eq!(typist(&page), typist(&browser.get("/hunan/home").await));
    let mut other = app.browser();
    other.register(&Person::new(434)).await;
    assert_ne!(typist(&page), typist(&other.get("/hunan/questions").await));
    // Files, secrets and the numbers of documents are not kept.
    for left_out in ["\"document_number\"", "\"passphrase\"", "\"file\"", "\"password\"", "\"checkbox\""] {
        assert!(script.contains(left_out), "{left_out}");
    }
}
