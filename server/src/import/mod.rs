//! `import`: results of exams, credits, rewards and penalties from a file, and back again; and what the server does about the batches that its staff
//! handed in (docs/adr/0040).

pub mod job;
pub mod report;
pub mod sentence;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail, ensure};
use clap::Args;
use domain::import::view::ImportSaid;
use domain::import::{ImportKind, ImportOutcome, ImportStage};
use domain::national::has_copies;
use service::Services;
use service::import::{self, Handed, PART, Seen};

use crate::config::Place;
use crate::legacy::table::{MAX_BYTES, Sheet, Spec, sheet};
use crate::start;

/// What to import, or which batch to take back.
#[derive(Args, Debug, Default)]
pub struct Import {
    #[command(flatten)]
    pub place: Place,
    /// What the file holds: exam, public, school, history, reward or penalty. Rewards and penalties are only handed in: two
    /// administrators let them take effect.
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    pub kind: Option<String>,
    /// A workbook (.xlsx) or CSV (UTF-8, GB18030 or UTF-16); its headings may stand in any order.
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    pub file: Option<PathBuf>,
    /// The key of the province, as in `provinces/<key>.toml`.
    #[arg(long, required_unless_present = "undo")]
    pub province: Option<String>,
    /// Names the batch: the same file with the same key is imported once. By default the file names itself.
    #[arg(long, default_value = "")]
    pub key: String,
    /// Looks at every row and writes nothing but the report.
    #[arg(long)]
    pub dry_run: bool,
    /// Where the annotated file goes; beside the file by default.
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// Takes a batch back by reversals.
    #[arg(long, value_name = "BATCH")]
    pub undo: Option<String>,
}

/// The columns of a kind, as the reader looks for them.
#[must_use]
pub fn spec(kind: ImportKind) -> Spec {
    Spec { columns: kind.columns(), hint: "" }
}

/// `import`.
///
/// # Errors
/// What is wrong with the file as a whole, in words; wrong rows are in the report.
pub async fn run(options: Import) -> anyhow::Result<()> {
    let place = options.place.clone().completed()?;
    let services = start::services(&place, false).await?;
    let done = match &options.undo {
        Some(batch) => undo(&services, batch).await,
        None => bring(&services, &options).await,
    };
    services.db.close().await;
    done
}

async fn bring(services: &Services, options: &Import) -> anyhow::Result<()> {
    let (Some(kind), Some(file), Some(key)) = (&options.kind, &options.file, &options.province) else {
        bail!("name a kind, a file and a province")
    };
    let kind = ImportKind::from_code(kind).ok_or_else(|| anyhow!("a kind is one of {}", kinds()))?;
    let province = services.province(key).ok_or_else(|| anyhow!("no province has the key {key}"))?;
    ensure!(province.profile.learning.is_some(), "{key} has no 继续教育, so that nothing is imported");
    let has_integrity = province.profile.integrity.is_some();
    ensure!(has_integrity || !kind.holds_entries(), "{key} has no 诚信, so that no rewards and penalties are imported");
    let copies = has_copies(&province.profile);
    ensure!(copies || !kind.copies_records(), "no national platform collects for {key}, so that no records are imported");
    let size = std::fs::metadata(file).with_context(|| format!("reading {}", file.display()))?.len();
    ensure!(size <= MAX_BYTES, "{} is larger than {MAX_BYTES} bytes", file.display());
    let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let sheet = sheet(&bytes, &spec(kind)).with_context(|| file.display().to_string())?;
    let place = options.report.clone().unwrap_or_else(|| beside(file));
    if let Some(most) = kind.most_rows() {
        ensure!(sheet.import_lines().count() <= most, "a file of this kind has at most {most} rows");
    }
    if options.dry_run {
        let rows = trial(services, (key, kind), &sheet).await?;
        report::write(&place, kind, false, &rows)?;
        println!("{}\n报告：{}\n没有写入任何内容", summary(&rows, false), place.display());
        return Ok(());
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let handed = Handed { kind: kind.code(), key: &options.key, name: &name, bytes };
    let batch = import::by_operator(services, key, handed).await.map_err(|failure| match failure {
        service::Failure::Invalid(_) => anyhow!("批次编号“{}”已用于另一个文件，请换一个（--key）", options.key),
        other => anyhow!("{other}"),
    })?;
    let broken = |failure: service::Failure| anyhow!("{failure}");
    ensure!(
        batch.received_by == "operator",
        "批次“{}”由管理员在网页上提交，请在网页上办理，或者换一个批次编号（--key）",
        batch.request_key
    );
    match ImportStage::from_code(&batch.stage) {
        Some(ImportStage::Checking) => {
            job::note(services, &batch, &sheet, None).await.map_err(broken)?;
        }
        Some(ImportStage::Undone | ImportStage::Dropped) => {
            bail!("批次 {} 已经撤销；再次导入请换一个批次编号（--key）", batch.id)
        }
        _ => {}
    }
    drop(sheet);
    if kind.is_of_two() {
        let rows = said(services, &batch.id).await?;
        report::write(&place, kind, false, &rows)?;
        println!("{}\n报告：{}", summary(&rows, false), place.display());
        println!("已提交批次：{}。由两位管理员在网页上申请和同意后生效，撤销也在网页上办理", batch.request_key);
        return Ok(());
    }
    import::apply(services, &batch.id, true).await.map_err(broken)?;
    while import::settle_part(services, &batch.id).await.map_err(broken)? {}
    let rows = said(services, &batch.id).await?;
    report::write(&place, kind, true, &rows)?;
    println!("{}\n报告：{}", summary(&rows, true), place.display());
    println!("导入批次：{}（可用 suanpan import --undo {} 撤销）", batch.id, batch.id);
    Ok(())
}

fn kinds() -> String {
    ImportKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", ")
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".report.csv");
    file.with_file_name(name)
}

/// What would become of every row.
async fn trial(services: &Services, (province, kind): (&str, ImportKind), sheet: &Sheet) -> anyhow::Result<Vec<ImportSaid>> {
    let (mut rows, mut lines, mut seen) = (Vec::new(), sheet.import_lines(), Seen::default());
    loop {
        let part: Vec<_> = lines.by_ref().take(PART).collect();
        if part.is_empty() {
            return Ok(rows);
        }
        rows.extend(import::look(services, (province, kind), &part, &mut seen).await.map_err(|failure| anyhow!("{failure}"))?);
    }
}

/// What became of every row of a batch.
async fn said(services: &Services, batch: &str) -> anyhow::Result<Vec<ImportSaid>> {
    let mut rows = Vec::new();
    loop {
        let from = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let part = import::said_of(services, batch, from).await.map_err(|failure| anyhow!("{failure}"))?;
        if part.is_empty() {
            return Ok(rows);
        }
        rows.extend(part);
    }
}

fn summary(rows: &[ImportSaid], is_effective: bool) -> String {
    let count = |wanted: ImportOutcome| rows.iter().filter(|row| row.outcome == wanted).count();
    let word = if is_effective { "已导入" } else { "预检：可导入" };
    format!(
        "{word} {} 行，另有 {} 行的人员尚未注册（注册后自动登记），重复 {} 行，有问题未导入 {} 行",
        count(ImportOutcome::Ready),
        count(ImportOutcome::Later),
        count(ImportOutcome::Repeated),
        count(ImportOutcome::Refused),
    )
}

async fn undo(services: &Services, batch: &str) -> anyhow::Result<()> {
    let undone = import::undo(services, batch, true).await;
    undone.map_err(|failure| match failure {
        service::Failure::NotFound => anyhow!("没有导入批次 {batch}"),
        service::Failure::Stale => anyhow!("批次 {batch} 没有生效，或者正在办理，不能撤销"),
        other => anyhow!("{other}"),
    })?;
    while import::settle_part(services, batch).await.map_err(|failure| anyhow!("{failure}"))? {}
    println!("批次 {batch} 已撤销：登记的学分已逐笔冲回");
    Ok(())
}
