//! The second factor of the staff: setting it up, giving it, and what to do without the telephone.

use domain::account::forms::SecondFactorForm;
use domain::answer::{Answer, Flash};
use domain::case::Member;
use domain::case::{Refusal, StaffRole};
use domain::fault::{Fault, FieldErrors};
use domain::id::StaffId;
use domain::limit::Limited;
use domain::staff::view::EnrolView;
use serde_json::json;
use store::Tx;
use store::staff::StaffRow;

use super::sign_in::remember_address;
use super::{half_signed_in, home, require_staff, row};
use crate::account::{FAILURES, Judged, count, locked, path};
use crate::visit::{Kept, Sent, edit_memo, replace_session, seal_memo, take_left};
use crate::{Entered, Failure, Limit, Memo, Services, Token, Visit, second_factor, wrong};

const GUESSES: Limit = FAILURES.of(Limited::SecondFactors);

/// The page of the second factor: a secret to be set up, recovery codes to be kept, or a code to be given.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn enrol_view(visit: &Visit) -> Result<EnrolView, Failure> {
    let actor = half_signed_in(visit)?;
    let staff = row(visit, &actor.id).await?;
    let flash = visit.take_flash("second_factor").await?;
    if staff.totp_sealed.is_some() {
        let recovery_left = visit.services.db.read().await?.count_recovery_codes(&actor.id).await?;
        let recovery_codes = if actor.is_second_factor_done { visit.glimpse()?.recovery_codes } else { Vec::new() };
        return Ok(EnrolView { is_enrolled: true, recovery_left, recovery_codes, flash, ..EnrolView::default() });
    }
    new_secret_view(visit, &staff, flash).await
}

/// A secret that is to be set up.
pub(super) async fn new_secret_view(visit: &Visit, staff: &StaffRow, flash: Option<Flash>) -> Result<EnrolView, Failure> {
    let secret = open_secret(visit).await?;
    let uri = second_factor::uri(&secret, &visit.province.profile.site.short, &staff.login);
    Ok(EnrolView { secret: second_factor::secret_text(&secret), qr: second_factor::qr_svg(&uri), flash, ..EnrolView::default() })
}

/// The secret of this session; made when there is none.
async fn open_secret(visit: &Visit) -> Result<Vec<u8>, Failure> {
    let job = visit.clone();
    let made = visit.write(move |tx| {
        Box::pin(async move {
            edit_memo(tx, &job, |memo| {
                if memo.totp_secret.is_empty() {
                    memo.totp_secret = second_factor::new_secret().iter().map(|byte| format!("{byte:02x}")).collect();
                }
                memo.totp_secret.clone()
            })
            .await
        })
    });
    from_hex(&made.await?)
}

pub(super) fn from_hex(text: &str) -> Result<Vec<u8>, Failure> {
    hex::decode(text).map_err(|_| Failure::Broken("the secret of an authenticator".into()))
}

/// Sets the authenticator up with its first code. The recovery codes are shown once, on the same page.
///
/// # Errors
/// `Invalid` (`OneTimeCode`), `Locked`, `SecondFactorNeeded` when one is set up already, `SignInAgain`, `Store`.
pub async fn enrol(visit: &Visit, form: &SecondFactorForm) -> Result<Entered, Failure> {
    let sent = visit.sent("enrol", form)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    let actor = half_signed_in(visit)?;
    let code = present("code", &form.code)?;
    count_try(visit, &actor).await?;
    let (job, codes) = (visit.clone(), second_factor::recovery_codes());
    let write = visit.write(move |tx| Box::pin(async move { save(tx, &job, &sent, (&actor, &code), codes).await }));
    Ok(write.await??)
}

async fn save(tx: &mut Tx, visit: &Visit, sent: &Sent, (actor, code): (&Member, &str), codes: Vec<String>) -> Judged<Entered> {
    // Whoever has only the password must not replace an authenticator.
    if tx.find_staff(&actor.id).await?.ok_or(Refusal::SignInAgain)?.totp_sealed.is_some() {
        return Err(Refusal::SecondFactorNeeded.into());
    }
    let kept = Kept::open(tx, visit).await?;
    let secret = from_hex(&kept.memo.totp_secret)?;
    let step = if secret.is_empty() { None } else { second_factor::verify(&secret, code, visit.now(), None) };
    let Some(step) = step else { return Ok(Err(wrong_code(tx, visit, &actor.id).await?)) };
    let vault = &visit.services.vault;
    let sealed = vault.seal("staff.totp", actor.id.as_str(), &secret);
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| recovery_hash(visit, &actor.id, code)).collect();
    tx.save_second_factor_of(&actor.id, &sealed, step, &hashes).await?;
    tx.clear_rate(&bucket(&visit.services, visit.province_key(), &actor.id)).await?;
    // A token that was planted or seen before the second factor is worth nothing after it.
    let token = Token::new(&visit.services);
    let mut new = visit.new_session(&token, None, Some(&actor.id));
    new.is_second_factor_done = true;
    new.memo_sealed = Some(seal_memo(visit, &new.id, &Memo { recovery_codes: codes, ..Memo::default() })?);
    let entered = replace_session(tx, visit, sent, (token, new), path(visit, "/staff/second-factor")).await?;
    remember_address(tx, visit, &actor.id).await?;
    tx.audit(&visit.entry("enrol_second_factor", "staff", actor.id.as_str(), json!({}))).await?;
    Ok(Ok(entered))
}

/// The recovery codes have been kept; they are not shown again.
///
/// # Errors
/// `SecondFactorNeeded`, `SignInAgain`, `Store`.
pub async fn acknowledge(visit: &Visit) -> Result<Answer, Failure> {
    let actor = require_staff(visit)?;
    visit.remember(|memo| memo.recovery_codes.clear()).await?;
    Ok(Answer::go(path(visit, home(actor.role))))
}

/// Takes a code of the authenticator, or a recovery code; each serves once.
///
/// # Errors
/// `Invalid` (`OneTimeCode`), `Locked`, `SignInAgain`, `Store`.
pub async fn confirm(visit: &Visit, form: &SecondFactorForm) -> Result<Entered, Failure> {
    let sent = visit.sent("confirm", form)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    let actor = half_signed_in(visit)?;
    let typed = present("code", &form.code)?;
    count_try(visit, &actor).await?;
    let job = visit.clone();
    let entered = visit.write(move |tx| {
        Box::pin(async move {
            let staff = tx.find_staff(&actor.id).await?.filter(|staff| staff.is_active).ok_or(Refusal::SignInAgain)?;
            let Some(way) = judge(tx, &job, &staff, &typed).await? else {
                tx.audit(&job.entry("second_factor_failed", "staff", staff.id.as_str(), json!({}))).await?;
                return Ok(Err(wrong_code(tx, &job, &staff.id).await?));
            };
            tx.clear_rate(&bucket(&job.services, job.province_key(), &staff.id)).await?;
            enter(tx, &job, &sent, &staff, way).await
        })
    });
    Ok(entered.await??)
}

/// How the code was right: `totp`, `recovery_code`, or not at all.
pub(super) async fn judge(tx: &mut Tx, visit: &Visit, staff: &StaffRow, typed: &str) -> Result<Option<&'static str>, Failure> {
    let Some(sealed) = &staff.totp_sealed else { return Ok(None) };
    let secret = visit.services.vault.open("staff.totp", staff.id.as_str(), sealed)?;
    if let Some(step) = second_factor::verify(&secret, typed, visit.now(), Some(staff.totp_step)) {
        return Ok(tx.use_totp_step(&staff.id, step).await?.then_some("totp"));
    }
    let Some(code) = second_factor::normalise_recovery(typed) else { return Ok(None) };
    let hash = recovery_hash(visit, &staff.id, &code);
    Ok(tx.use_recovery_code(&staff.id, &hash, visit.now()).await?.then_some("recovery_code"))
}

async fn enter(tx: &mut Tx, visit: &Visit, sent: &Sent, staff: &StaffRow, way: &str) -> Judged<Entered> {
    let token = Token::new(&visit.services);
    let mut new = visit.new_session(&token, None, Some(&staff.id));
    new.is_second_factor_done = true;
    let role = StaffRole::from_code(&staff.role).ok_or_else(|| Failure::Broken("role of a staff member".into()))?;
    let left = take_left(tx, visit, &new).await?;
    if let Some((memo, _)) = &left {
        new.memo_sealed = Some(seal_memo(visit, &new.id, memo)?);
    }
    let page = left.map(|(_, page)| page).or_else(|| visit.wanted.clone());
    let go = page.unwrap_or_else(|| path(visit, home(role)));
    let entered = replace_session(tx, visit, sent, (token, new), go).await?;
    remember_address(tx, visit, &staff.id).await?;
    tx.audit(&visit.entry("staff_sign_in", "staff", staff.id.as_str(), json!({ "way": way }))).await?;
    Ok(Ok(entered))
}

/// A code as it was typed, without the blanks around it.
pub(super) fn present(field: &str, typed: &str) -> Result<String, FieldErrors> {
    let typed = typed.trim();
    if typed.is_empty() { Err(FieldErrors::one(field, Fault::Missing)) } else { Ok(typed.to_owned()) }
}

/// Counts a try before the code is looked at, so that parallel guesses count too.
pub(super) async fn count_try(visit: &Visit, actor: &Member) -> Result<(), Failure> {
    let (job, bucket) = (visit.clone(), bucket(&visit.services, visit.province_key(), &actor.id));
    let write =
        visit.write(move |tx| Box::pin(async move { count(tx, &job, &bucket, &[GUESSES]).await.map(|_| ()).map_err(locked) }));
    write.await
}

async fn wrong_code(tx: &mut Tx, visit: &Visit, staff: &StaffId) -> Result<FieldErrors, Failure> {
    let bucket = bucket(&visit.services, visit.province_key(), staff);
    Ok(wrong(tx, ("code", Fault::OneTimeCode), (&bucket, GUESSES), visit.now()).await?)
}

/// Failed one-time codes of a staff member.
pub(super) fn bucket(services: &Services, province: &str, staff: &StaffId) -> String {
    services.bucket(province, "staff:code", staff.as_str())
}

pub(super) fn recovery_hash(visit: &Visit, staff: &StaffId, code: &str) -> Vec<u8> {
    visit.services.vault.keyed_hash("recovery", &format!("{staff}|{code}"))
}
