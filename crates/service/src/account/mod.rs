//! Accounts of accountants: challenges, codes, registration, sign-in, a forgotten password, and the pages around them.

mod back;
mod challenge;
mod code;
mod detach;
mod freeze;
mod identity;
mod legacy;
mod link;
mod maintenance;
mod merge;
mod pages;
mod person;
mod register;
mod reset;
mod settings;
mod sign_in;
#[cfg(test)]
pub(crate) mod stories;

pub use challenge::{
    Solutions, captcha_png, captcha_wav, demo_challenge, slider_background, slider_piece, slider_view, work_view,
};
pub use code::send_code;
pub use freeze::{freeze, freeze_hours};
pub use identity::{Callback, Finished, Trouble, finish_identity, identity_page, start_identity};
pub use legacy::{LegacyReport, LegacyUndone, import_legacy, undo_legacy};
pub use maintenance::sweep;
pub use merge::{act_on_accounts, merges_view};
pub use pages::{entry_view, messages, read_messages, site_view, typist, who_asks};
pub use register::{register, register_before_password};
pub use reset::{activate_start, is_first_password, reset_password, reset_prove, reset_start};
pub use settings::{change_email, change_mobile, change_password, email_view, end_other_sessions, prove_old_mobile, settings};
pub use sign_in::{
    sign_in_with_document, sign_in_with_mobile, sign_in_with_name, sign_in_with_password, sign_in_with_username, sign_out,
};

pub(crate) use challenge::captcha_proof;
pub(crate) use code::{expect_code, spend_code};
pub(crate) use detach::{DETACHED, has_no_mobile, is_settled, no_mobile, take_number};
pub(crate) use freeze::freeze_link;
pub(crate) use link::{link_hash, new_secret};
pub(crate) use merge::{born, find_alike};
pub(crate) use person::{NewAccount, Number};
pub(crate) use settings::{Owner, Present, email_of, replace_password, signed_in};
pub(crate) use sign_in::{FAILURES, admit, give_back, locked};

use domain::fault::FieldErrors;
use domain::province::{LoginWay, RegistrationWay};
use store::Tx;

use crate::{Failure, Limit, Visit, allow};

/// What a write came to. A fault that must be counted (a wrong code, a spent picture) is committed, so it is no `Err` of
/// the write itself.
pub(crate) type Judged<T> = Result<Result<T, FieldErrors>, Failure>;

/// Where people come by the identity service, every other way to an account is shut: whoever registered a number by hand
/// would wait in the account of its owner.
///
/// # Errors
/// `NotFound`.
pub(crate) fn not_by_service(visit: &Visit) -> Result<(), Failure> {
    let is_by_service = visit.province.profile.account.registration == RegistrationWay::IdentityService;
    (!is_by_service).then_some(()).ok_or(Failure::NotFound)
}

/// That people of the province log in this way.
///
/// # Errors
/// `NotFound`.
pub(crate) fn offers(visit: &Visit, way: LoginWay) -> Result<(), Failure> {
    if visit.province.profile.account.logins.contains(&way) { Ok(()) } else { Err(Failure::NotFound) }
}

/// A path of the visit's province.
pub(crate) fn path(visit: &Visit, rest: &str) -> String {
    format!("/{}{rest}", visit.province_key())
}

/// How much more a wide network of IPv6 may than each of those in it.
const WIDE: i64 = 8;

/// Counts an event against the limits of the network that it comes from, and, where whoever has it may have all the 65,536
/// beside it (IPv6, /48), against wider ones of those together. Answers the id of the first event.
///
/// # Errors
/// `TooOften`, `Store`.
pub(crate) async fn count_address(tx: &mut Tx, visit: &Visit, name: &str, limits: &[Limit]) -> Result<String, Failure> {
    let ticket = count(tx, visit, &visit.bucket_over_all(name, &visit.address), limits).await?;
    if let Some(wide) = visit.wide_network() {
        let limits: Vec<Limit> = limits.iter().map(|limit| Limit { most: limit.most * WIDE, ..*limit }).collect();
        count(tx, visit, &visit.bucket_over_all(name, &wide), &limits).await?;
    }
    Ok(ticket)
}

/// Counts an event against the limits of a bucket. Answers the event's id.
///
/// # Errors
/// `TooOften`, `Store`.
pub(crate) async fn count(tx: &mut Tx, visit: &Visit, bucket: &str, limits: &[Limit]) -> Result<String, Failure> {
    let (id, now) = (visit.services.ids.id(), visit.now());
    allow(tx, &id, bucket, limits, now).await?;
    Ok(id)
}
