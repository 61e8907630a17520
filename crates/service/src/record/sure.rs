//! 定期核对: a person says that their record is still right.

use domain::answer::Answer;
use domain::record::SureForm;
use serde_json::json;

use crate::{Failure, Visit};

/// Notes with today's date that the newest version is right.
///
/// # Errors
/// `Stale` where there is a newer version than the page showed, `NotFound` where there is none, `SignInAgain`, `Store`.
pub async fn be_sure(visit: &Visit, form: &SureForm) -> Result<Answer, Failure> {
    let (account, work, seen) = (visit.account()?.clone(), visit.clone(), form.version.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let record = tx.find_record(&account).await?.ok_or(Failure::NotFound)?;
            if record.version.to_string() != seen {
                return Err(Failure::Stale);
            }
            tx.note_record_check(&account, record.version, work.now()).await?;
            let entry = work.entry("confirm_record", "record", &record.id, json!({ "version": record.version }));
            Ok(tx.audit(&entry).await?)
        })
    });
    write.await?;
    Ok(Answer::go(format!("/{}/record", visit.province_key())))
}
