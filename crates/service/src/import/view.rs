//! What is seen of imports: by the administrators, and by each person of the own exams.

use domain::case::{CaseKind, StaffRole};
use domain::id::StaffId;
use domain::import::view::{ExamLine, ExamOffer, ExamsView, ImportBatchLine, ImportBatchView, ImportCounts, ImportSaid};
use domain::import::{ExamRules, ImportAct, ImportOutcome, ImportReason, ImportStage, offered};
use domain::learning::Credits;
use store::Reader;
use store::import::ImportBatchRow;
use store::import::row::ImportRowRow;

use super::export::shows_file;
use super::{OPERATOR, PART, keeper, kind_of, open, stage_of};
use crate::{Failure, Services, Visit};

/// The batches of the list.
const MOST: i64 = 100;
/// The rows of a page of which something is said; the file has all of them.
const SHOWN: i64 = 50;
/// The results of a person.
const RESULTS: i64 = 200;

/// The batches of the province, the newest first.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `NotFound` where the province has no 继续教育, `Store`.
pub async fn batches(visit: &Visit) -> Result<Vec<ImportBatchLine>, Failure> {
    keeper(visit)?;
    let rows = visit.services.db.read().await?.list_imports(visit.province_key(), MOST).await?;
    rows.iter().map(line).collect()
}

fn line(row: &ImportBatchRow) -> Result<ImportBatchLine, Failure> {
    Ok(ImportBatchLine {
        id: row.id.clone(),
        kind: kind_of(row)?,
        key: row.request_key.clone(),
        file_name: row.file_name.clone(),
        stage: stage_of(row)?,
        at: row.received_at,
    })
}

/// A batch with what becomes of its rows.
///
/// # Errors
/// As [`batches`]; `NotFound` for one of another province.
pub async fn batch(visit: &Visit, id: &str) -> Result<ImportBatchView, Failure> {
    let who = keeper(visit)?;
    let mut reader = visit.services.db.read().await?;
    let row = reader.find_import(id).await?.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?;
    let counts = counts(&mut reader, id).await?;
    let wrong = reader.list_wrong_import_rows(id, SHOWN).await?;
    let by = name_of(&mut reader, &row.received_by).await?;
    let asker = match row.asked_by.as_ref().filter(|_| stage_of(&row).is_ok_and(ImportStage::waits)) {
        Some(asked_by) => name_of(&mut reader, asked_by.as_str()).await?,
        None => String::new(),
    };
    let acts = offers(&mut reader, &row, &who.id).await?;
    let has_file = shows_file(&row, &who.id, &acts);
    drop(reader);
    let said = wrong.iter().map(|row| said(&visit.services, row)).collect::<Result<_, _>>()?;
    Ok(ImportBatchView {
        line: line(&row)?,
        version: row.version,
        by,
        asker,
        note: row.note,
        rows: (row.size, row.decided),
        settled: row.settled,
        counts,
        effective_at: row.effective_at,
        acts,
        has_file,
        said,
    })
}

async fn name_of(reader: &mut Reader, by: &str) -> Result<String, Failure> {
    match by {
        OPERATOR => Ok(String::new()),
        by => Ok(reader.find_staff(&StaffId::from(by)).await?.map(|staff| staff.name).unwrap_or_default()),
    }
}

async fn counts(reader: &mut Reader, batch: &str) -> Result<ImportCounts, Failure> {
    let mut counts = ImportCounts::default();
    for row in reader.count_import_rows(batch).await? {
        match outcome_of(&row.outcome)? {
            ImportOutcome::Ready => counts.ready = row.rows,
            ImportOutcome::Later => counts.later = row.rows,
            ImportOutcome::Repeated => counts.repeated = row.rows,
            ImportOutcome::Refused => counts.refused = row.rows,
        }
    }
    Ok(counts)
}

/// What somebody can do about a batch.
pub(super) async fn offers(reader: &mut Reader, row: &ImportBatchRow, me: &StaffId) -> Result<Vec<ImportAct>, Failure> {
    let asker = match &row.asked_by {
        Some(asked_by) => reader.find_staff(asked_by).await?,
        None => None,
    };
    let can_asker = asker.is_some_and(|asker| asker.is_active && asker.role == StaffRole::Administrator.code());
    let counts = counts(reader, &row.id).await?;
    let is_mine = row.asked_by.as_ref() == Some(me);
    Ok(offered(stage_of(row)?, (is_mine, can_asker), counts.ready + counts.later > 0))
}

fn outcome_of(code: &str) -> Result<ImportOutcome, Failure> {
    ImportOutcome::from_code(code).ok_or_else(|| Failure::Broken("the outcome of a row".into()))
}

/// A row as it is told, with its number masked.
pub(super) fn said(services: &Services, row: &ImportRowRow) -> Result<ImportSaid, Failure> {
    let (detail, outcome) = (open(services, row)?, outcome_of(&row.outcome)?);
    let mut reasons = detail.reasons;
    // It was reckoned, and yielded when it took effect.
    if outcome == ImportOutcome::Ready && row.same_hash.is_some() && row.amount == 0 {
        reasons.push(ImportReason::Converted);
    }
    Ok(ImportSaid {
        line: row.line,
        name: detail.name,
        number: detail.number,
        outcome,
        amount: Credits::of_hundredths(row.amount),
        reasons,
    })
}

/// So many rows of a batch from a place on, for the annotated file of whoever runs the server.
///
/// # Errors
/// `Store`, `Broken`.
pub async fn said_of(services: &Services, batch: &str, from: i64) -> Result<Vec<ImportSaid>, Failure> {
    let most = i64::try_from(PART * 4).unwrap_or(i64::MAX);
    let rows = services.db.read().await?.list_import_rows(batch, from, most).await?;
    rows.iter().map(|row| said(services, row)).collect()
}

/// The same for an administrator.
///
/// # Errors
/// As [`batch`].
pub async fn of_page(visit: &Visit, batch: &str, from: i64) -> Result<Vec<ImportSaid>, Failure> {
    keeper(visit)?;
    let row = visit.services.db.read().await?.find_import(batch).await?;
    row.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?;
    said_of(&visit.services, batch, from).await
}

/// 考试成绩 of the person.
///
/// # Errors
/// `NotFound` where the province imports none, `SignInAgain`, `Store`, `Broken`.
pub async fn exams(visit: &Visit) -> Result<ExamsView, Failure> {
    let account = visit.account()?.clone();
    let learning = visit.province.profile.learning.as_ref().ok_or(Failure::NotFound)?;
    let rules = learning.exams.as_ref().ok_or(Failure::NotFound)?;
    let mut reader = visit.services.db.read().await?;
    let rows = reader.list_exam_results(&account, RESULTS).await?;
    let mut lines = Vec::new();
    for row in rows {
        if let Some(result) = open(&visit.services, &row)?.exam {
            let amount = Credits::of_hundredths(row.amount);
            let credits = amount.is_some().then(|| (i32::try_from(row.year).unwrap_or_default(), amount));
            lines.push(ExamLine { result, credits });
        }
    }
    let offers = exam_offers(visit, &mut reader, rules, &lines).await?;
    let (unit, converting) = (learning.unit.clone(), learning.converting.clone());
    Ok(ExamsView { unit, converting, lines, links: rules.links.clone(), offers })
}

/// What the results show and the record does not, where it can be changed (信息变更); each level once, by its newest result.
async fn exam_offers(
    visit: &Visit,
    reader: &mut Reader,
    rules: &ExamRules,
    lines: &[ExamLine],
) -> Result<(String, Vec<ExamOffer>), Failure> {
    let mut found: Vec<ExamOffer> = Vec::new();
    for result in lines.iter().map(|line| &line.result) {
        if let Some(earned) = rules.earned(result).filter(|earned| found.iter().all(|of| of.filled.0 != earned.code)) {
            found.push(ExamOffer { name: earned.level.clone(), filled: (earned.code.clone(), result.certificate.clone()) });
        }
    }
    if found.is_empty() {
        return Ok((String::new(), found));
    }
    let levels: Vec<String> = found.iter().map(|of| of.filled.0.clone()).collect();
    let higher = visit.services.kinds.of(CaseKind::Change).higher(visit, reader, &levels).await?;
    found.retain(|of| higher.contains(&of.filled.0));
    let name = if found.is_empty() { String::new() } else { visit.line(CaseKind::Change).name.clone() };
    Ok((name, found))
}
