//! HTTP/1.1 over a connection that stays open, and the requests of the workloads.

use std::net::Ipv4Addr;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Connection {
    /// Opens a connection to the server on this machine.
    pub async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and reads its whole answer.
    pub async fn ask(&mut self, request: &str) -> Result<Answer> {
        self.stream.write_all(request.as_bytes()).await?;
        let end = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
        self.buffer.drain(..end + 4);
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        let value = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
        let body = match value("content-length:") {
            Some(length) => self.take(length.parse()?).await?,
            None if value("transfer-encoding:").is_some() => self.chunks().await?,
            None => Vec::new(),
        };
        Ok(Answer { status, body })
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server hung up");
        }
        Ok(())
    }

    async fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.more().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(at) = find(&self.buffer, b"\r\n") {
                    break at;
                }
                self.more().await?;
            };
            let line: Vec<u8> = self.buffer.drain(..end + 2).collect();
            let size = usize::from_str_radix(String::from_utf8_lossy(&line).trim(), 16)?;
            let chunk = self.take(size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

/// Every visitor comes from an address of their own, so that no limit for one address is what is measured.
fn head(method: &str, path: &str, cookie: Option<&str>, at: usize, n: u64) -> String {
    let cookie = cookie.map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
    let address = format!("10.{}.{}.{}", at % 256, n / 256 % 256, n % 256);
    format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-forwarded-for: {address}\r\nsec-fetch-site: same-origin\r\n{cookie}"
    )
}

/// Looks at a page.
pub fn get(path: &str, cookie: Option<&str>, at: usize, n: u64) -> String {
    format!("{}accept: text/html\r\n\r\n", head("GET", path, cookie, at, n))
}

/// Saves 个人基本信息, each time with another address, over the version that the answer before named: the page of the step
/// at first, then the save before.
pub fn save(province: &str, cookie: &str, at: usize, n: u64, before: Option<&Answer>) -> String {
    let Some(version) = before.and_then(version) else { return get(&format!("/{province}/intake/person"), Some(cookie), at, n) };
    let body = body(province, version, n);
    let head = head("POST", "/api/intake/step/save", Some(cookie), at, n);
    let kind = "content-type: application/x-www-form-urlencoded\r\naccept: application/json";
    format!("{head}{kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// The queue as a bare program draws it.
pub fn peer_queue(n: u64) -> String {
    format!("{}accept: text/html\r\n\r\n", head("GET", "/queue", None, 0, n))
}

/// The answers of a step, for a bare program to keep.
pub fn peer_save(n: u64) -> String {
    let body = body(crate::ANY, 0, n);
    let head = head("POST", "/save", None, 0, n);
    format!("{head}content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// What the step of the form posts.
fn body(province: &str, version: i64, n: u64) -> String {
    format!(
        "province={province}&step=person&version={version}&how=later&form[nationality]=CN&form[ethnicity]=01&form[political_status]=13\
         &form[residence_address]=%E9%9F%B6%E5%B1%B1%E8%B7%AF{n}&form[email]=a{n}@example.com&form[postcode]=410007"
    )
}

/// A batch of a school, under a number of its own.
pub fn report(token: &str, batch: u64, body: &str) -> String {
    let head = head("POST", "/api/v1/credits", None, 0, batch);
    let kind = format!("authorization: Bearer {token}\r\nidempotency-key: bench-{batch}\r\ncontent-type: application/json");
    format!("{head}{kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn version(answer: &Answer) -> Option<i64> {
    let text = String::from_utf8_lossy(&answer.body);
    let (_, rest) = text.split_once("\"version\":").or_else(|| text.split_once("name=\"version\" value=\""))?;
    rest.split(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
}

/// Whether a save was one, or the page that comes before it: a conflict is answered as well, and quickly.
pub fn is_saved(answer: &Answer) -> bool {
    version(answer).is_some()
}
