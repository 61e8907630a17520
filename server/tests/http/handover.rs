//! 手机传图 as browsers without scripts do it, and what neither the log nor the database learns.

use std::sync::Arc;

use app::request::Setup;
use axum::http::Method;
use domain::intake::Answers;

use crate::support::binary::Running;
use crate::support::browser::multipart;
use crate::support::journey::Person;
use crate::support::pictures::png;
use crate::support::seed::accountants;
use crate::support::{Browser, Page, TestApp, folder, sqlite_bytes};

const VOID: &str = "这个二维码已经失效，请在电脑上重新生成";

/// Somebody who has signed in and has everything but the files.
async fn at_pc(app: &TestApp) -> Browser {
    let ready = accountants(app.services(), "hunan", 0..1, &Answers::default(), &[]).await.unwrap();
    let mut browser = app.browser();
    browser.jar.insert("sid-hunan".into(), ready[0].token.clone());
    browser
}

/// The address beside the 二维码, as it is written.
pub fn address(page: &str) -> &str {
    let (_, rest) = page.split_once("id=\"code-address\"").unwrap_or_else(|| panic!("no address: {page}"));
    rest.split_once('>').unwrap().1.split('<').next().unwrap()
}

/// The application, as the form of a slot on the page of the files names it.
pub async fn case(browser: &mut Browser) -> String {
    browser.get("/hunan/intake/files").await.hidden("form[case]")
}

/// The page of the PC.
async fn lent(browser: &mut Browser) -> String {
    format!("/hunan/lent/{}/photo", case(browser).await)
}

/// Presses 用手机拍照上传; answers the path that the 二维码 carries.
async fn lend(browser: &mut Browser) -> String {
    let case = case(browser).await;
    let form = [("province", "hunan"), ("form[case]", case.as_str()), ("form[slot]", "photo")];
    let page = browser.post("/api/handover/lend", &form).await;
    let there = format!("/hunan/lent/{case}/photo");
    assert_eq!((page.path.as_str(), page.status.as_u16()), (there.as_str(), 200), "{}", page.text());
    let text = page.text();
    address(&text).strip_prefix("http://test.local").unwrap_or_else(|| panic!("{text}")).to_owned()
}

async fn send(phone: &mut Browser, path: &str, accept: &str, bytes: &[u8]) -> Page {
    let headers =
        [("accept", accept), ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"), ("sec-fetch-site", "same-origin")];
    phone.send(Method::POST, &format!("{path}/upload"), &headers, multipart("IMG_0001.png", bytes)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slot_goes_to_a_telephone_and_its_picture_comes_back_without_scripts() {
    let app = TestApp::sqlite().await;
    let mut pc = at_pc(&app).await;
    let files = pc.get("/hunan/intake/files").await.text();
    assert!(files.contains("action=\"/api/handover/lend\"") && files.contains("用手机拍照上传"), "{files}");
    let there = lent(&mut pc).await;
    let none = pc.get(&there).await.text();
    assert!(none.contains("生成二维码") && !none.contains("code-address"), "{none}");
    let path = lend(&mut pc).await;
    let page = pc.get(&there).await.text();
    assert!(page.contains("<svg width=\"240\" height=\"240\"") && page.contains(">10:10<"), "{page}");

    let mut phone = app.browser();
    let page = phone.look(&path).await;
    let text = page.text();
    assert_eq!(page.status.as_u16(), 200, "{text}");
    assert!(text.contains("上传：个人近期彩照") && text.contains("备**正在电脑上办理信息采集"), "{text}");
    assert!(text.contains(&format!("action=\"{path}/upload\"")) && text.contains("enctype=\"multipart/form-data\""), "{text}");
    for private in ["备用人", "E00000000", "13800000000", "/hunan/files/"] {
        assert!(!text.contains(private), "the telephone reads {private}");
    }
    assert_eq!(page.header("x-robots-tag"), Some("noindex, nofollow"));
    assert_eq!(page.header("referrer-policy"), Some("same-origin"), "no other site hears the address");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let cookie = page.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");

    let wrong = send(&mut phone, &path, "text/html", b"no picture").await;
    assert_eq!((wrong.status.as_u16(), wrong.location()), (303, Some(path.as_str())));
    assert!(phone.look(&path).await.text().contains("这个文件不是图片，也不是 PDF"));
    let sent = send(&mut phone, &path, "text/html", &png(640, 480, "a")).await;
    assert_eq!((sent.status.as_u16(), sent.location()), (303, Some(path.as_str())), "{}", sent.text());
    let done = phone.look(&path).await.text();
    assert!(done.contains("已传到电脑上") && !done.contains("不是图片") && !done.contains("/hunan/files/"), "{done}");

    let page = pc.get(&there).await.text();
    let (_, rest) = page.split_once("src=\"/hunan/files/").unwrap_or_else(|| panic!("no picture: {page}"));
    let picture = format!("/hunan/files/{}", rest.split('"').next().unwrap());
    assert_eq!(pc.look(&picture).await.header("content-type"), Some("image/jpeg"));
    assert_eq!(phone.look(&picture).await.status.as_u16(), 401);

    let mut other = app.browser();
    assert!(other.look(&path).await.text().contains("已经在另一部手机上使用"));
    assert!(send(&mut other, &path, "application/json", &png(640, 480, "b")).await.text().contains("HandoverElsewhere"));
    pc.post("/api/account/sign-out", &[("province", "hunan")]).await;
    let over = phone.look(&path).await;
    assert_eq!(over.status.as_u16(), 410);
    assert!(over.text().contains(VOID), "{}", over.text());
}

/// Somebody whose 信息采集 was approved lends the slot of a conversion of theirs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slot_of_a_conversion_goes_to_a_telephone_and_leads_back_to_its_page_without_scripts() {
    let app = TestApp::sqlite().await;
    let mut pc = crate::learning::collected(&app, 85).await;
    let start = [("province", "hunan"), ("form[year]", "2026"), ("form[kind]", "paper")];
    let page = pc.post("/api/learning/start", &start).await;
    let conversion = page.path.clone();
    let case = conversion.rsplit('/').next().unwrap();
    let form = [("province", "hunan"), ("form[case]", case), ("form[slot]", "paper")];
    assert!(page.text().contains("action=\"/api/handover/lend\""), "{}", page.text());
    let lent = pc.post("/api/handover/lend", &form).await;
    assert_eq!(lent.path, format!("/hunan/lent/{case}/paper"));
    let text = lent.text();
    assert!(text.contains(&format!("href=\"{conversion}#slot-paper\"")) && text.contains("返回继续教育学分折算"), "{text}");
    let path = address(&text).strip_prefix("http://test.local").unwrap().to_owned();
    let mut phone = app.browser();
    let page = phone.look(&path).await.text();
    assert!(page.contains("上传：论文封面、目录和正文首页") && page.contains("正在电脑上办理继续教育学分折算"), "{page}");
    assert!(!page.contains(case), "the telephone learns no id");
    let sent = send(&mut phone, &path, "text/html", &png(640, 480, "a")).await;
    assert_eq!((sent.status.as_u16(), sent.location()), (303, Some(path.as_str())), "{}", sent.text());
    let page = pc.get(&conversion).await.text();
    assert!(page.contains("src=\"/hunan/files/") && page.contains("IMG_0001.png"), "{page}");
    // Nobody else's case is named at the door.
    let mut other = at_pc(&app).await;
    let refused = other.look(&format!("/hunan/lent/{case}/paper")).await;
    assert!(refused.status.is_client_error() && !refused.text().contains("论文封面"), "{} {}", refused.status, refused.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_scripts_the_telephone_and_the_pc_are_told_what_is_theirs() {
    let app = TestApp::sqlite().await;
    let mut pc = at_pc(&app).await;
    let path = lend(&mut pc).await;
    let mut phone = app.browser();
    phone.look(&path).await;
    let kept = send(&mut phone, &path, "application/json", &png(640, 480, "a")).await.json();
    assert_eq!((kept["Kept"][0]["id"].as_str(), kept["Kept"][0]["sha256"].as_str()), (Some(""), Some("")), "{kept}");
    let again = send(&mut phone, &path, "application/json", &png(640, 480, "a")).await.json();
    assert_eq!(again, kept);
    let case = case(&mut pc).await;
    let asked = [("province", "hunan"), ("case", case.as_str()), ("slot", "photo")];
    let arrived = pc.call("/api/handover/arrived", &asked).await.json();
    assert_eq!(arrived["files"].as_array().unwrap().len(), 1, "{arrived}");
    app.clock.forward(domain::handover::LIFE);
    assert!(pc.call("/api/handover/arrived", &asked).await.json()["id"].is_null());
    assert!(send(&mut phone, &path, "application/json", &png(640, 480, "b")).await.text().contains("HandoverVoid"));
    assert!(pc.get(&format!("/hunan/lent/{case}/photo")).await.text().contains("这个二维码已经过期"));
    // What is new stands in the place of the old one.
    assert_ne!(lend(&mut pc).await, path);
    assert_eq!(phone.look(&path).await.status.as_u16(), 410);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_that_nobody_gave_out_open_nothing_and_are_soon_not_looked_at() {
    let app = TestApp::sqlite().await;
    let mut pc = at_pc(&app).await;
    let good = lend(&mut pc).await;
    let mut phone = app.browser();
    let token = "A".repeat(43);
    for guess in [token.as_str(), "x", "%3Cscript%3E"] {
        let page = phone.look(&format!("/hunan/handover/{guess}")).await;
        assert_eq!(page.status.as_u16(), 410, "{guess}");
        assert!(page.text().contains(VOID), "{guess}: {}", page.text());
    }
    let abroad = phone.look(&good.replace("/hunan/", "/hubei/")).await;
    assert_eq!(abroad.status.as_u16(), 410);
    let unknown = format!("/hunan/handover/{token}");
    let posted = send(&mut phone, &unknown, "text/html", &png(64, 48, "x")).await;
    assert_eq!((posted.status.as_u16(), posted.location()), (303, Some(unknown.as_str())));
    for _ in 0..26 {
        phone.look(&unknown).await;
    }
    for path in [&unknown, &good] {
        assert!(phone.look(path).await.text().contains("您所在的网络打开失效二维码的次数太多"), "{path}");
    }
    assert_eq!(send(&mut phone, &good, "text/html", &png(64, 48, "x")).await.status.as_u16(), 429);
    assert_eq!(app.browser().look(&good).await.status.as_u16(), 200, "from elsewhere it is as good as before");
    let evil = "//evil.example/%0D%0A";
    let form = [("province", "hunan"), ("form[case]", evil), ("form[slot]", evil)];
    let hostile = phone.post("/api/handover/lend", &form).await;
    assert!(!hostile.status.is_server_error(), "{} {}", hostile.status, hostile.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_gateway_the_code_carries_the_configured_address() {
    let mut app = TestApp::sqlite().await;
    app.house.setup = Arc::new(Setup { is_secure: false, origin: Some("https://kj.example.gov.cn".into()) });
    let mut pc = at_pc(&app).await;
    let case = case(&mut pc).await;
    let form = [("province", "hunan"), ("form[case]", case.as_str()), ("form[slot]", "photo")];
    let page = pc.post("/api/handover/lend", &form).await;
    assert!(page.text().contains("\">https://kj.example.gov.cn/hunan/handover/"), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_of_a_telephone_stands_neither_in_the_log_nor_in_the_database() {
    let folder = folder();
    let path = folder.join("handover.sqlite");
    let mut running = Running::start(&folder, &format!("sqlite:{}", path.display()));
    let person = Person::new(322);
    let mut pc = Browser::at_port(running.port);
    pc.register(&person).await;
    pc.sign_in(&person).await;
    pc.pledge().await;
    let address = lend(&mut pc).await;
    let mut phone = Browser::at_port(running.port);
    assert_eq!(phone.look(&address).await.status.as_u16(), 200);
    // What goes wrong is what logs like to repeat.
    send(&mut phone, &address, "text/html", b"no picture").await;
    let broken = [("accept", "text/html"), ("content-type", "multipart/form-data"), ("sec-fetch-site", "same-origin")];
    phone.send(Method::POST, &format!("{address}/upload"), &broken, b"x".to_vec()).await;
    let sent = send(&mut phone, &address, "application/json", &png(640, 480, "a")).await;
    assert!(sent.text().starts_with("{\"Kept\""), "{}", sent.text());
    assert!(phone.look(&address).await.text().contains("已传到电脑上"));
    running.kill();
    let token = address.rsplit('/').next().unwrap();
    let log = std::fs::read(&running.log).unwrap();
    for (place, bytes) in [("database", sqlite_bytes(&path)), ("log", log.clone())] {
        assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "the {place} holds the token");
    }
    assert!(String::from_utf8_lossy(&log).contains("serving"), "the log was looked at");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_off_on_its_way_from_a_telephone_is_told_as_that() {
    let app = TestApp::sqlite().await;
    let mut browser = at_pc(&app).await;
    let path = lend(&mut browser).await;
    let mut phone = app.browser();
    let whole = multipart("IMG_0001.png", &png(640, 480, "cut"));
    let headers = [
        ("accept", "application/json"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    let sent = phone.send(Method::POST, &format!("{path}/upload"), &headers, whole[..whole.len() / 2].to_vec()).await;
    assert_eq!(sent.text(), r#"{"Wrong":"FileCut"}"#);
}
