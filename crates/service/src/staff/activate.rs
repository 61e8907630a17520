//! 启用账号: a new or reset account gets a password that only its owner knows.

use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::id::StaffId;
use domain::limit::Limited;
use domain::staff::forms::ActivateForm;
use domain::staff::password_policy;
use serde_json::json;
use store::Tx;

use super::ask;
use crate::account::{Judged, count_address, path};
use crate::{Failure, Limit, Visit};

const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::Activations, 20, 3_600)];

/// Uses the token up and sets the password; the second factor is set up at the first sign-in.
///
/// # Errors
/// Faults at the fields (`CodeExpired` at `token` when it is unknown, used or too old, or the account is off; `NotByAsker` in
/// the window that asked for the account); `TooOften`,
/// `Busy`, `Store`.
pub async fn activate(visit: &Visit, form: &ActivateForm) -> Result<Answer, Failure> {
    let services = &visit.services;
    let job = visit.clone();
    let counted =
        services.db.write(move |tx| Box::pin(async move { count_address(tx, &job, "activate:address", &PER_ADDRESS).await }));
    counted.await?;
    let (token, now) = (ask::hash(services, &form.token), visit.now());
    let staff = services.db.read().await?.find_staff_of_activation(visit.province_key(), &token, now).await?;
    let personal = staff.as_ref().map(|staff| [staff.login.as_str(), staff.name.as_str()]).unwrap_or_default();
    let mut errors = check(form, &personal);
    if errors.of("token").is_none() && staff.is_none() {
        errors.0.insert(0, FieldErrors::one("token", Fault::CodeExpired).0.remove(0));
    }
    let Some(staff) = errors.or(staff)? else { return Err(Failure::NotFound) };
    let password = services.gate.hash(form.password.clone()).await?;
    let job = visit.clone();
    let done = services.db.write(move |tx| Box::pin(async move { set(tx, &job, &staff.id, &token, &password).await }));
    done.await??;
    Ok(Answer::go(path(visit, "/staff/login")))
}

async fn set(tx: &mut Tx, visit: &Visit, id: &StaffId, token: &[u8], password: &str) -> Judged<()> {
    let asked = tx.find_activation(id).await?;
    // Whoever asked knows neither password nor token; from their own window neither is set.
    if asked.as_ref().is_some_and(|asked| asked.asked_in == visit.actor.session()) {
        return Ok(Err(FieldErrors::one("token", Fault::NotByAsker)));
    }
    if !tx.activate_staff(id, token, visit.now(), password).await? {
        return Ok(Err(FieldErrors::one("token", Fault::CodeExpired)));
    }
    tx.delete_sessions_of_staff(id).await?;
    let address = visit.services.vault.keyed_hash("address", &visit.address);
    let detail = asked.map(|asked| {
        let is_same_address = asked.asked_from == address;
        json!({ "asked_by": asked.asked_by, "agreed_by": asked.agreed_by, "is_new": asked.is_new, "same_address": is_same_address })
    });
    tx.audit(&visit.entry("activate_staff", "staff", id.as_str(), detail.unwrap_or_default())).await?;
    Ok(Ok(()))
}

fn check(form: &ActivateForm, personal: &[&str]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if form.token.trim().is_empty() {
        errors.push("token", Fault::Missing);
    }
    if let Err(fault) = password_policy().check(&form.password, personal) {
        errors.push("password", fault);
    }
    if form.password_again.is_empty() {
        errors.push("password_again", Fault::Missing);
    } else if form.password_again != form.password {
        errors.push("password_again", Fault::PasswordsDiffer);
    }
    errors
}
