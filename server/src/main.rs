//! `suanpan`: serve, migrate, verify-audit, outbox, bootstrap, approve-staff, check-provinces,
//! import-legacy, import, verify-certificate.

use std::os::unix::process::CommandExt;

use clap::Parser;
use suanpan_server::adapters::pages;
use suanpan_server::config::{Command, Options};
use suanpan_server::{certificate, import, legacy, outbox, provinces, start};

/// It gives freed memory back to the machine, that of threads which ended and of pictures too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a decoded picture took goes back after ten milliseconds: with the usual second the next picture is laid beside it, and the
/// server would need twice the memory; at once, and a third of what a page costs is the giving back of its own memory. The
/// allocator reads it before `main`, so the program starts itself once more. An import of a hundred thousand rows stays below 100 MB by it.
const GIVES_BACK: (&str, &str) = ("MIMALLOC_PURGE_DELAY", "10");

/// Threads for what blocks: files, passwords and pictures, the dear ones of which have gates of their own.
const BLOCKING_THREADS: usize = 32;

fn main() -> anyhow::Result<()> {
    // Whatever is made from here on, by the libraries too, is its owner's alone.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let options = Options::parse();
    if let Command::Pages { most, font } = &options.command {
        return pages::run(*most, font.as_deref());
    }
    if matches!(options.command, Command::Serve(_) | Command::Import(_)) && std::env::var_os(GIVES_BACK.0).is_none() {
        again();
    }
    let mut threads = tokio::runtime::Builder::new_multi_thread();
    threads.enable_all().max_blocking_threads(BLOCKING_THREADS).build()?.block_on(run(options))
}

/// The same program in the same process with [`GIVES_BACK`]. Where that cannot be, one goes on without.
fn again() {
    if let Ok(program) = std::env::current_exe() {
        drop(std::process::Command::new(program).args(std::env::args_os().skip(1)).env(GIVES_BACK.0, GIVES_BACK.1).exec());
    }
}

async fn run(options: Options) -> anyhow::Result<()> {
    match options.command {
        Command::Serve(serve) => start::serve(serve).await,
        Command::Migrate(place) => start::migrate(place).await,
        Command::VerifyAudit { place, heads } => start::verify_audit(place, heads.as_deref()).await,
        Command::Outbox { place, release } => outbox::run(place, release).await,
        Command::Bootstrap { place, province } => start::bootstrap(place, &province).await,
        Command::ApproveStaff { place, id } => start::approve_staff(place, &id).await,
        Command::ImportLegacy(options) => legacy::run(options).await,
        Command::Import(options) => import::run(options).await,
        Command::Pages { most, font } => pages::run(most, font.as_deref()),
        Command::VerifyCertificate { certificate, keys } => certificate::verify(&certificate, &keys),
        Command::CheckProvinces { provinces_dir } => provinces::check(provinces_dir.as_deref()),
    }
}
