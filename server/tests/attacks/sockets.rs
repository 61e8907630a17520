//! Heads and bodies that are withheld, sockets that are hoarded, and requests that nobody can read.

use std::net::SocketAddr;
use std::time::Duration;

use crate::support::binary::Running;
use crate::support::browser::{HOST, multipart};
use crate::support::journey::Person;
use crate::support::{Browser, TestApp, folder};
use axum::Router;
use axum::http::Method;
use suanpan_server::middleware::Addresses;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const PATIENCE: Duration = Duration::from_secs(30);
pub(super) const FORM: &str = "content-type: application/x-www-form-urlencoded\r\naccept: application/json\r\n";
const FILES: &str = "content-type: multipart/form-data; boundary=XXBOUNDARYXX\r\naccept: application/json\r\n";

/// The real listener before the house.
async fn open(app: &TestApp) -> SocketAddr {
    open_router(app.router(), app.house.addresses.clone()).await
}

pub(super) async fn open_router(router: Router, addresses: Addresses) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(suanpan_server::connections::serve(listener, router, addresses, std::future::pending()));
    address
}

async fn signed_in(app: &TestApp, serial: u32) -> Browser {
    let person = Person::new(serial);
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    browser
}

pub(super) fn cookies(browser: &Browser) -> String {
    browser.jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

/// A post whose head is sent, with the beginning of its body.
pub(super) async fn begin(at: SocketAddr, path: &str, headers: &str, cookie: &str, length: usize, body: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {HOST}\r\nsec-fetch-site: same-origin\r\nconnection: close\r\ncookie: {cookie}\r\n\
         content-length: {length}\r\n{headers}\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream
}

/// Everything that comes until the server hangs up.
pub(super) async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    assert!(read.is_ok(), "the server waits for ever");
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(super) fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_withheld_is_not_waited_for() {
    let app = TestApp::sqlite().await;
    let at = open(&app).await;
    let mut form = begin(at, "/api/site", FORM, "a=b", 100, b"province=hunan").await;
    let mut file = begin(at, "/hunan/upload/photo", FILES, "a=b", 100_000, b"--XXBOUNDARYXX\r\n").await;
    let (form, file) = tokio::join!(answer(&mut form), answer(&mut file));
    assert_eq!((status(&form), status(&file)), ("408", "408"), "{form} {file}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_is_withheld_is_hung_up_on() {
    let app = TestApp::sqlite().await;
    let at = open(&app).await;
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: ").await.unwrap();
    let heard = answer(&mut stream).await;
    assert!(!heard.contains(" 200 "), "{heard}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_address_cannot_hoard_connections_and_a_gateway_may() {
    let mut app = TestApp::sqlite().await;
    let strangers = open(&app).await;
    let mut held = Vec::new();
    for _ in 0..256 {
        held.push(TcpStream::connect(strangers).await.unwrap());
    }
    let mut late = TcpStream::connect(strangers).await.unwrap();
    let mut byte = [0];
    let read = tokio::time::timeout(Duration::from_secs(5), late.read(&mut byte)).await;
    assert!(matches!(read, Ok(Ok(0) | Err(_))), "{read:?}");

    app.house.addresses.trusted = std::sync::Arc::new(vec!["127.0.0.1".parse().unwrap()]);
    let gateway = open(&app).await;
    for _ in 0..256 {
        held.push(TcpStream::connect(gateway).await.unwrap());
    }
    let mut one_more = TcpStream::connect(gateway).await.unwrap();
    one_more.write_all(format!("GET /healthz HTTP/1.1\r\nhost: {HOST}\r\nconnection: close\r\n\r\n").as_bytes()).await.unwrap();
    assert_eq!(status(&answer(&mut one_more).await), "200");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stalled_uploads_of_one_session_leave_room_for_others() {
    let app = TestApp::sqlite().await;
    let (mine, other) = (signed_in(&app, 1).await, signed_in(&app, 2).await);
    let at = open(&app).await;
    let file = multipart("a.jpg", b"not a picture");
    let mut stalled = Vec::new();
    let mut refused = String::new();
    for _ in 0..40 {
        let mut stream = begin(at, "/hunan/upload/photo", FILES, &cookies(&mine), file.len() + 1, &file).await;
        let mut first = vec![0; 4096];
        // A place is taken as soon as the head was read; only who has none is answered.
        match tokio::time::timeout(Duration::from_millis(300), stream.read(&mut first)).await {
            Ok(read) => {
                refused = String::from_utf8_lossy(&first[..read.unwrap_or(0)]).into_owned();
                break;
            }
            Err(_) => stalled.push(stream),
        }
    }
    assert_eq!((stalled.len(), status(&refused)), (2, "503"), "{refused}");
    assert!(refused.contains("Busy"), "{refused}");
    let mut stream = begin(at, "/hunan/upload/photo", FILES, &cookies(&other), file.len(), &file).await;
    let heard = answer(&mut stream).await;
    assert_eq!(status(&heard), "200", "{heard}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_was_held_back_over_a_sign_out_is_a_strangers() {
    let app = TestApp::sqlite().await;
    let mut browser = signed_in(&app, 1).await;
    let at = open(&app).await;
    let body = b"province=hunan";
    let (begun, rest) = body.split_at(body.len() - 1);
    let mut whole = begin(at, "/api/intake/hub", FORM, &cookies(&browser), body.len(), body).await;
    assert_eq!(status(&answer(&mut whole).await), "200");
    let mut held = begin(at, "/api/intake/hub", FORM, &cookies(&browser), body.len(), begun).await;
    browser.call("/api/account/sign-out", &[("province", "hunan")]).await;
    held.write_all(rest).await.unwrap();
    let heard = answer(&mut held).await;
    assert_eq!(status(&heard), "401", "{heard}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_with_a_session_says_where_it_comes_from() {
    let app = TestApp::sqlite().await;
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
    for (cookie, status) in [("sid-hunan", 403), ("__Host-sid-hunan", 403), ("staff-hunan", 403), ("theme", 200)] {
        let mut browser = app.browser();
        browser.jar.insert(cookie.to_owned(), "x".to_owned());
        let page = browser.send(Method::POST, "/api/site", &headers, b"province=hunan".to_vec()).await;
        assert_eq!(page.status.as_u16(), status, "{cookie} {}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_is_the_fault_of_who_sent_it() {
    let app = TestApp::sqlite().await;
    let mut browser = signed_in(&app, 1).await;
    assert_eq!(browser.look("/hunan/files/%00").await.status.as_u16(), 400);
    assert_eq!(browser.look("/hunan?x=%00").await.status.as_u16(), 400);
    assert_eq!(browser.look("/hunan/files/nothing").await.status.as_u16(), 404);
    for no_id in ["%E5%BC%A0", "a.b", &"a".repeat(65)] {
        assert_eq!(browser.look(&format!("/hunan/files/{no_id}")).await.status.as_u16(), 400, "{no_id}");
        let page = browser.call_encoded("/api/review/case", format!("province=hunan&case={no_id}")).await;
        assert_eq!(page.status.as_u16(), 400, "{no_id}");
    }
    for body in ["", "nonsense", "province=hunan&version=many", "province=hu%00nan", "%ff=%fe"] {
        let page = browser.call_encoded("/api/intake/submit", body.to_owned()).await;
        assert!(page.status.is_client_error(), "{body}: {} {}", page.status, page.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_that_is_refused_is_no_fault_of_the_house() {
    let app = TestApp::sqlite().await;
    let mut stranger = app.browser();
    for path in ["/api/intake/hub", "/api/review/queue"] {
        let fields = [("province", "hunan"), ("query[below]", "1"), ("query[status]", "submitted")];
        let page = stranger.call(path, &fields).await;
        assert_eq!(page.status.as_u16(), 401, "{path}: {}", page.text());
    }
}

/// The real program, and what it says of those who hang up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_hangs_up_is_no_error_of_the_house() {
    let folder = folder();
    let running = Running::start(&folder, &format!("sqlite:{}", folder.join("hang-ups.sqlite").display()));
    let at = SocketAddr::from(([127, 0, 0, 1], running.port));
    for _ in 0..5 {
        drop(TcpStream::connect(at).await.unwrap());
        drop(begin(at, "/api/site", FORM, "a=b", 100, b"province=hunan").await);
        drop(begin(at, "/hunan/upload/photo", FILES, "a=b", 100_000, b"--XXBOUNDARYXX\r\n").await);
        let mut reader = TcpStream::connect(at).await.unwrap();
        reader.write_all(format!("GET /hunan/login HTTP/1.1\r\nhost: {HOST}\r\n\r\n").as_bytes()).await.unwrap();
        let _ = reader.read(&mut [0]).await.unwrap();
        drop(reader);
    }
    // Whoever comes after them is served.
    let mut last = begin(at, "/api/site", FORM, "a=b", 14, b"province=hunan").await;
    assert_eq!(status(&answer(&mut last).await), "200");
    let log = std::fs::read_to_string(&running.log).unwrap();
    let errors: Vec<&str> = log.lines().filter(|line| line.contains("\"level\":\"ERROR\"")).collect();
    assert!(log.lines().count() > 5 && errors.is_empty(), "{errors:#?}");
}
