//! What is to be known of a person whatever a case of theirs is about, asked of every kind.

use domain::case::{Beside, CaseKind};
use domain::id::AccountId;
use store::Reader;

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
