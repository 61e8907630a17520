//! The first factor of the staff: name and password.

use domain::account::forms::{StaffLoginForm, captcha};
use domain::fault::{Fault, FieldErrors};
use domain::staff::normalise;
use serde_json::json;
use store::Tx;
use store::staff::StaffRow;

use chrono::Duration;

use crate::account::{FAILURES, Judged, admit, captcha_proof, give_back, path};
use crate::visit::replace_session;
use crate::{Entered, Failure, Limit, Token, Visit};

/// After so many failures of the name or of the address within a quarter of an hour a picture has to be read.
const PATIENCE: i64 = 3;
/// Failures for one name from everywhere, so that many addresses together cannot guess (NIST 800-63B).
const FROM_EVERYWHERE: Limit = Limit::new(100, 86_400);
/// Only counted, to know when a picture is needed.
const FROM_ADDRESS: Limit = Limit::new(i64::MAX, 900);

struct Buckets {
    pair: String,
    login: String,
    address: String,
}

/// Takes the password; the second factor follows on its own page, and nothing else can be seen before it.
///
/// # Errors
/// `Invalid` (`Captcha` after three failures, `Credentials`), `Locked`, `TooOften`, `Busy`, `Store`.
pub async fn sign_in(visit: &Visit, form: &StaffLoginForm) -> Result<Entered, Failure> {
    let (login, services) = (check(form)?, &visit.services);
    let buckets = Buckets {
        pair: visit.bucket("staff:failed", &format!("{login}|{}", visit.address)),
        login: visit.bucket("staff:failed:login", &login),
        address: visit.bucket("staff:failed:address", &visit.address),
    };
    let proof = match needs_captcha(visit, &buckets).await? {
        true => {
            let typed = captcha(&form.captcha).map_err(|_| FieldErrors::one("captcha", Fault::Captcha))?;
            Some(captcha_proof(visit, &typed).await?)
        }
        false => None,
    };
    let failures = [(&buckets.pair, FAILURES), (&buckets.login, FROM_EVERYWHERE), (&buckets.address, FROM_ADDRESS)]
        .map(|(bucket, limit)| (bucket.clone(), limit));
    let tickets = admit(visit, proof, "staff:address", failures.to_vec()).await?;
    let staff = services.db.read().await?.find_staff_of_login(visit.province_key(), &login).await?;
    let hash = staff.as_ref().map_or_else(|| services.gate.dummy_hash(), |staff| staff.password_hash.clone());
    let is_right = match services.gate.verify(form.password.clone(), hash).await {
        Ok(is_right) => is_right,
        Err(busy) => {
            give_back(visit, tickets).await?;
            return Err(busy.into());
        }
    };
    let job = visit.clone();
    let entered = services.db.write(move |tx| {
        Box::pin(async move {
            match staff {
                Some(staff) if is_right && is_as_it_was(tx, &staff).await? => {
                    for ticket in &tickets {
                        tx.remove_rate(ticket).await?;
                    }
                    tx.clear_rate(&buckets.pair).await?;
                    tx.clear_rate(&buckets.login).await?;
                    enter(tx, &job, &staff).await.map(Ok)
                }
                staff => refuse(tx, &job, staff.as_ref()).await,
            }
        })
    });
    Ok(entered.await??)
}

/// Whether the account is on and has the password that was compared: it may have been switched off or reset meanwhile.
async fn is_as_it_was(tx: &mut Tx, staff: &StaffRow) -> Result<bool, Failure> {
    let now = tx.find_staff(&staff.id).await?;
    Ok(now.is_some_and(|now| now.is_active && now.password_hash == staff.password_hash))
}

fn check(form: &StaffLoginForm) -> Result<String, FieldErrors> {
    let (login, mut errors) = (normalise(&form.login), FieldErrors::default());
    for (field, value) in [("login", &login), ("password", &form.password)] {
        if value.is_empty() {
            errors.push(field, Fault::Missing);
        }
    }
    errors.or(login)
}

async fn needs_captcha(visit: &Visit, buckets: &Buckets) -> Result<bool, Failure> {
    let since = visit.now() - Duration::seconds(FAILURES.seconds);
    let mut reader = visit.services.db.read().await?;
    Ok(reader.count_rate(&buckets.login, since).await? >= PATIENCE
        || reader.count_rate(&buckets.address, since).await? >= PATIENCE)
}

async fn enter(tx: &mut Tx, visit: &Visit, staff: &StaffRow) -> Result<Entered, Failure> {
    let token = Token::new(&visit.services);
    let new = visit.new_session(&token, None, Some(&staff.id));
    replace_session(tx, visit.session.as_ref().map(|row| row.id.as_str()), &new).await?;
    tx.audit(&visit.entry("staff_password", "staff", &staff.id, json!({}))).await?;
    Ok(Entered { go: path(visit, "/staff/second-factor"), token })
}

async fn refuse(tx: &mut Tx, visit: &Visit, staff: Option<&StaffRow>) -> Judged<Entered> {
    let object = staff.map_or(("session", visit.actor.session()), |staff| ("staff", staff.id.as_str()));
    tx.audit(&visit.entry("staff_password_failed", object.0, object.1, json!({}))).await?;
    Ok(Err(FieldErrors::one("login", Fault::Credentials)))
}
