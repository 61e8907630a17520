//! What is to be known of a person whatever a case of theirs is about, asked of every kind.

use domain::case::{Actor, Beside, CaseKind, Refusal};
use domain::id::AccountId;
use store::Reader;
use store::case::file::CaseRow;

use super::Beginning;
use crate::{Failure, Visit};

/// It, in sentences; nothing for almost everybody.
///
/// # Errors
/// `Store`.
pub(crate) async fn warnings(reader: &mut Reader, visit: &Visit, account: &AccountId) -> Result<Vec<String>, Failure> {
    let mut said = Vec::new();
    for kind in CaseKind::ALL {
        said.extend(visit.services.kinds.of(*kind).warnings(visit, reader, account).await?);
    }
    Ok(said)
}

/// The same, for whoever judges a case of the person.
///
/// # Errors
/// `Store`.
pub(crate) async fn warned(reader: &mut Reader, visit: &Visit, account: &AccountId) -> Result<Vec<Beside>, Failure> {
    let said = warnings(reader, visit, account).await?;
    let title = "申请人正在受到限制".to_owned();
    let of = |said| Beside { title, said, columns: Vec::new(), rows: Vec::new() };
    Ok(if said.is_empty() { Vec::new() } else { vec![of(said)] })
}

/// What every kind lays beside a case.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn laid_beside(reader: &mut Reader, visit: &Visit, row: &CaseRow) -> Result<Vec<Beside>, Failure> {
    let mut beside = Vec::new();
    for kind in CaseKind::ALL {
        beside.extend(visit.services.kinds.of(*kind).lays_beside(visit, reader, row).await?);
    }
    Ok(beside)
}

/// That nothing keeps a person from a case of a kind. What a bureau enters and what comes from outside the login is never kept.
///
/// # Errors
/// `Elsewhere` with the page of what comes first: the record is no longer the province's, or something is on its way. The staff, whose
/// page that is not, hear `NotYours`.
pub(crate) async fn may_begin(
    reader: &mut Reader,
    visit: &Visit,
    account: &AccountId,
    (kind, case): Beginning<'_>,
) -> Result<(), Failure> {
    let is_persons = visit.services.kinds.of(kind).is_owners();
    if !is_persons || !kind.rules().has_draft && !kind.is_of_record() {
        return Ok(());
    }
    for other in CaseKind::ALL {
        let Some(page) = visit.services.kinds.of(*other).bars(visit, reader, account, (kind, case)).await? else { continue };
        return Err(match &visit.actor {
            Actor::Accountant { .. } => Failure::Elsewhere(format!("{page}?before={}", kind.code())),
            _ => Refusal::NotYours.into(),
        });
    }
    Ok(())
}
