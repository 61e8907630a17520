//! `workloads sqlite|postgres|all`: the workloads against the real program as a child process. It prints throughput,
//! p50, p99, milliseconds of CPU per request and peak memory of each. Load and server share the machine, and every
//! connection waits for its answer. `workloads checkup` looks at generated pictures instead, `workloads certificate` prints certificates, `workloads import` imports a file. Two commits are compared by taking turns (`--turns`): one line on the input, one round.

mod archive;
mod certificate;
mod checkup;
mod client;
mod import;
mod learners;
mod load;
mod prepare;
mod reports;
#[path = "../../../server/tests/http/support/seed.rs"]
#[expect(dead_code, reason = "the HTTP tests use more of it")]
mod seed;
mod target;
mod texts;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use clap::{Parser, ValueEnum};

use load::{Ask, Plan, Step};
use prepare::Prepared;
use service::Services;
use target::Target;

#[derive(Parser)]
struct Options {
    engine: Engine,
    /// How long each workload runs.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Connections that are open all the time.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// The province of it all; the first one by default.
    #[arg(long)]
    province: Option<String>,
    /// Only the workloads whose name has this in it.
    #[arg(long)]
    only: Option<String>,
    /// Prints "ready" when all is prepared, and runs a round for each line that it reads.
    #[arg(long)]
    turns: bool,
    /// Somebody else's program on this port that answers `GET /queue` and `POST /save`: measured after ours, without its CPU.
    #[arg(long)]
    peer: Option<u16>,
    /// Cases in the queue, or rows of the file.
    #[arg(long, default_value_t = 100_000)]
    cases: u64,
    /// People with credits in the ledger, five entries each.
    #[arg(long, default_value_t = 10_000)]
    persons: u64,
    /// Texts on the portal.
    #[arg(long, default_value_t = 5_000)]
    texts: u64,
    /// The program; beside this one by default.
    #[arg(long, env = "SUANPAN_BIN")]
    program: Option<PathBuf>,
    /// A PostgreSQL server on which a database may be made.
    #[arg(long, env = "TEST_POSTGRES_URL", hide_env_values = true)]
    postgres: Option<String>,
    /// The folder with the fonts of the printed forms, for certificates.
    #[arg(long, env = "FONTS_DIR")]
    fonts: Option<PathBuf>,
}

impl Options {
    /// The province of it all.
    fn province(&self, served: &Services) -> Result<String> {
        let first = || served.provinces.keys().next().cloned();
        self.province.clone().or_else(first).context("no province is served")
    }
}

/// What a certificate and a bare program name, of which no server asks which provinces there are.
const ANY: &str = "any";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    /// No engine at all: 证据体检 of generated pictures.
    Checkup,
    /// No engine either: 完成证明 as PDF.
    Certificate,
    /// 数据导入 by the command, on SQLite and on PostgreSQL.
    Import,
    Sqlite,
    Postgres,
    All,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    if options.engine == Engine::Checkup {
        checkup::print();
        return Ok(());
    }
    if options.engine == Engine::Certificate {
        let fonts = options.fonts.as_deref().context("FONTS_DIR names the folder of the fonts")?;
        return certificate::print(fonts, options.province.as_deref().unwrap_or(ANY));
    }
    if options.engine == Engine::Import {
        return imports(&options).await;
    }
    println!(
        "{:<9} {:<34} {:>9} {:>11} {:>9} {:>9} {:>9} {:>9}",
        "engine", "workload", "requests", "per second", "p50 ms", "p99 ms", "CPU ms", "peak MB"
    );
    let mut failed = 0;
    if options.engine != Engine::Postgres {
        let folder = folder("sqlite")?;
        let url = format!("sqlite:{}", folder.join("bench.sqlite").display());
        failed += on(&options, "sqlite", folder, url).await?;
    }
    if options.engine != Engine::Sqlite {
        let server = options.postgres.as_deref().context("TEST_POSTGRES_URL names a PostgreSQL server")?;
        let url = prepare::postgres_database(server).await?;
        failed += on(&options, "postgres", folder("postgres")?, url).await?;
    }
    ensure!(failed == 0, "{failed} requests failed");
    Ok(())
}

async fn imports(options: &Options) -> Result<()> {
    let program = program(options)?;
    let sqlite = folder("sqlite")?;
    let url = format!("sqlite:{}", sqlite.join("bench.sqlite").display());
    import::run(&program, ("sqlite", &sqlite, &url), options).await?;
    std::fs::remove_dir_all(sqlite)?;
    let server = options.postgres.as_deref().context("TEST_POSTGRES_URL names a PostgreSQL server")?;
    let url = prepare::postgres_database(server).await?;
    let postgres = folder("postgres")?;
    import::run(&program, ("postgres", &postgres, &url), options).await?;
    Ok(std::fs::remove_dir_all(postgres)?)
}

fn program(options: &Options) -> Result<PathBuf> {
    let beside = || Some(std::env::current_exe().ok()?.parent()?.join("suanpan"));
    options.program.clone().or_else(beside).context("no program")
}

fn folder(name: &str) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("suanpan-bench-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

async fn on(options: &Options, engine: &str, folder: PathBuf, url: String) -> Result<u64> {
    let program = program(options)?;
    // The program migrates and makes keys and reviewers.
    drop(Target::start(&program, &folder, &url).await?);
    let prepared = prepare::prepare(&folder, &url, options).await?;
    let target = Target::start(&program, &folder, &url).await?;
    let mut failed = 0;
    if options.turns {
        println!("ready");
        for line in std::io::stdin().lines() {
            line?;
            failed += round(options, engine, &prepared, &target).await?;
            println!("done");
        }
    } else {
        failed += round(options, engine, &prepared, &target).await?;
    }
    drop(target);
    let _ = std::fs::remove_dir_all(folder);
    Ok(failed)
}

/// Runs every workload once and says how many requests failed.
async fn round(options: &Options, engine: &str, prepared: &Prepared, target: &Target) -> Result<u64> {
    let plan = Plan { port: target.port, seconds: options.seconds, connections: options.connections };
    let mut failed = 0;
    let is_wanted = |name: &str| options.only.as_deref().is_none_or(|only| name.contains(only));
    for (name, ask) in workloads(prepared, options).into_iter().filter(|(name, _)| is_wanted(name)) {
        target.forget_peak();
        let before = target.cpu_ms()?;
        let measured = load::run(plan, ask).await?;
        let (p50, p99, cpu) = (measured.quantile(0.50), measured.quantile(0.99), target.cpu_ms()? - before);
        println!(
            "{engine:<9} {name:<34} {:>9} {:>11.0} {p50:>9.1} {p99:>9.1} {:>9.3} {:>9}",
            measured.times.len(),
            measured.per_second(),
            cpu / measured.asked(),
            target.peak_mb()?
        );
        if let Some(first) = &measured.first_failure {
            println!("{engine:<9} {name}: {} failed, the first with {first}", measured.failed);
        }
        failed += measured.failed;
    }
    if let Some(port) = options.peer {
        for (name, step) in
            [("queue of the peer", client::peer_queue as fn(u64) -> String), ("save of the peer", client::peer_save)]
        {
            let ask = Arc::new(Ask { step: Box::new(move |_, n, _| step(n)), is_done: |_| true });
            let measured = load::run(Plan { port, ..plan }, ask).await?;
            let (p50, p99) = (measured.quantile(0.50), measured.quantile(0.99));
            let (count, rate) = (measured.times.len(), measured.per_second());
            println!("{engine:<9} {name:<34} {count:>9} {rate:>11.0} {p50:>9.1} {p99:>9.1} {:>9} {:>9}", "-", "-");
            failed += measured.failed;
        }
    }
    if is_wanted("search one at a time") {
        texts::measure(engine, (&prepared.province, options.texts), target).await?;
    }
    if is_wanted("batch of rows") {
        prepared.reports.measure(engine, target).await?;
    }
    Ok(failed)
}

fn workloads(prepared: &Prepared, options: &Options) -> Vec<(String, Arc<Ask>)> {
    let (cases, persons) = (options.cases, options.persons);
    let (people, own, all) = (prepared.accountants.clone(), prepared.reviewer.clone(), prepared.overseer.clone());
    let (writers, province) = (people.clone(), prepared.province.clone());
    let page = |path: &str| format!("/{}/{path}", prepared.province);
    let (login, form, queue, below) = (page("login"), page("intake/person"), page("staff/queue"), page("staff/queue?below=1"));
    let (learning, learners) = (page("learning"), prepared.learners.clone());
    let (record, owner) = (page("record"), prepared.archive.owner.clone());
    let (change, desk) = (page(&format!("staff/cases/{}", prepared.archive.change)), prepared.archive.reviewer.clone());
    let (initials, nothing) = (page("search?words=jxjy"), page("search?words=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E8%AF%8D"));
    let look = |step: Box<Step>| Arc::new(Ask { step, is_done: |_| true });
    vec![
        ("sign-in page, new visitor".into(), look(Box::new(move |at, n, _| client::get(&login, None, at, n)))),
        (
            "a step of the form".into(),
            look(Box::new(move |at, n, _| client::get(&form, Some(&people[at % people.len()]), at, n))),
        ),
        (
            "save a step of the form".into(),
            Arc::new(Ask {
                step: Box::new(move |at, n, before| client::save(&province, &writers[at % writers.len()], at, n, before)),
                is_done: client::is_saved,
            }),
        ),
        (
            format!("learning page, {persons} persons"),
            look(Box::new(move |at, n, _| client::get(&learning, Some(&learners[at % learners.len()]), at, n))),
        ),
        ("archive with 12 versions".into(), look(Box::new(move |at, n, _| client::get(&record, Some(&owner), at, n)))),
        ("difference of a change, 8 files".into(), look(Box::new(move |at, n, _| client::get(&change, Some(&desk), at, n)))),
        (
            format!("search by initials, {} texts", options.texts),
            look(Box::new(move |at, n, _| client::get(&initials, None, at, n))),
        ),
        (
            format!("search for nothing, {} texts", options.texts),
            look(Box::new(move |at, n, _| client::get(&nothing, None, at, n))),
        ),
        (format!("queue of a bureau, {cases} cases"), look(Box::new(move |at, n, _| client::get(&queue, Some(&own), at, n)))),
        (format!("queue of the province, {cases} cases"), look(Box::new(move |at, n, _| client::get(&below, Some(&all), at, n)))),
    ]
}
