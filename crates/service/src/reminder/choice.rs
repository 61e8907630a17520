//! In which way somebody is reminded: 站内信 always, SMS as they choose.

use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::reminder::ReminderForm;
use serde_json::json;

use crate::{Failure, Visit};

/// Notes whether reminders come by SMS too.
///
/// # Errors
/// A fault at `sms`; `SignInAgain`, `Store`.
pub async fn choose_reminders(visit: &Visit, form: &ReminderForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    let by_sms = match form.sms.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(FieldErrors::one("sms", Fault::NotInList).into()),
    };
    let (now, entry) = (visit.now(), visit.entry("choose_reminders", "account", account.as_str(), json!({ "sms": by_sms })));
    let write = visit.write(move |tx| {
        Box::pin(async move {
            tx.choose_reminder_sms(&account, by_sms, now).await?;
            tx.audit(&entry).await?;
            Ok::<_, Failure>(())
        })
    });
    write.await?;
    Ok(Answer::go(format!("/{}/settings?done=reminders", visit.province_key())))
}
