//! A browser without scripts: keeps cookies, posts forms, follows redirects. It talks to routers in turn, or to a port.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use service::Services;
use tower::ServiceExt;

use super::wire::{self, Ask};

pub const HOST: &str = "test.local";

/// An answer, and the path that gave it.
#[derive(Clone, Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub path: String,
}

impl Page {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The JSON of an answer; the data of pages is JSON in a text.
    pub fn json(&self) -> serde_json::Value {
        let read = |bytes: &[u8]| serde_json::from_slice(bytes);
        let value: serde_json::Value =
            read(&self.body).unwrap_or_else(|_| panic!("{} {} is no JSON: {}", self.path, self.status, self.text()));
        value.as_str().and_then(|text| read(text.as_bytes()).ok()).unwrap_or(value)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// The value of the hidden field with this name.
    pub fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let at = text.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("{} has no field {name}: {text}", self.path));
        let start = text[..at].rfind('<').unwrap();
        let tag = &text[start..start + text[start..].find('>').unwrap()];
        tag.split_once("value=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0.to_owned()
    }
}

enum To {
    Routers(Vec<Router>),
    Port(u16),
}

pub struct Browser {
    to: To,
    turn: usize,
    address: SocketAddr,
    pub jar: BTreeMap<String, String>,
    /// Who empties the outbox, where no job does.
    pub deliverer: Option<Services>,
}

/// An answer that takes longer will never come.
const PATIENCE: Duration = Duration::from_secs(60);

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Whether a page has no program: at most the script that keeps what is typed, which it is the same without.
pub fn is_plain(text: &str) -> bool {
    !text.replacen(&format!("<script>{}</script>", app::plain::KEPT), "", 1).contains("<script")
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        if !text.is_empty() {
            text.push('&');
        }
        for (part, end) in [(name, "="), (value, "")] {
            for byte in part.bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
                    other => text.push_str(&format!("%{other:02X}")),
                }
            }
            text.push_str(end);
        }
    }
    text
}

impl Browser {
    pub fn at(routers: Vec<Router>) -> Self {
        Self::new(To::Routers(routers))
    }

    pub fn at_port(port: u16) -> Self {
        Self::new(To::Port(port))
    }

    fn new(to: To) -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let [_, b, c, d] = n.to_be_bytes();
        Self { to, turn: 0, address: SocketAddr::from(([10, b, c, d], 40_000)), jar: BTreeMap::new(), deliverer: None }
    }

    pub fn delivering(mut self, services: Services) -> Self {
        self.deliverer = Some(services);
        self
    }

    /// The same cookies and address before another door.
    pub fn moved_to(&self, router: Router) -> Self {
        Self { to: To::Routers(vec![router]), turn: 0, address: self.address, jar: self.jar.clone(), deliverer: None }
    }

    /// Sends exactly these headers, and the cookies.
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Page {
        let cookies: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut all: Vec<(String, String)> = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        all.push(("host".into(), HOST.into()));
        if !cookies.is_empty() {
            all.push(("cookie".into(), cookies.join("; ")));
        }
        let ask = Ask { method: method.clone(), path: path.split('#').next().unwrap().to_owned(), headers: all, body };
        let mut page = match &self.to {
            To::Routers(routers) => {
                let router = routers[self.turn % routers.len()].clone();
                let answer = tokio::time::timeout(PATIENCE, through(router, ask, self.address)).await;
                answer.unwrap_or_else(|_| panic!("{method} {path}: no answer within {PATIENCE:?}"))
            }
            To::Port(port) => {
                let port = *port;
                tokio::task::spawn_blocking(move || wire::ask(port, &ask)).await.unwrap().expect("an answer")
            }
        };
        self.turn += 1;
        page.path = path.to_owned();
        for value in page.headers.get_all("set-cookie") {
            let pair = value.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.jar.insert(name.to_owned(), value.to_owned());
        }
        page
    }

    /// Looks at a page and follows redirects.
    pub async fn get(&mut self, path: &str) -> Page {
        let mut page = self.look(path).await;
        for _ in 0..5 {
            let Some(next) = page.location().filter(|_| page.status.is_redirection()).map(str::to_owned) else { break };
            page = self.look(&next).await;
        }
        page
    }

    /// Looks at a page as it is, redirect or not.
    pub async fn look(&mut self, path: &str) -> Page {
        let headers = [("accept", "text/html,*/*"), ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "navigate")];
        self.send(Method::GET, path, &headers, Vec::new()).await
    }

    /// Posts a form as a page without scripts does, and follows the redirect.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.post_only(path, fields).await;
        match page.location().map(str::to_owned) {
            Some(next) => self.get(&next).await,
            None => page,
        }
    }

    /// Posts a form as a page without scripts does.
    pub async fn post_only(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let origin = format!("http://{HOST}");
        let headers = [
            ("accept", "text/html"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("origin", &origin),
        ];
        self.send(Method::POST, path, &headers, encode(fields).into_bytes()).await
    }

    /// Calls a server function as the scripts do.
    pub async fn call(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.call_encoded(path, encode(fields)).await
    }

    pub async fn call_encoded(&mut self, path: &str, body: String) -> Page {
        let headers = [
            ("accept", "application/json"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(Method::POST, path, &headers, body.into_bytes()).await
    }

    /// Uploads a file as a browser without scripts does, and follows to the page that it leads to.
    pub async fn upload_as_page(&mut self, slot: &str, name: &str, bytes: &[u8]) -> Page {
        let headers = [
            ("accept", "text/html"),
            ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
            ("sec-fetch-site", "same-origin"),
        ];
        let sent = self.send(Method::POST, &format!("/hunan/upload/{slot}"), &headers, multipart(name, bytes)).await;
        let to = sent.location().unwrap_or_else(|| panic!("{}: {}", sent.status, sent.text())).to_owned();
        self.get(to.split('#').next().unwrap_or_default()).await
    }

    /// Uploads a file as the scripts do.
    pub async fn upload(&mut self, slot: &str, name: &str, bytes: &[u8]) -> Page {
        let headers = [
            ("accept", "application/json"),
            ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(Method::POST, &format!("/hunan/upload/{slot}"), &headers, multipart(name, bytes)).await
    }
}

/// A form with one file.
pub fn multipart(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut body = format!(
        "--XXBOUNDARYXX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--XXBOUNDARYXX--\r\n");
    body
}

async fn through(router: Router, ask: Ask, address: SocketAddr) -> Page {
    let mut request = Request::builder().method(ask.method).uri(&ask.path).header("content-length", ask.body.len());
    for (name, value) in &ask.headers {
        request = request.header(name, value);
    }
    let mut request = request.body(Body::from(ask.body)).unwrap();
    request.extensions_mut().insert(ConnectInfo(address));
    let answer = router.oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Page { status: parts.status, headers: parts.headers, body, path: ask.path }
}
