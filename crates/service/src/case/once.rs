//! The frame round whatever a page of the person hands in: it has one effect, however often it arrives; the promise is kept as it was
//! made; and the person reads where it went.

use domain::answer::Answer;
use domain::id::CaseId;
use futures::future::BoxFuture;
use sha2::{Digest, Sha256};
use store::Tx;
use store::account::AccountRow;
use store::case::draft::PledgeRow;
use store::case::file::CaseRow;

use super::bureau_name;
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// The longest key that a page gives out.
const LONGEST_KEY: usize = 64;

/// Hands a case in by `hand_over`, which runs with the case locked. A repetition with the same key gets the same answer; `what` keeps
/// the keys of different pages apart.
///
/// # Errors
/// `Stale` for a key that no page gave out, `SignInAgain`, whatever `hand_over` answers, `Store`.
pub(crate) async fn once<F>(visit: &Visit, (what, key): (&str, &str), case: &CaseId, hand_over: F) -> Result<Answer, Failure>
where
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<Answer, Failure>> + Send + 'static,
{
    let scope = format!("{what}:{}", visit.account()?);
    if key.is_empty() || key.len() > LONGEST_KEY {
        return Err(Failure::Stale);
    }
    let (work, case, key) = (visit.clone(), case.clone(), key.to_owned());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            // Two that arrive at once line up here; whose the case is asks `hand_over`, and the answers are of one account.
            tx.lock_case(&case).await?;
            if let Some(answer) = tx.find_answer(&scope, &key).await? {
                return Ok(serde_json::from_str::<Answer>(&answer)?);
            }
            let answer = hand_over(tx).await?;
            tx.remember_answer(&scope, &key, &serde_json::to_string(&answer)?, work.now()).await?;
            Ok::<_, Failure>(answer)
        })
    });
    let answer = write.await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

/// Keeps 本人承诺 to the text in force.
///
/// # Errors
/// `Store`.
pub(crate) async fn promise(tx: &mut Tx, visit: &Visit, case: &CaseRow) -> Result<(), Failure> {
    let briefing = &visit.line(case.kind).briefing;
    let text_hash = hex::encode(Sha256::digest(briefing.pledge.as_bytes()));
    let row = PledgeRow { version: briefing.pledge_version.clone(), text_hash, agreed_at: visit.now() };
    Ok(tx.save_pledge(&case.id, &row, &visit.address).await?)
}

/// Tells the person which bureau has the case now, under which number, and until when it answers. `now` is as [`super::hand_in`] answers it.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn tell_handed_in(tx: &mut Tx, visit: &Visit, account: &AccountRow, now: &CaseRow) -> Result<(), Failure> {
    let (name, bureau) = (&visit.line(now.kind).name, bureau_name(&visit.province, now.bureau.as_ref()));
    let (number, due_on) = (now.number.as_deref().unwrap_or_default(), now.due_on.unwrap_or_default());
    let text = format!("您的{name}申请已提交{bureau}审核，受理编号 {number}，预计 {due_on} 前审核完毕。");
    let dedupe_key = format!("submitted:{}:{}", now.id, now.round);
    let news = News { case: Some(&now.id), title: "申请已提交", body: &text, sms: None, dedupe_key: &dedupe_key };
    tell(tx, &visit.services, account, news).await
}
