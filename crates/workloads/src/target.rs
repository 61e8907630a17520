//! The program under load, as a child process.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::client::Connection;

pub struct Target {
    child: Child,
    pub port: u16,
}

impl Target {
    /// Starts the demonstration and waits until it is ready.
    pub async fn start(program: &Path, folder: &Path, url: &str) -> Result<Self> {
        let port = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let child = Command::new(program)
            .args(["serve", "--demo", "--trusted-proxies", "127.0.0.1", "--database-url", url, "--port", &port.to_string()])
            .arg("--data-dir")
            .arg(folder)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let target = Self { child, port };
        for _ in 0..600 {
            if let Ok(mut connection) = Connection::open(port).await
                && connection
                    .ask("GET /readyz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
                    .await
                    .is_ok_and(|answer| answer.status == 200)
            {
                return Ok(target);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the program did not become ready")
    }

    /// Milliseconds of CPU that the program has used so far.
    pub fn cpu_ms(&self) -> Result<f64> {
        // What follows the name in brackets; the kernel counts in hundredths of a second.
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, after) = stat.rsplit_once(')').context("no name")?;
        let ticks: Vec<f64> = after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse().ok()).collect();
        Ok(ticks.iter().sum::<f64>() * 10.0)
    }

    /// The most memory since the last [`Target::forget_peak`].
    pub fn peak_mb(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? / 1024)
    }

    /// Lets the kernel count the peak anew; where that is not permitted it is the peak of all workloads so far.
    pub fn forget_peak(&self) {
        let _ = std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5");
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
