//! A closed loop: each connection asks, waits for the whole answer, and asks again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::client::{Answer, Connection};

/// The next request of a connection: its number, how many it has sent, and the answer before.
pub type Step = dyn Fn(usize, u64, Option<&Answer>) -> String + Send + Sync;

/// What a workload asks, and whether an answer is what was asked for.
pub struct Ask {
    pub step: Box<Step>,
    pub is_done: fn(&Answer) -> bool,
}

#[derive(Clone, Copy)]
pub struct Plan {
    pub port: u16,
    pub seconds: u64,
    pub connections: usize,
}

#[derive(Default)]
pub struct Measured {
    /// Milliseconds of each answer, in order of size.
    pub times: Vec<f64>,
    pub seconds: f64,
    /// With those of warming up, which are not counted otherwise.
    pub all: u64,
    pub failed: u64,
    pub first_failure: Option<String>,
}

impl Measured {
    pub fn quantile(&self, part: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a list"
        )]
        let at = ((self.times.len() as f64 - 1.0).max(0.0) * part).round() as usize;
        self.times.get(at).copied().unwrap_or(0.0)
    }

    /// All requests, as the divisor of what the server used for them.
    #[expect(clippy::cast_precision_loss, reason = "far fewer requests than 2^52")]
    pub fn asked(&self) -> f64 {
        self.all.max(1) as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "far fewer requests than 2^52")]
    pub fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.seconds
    }
}

/// Runs a workload, after a second of warming up that does not count.
pub async fn run(plan: Plan, ask: Arc<Ask>) -> Result<Measured> {
    let begin = Instant::now() + Duration::from_secs(1);
    let end = begin + Duration::from_secs(plan.seconds);
    let tasks: Vec<_> = (0..plan.connections).map(|at| tokio::spawn(one(plan.port, at, ask.clone(), begin, end))).collect();
    let mut all = Measured::default();
    for task in tasks {
        let one = task.await??;
        all.times.extend(one.times);
        all.all += one.all;
        all.failed += one.failed;
        all.first_failure = all.first_failure.or(one.first_failure);
    }
    all.seconds = begin.elapsed().as_secs_f64();
    all.times.sort_by(f64::total_cmp);
    Ok(all)
}

async fn one(port: u16, at: usize, ask: Arc<Ask>, begin: Instant, end: Instant) -> Result<Measured> {
    let mut connection = Connection::open(port).await?;
    let mut measured = Measured::default();
    let mut before = None;
    for n in 0.. {
        let started = Instant::now();
        if started >= end {
            break;
        }
        let answer = connection.ask(&(ask.step)(at, n, before.as_ref())).await?;
        measured.all += 1;
        if answer.status != 200 || !(ask.is_done)(&answer) {
            measured.failed += 1;
            let text: String = String::from_utf8_lossy(&answer.body).chars().take(300).collect();
            measured.first_failure.get_or_insert(format!("{}: {text}", answer.status));
        } else if started >= begin {
            measured.times.push(started.elapsed().as_secs_f64() * 1000.0);
        }
        before = Some(answer);
    }
    Ok(measured)
}
