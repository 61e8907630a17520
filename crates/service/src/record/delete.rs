//! 删除 of a paper by its person, where no open or approved case holds it.

use std::collections::BTreeSet;

use domain::answer::Answer;
use domain::id::{AccountId, CaseId};
use domain::record::PaperForm;
use serde_json::{Value, json};
use store::case::attachment::{AttachmentRow, Part};
use store::{Reader, Tx};

use super::library::Library;
use super::papers_path;
use crate::{Failure, Visit};

/// Deletes every file of a paper. What was audited of them stays, and their bytes are let go unless somebody else has the same.
/// Repeating it changes nothing.
///
/// # Errors
/// `Stale` where a case holds the paper by now, `SignInAgain`, `Store`, `Broken`.
pub async fn delete_paper(visit: &Visit, form: &PaperForm) -> Result<Answer, Failure> {
    let (account, work, paper) = (visit.account()?.clone(), visit.clone(), form.paper.clone());
    let write = visit.write(move |tx| Box::pin(async move { forget(tx, &work, &account, &paper).await }));
    for file in write.await? {
        if let Err(failure) = let_go(visit, &file).await {
            // The paper is deleted; whatever keeps its bytes from going is no fault of the person's.
            tracing::error!(%failure, "the bytes of a deleted paper could not be let go");
        }
    }
    Ok(Answer::go(papers_path(visit)))
}

/// Forgets the files of a paper; answers which.
async fn forget(tx: &mut Tx, visit: &Visit, account: &AccountId, paper: &str) -> Result<Vec<AttachmentRow>, Failure> {
    // Whoever writes to a case takes the case first.
    let cases: BTreeSet<CaseId> =
        Library::read(visit, tx, account).await?.paper(paper).into_iter().map(|file| file.case_id.clone()).collect();
    for case in &cases {
        tx.lock_case(case).await?;
    }
    let library = Library::read(visit, tx, account).await?;
    let files: Vec<AttachmentRow> = library.paper(paper).into_iter().cloned().collect();
    if files.iter().any(|file| library.holds(file) || !cases.contains(&file.case_id)) {
        return Err(Failure::Stale);
    }
    let mut gone = Vec::new();
    for file in files {
        if tx.forget_file(account, &file.id).await? {
            gone.push(file);
        }
    }
    if let Some(file) = gone.first() {
        tx.note_paper_expiry(account, &file.sha256, None).await?;
    }
    for file in &gone {
        let detail = json!({ "case": file.case_id, "slot": file.slot });
        tx.audit(&visit.entry("delete_paper", "attachment", &file.id, detail)).await?;
    }
    Ok(gone)
}

/// Lets the bytes of a file go that no row knows any more.
async fn let_go(visit: &Visit, file: &AttachmentRow) -> Result<(), Failure> {
    let mut reader = visit.services.db.read().await?;
    let mut names = Vec::new();
    for (part, mark, hash) in [(Part::Original, 'o', &file.sha256), (Part::View, 'v', &file.view_sha256)] {
        if !reader.knows_file(part, hash).await? {
            names.push(format!("{mark}-{hash}"));
        }
    }
    if let Some(source) = source_of(&mut reader, &file.id).await?
        && !is_source_of_another(&mut reader, file, &source).await?
    {
        names.push(format!("s-{source}"));
    }
    drop(reader);
    for name in names {
        visit.services.files.let_go(&name).await?;
    }
    Ok(())
}

/// The SHA-256 of the picture that a photograph was made from, as its upload was audited.
async fn source_of(reader: &mut Reader, id: &str) -> Result<Option<String>, Failure> {
    let rows = reader.list_audit_of("attachment", id).await?;
    let Some(upload) = rows.into_iter().find(|row| row.action == "upload_file") else { return Ok(None) };
    let detail: Value = serde_json::from_str(&upload.detail)?;
    Ok(detail.get("made_of").and_then(Value::as_str).map(str::to_owned))
}

/// Whether another photograph of the same person was made from the same picture.
async fn is_source_of_another(reader: &mut Reader, file: &AttachmentRow, source: &str) -> Result<bool, Failure> {
    for other in reader.list_all_files(&file.account_id).await?.into_iter().filter(|other| other.slot == file.slot) {
        if source_of(reader, &other.id).await?.as_deref() == Some(source) {
            return Ok(true);
        }
    }
    Ok(false)
}
