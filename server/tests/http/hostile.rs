//! Hostile files and forms through the real upload route: a worded refusal, never a fault of ours, never much memory.

use crate::support::binary::{Running, services};
use crate::support::browser::multipart;
use crate::support::journey::Person;
use crate::support::pictures::{chunk, deflated, png, png_with};
use crate::support::seed::accountants;
use crate::support::{Browser, Page, TestApp, folder};
use axum::http::Method;
use domain::intake::Answers;

const PROGRESSIVE: &[u8] = include_bytes!("../../../crates/pictures/src/cases/prog_12mp.jpg");

/// A JPEG whose head promises this many pixels, and no picture.
fn jpeg_head(width: u16, height: u16) -> Vec<u8> {
    let ([w1, w2], [h1, h2]) = (width.to_be_bytes(), height.to_be_bytes());
    let sof = [0xFF, 0xC0, 0, 17, 8, h1, h2, w1, w2, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
    [&[0xFF, 0xD8, 0xFF, 0xE0, 0, 16][..], b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0", &sof, &[0xFF, 0xD9]].concat()
}

/// A PNG in which every row is there, and many more.
fn flood(width: u32, height: u32, bytes: usize) -> Vec<u8> {
    png_with(width, height, 8, 2, &deflated(0, bytes), &[])
}

fn hostile() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let good = png(640, 480, "good");
    let mut broken = good.clone();
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    let zip = deflated(0, 300 << 20);
    let profile = [b"icc\0\0".to_vec(), zip.clone()].concat();
    let text = [b"Comment\0\0".to_vec(), zip.clone()].concat();
    let mut trailing = good.clone();
    trailing.extend_from_slice(b"<script>alert(1)</script>");
    vec![
        ("nothing", "a.png", Vec::new()),
        ("text", "a.jpg", b"not a picture at all".to_vec()),
        ("html", "a.jpg", b"<html><script>alert(1)</script></html>".to_vec()),
        ("svg", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("gif", "a.png", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
        ("pdf", "a.png", b"%PDF-1.7\n%...".to_vec()),
        ("zip", "a.png", b"PK\x03\x04 and more".to_vec()),
        ("magic only", "a.png", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("half", "a.png", good[..good.len() / 2].to_vec()),
        ("broken checksum", "a.png", broken),
        ("no pixels", "a.png", png_with(0, 0, 8, 2, &deflated(0, 1), &[])),
        ("four thousand million pixels", "a.png", png_with(65_535, 65_535, 8, 2, &deflated(0, 1 << 20), &[])),
        ("the widest", "a.png", png_with(u32::MAX, u32::MAX, 16, 6, &deflated(0, 1000), &[])),
        ("too many pixels", "a.png", flood(20_000, 20_000, 50 << 20)),
        ("wide and deep", "a.png", png_with(16_000, 900, 16, 6, &deflated(0, (16_000 * 8 + 1) * 900), &[])),
        ("more rows than promised", "a.png", flood(640, 480, 200 << 20)),
        ("fewer rows than promised", "a.png", flood(4000, 4000, 1 << 16)),
        (
            "a profile that unpacks to 300 MB",
            "a.png",
            png_with(640, 480, 8, 2, &deflated(0, 1921 * 480), &[chunk(b"iCCP", &profile)]),
        ),
        ("a text that unpacks to 300 MB", "a.png", png_with(640, 480, 8, 2, &deflated(0, 1921 * 480), &[chunk(b"zTXt", &text)])),
        ("palette without colours", "a.png", png_with(640, 480, 8, 3, &deflated(7, 641 * 480), &[])),
        ("a JPEG of nothing", "a.jpg", vec![0xFF, 0xD8]),
        ("a JPEG of 4,000 million pixels", "a.jpg", jpeg_head(65_500, 65_500)),
        ("a JPEG without data", "a.jpg", jpeg_head(640, 480)),
        ("fifty megapixels", "a.png", flood(7_000, 7_000, 21_001 * 7_000)),
        ("a JPEG of fifty megapixels without data", "a.jpg", jpeg_head(7_000, 7_000)),
        ("twelve progressive megapixels", "a.jpg", PROGRESSIVE.to_vec()),
        ("tiny", "a.png", png(2, 2, "tiny")),
        ("over 3 MB", "a.png", [good, vec![0; 4 << 20]].concat()),
        ("trailing script", "a.png", trailing),
    ]
}

pub(crate) async fn applicant(app: &TestApp) -> Browser {
    let person = Person::new(1);
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    browser.pledge().await;
    browser
}

/// A refusal that a person can read, or the receipt of a harmless picture.
fn is_worded(page: &Page) -> bool {
    let text = page.text();
    page.status.is_success()
        && (text.starts_with("{\"Wrong\"") || text.starts_with("{\"Refused\"") || text.starts_with("{\"Kept\""))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_files_get_a_worded_refusal() {
    let app = TestApp::sqlite().await;
    let mut browser = applicant(&app).await;
    for (what, name, bytes) in hostile() {
        let page = browser.upload("photo", name, &bytes).await;
        assert!(is_worded(&page), "{what}: {} {}", page.status, page.text());
        if page.text().starts_with("{\"Kept\"") {
            let id = page.json()["Kept"][0]["id"].as_str().unwrap().to_owned();
            let shown = browser.look(&format!("/hunan/files/{id}")).await;
            assert_eq!(shown.header("content-type"), Some("image/jpeg"), "{what}");
            assert!(shown.body.starts_with(&[0xFF, 0xD8]), "{what}");
            assert!(!shown.text().contains("<script"), "{what} is shown as it came");
        }
        app.clock.forward(chrono::Duration::seconds(30));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_refusal_stands_on_the_page() {
    let app = TestApp::sqlite().await;
    let mut browser = applicant(&app).await;
    let headers = [
        ("accept", "text/html"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    let page = browser.send(Method::POST, "/hunan/upload/photo", &headers, multipart("a.jpg", b"not a picture")).await;
    assert_eq!((page.status.as_u16(), page.location()), (303, Some("/hunan/intake/files#slot-photo")));
    let shown = browser.get("/hunan/intake/files").await.text();
    assert!(shown.contains("JPG") || shown.contains("jpg") || shown.contains("图片"), "{shown}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_forms_are_no_fault_of_ours() {
    let app = TestApp::sqlite().await;
    let mut browser = applicant(&app).await;
    let good = png(640, 480, "x");
    let whole = multipart("a.png", &good);
    let part = |n: usize| format!("--XXBOUNDARYXX\r\ncontent-disposition: form-data; name=\"x{n}\"\r\n\r\ny\r\n");
    let many: String = (0..20_000).map(part).collect();
    let long = "x".repeat(200_000);
    let multi = "multipart/form-data; boundary=XXBOUNDARYXX";
    let forms: Vec<(&str, &str, Vec<u8>)> = vec![
        ("no boundary", "multipart/form-data", whole.clone()),
        ("another boundary", "multipart/form-data; boundary=other", whole.clone()),
        ("an endless boundary", &long, whole.clone()),
        ("no multipart", "application/json", b"{}".to_vec()),
        ("no kind", "", whole.clone()),
        ("nothing", multi, Vec::new()),
        ("only the end", multi, b"--XXBOUNDARYXX--\r\n".to_vec()),
        ("cut off", multi, whole[..whole.len() / 2].to_vec()),
        ("many parts", multi, format!("{many}--XXBOUNDARYXX--\r\n").into()),
        (
            "a part without end",
            multi,
            [b"--XXBOUNDARYXX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"".to_vec(), vec![b'x'; 1 << 20]]
                .concat(),
        ),
        ("eleven megabytes", multi, multipart("a.png", &vec![0; 11 << 20])),
        ("thirty megabytes", multi, multipart("a.png", &vec![0x89; 30 << 20])),
    ];
    for (what, kind, body) in forms {
        let headers = [("accept", "application/json"), ("content-type", kind), ("sec-fetch-site", "same-origin")];
        let page = browser.send(Method::POST, "/hunan/upload/photo", &headers, body).await;
        assert!(!page.status.is_server_error(), "{what}: {} {}", page.status, page.text());
        assert!(!page.text().starts_with("{\"Kept\""), "{what}: {}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_name_of_a_file_is_only_a_name() {
    let app = TestApp::sqlite().await;
    let mut browser = applicant(&app).await;
    for (typed, kept) in [
        ("../../../etc/passwd", "passwd"),
        ("..\\\\..\\\\windows\\\\win.ini", "win.ini"),
        ("/absolute/photo.png", "photo.png"),
        ("<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"),
    ] {
        let page = browser.upload("photo", typed, &png(640, 480, typed)).await;
        assert_eq!(page.json()["Kept"][0]["name"], kept, "{typed}: {}", page.text());
    }
    let shown = browser.get("/hunan/intake/files").await.text();
    assert!(!shown.contains("<img src=x"), "the name of a file became markup");
    let long = "长".repeat(5000);
    let page = browser.upload("photo", &long, &png(640, 480, "long")).await;
    assert!(page.json()["Kept"][0]["name"].as_str().unwrap().chars().count() <= 120);
    // Nothing was written beside the folder of the files.
    let outside: Vec<_> = std::fs::read_dir(&app.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(outside.len(), 2, "{outside:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_too_large_is_refused_everywhere() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for path in ["/api/account/login/password", "/api/intake/step/save", "/api/review/judge"] {
        let page = browser.call(path, &[("province", "hunan"), ("form[x]", &"x".repeat(2 << 20))]).await;
        assert!(!page.status.is_success(), "{path}: {}", page.status);
        assert!(page.text().len() < 2000, "{path}: {}", page.text());
    }
}

/// Measured on the real program: whatever is posted, it needs less than 64 MB more than before, besides its own code.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_files_do_not_eat_the_memory() {
    let folder = folder();
    let url = format!("sqlite:{}", folder.join("bombs.sqlite").display());
    drop(Running::start(&folder, &url));
    let services = services(&folder, &url).await;
    let people = accountants(&services, "hunan", 0..2, &Answers::default(), &[]).await.unwrap();
    let running = Running::start(&folder, &url);
    let mut browser = Browser::at_port(running.port);
    browser.jar.insert("sid-hunan".into(), people[0].token.clone());
    let page = browser.upload("photo", "a.png", &png(640, 480, "warm")).await;
    assert!(page.text().starts_with("{\"Kept\""), "{} {}", page.status, page.text());
    let before = running.peak() - running.mapped();
    for (what, name, bytes) in hostile() {
        let page = browser.upload("photo", name, &bytes).await;
        assert!(is_worded(&page), "{what}: {} {}", page.status, page.text());
    }
    // The same from eight windows at once.
    let bomb = png_with(4000, 3900, 8, 2, &deflated(0, 12_001 * 3900), &[]);
    let windows: Vec<_> = (0..8)
        .map(|_| {
            let (port, token, bomb) = (running.port, people[1].token.clone(), bomb.clone());
            tokio::spawn(async move {
                let mut browser = Browser::at_port(port);
                browser.jar.insert("sid-hunan".into(), token);
                browser.upload("photo", "a.png", &bomb).await.status
            })
        })
        .collect();
    for window in windows {
        let status = window.await.unwrap();
        assert!(status.is_success() || status.as_u16() == 503, "{status}");
    }
    let grown = (running.peak() - running.mapped()).saturating_sub(before);
    println!("memory before {} MB, grown by {} MB", before >> 20, grown >> 20);
    assert!(grown < 64 << 20, "grown by {} MB", grown >> 20);
}

/// Measured on the real program: passwords are reckoned on few threads, and what they needed is given back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_sign_ins_of_strangers_leave_no_memory_behind() {
    let folder = folder();
    let url = format!("sqlite:{}", folder.join("hashes.sqlite").display());
    let running = Running::start(&folder, &url);
    let before = running.resident();
    for tens in 0..10 {
        let strangers: Vec<_> = (0..10)
            .map(|one| {
                let (port, n) = (running.port, tens * 10 + one);
                tokio::spawn(async move {
                    let address = format!("203.0.113.{n}");
                    let headers = [
                        ("content-type", "application/x-www-form-urlencoded"),
                        ("accept", "application/json"),
                        ("x-forwarded-for", address.as_str()),
                    ];
                    let form = format!("province=hunan&form[login]=nobody{n}&form[password]=Wrong-Harbour-{n}");
                    Browser::at_port(port).send(Method::POST, "/api/staff/sign-in", &headers, form.into_bytes()).await.status
                })
            })
            .collect();
        for stranger in strangers {
            let status = stranger.await.unwrap();
            assert!(status.is_success() || status.as_u16() == 503, "{status}");
        }
    }
    let grown = running.resident().saturating_sub(before);
    println!("memory before {} MB, grown by {} MB", before >> 20, grown >> 20);
    assert!(grown < 64 << 20, "grown by {} MB", grown >> 20);
}
