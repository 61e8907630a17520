//! The papers of a record that arrives from a province on this server: they come into the slots of the application that it filled, each
//! looked at anew as if it had been uploaded there. From another server come their fingerprints alone (docs/package.md).

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::case::{CaseKind, Status};
use domain::id::AccountId;
use domain::papers::UploadAnswer;
use domain::province::AttachmentRules;
use domain::relocation::travels;
use domain::relocation::view::Papers;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::relocation::ReceivedRow;
use store::{Reader, Tx};

use super::pack::titles;
use super::places;
use crate::case::{Door, bring, original_bytes};
use crate::intake::RecordBody;
use crate::{Failure, Visit};

/// A paper of the record as it left, with what its slot is called there.
struct Paper {
    title: String,
    row: AttachmentRow,
}

/// Brings what the application asks for and what travels, each paper once.
///
/// # Errors
/// `NotFound` where no package from this server filled an application that is a draft, `SignInAgain`, `Store`, `Broken`.
pub async fn bring_papers(visit: &Visit) -> Result<(), Failure> {
    let asking = visit.account()?.clone();
    places(visit)?;
    let mut reader = visit.services.db.read().await?;
    let case = reader.find_latest_case(&asking, CaseKind::Intake).await?.filter(|case| case.status == Status::Draft);
    let case = case.ok_or(Failure::NotFound)?;
    let row = reader.find_received_of(&case.id).await?.ok_or(Failure::NotFound)?;
    let papers = papers(visit, &mut reader, &row).await?.ok_or(Failure::NotFound)?;
    let slots = visit.services.kinds.of(case.kind).open_slots(visit, &mut reader, &case).await?;
    drop(reader);
    let fits = |paper: &Paper| slots.iter().any(|slot: &AttachmentRules| slot.slot == paper.row.slot && travels(slot));
    for paper in papers.iter().filter(|paper| fits(paper)) {
        let bytes = match original_bytes(&visit.services, &paper.row).await {
            Ok(bytes) => bytes,
            // One that is broken must not keep the others; the page says that it is missing.
            Err(failure) => {
                tracing::error!(%failure, package = row.package_id, "a paper of a record that left could not be read");
                continue;
            }
        };
        let door = FromOrigin { account: asking.clone(), package: row.package_id.clone(), sha256: paper.row.sha256.clone() };
        // What does not fit here is uploaded by the person, as the page says.
        match bring(visit, (&case, &paper.row.slot), (&paper.row.name, ""), bytes, Arc::new(door)).await? {
            UploadAnswer::Kept(_) | UploadAnswer::Wrong(_) => {}
            UploadAnswer::Refused(_) | UploadAnswer::Busy => break,
        }
    }
    Ok(())
}

/// What the page says of the papers of a package, by what the slots of the application hold.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn papers_of(
    visit: &Visit,
    reader: &mut Reader,
    (case, row): (&CaseRow, &ReceivedRow),
) -> Result<Papers, Failure> {
    let Some(papers) = papers(visit, reader, row).await? else { return Ok(Papers::Elsewhere) };
    let filled: BTreeSet<String> = reader.list_attachments(&case.id).await?.into_iter().map(|file| file.slot).collect();
    let (mut there, mut missing) = (Vec::new(), Vec::new());
    for Paper { title, row } in papers {
        let of = if filled.contains(&row.slot) { &mut there } else { &mut missing };
        // A paper of several pages has one title.
        if !of.contains(&title) {
            of.push(title);
        }
    }
    Ok(Papers::Here { there, missing })
}

/// Those of the newest version of the record that left, but for what its person deleted; `None` where it left another server.
async fn papers(visit: &Visit, reader: &mut Reader, row: &ReceivedRow) -> Result<Option<Vec<Paper>>, Failure> {
    let services = &visit.services;
    let Some(departure) = reader.find_departure_of(&row.package_id).await? else { return Ok(None) };
    let Some(origin) = services.province(&departure.province) else { return Ok(None) };
    let newest = reader.list_records(&departure.account_id).await?.into_iter().next();
    let newest = newest.ok_or_else(|| Failure::Broken("a departure without record".into()))?;
    let (titles, mut papers) = (titles(services, &origin), Vec::new());
    for file in RecordBody::open(services, &newest)?.files {
        let row = reader.find_attachment(&file.id).await?.filter(|row| !row.view_sha256.is_empty());
        let title = titles.get(&file.slot).cloned().unwrap_or_else(|| file.slot.clone());
        papers.extend(row.map(|row| Paper { title, row }));
    }
    Ok(Some(papers))
}

/// The way of a paper from its province into a slot: the same paper twice has no second effect.
struct FromOrigin {
    account: AccountId,
    package: String,
    sha256: String,
}

impl Door for FromOrigin {
    fn came_before<'a>(&'a self, reader: &'a mut Reader) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        async move {
            let files = reader.list_all_files(&self.account).await?.into_iter();
            Ok(files.filter(|file| file.sha256 == self.sha256).map(|file| file.id).collect())
        }
        .boxed()
    }

    fn pass<'a>(&'a self, _: &'a mut Tx, _: &'a [AttachmentRow]) -> BoxFuture<'a, Result<(), Failure>> {
        async { Ok(()) }.boxed()
    }

    fn noted(&self) -> Value {
        json!({ "package": self.package })
    }
}
