//! 提出异议: whoever has the old number stops the change, before and after the approval, until it takes effect.

use domain::answer::Answer;
use domain::case::{Action, Refusal, Role, Status, permitted};
use domain::limit::Limited;
use domain::phone_change::forms::ObjectionForm;
use domain::text;
use serde_json::json;
use store::Tx;

use super::rules;
use crate::account::{count_address, link_hash, path};
use crate::case::{By, line};
use crate::notify::{self, News};
use crate::{Failure, Limit, Visit};

const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::Objections, 20, 3_600)];

/// Ends the case whose link was sent to the old number; both numbers are told.
///
/// # Errors
/// `NotFound` where the province has no such thing; `LinkVoid` for a link that serves nothing; `TooOften`, `Store`, `Broken`.
pub async fn object(visit: &Visit, form: &ObjectionForm) -> Result<Answer, Failure> {
    rules(visit)?;
    let (job, secret) = (visit.clone(), text::tidy(&form.token));
    // What was counted stays counted when the link is void.
    let outcome = visit.write(move |tx| Box::pin(async move { stop(tx, &job, &secret).await })).await?;
    outcome?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, "/phone-change?objected=1")))
}

async fn stop(tx: &mut Tx, visit: &Visit, secret: &str) -> Result<Result<(), Refusal>, Failure> {
    let (services, now) = (&visit.services, visit.now());
    count_address(tx, visit, "objection:address", &PER_ADDRESS).await?;
    let Some(found) = tx.find_phone_change_of_link(&link_hash(secret)).await? else { return Ok(Err(Refusal::LinkVoid)) };
    let case = tx.lock_case(&found.case_id).await?.filter(|case| case.province == visit.province_key());
    // Only what stands after the lock counts: the timer or a reviewer may have been at it.
    let (Some(case), Some(change)) = (case, tx.find_phone_change(&found.case_id).await?) else {
        return Ok(Err(Refusal::LinkVoid));
    };
    // No message carries the link of a handing over.
    let is_open = change.settled_at.is_none() && change.link_hash == found.link_hash && !change.hands_over;
    let may = permitted(case.status, Role::Owner, Action::Object, &visit.kind_rules(case.kind)).is_ok();
    if !is_open || !may {
        return Ok(Err(Refusal::LinkVoid));
    }
    tx.move_case(&case, Status::Closed, None, now).await?;
    tx.settle_phone_change(&case.id, now).await?;
    let by = By { kind: "visitor", id: visit.actor.session(), name: "原手机号码的使用人" };
    tx.add_event(&line(services, &case, Action::Object, by, "原手机号码的使用人表示不是本人申请，申请终止。")?).await?;
    let account = tx.find_account(&case.account_id).await?;
    let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
    let new = services.vault.open_text("phone_change.mobile", case.id.as_str(), &change.mobile_sealed)?;
    let text = "手机号更换申请已终止：原手机号码的使用人提出了异议。如有疑问，请携带证件到所在地财政局办理。";
    let key = format!("phone_change_stopped:{}:{}", case.id, case.round);
    notify::to_number(tx, services, &case.province, &new, ("phone_change_stopped", text), key).await?;
    let body = "您的异议已受理，手机号更换申请已终止，您账号的手机号没有更改。";
    let key = format!("phone_change_objected:{}:{}", case.id, case.round);
    let news = News {
        case: Some(&case.id),
        title: "手机号更换申请已终止",
        body,
        sms: Some(("phone_change_objected", body.to_owned())),
        dedupe_key: &key,
    };
    notify::tell(tx, services, &account, news).await?;
    tx.audit(&visit.entry("object", "case", case.id.as_str(), json!({ "before": case.status.code(), "round": case.round })))
        .await?;
    Ok(Ok(()))
}
