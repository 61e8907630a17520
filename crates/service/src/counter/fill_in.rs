//! 代为填写: a clerk types for the person who stands before them, in a session of its own (docs/adr/0031). It opens no case, as
//! nothing takes effect.

use domain::answer::Answer;
use domain::case::{Member, Refusal, Status};
use domain::counter::forms::FillInForm;
use domain::limit::Limited;
use serde_json::json;
use store::account::AccountRow;
use store::{Reader, Tx};

use super::APPLICATION;
use super::seek::{KIND, account_of, is_elsewhere, is_ours, prepared, searched};
use crate::account::count;
use crate::case::{Prepared, bureau_name, reviewer};
use crate::notify::{News, tell};
use crate::visit::open_acting;
use crate::{Entered, Failure, Limit, Visit};

/// How often one of the staff may begin with one person on a day: each is told to them, and must not bury what else they are told.
const FILL_INS: Limit = Limit::new(Limited::FillIns, 10, 86_400);

/// Begins to fill in for the account that was found: for its pages, with a token of its own. The person is told by whom.
///
/// # Errors
/// Faults of the form; `Stale` when the search is over, `NotYours`, `SelfReview`, `CorrectionOpen`, `AlreadySubmitted`,
/// `AlreadyCollected`, `TooOften`, `SignInAgain`, `SecondFactorNeeded`, `Store`, `Broken`.
pub async fn fill_in(visit: &Visit, form: &FillInForm) -> Result<Entered, Failure> {
    let who = reviewer(visit)?;
    let reason = form.check()?;
    let sent = visit.sent("fill_in", form)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    let document = searched(visit, &form.search)?.ok().flatten().ok_or(Failure::Stale)?;
    let (work, search) = (visit.clone(), form.search.clone());
    let entered = visit.write(move |tx| {
        Box::pin(async move {
            if let Some(entered) = work.once_more_in(tx, &sent).await? {
                return Ok(entered);
            }
            let account = account_of(tx, &work, &document).await?.ok_or(Failure::Stale)?;
            is_ours(tx, &work, &who, &account).await?;
            let pair = format!("{}|{}", who.id, account.id);
            count(tx, &work, &work.bucket("counter:fill_in", &pair), &[FILL_INS]).await?;
            let prepared = prepared(tx, &work, &account).await?;
            may_fill_in(tx, &work, &who, &account, prepared.as_ref()).await?;
            let go = format!("/{}/intake", work.province_key());
            let entered = open_acting(tx, &work, &account.id, (&sent, search.as_str()), go).await?;
            told(tx, &work, &who, &account, &reason).await?;
            tx.audit(&work.entry("fill_in", "account", account.id.as_str(), json!({ "bureau": who.bureau }))).await?;
            Ok::<_, Failure>(entered)
        })
    });
    let entered = entered.await?;
    visit.services.outbox.notify_one();
    Ok(entered)
}

/// Whether the account's application may be filled in by this member, beside [`is_ours`].
///
/// # Errors
/// `AlreadySubmitted`, `AlreadyCollected`, `NotYours` for what goes to another bureau, `CorrectionOpen` while something waits for a second
/// person: what was taken in must not change under their hands; `Store`, `Broken`.
pub(super) async fn may_fill_in(
    reader: &mut Reader,
    visit: &Visit,
    who: &Member,
    of: &AccountRow,
    prepared: Option<&Prepared>,
) -> Result<(), Failure> {
    visit.services.kinds.of(APPLICATION).may_fill_in(visit, reader, &of.id).await?;
    if is_elsewhere(prepared, who) {
        return Err(Refusal::NotYours.into());
    }
    let open = reader.find_latest_case(&of.id, KIND).await?;
    let is_open = open.is_some_and(|case| case.status == Status::Submitted);
    (!is_open).then_some(()).ok_or_else(|| Refusal::CorrectionOpen.into())
}

/// Ends it and goes back to the page of the counter, with the account that was found. Whoever fills in for nobody any more is led
/// there too.
///
/// # Errors
/// `Store`, `Broken`.
pub async fn end(visit: &Visit) -> Result<Answer, Failure> {
    let search = visit.end_acting().await?;
    Ok(Answer::go(format!("/{}/staff/counter?search={search}", visit.province_key())))
}

async fn told(tx: &mut Tx, visit: &Visit, who: &Member, account: &AccountRow, reason: &str) -> Result<(), Failure> {
    let (bureau, line) = (bureau_name(&visit.province, &who.bureau), &visit.line(APPLICATION).name);
    let text = format!(
        "{bureau}的工作人员{}正在窗口为您代为填写{line}。填写的内容由您本人核对，不会自动提交；代为提交须另行受理，并由另一位工作人员复核。如非您本人到场办理，请立即联系该财政局。",
        who.name
    );
    let body = format!("{text}\n原因：{reason}");
    // However often they begin anew on a day, one short message is enough.
    let key = format!("fill_in:{}:{}:{}", account.id, who.id, visit.services.today());
    let sms = Some(("counter_fill_in", text));
    tell(tx, &visit.services, account, News { case: None, title: "窗口代为填写", body: &body, sms, dedupe_key: &key }).await
}
