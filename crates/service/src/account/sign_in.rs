//! 登录: by document number and password, or by mobile and code (手册甲 一（二）), either behind slider or captcha; by document
//! number, mobile and code (手册乙 1.2); by name, document number and password (手册丙 4); by user name and password (手册丁 登录). The profile says which.

mod by_code;
mod by_password;

use domain::answer::Answer;
use domain::case::{CaseKind, Refusal};
use domain::limit::Limited;
use domain::province::RegistrationWay;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;

pub use by_code::{sign_in_with_document, sign_in_with_mobile};
pub use by_password::{sign_in_with_name, sign_in_with_password, sign_in_with_username};

use super::challenge::Proof;
use super::detach::has_no_mobile;
use super::freeze::frozen_page;
use super::merge::leads_to;
use super::{count, count_address, path};
use crate::visit::{Sent, replace_session, seal_memo, take_left};
use crate::{Entered, Failure, Limit, Token, Visit};

const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::SignIns, 30, 60)];
/// Failures for one account from one address (等保 8.1.4.1 b; security C9).
pub(crate) const FAILURES: Limit = Limit::new(Limited::SignIns, 5, 900);

/// 退出登录. Where an identity service signs people in, its own session may live on, and the page says so.
///
/// # Errors
/// `Store`.
pub async fn sign_out(visit: &Visit) -> Result<Answer, Failure> {
    visit.sign_out().await?;
    let is_by_service = visit.account().is_ok() && visit.province.profile.account.identity_service.is_some();
    Ok(Answer::go(if is_by_service { path(visit, "?left=1") } else { path(visit, "") }))
}

/// Lets an attempt in: the address is not too busy, the challenge is solved, and none of the buckets of failures is full.
/// The attempt counts as failed until it is given back or its bucket cleared, so that parallel guesses count too.
///
/// # Errors
/// `TooOften` for the address, `Locked` for the buckets, `Invalid` for the challenge, `Store`.
pub(crate) async fn admit(
    visit: &Visit,
    proof: Option<Proof>,
    address: &str,
    failures: Vec<(String, Limit)>,
) -> Result<Vec<String>, Failure> {
    let (job, address) = (visit.clone(), address.to_owned());
    let admitted = visit.write(move |tx| {
        Box::pin(async move {
            count_address(tx, &job, &address, &PER_ADDRESS).await?;
            if let Some(proof) = proof
                && let Err(errors) = proof.spend(tx, job.now()).await?
            {
                return Ok(Err(errors));
            }
            let mut tickets = Vec::new();
            for (bucket, limit) in failures {
                tickets.push(count(tx, &job, &bucket, &[limit]).await.map_err(locked)?);
            }
            Ok::<_, Failure>(Ok(tickets))
        })
    });
    Ok(admitted.await??)
}

/// Takes attempts back that were not judged.
pub(crate) async fn give_back(visit: &Visit, tickets: Vec<String>) -> Result<(), Failure> {
    let write = visit.write(move |tx| {
        Box::pin(async move {
            for ticket in tickets {
                tx.remove_rate(&ticket).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    write.await
}

/// "Too often" of a bucket of failures, in the words of a lock.
pub(crate) fn locked(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(Refusal::TooOften { of, retry_at, at }) => Refusal::Locked { of, until: retry_at, at }.into(),
        other => other,
    }
}

pub(super) async fn enter(tx: &mut Tx, visit: &Visit, sent: &Sent, account: &AccountRow, way: &str) -> Result<Entered, Failure> {
    if let Some(go) = frozen_page(tx, visit, &account.id).await? {
        let detail = json!({ "way": way, "is_frozen": true });
        tx.audit(&visit.entry("sign_in_failed", "account", account.id.as_str(), detail)).await?;
        return Ok(Entered { go, token: visit.token.clone() });
    }
    // Whoever has had two accounts comes into the one that stayed.
    let account = &leads_to(tx, account).await?;
    tx.note_sign_in(&account.id, visit.now()).await?;
    let token = Token::new(&visit.services);
    let mut new = visit.new_session(&token, Some(&account.id), None);
    let left = take_left(tx, visit, &new).await?;
    if let Some((memo, _)) = &left {
        new.memo_sealed = Some(seal_memo(visit, &new.id, memo)?);
    }
    let is_own_account = visit.province.profile.account.registration != RegistrationWay::IdentityService;
    let go = match (left, &visit.wanted) {
        // A number that another person has now was taken from the account.
        _ if is_own_account && has_no_mobile(visit, account)? => path(visit, "/settings/mobile"),
        (Some((_, page)), _) => page,
        (None, Some(page)) => page.clone(),
        (None, None) => visit.services.kinds.of(CaseKind::Intake).landing(&visit.as_account(account), tx).await?,
    };
    let entered = replace_session(tx, visit, sent, (token, new), go).await?;
    tx.audit(&visit.entry("sign_in", "account", account.id.as_str(), json!({ "way": way }))).await?;
    Ok(entered)
}
