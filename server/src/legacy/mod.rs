//! `import-legacy`: holders of the old certificate from a file, and back again.

pub(crate) mod report;
pub(crate) mod sentence;
pub mod table;
mod template;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, ensure};
use clap::Args;
use domain::account::legacy::{LegacyOutcome, LegacyResult};
use service::Services;
use service::account::{LegacyReport, import_legacy, undo_legacy};
use sha2::{Digest, Sha256};

use crate::config::Place;
use crate::start;

use table::Table;
pub use table::roster;

/// What to import, or which import to undo.
#[derive(Args, Debug, Default)]
pub struct ImportLegacy {
    #[command(flatten)]
    pub place: Place,
    /// A workbook (.xlsx) or CSV (UTF-8, GB18030 or UTF-16) with the headings 姓名, 证件号码, 手机号, 原证书号, 财政局, and 证件类型
    /// where there are other documents than those of residents.
    #[arg(required_unless_present_any = ["undo", "template"], conflicts_with_all = ["undo", "template"])]
    pub file: Option<PathBuf>,
    /// The key of the province, as in `provinces/<key>.toml`.
    #[arg(long, required_unless_present_any = ["undo", "template"])]
    pub province: Option<String>,
    /// Looks at every row and writes nothing but the report.
    #[arg(long)]
    pub dry_run: bool,
    /// Where the report goes; beside the file by default.
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// Removes the accounts of this import that nobody has entered.
    #[arg(long, value_name = "BATCH", conflicts_with = "template")]
    pub undo: Option<String>,
    /// Writes a file to be filled in, a workbook (.xlsx) or else CSV, and does nothing else.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
}

/// `import-legacy`.
///
/// # Errors
/// What is wrong with the file as a whole, in words; wrong rows are in the report.
pub async fn run(options: ImportLegacy) -> anyhow::Result<()> {
    let place = options.place.clone().completed()?;
    if let Some(file) = &options.template {
        return template::write(&place, options.province.as_deref(), file);
    }
    let services = start::services(&place, false).await?;
    let done = match &options.undo {
        Some(batch) => undo(&services, batch).await,
        None => import(&services, &options).await,
    };
    services.db.close().await;
    done
}

async fn import(services: &Services, options: &ImportLegacy) -> anyhow::Result<()> {
    let (Some(file), Some(key)) = (&options.file, &options.province) else { anyhow::bail!("name a file and a province") };
    let province = services.province(key).ok_or_else(|| anyhow!("no province has the key {key}"))?;
    ensure!(province.profile.account.has_legacy_holders, "{key} knows no such holders (account.has_legacy_holders)");
    let bytes = read(file)?;
    let table = table::read(&bytes).with_context(|| file.display().to_string())?;
    let sha256 = Sha256::digest(&bytes);
    let found =
        import_legacy(services, key, &sha256, &table.lines, options.dry_run).await.map_err(|failure| anyhow!("{failure}"))?;
    let place = options.report.clone().unwrap_or_else(|| beside(file));
    report::write(&place, &table, &found, options.dry_run).with_context(|| format!("writing {}", place.display()))?;
    println!("{}", summary(&table, &found, options.dry_run));
    println!("报告：{}", place.display());
    match &found.batch {
        Some(batch) if !options.dry_run => println!("导入批次：{batch}（可用 suanpan import-legacy --undo {batch} 撤回）"),
        _ => println!("没有写入任何账号"),
    }
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let size = std::fs::metadata(file).with_context(|| format!("reading {}", file.display()))?.len();
    ensure!(size <= table::MAX_BYTES, "{} is larger than {} bytes", file.display(), table::MAX_BYTES);
    std::fs::read(file).with_context(|| format!("reading {}", file.display()))
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".report.csv");
    file.with_file_name(name)
}

/// How many lines of the file became what.
fn summary(table: &Table, found: &LegacyReport, is_trial: bool) -> String {
    let count = |wanted: fn(&LegacyResult) -> bool| found.rows.iter().filter(|row| wanted(row)).count();
    let imported = count(|row| row.outcome == LegacyOutcome::Imported);
    let warned = count(|row| !row.warnings.is_empty());
    let already = count(|row| row.outcome == LegacyOutcome::Already);
    let refused = count(|row| matches!(row.outcome, LegacyOutcome::Refused(_)));
    let passed = table.passed.iter().filter(|passed| passed.line.is_some()).count();
    let word = if is_trial { "试导入：可导入" } else { "已导入" };
    format!(
        "{word} {imported} 人（其中 {warned} 人有提示），已有账号 {already} 人，未导入 {refused} 行，表头等不作为人员的 {passed} 行"
    )
}

async fn undo(services: &Services, batch: &str) -> anyhow::Result<()> {
    let undone = undo_legacy(services, batch).await.map_err(|_| anyhow!("there is no import {batch}, or it cannot be read"))?;
    println!("removed {}, kept {}", undone.removed, undone.kept.len());
    for account in undone.kept {
        println!("kept: account {account}, which is in use");
    }
    Ok(())
}
