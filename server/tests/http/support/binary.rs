//! The real program as a child process.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::http::Method;
use service::Services;
use suanpan_server::config::Place;

use super::wire::{Ask, ask};

/// A running demonstration; it is killed when it is dropped.
pub struct Running {
    pub child: Child,
    pub port: u16,
    /// Where standard output and error go.
    pub log: PathBuf,
}

/// What the program is started with.
pub fn place(folder: &Path, url: &str) -> Place {
    Place {
        database_url: Some(url.to_owned()),
        data_dir: Some(folder.to_owned()),
        provinces_dir: Some(super::root().join("provinces")),
        ..Place::default()
    }
}

/// The rooms of the same house, for looking into the database beside the program.
pub async fn services(folder: &Path, url: &str) -> Services {
    suanpan_server::start::services(&place(folder, url), true).await.unwrap()
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

impl Running {
    /// Starts `serve --demo` and waits until it is ready. What is decided takes effect at once.
    pub fn start(folder: &Path, url: &str) -> Self {
        Self::undoing(folder, url, 0)
    }

    /// The same, where decisions can be undone for so many seconds.
    pub fn undoing(folder: &Path, url: &str, seconds: u32) -> Self {
        let (port, log) = (free_port(), folder.join("log"));
        let file = File::options().create(true).append(true).open(&log).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_suanpan"))
            .args(["serve", "--demo", "--port", &port.to_string()])
            .args(["--database-url", url])
            .arg("--data-dir")
            .arg(folder)
            .arg("--provinces-dir")
            .arg(super::root().join("provinces"))
            .args(["--undo-seconds", &seconds.to_string()])
            .args(["--site-root", "/nonexistent", "--trusted-proxies", "127.0.0.1"])
            .env("RUST_LOG", "debug,hyper=info,sqlx=debug")
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        let running = Self { child, port, log };
        let begun = Instant::now();
        while !running.is_ready() {
            assert!(begun.elapsed() < Duration::from_secs(30), "{}", std::fs::read_to_string(&running.log).unwrap());
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }

    fn is_ready(&self) -> bool {
        let question =
            Ask { method: Method::GET, path: "/readyz".into(), headers: vec![("host".into(), "x".into())], body: Vec::new() };
        ask(self.port, &question).is_ok_and(|page| page.status.is_success())
    }

    /// SIGKILL, and the end of it.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The most memory that it ever had, in bytes.
    pub fn peak(&self) -> u64 {
        self.memory("VmHWM:")
    }

    /// The memory that it has now, in bytes.
    pub fn resident(&self) -> u64 {
        self.memory("VmRSS:")
    }

    /// Bytes of them that are the program itself and its files, mapped as they are first used.
    pub fn mapped(&self) -> u64 {
        self.memory("RssFile:")
    }

    fn memory(&self, which: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(which)).unwrap();
        line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap() * 1024
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
