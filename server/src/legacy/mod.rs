//! `import-legacy`: holders of the old certificate from a file, and back again.

mod report;
mod table;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, ensure};
use clap::Args;
use domain::account::legacy::LegacyOutcome;
use service::Services;
use service::account::{LegacyReport, import_legacy, undo_legacy};
use sha2::{Digest, Sha256};

use crate::config::Place;
use crate::start;

/// What to import, or which import to undo.
#[derive(Args, Debug, Default)]
pub struct ImportLegacy {
    #[command(flatten)]
    pub place: Place,
    /// A CSV file (UTF-8 or GB18030) or a workbook (.xlsx) with the headings 姓名, 证件号码, 手机号, 原证书号, 财政局.
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    pub file: Option<PathBuf>,
    /// The key of the province, as in `provinces/<key>.toml`.
    #[arg(long, required_unless_present = "undo")]
    pub province: Option<String>,
    /// Looks at every row and writes nothing but the report.
    #[arg(long)]
    pub dry_run: bool,
    /// Where the report goes; beside the file by default.
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// Removes the accounts of this import that nobody has entered.
    #[arg(long, value_name = "BATCH")]
    pub undo: Option<String>,
}

/// `import-legacy`.
///
/// # Errors
/// What is wrong with the file as a whole, in words; wrong rows are in the report.
pub async fn run(options: ImportLegacy) -> anyhow::Result<()> {
    let place = options.place.clone().completed()?;
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
    let rows = table::rows(&bytes).with_context(|| file.display().to_string())?;
    let sha256 = Sha256::digest(&bytes);
    let found = import_legacy(services, key, &sha256, &rows, options.dry_run).await.map_err(|failure| anyhow!("{failure}"))?;
    let place = options.report.clone().unwrap_or_else(|| beside(file));
    report::write(&place, &rows, &found).with_context(|| format!("writing {}", place.display()))?;
    tell(&found, options.dry_run, &place);
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

fn tell(found: &LegacyReport, is_trial: bool, report: &Path) {
    let count = |wanted: fn(&LegacyOutcome) -> bool| found.rows.iter().filter(|(_, outcome)| wanted(outcome)).count();
    let imported = count(|outcome| matches!(outcome, LegacyOutcome::Imported));
    let already = count(|outcome| matches!(outcome, LegacyOutcome::Already));
    let refused = count(|outcome| matches!(outcome, LegacyOutcome::Refused(_)));
    println!("{} {imported}, had an account {already}, refused {refused}", if is_trial { "would import" } else { "imported" });
    println!("report: {}", report.display());
    match &found.batch {
        Some(batch) if !is_trial => println!("import: {batch} (`suanpan import-legacy --undo {batch}` takes it back)"),
        _ => println!("nothing was written"),
    }
}

async fn undo(services: &Services, batch: &str) -> anyhow::Result<()> {
    let undone = undo_legacy(services, batch).await.map_err(|_| anyhow!("there is no import {batch}, or it cannot be read"))?;
    println!("removed {}, kept {}", undone.removed, undone.kept.len());
    for account in undone.kept {
        println!("kept: account {account}, which is in use");
    }
    Ok(())
}
