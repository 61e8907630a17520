//! A change begins: a draft without anything of the changes before it.

use domain::answer::Answer;
use domain::case::{Refusal, Status};
use domain::change::forms::BeginForm;
use domain::change::item_of;
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;

use super::{KIND, form_page, page, rules};
use crate::case::{may_begin, open_beside};
use crate::{Failure, Visit};

/// Begins a change of the record of whoever asks, at the form of an occasion where one is named. While another one is open this leads
/// there; whoever has no record, a closed one, or another decision of it open is told on the page what comes first.
///
/// # Errors
/// `NotFound` where the province has no such thing, `Elsewhere` where the record is no longer its own, `SignInAgain`, `Store`.
pub async fn begin_change(visit: &Visit, form: &BeginForm) -> Result<Answer, Failure> {
    visit.account()?;
    let occasion = rules(visit)?.occasions.iter().find(|occasion| occasion.key == form.occasion);
    let first = occasion.and_then(|occasion| occasion.fields.first()).map(|path| item_of(path));
    let work = visit.clone();
    let is_begun = visit.write(move |tx| Box::pin(async move { open(tx, &work).await })).await?;
    let first = first.as_deref().filter(|_| is_begun).and_then(|item| item.split_once('.'));
    Ok(Answer::go(match first {
        Some((step, field)) => format!("{}#field-{field}", form_page(visit, step)),
        None => page(visit, "all"),
    }))
}

/// Whether there is a draft by now.
pub(super) async fn open(tx: &mut Tx, visit: &Visit) -> Result<bool, Failure> {
    // Two windows that begin at once line up.
    let account = tx.lock_account(visit.account()?).await?.ok_or(Refusal::SignInAgain)?;
    if tx.find_record(&account.id).await?.is_none() || tx.find_closing(&account.id).await?.is_some() {
        return Ok(false);
    }
    if open_beside(tx, &account.id, KIND).await?.is_some() {
        return Ok(false);
    }
    may_begin(tx, visit, &account.id, (KIND, None)).await?;
    if let Some(case) = tx.find_latest_case(&account.id, KIND).await?.filter(|case| !is_over(case.status)) {
        return Ok(matches!(case.status, Status::Draft | Status::Returned));
    }
    let form_version = visit.province.profile.intake.form_version.into();
    let case = CaseRow::new(visit.services.ids.id().into(), KIND, &account, form_version, visit.now());
    crate::case::open(tx, visit, &case).await?;
    tx.audit(&visit.entry("begin", "case", case.id.as_str(), json!({}))).await?;
    Ok(true)
}

/// Whether another change may begin.
pub(super) fn is_over(status: Status) -> bool {
    matches!(status, Status::Approved | Status::Closed)
}
