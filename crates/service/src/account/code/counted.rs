//! How many messages with codes a number, a window and an address may have.

use chrono::{DateTime, Utc};
use domain::case::Refusal;
use domain::limit::{Left, Limited};
use store::Tx;

use super::Target;
use crate::account::{count, count_address};
use crate::{Failure, Limit, Visit, left};

/// What carriers bear, and what keeps a number from being flooded; over all purposes.
fn per_mobile(visit: &Visit) -> [Limit; 3] {
    let pause = visit.province.profile.account.sms.pause_seconds;
    [Limit::new(Limited::Codes, 1, pause.into()), Limit::new(Limited::Codes, 5, 3_600), Limit::new(Limited::Codes, 10, 86_400)]
}

const PER_ADDRESS: [Limit; 2] = [Limit::new(Limited::Codes, 5, 60), Limit::new(Limited::Codes, 30, 3_600)];

const PER_SESSION: [Limit; 1] = [Limit::new(Limited::Codes, 5, 600)];

const OVER_ALL: [Limit; 1] = [Limit::new(Limited::Codes, 2_000, 3_600)];

/// Counts the message against every limit, or refuses it; answers when it leaves. A number on file that has had its messages
/// is not told, as nobody shall learn whose it is: the message waits for the end of the minute, or (`None`) never leaves.
pub(super) async fn count_message(
    tx: &mut Tx,
    visit: &Visit,
    session: &str,
    target: &Target,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let resend = [Limit::new(Limited::Codes, 1, visit.province.profile.account.sms.resend_seconds.into())];
    let again = format!("{session}|{}", target.purpose.code());
    let mobile = visit.bucket_over_all("sms:mobile", &target.mobile);
    let limits: [(&str, &str, &[Limit]); 3] =
        [("sms:again", &again, &resend), ("sms:session", session, &PER_SESSION), ("sms:all", "", &OVER_ALL)];
    for (name, value, limits) in limits {
        count(tx, visit, &visit.bucket_over_all(name, value), limits).await?;
    }
    count_address(tx, visit, "sms:address", &PER_ADDRESS).await?;
    let all = per_mobile(visit);
    let [_, longer @ ..] = &all;
    let retry_at = match count(tx, visit, &mobile, &all).await {
        Err(Failure::Refused(Refusal::TooOften { retry_at, .. })) if target.is_on_file => retry_at,
        counted => return counted.map(|_| Some(visit.now())),
    };
    match count(tx, visit, &mobile, longer).await {
        Err(Failure::Refused(Refusal::TooOften { .. })) => Ok(None),
        counted => counted.map(|_| Some(retry_at)),
    }
}

/// What the window still may, and the number where it was typed: how busy a number on file is, is nobody's business.
pub(super) async fn messages_left(tx: &mut Tx, visit: &Visit, session: &str, target: &Target) -> Result<Option<Left>, Failure> {
    let of_session = left(tx, &visit.bucket_over_all("sms:session", session), &PER_SESSION, visit.now()).await?;
    if target.is_on_file {
        return Ok(of_session);
    }
    let of_mobile = left(tx, &visit.bucket_over_all("sms:mobile", &target.mobile), &per_mobile(visit), visit.now()).await?;
    Ok(of_session.into_iter().chain(of_mobile).min_by_key(|left| left.times))
}
