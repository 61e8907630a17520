//! 数据导入: how long the command takes for a file of a hundred thousand rows, and how much memory. Half of the people have an account.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use service::{Failure, Services};
use suanpan_server::config::Place;

use crate::target::Target;
use crate::{Options, seed};

/// People who are written in one transaction.
const BATCH: u64 = 1000;
/// The first of the numbers that nobody else has.
const FIRST: u64 = 40_000_000;

/// Imports a file of so many rows on one engine, and takes it back.
pub async fn run(program: &Path, (engine, folder, url): (&str, &Path, &str), options: &Options) -> Result<()> {
    let rows = options.cases;
    // The program migrates and makes keys.
    drop(Target::start(program, folder, url).await?);
    let place = Place { database_url: Some(url.to_owned()), data_dir: Some(folder.to_owned()), ..Place::default() };
    let services = suanpan_server::start::services(&place, true).await?;
    let broken = |failure: Failure| anyhow!("{failure}");
    let province = options.province(&services)?;
    people(&services, &province, rows / 2).await.map_err(broken)?;
    let today = services.today();
    let served = services.province(&province);
    let year = served.and_then(|served| served.profile.learning.as_ref()?.year_of(today)).context("a learning year")?;
    services.db.close().await;
    for (kind, text) in [("public", public(rows, year, &today.to_string())), ("exam", exams(rows, year, &today.to_string()))] {
        let file = folder.join(format!("{kind}.csv"));
        std::fs::write(&file, &text)?;
        let begun = Instant::now();
        let path = file.display().to_string();
        let words = ["import", kind, path.as_str(), "--province", province.as_str()];
        let (peak, said) = imported(program, folder, url, &words)?;
        let seconds = begun.elapsed().as_secs_f64();
        println!("{engine:<9} import of {rows} rows, {kind:<7} {seconds:>6.1} s, peak {peak} MB, {} bytes of file", text.len());
        let batch = said.split("--undo ").nth(1).and_then(|rest| rest.split_whitespace().next()).context("a batch")?.to_owned();
        let begun = Instant::now();
        let (peak, _) = imported(program, folder, url, &["import", "--undo", &batch])?;
        println!("{engine:<9} taken back, {kind:<20} {:>6.1} s, peak {peak} MB", begun.elapsed().as_secs_f64());
    }
    Ok(())
}

/// The command as a process of its own; its most memory in MB, and what it said.
fn imported(program: &Path, folder: &Path, url: &str, words: &[&str]) -> Result<(u64, String)> {
    let said = folder.join("said");
    let mut child = Command::new(program)
        .args(words)
        .args(["--database-url", url])
        .arg("--data-dir")
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&said)?)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    let status: PathBuf = format!("/proc/{}/status", child.id()).into();
    let mut peak = 0;
    let ended = loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let most = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let most = most.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
        peak = most.map_or(peak, |most| most.max(peak));
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = std::fs::read_to_string(&said)?;
    ensure!(ended.success(), "{words:?}: {said}");
    Ok((peak / 1024, said))
}

async fn people(services: &Services, province: &str, count: u64) -> Result<(), Failure> {
    for from in (0..count).step_by(usize::try_from(BATCH).unwrap_or(1)) {
        let (work, key) = (services.clone(), province.to_owned());
        let written = services.db.write(move |tx| {
            Box::pin(async move {
                for n in from..(from + BATCH).min(count) {
                    tx.insert_account(&seed::account(&work, &key, FIRST + n, "备用人")).await?;
                }
                Ok::<_, Failure>(())
            })
        });
        written.await?;
    }
    Ok(())
}

fn public(rows: u64, year: i32, on: &str) -> String {
    let mut text = String::from("姓名,证件类型,证件号码,年度,学分,完成日期,培训项目\n");
    for n in 0..rows {
        let _ = writeln!(text, "备用人,护照,E{:08},{year},30,{on},公需科目", FIRST + n);
    }
    text
}

fn exams(rows: u64, year: i32, on: &str) -> String {
    let mut text = String::from("姓名,证件类型,证件号码,考试,级别,科目,年度,合格,证书编号,成绩公布日期\n");
    for n in 0..rows {
        let _ = writeln!(text, "备用人,护照,E{:08},会计专业技术资格考试,中级,中级会计实务,{year},合格,{n:08},{on}", FIRST + n);
    }
    text
}
