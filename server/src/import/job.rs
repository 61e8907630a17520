//! The house reads files that the staff handed in, lets batches take effect, and settles the certificates: one server at a time, and
//! whoever comes after one that was killed goes on where it stopped.

use std::time::Duration;

use domain::import::ImportKind;
use service::import::{self, PART, Work};
use service::{Failure, Services};
use store::import::ImportBatchRow;
use tokio::sync::watch;

use super::spec;
use crate::legacy::table::{Sheet, sheet};

/// How long the house sleeps when there is nothing to do: an administrator looks at the page meanwhile.
const NAP: Duration = Duration::from_secs(1);
/// What is told of a file that nobody has any more.
const GONE: &str = "文件已不在服务器上，没有预检。请放弃这一批，换一个批次编号重新提交文件";
/// What is told of a file on which reading broke off.
const BROKEN: &str = "文件读到一半出错，没有预检。请用表格软件打开，另存为 .xlsx 或者 CSV 后，换一个批次编号重新提交";
/// Parts after which the turn is taken anew.
const PARTS: usize = 8;

/// Goes on until `stop` turns true.
pub async fn run(services: Services, mut stop: watch::Receiver<bool>) {
    let holder = services.ids.id();
    while !*stop.borrow() {
        match step(&services, &holder).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "no import gets on"),
        }
        tokio::select! {
            () = tokio::time::sleep(NAP) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Does the next part of what there is to do at each batch; answers whether there was something.
///
/// # Errors
/// `Store` when the batches cannot be read.
pub async fn step(services: &Services, holder: &str) -> Result<bool, Failure> {
    let mut has_done = false;
    for batch in import::at_work(services).await? {
        let id = batch.id.clone();
        match go_on(services, batch, holder).await {
            Ok(done) => has_done |= done,
            // One that is broken must not keep the others waiting.
            Err(error) => tracing::error!(%error, batch = id, "an import does not get on"),
        }
    }
    Ok(has_done)
}

async fn go_on(services: &Services, batch: ImportBatchRow, holder: &str) -> Result<bool, Failure> {
    match import::go_on(services, batch, holder).await? {
        Work::None => Ok(false),
        Work::Done => Ok(true),
        Work::Read(batch) => look(services, &batch, holder).await.map(|()| true),
    }
}

async fn look(services: &Services, batch: &ImportBatchRow, holder: &str) -> Result<(), Failure> {
    let kind = ImportKind::from_code(&batch.kind).ok_or_else(|| Failure::Broken("the kind of an import".into()))?;
    let bytes = match import::file(services, batch).await {
        // It does not come back by itself.
        Err(Failure::NotFound) => return import::unreadable(services, &batch.id, GONE).await,
        read => read?,
    };
    match tokio::task::spawn_blocking(move || sheet(&bytes, &spec(kind))).await {
        Ok(Ok(sheet)) => note(services, batch, &sheet, Some(holder)).await.map(drop),
        Ok(Err(why)) => import::unreadable(services, &batch.id, &format!("{why}")).await,
        // Whoever reads the format gave up on it, and would again.
        Err(error) => {
            tracing::error!(%error, batch = batch.id, "a file could not be read");
            import::unreadable(services, &batch.id, BROKEN).await
        }
    }
}

/// Notes the rows that are not yet noted; answers whether all of them are then. With a holder, only while it has the turn.
///
/// # Errors
/// `Store`, `Broken`.
pub async fn note(services: &Services, batch: &ImportBatchRow, sheet: &Sheet, holder: Option<&str>) -> Result<bool, Failure> {
    let size = sheet.import_lines().count();
    let kind = ImportKind::from_code(&batch.kind).ok_or_else(|| Failure::Broken("the kind of an import".into()))?;
    if let Some(most) = kind.most_rows().filter(|most| size > *most) {
        let why = format!("这类文件一次最多 {most} 行，这个文件有 {size} 行。请分成几个文件提交");
        import::unreadable(services, &batch.id, &why).await?;
        return Ok(false);
    }
    let batch = import::sized(services, &batch.id, size).await?;
    let mut from = batch.decided;
    let mut lines = sheet.import_lines().skip(usize::try_from(from).unwrap_or(usize::MAX));
    for nth in 1_usize.. {
        let part: Vec<_> = lines.by_ref().take(PART).collect();
        if part.is_empty() {
            break;
        }
        let to = from + i64::try_from(part.len()).unwrap_or_default();
        if import::stage(services, &batch, from, part).await? != to {
            // Somebody else was there before.
            return Ok(false);
        }
        from = to;
        if let Some(holder) = holder.filter(|_| nth.is_multiple_of(PARTS))
            && !import::keep(services, &batch.id, holder).await?
        {
            return Ok(false);
        }
    }
    import::checked(services, &batch.id).await?;
    Ok(true)
}
