//! What happens without anybody asking: the outbox is emptied, what has expired is swept away, what was approved for a
//! later time takes effect.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use service::Services;
use tokio::sync::watch;

/// How long the outbox sleeps when nobody wakes it, because another server may have filled it; how late a decision that can no longer
/// be undone takes effect.
const NAP: Duration = Duration::from_secs(1);
/// How often the operators are told of messages that do not get on.
const ALARM: Duration = Duration::from_secs(60);
const SWEEP: Duration = Duration::from_secs(600);
/// How often the clock is compared, and what counts as a jump.
const GLANCE: Duration = Duration::from_secs(5);
const JUMP: chrono::Duration = chrono::Duration::seconds(1);
/// Files that no row knows are looked for once a day.
const DAY: Duration = Duration::from_secs(86_400);
const HOUR: Duration = Duration::from_secs(3_600);
/// How late what was approved for a time may take effect.
const SETTLE: Duration = Duration::from_secs(60);

/// How long opened links of certificates are counted in memory.
const COUNT: Duration = Duration::from_secs(60);

/// Starts the jobs; they end when `stop` turns true.
pub fn start(
    services: &Services,
    (heads, files): (PathBuf, PathBuf),
    stop: &watch::Receiver<bool>,
) -> Vec<tokio::task::JoinHandle<()>> {
    vec![
        tokio::spawn(watch_clock(services.clone(), stop.clone())),
        tokio::spawn(write_heads(services.clone(), heads, stop.clone())),
        tokio::spawn(deliver(services.clone(), stop.clone())),
        tokio::spawn(alarm(services.clone(), stop.clone())),
        tokio::spawn(sweep(services.clone(), stop.clone())),
        tokio::spawn(settle(services.clone(), stop.clone())),
        tokio::spawn(ask_employees(services.clone(), stop.clone())),
        tokio::spawn(count_openings(services.clone(), stop.clone())),
        tokio::spawn(settle_decisions(services.clone(), stop.clone())),
        tokio::spawn(count_waits(services.clone(), stop.clone())),
        tokio::spawn(remind(services.clone(), stop.clone())),
        tokio::spawn(crate::import::job::run(services.clone(), stop.clone())),
        tokio::spawn(set_orphans_aside(services.clone(), files, stop.clone())),
    ]
}

/// What a clock left that ran ahead before the start is cleared away, and each later jump of it is noted: the wall clock is
/// compared with one that only goes forward.
async fn watch_clock(services: Services, mut stop: watch::Receiver<bool>) {
    let told = |error: service::Failure| tracing::error!(%error, "what a clock left could not be set right");
    service::clock::set_right(&services).await.map(drop).unwrap_or_else(told);
    while !*stop.borrow() {
        let (wall, steady) = (services.now(), Instant::now());
        tokio::select! {
            () = tokio::time::sleep(GLANCE) => {}
            _ = stop.changed() => {}
        }
        let by = services.now() - wall - chrono::Duration::from_std(steady.elapsed()).unwrap_or_default();
        if by.abs() > JUMP {
            service::clock::jumped(&services, by).await.unwrap_or_else(told);
        }
    }
}

/// The heads of the audit trail, once a day; the first hour of a day that finds none writes them.
async fn write_heads(services: Services, folder: PathBuf, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if !crate::audit::is_written(&services.db, &folder, services.now())
            && let Err(error) = crate::audit::write_heads(&services.db, &folder, services.now()).await
        {
            tracing::error!(%error, "the heads of the audit trail could not be written down");
        }
        tokio::select! {
            () = tokio::time::sleep(HOUR) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn deliver(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match service::notify::deliver(&services).await {
            // There may be more.
            Ok(sent) if sent > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the outbox could not be emptied"),
        }
        tokio::select! {
            () = services.outbox.notified() => {}
            () = tokio::time::sleep(NAP) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn alarm(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match service::notify::waiting(&services).await {
            Ok(seen) if seen.stuck > 0 => {
                tracing::error!(stuck = seen.stuck, "messages do not leave: see `suanpan outbox`");
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the outbox could not be looked at"),
        }
        tokio::select! {
            () = tokio::time::sleep(ALARM) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn sweep(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = service::account::sweep(&services).await {
            tracing::error!(%error, "what has expired could not be swept away");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn set_orphans_aside(services: Services, files: PathBuf, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = crate::orphans::sweep(&services, &files).await {
            tracing::error!(%error, "files that no row knows could not be looked for");
        }
        tokio::select! {
            () = tokio::time::sleep(DAY) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn settle(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match service::phone_change::settle_phone_changes(&services).await {
            // There may be more.
            Ok(settled) if settled > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "a change of a mobile number could not take effect"),
        }
        tokio::select! {
            () = tokio::time::sleep(SETTLE) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn ask_employees(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match service::employer::ask_employees(&services).await {
            // There may be more.
            Ok(asked) if asked > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "people could not be asked about their employers"),
        }
        tokio::select! {
            () = tokio::time::sleep(SETTLE) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Each server writes down what it counted itself, the last time when it ends.
async fn count_openings(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            () = tokio::time::sleep(COUNT) => {}
            _ = stop.changed() => {}
        }
        if let Err(error) = service::certificate::write_openings(&services).await {
            tracing::error!(%error, "opened links could not be counted");
        }
    }
}

/// How long the bureaus take, once a day; the first hour of a day that finds nothing counts it.
async fn count_waits(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = service::portal::count_waits(&services).await {
            tracing::error!(%error, "what people wait for the bureaus could not be counted");
        }
        tokio::select! {
            () = tokio::time::sleep(HOUR) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Deadlines that come; who owes a learning year is looked for in small pages, so that nobody waits for it.
async fn remind(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let is_done = match service::reminder::remind(&services).await {
            Ok(round) => round.is_done,
            Err(error) => {
                tracing::error!(%error, "people could not be reminded");
                true
            }
        };
        tokio::select! {
            () = tokio::time::sleep(if is_done { HOUR } else { NAP }) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn settle_decisions(services: Services, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match service::review::settle_decisions(&services).await {
            // There may be more.
            Ok(settled) if settled > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "staged decisions could not take effect"),
        }
        tokio::select! {
            () = tokio::time::sleep(NAP) => {}
            _ = stop.changed() => {}
        }
    }
}
