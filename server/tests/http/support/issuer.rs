//! The identity service of the demonstration as a child process: a certified server from npm, `end2end/issuer`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::{Browser, Page, root};

/// A running identity service; it is killed when it is dropped.
pub struct Issuer {
    child: Child,
    pub port: u16,
    pub url: String,
}

impl Issuer {
    /// Starts it on a free port.
    pub fn start() -> Self {
        Self::with(0, "")
    }

    /// Starts it on a port (0: a free one); `claims` as its script says.
    pub fn with(port: u16, claims: &str) -> Self {
        let folder = root().join("end2end");
        assert!(folder.join("node_modules/oidc-provider").is_dir(), "oidc-provider is missing: npm ci in end2end, or ./test");
        let mut child = Command::new("node")
            .arg(folder.join("issuer/server.mjs"))
            .env("PORT", port.to_string())
            .env("CLAIMS", claims)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node");
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        let port = url.rsplit(':').next().unwrap().parse().expect("the service says its address");
        Self { child, port, url }
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Goes through the pages of the service with this form; answers the path that the browser is sent back to.
    pub async fn through(&self, address: &str, form: &[(&str, &str)]) -> String {
        assert!(address.starts_with(&format!("{}/", self.url)), "{address} is not at {}", self.url);
        let mut browser = Browser::at_port(self.port);
        let door = browser.look(&path(address)).await;
        let door = location(&door);
        let page = browser.look(&path(&door)).await;
        assert!(page.text().contains("个人用户登录"), "{} {}", page.status, page.text());
        let answer = browser.post_only(&path(&door), form).await;
        let back = browser.look(&path(&location(&answer))).await;
        path(&location(&back))
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn location(page: &Page) -> String {
    page.location().unwrap_or_else(|| panic!("{} leads nowhere: {} {}", page.path, page.status, page.text())).to_owned()
}

/// Path and query of an address.
fn path(address: &str) -> String {
    match address.split_once("://") {
        Some((_, rest)) => rest[rest.find('/').unwrap()..].to_owned(),
        None => address.to_owned(),
    }
}
