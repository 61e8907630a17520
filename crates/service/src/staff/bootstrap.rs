//! The first administrator of a province. There is no default account: whoever runs the server gets a one-time token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use domain::account::forms::BootstrapForm;
use domain::answer::Answer;
use domain::case::StaffRole;
use domain::fault::{Fault, FieldErrors};
use domain::id::StaffId;
use domain::identity::Mobile;
use domain::identity::name::person_name;
use domain::limit::Limited;
use domain::staff::{login_name, password_policy};
use serde_json::json;
use store::audit::Entry;
use store::staff::StaffRow;

use super::told;
use crate::account::{Judged, count_address, path};
use crate::{Failure, Limit, Services, Visit};

const LIFE: Duration = Duration::hours(1);
const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::Activations, 10, 3_600)];

/// A one-time token for the first administrator of a province, good for an hour.
///
/// # Errors
/// `NotFound` when the province is not served here or has staff already; `Store`.
pub async fn bootstrap_token(services: &Services, province: &str) -> Result<String, Failure> {
    let key = services.province(province).ok_or(Failure::NotFound)?.profile.key.clone();
    let token = URL_SAFE_NO_PAD.encode(services.ids.secret());
    let (hash, now) = (services.vault.keyed_hash("bootstrap", &token), services.now());
    let entry = Entry {
        at: now,
        actor_kind: "system",
        actor_id: "bootstrap".into(),
        action: "bootstrap_token",
        object_kind: "province",
        object_id: key.clone(),
        detail: "{}".into(),
        request_id: String::new(),
    };
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            if tx.count_staff(&key).await? > 0 {
                return Err(Failure::NotFound);
            }
            tx.insert_bootstrap(&hash, &key, now + LIFE).await?;
            tx.audit(&entry).await?;
            Ok(())
        })
    });
    written.await?;
    Ok(token)
}

/// Makes the first administrator, at the bureau of the province.
///
/// # Errors
/// `Invalid` (`CodeExpired` at `token` when it is unknown, used or too old), `TooOften`, `Busy`, `Store`.
pub async fn bootstrap(visit: &Visit, form: &BootstrapForm) -> Result<Answer, Failure> {
    let (login, name, mobile) = check(form)?;
    let services = &visit.services;
    let (job, now) = (visit.clone(), visit.now());
    let counted =
        services.db.write(move |tx| Box::pin(async move { count_address(tx, &job, "bootstrap:address", &PER_ADDRESS).await }));
    counted.await?;
    let id = StaffId::from(services.ids.id());
    let bureau = visit.province.bureaus.0.values().find(|bureau| bureau.level == 1).map(|bureau| bureau.code.clone());
    let staff = StaffRow {
        mobile_sealed: told::seal_mobile(services, &id, mobile.as_str()),
        id,
        province: visit.province_key().to_owned(),
        bureau: bureau.ok_or_else(|| Failure::Broken("a province without bureau".into()))?,
        login,
        name,
        role: StaffRole::Administrator.code().to_owned(),
        password_hash: services.gate.hash(form.password.clone()).await?,
        document_hash: None,
        totp_sealed: None,
        totp_step: 0,
        is_active: true,
        version: 1,
        created_at: now,
    };
    let (job, token) = (visit.clone(), services.vault.keyed_hash("bootstrap", form.token.trim()));
    services.db.write(move |tx| Box::pin(async move { make(tx, &job, &token, &staff).await })).await??;
    Ok(Answer::go(path(visit, "/staff/login")))
}

async fn make(tx: &mut store::Tx, visit: &Visit, token: &[u8], staff: &StaffRow) -> Judged<()> {
    // Of two tokens that are used at once only one finds nobody here.
    tx.lock_rate(&format!("{}:people", staff.province), visit.now()).await?;
    let is_first = tx.count_staff(&staff.province).await? == 0;
    if !is_first || !tx.use_bootstrap(token, &staff.province, visit.now()).await? {
        return Ok(Err(FieldErrors::one("token", Fault::CodeExpired)));
    }
    tx.insert_staff(staff).await?;
    tx.audit(&visit.entry("bootstrap", "staff", staff.id.as_str(), json!({ "role": staff.role }))).await?;
    Ok(Ok(()))
}

/// The name to log in with, the person's name and the telephone, once everything is right.
fn check(form: &BootstrapForm) -> Result<(String, String, Mobile), FieldErrors> {
    let mut errors = FieldErrors::default();
    if form.token.trim().is_empty() {
        errors.push("token", Fault::Missing);
    }
    let login = login_name(&form.login).map_err(|fault| errors.push("login", fault)).unwrap_or_default();
    let name = person_name(&form.name).map_err(|fault| errors.push("name", fault)).unwrap_or_default();
    let mobile = Mobile::check(&form.mobile).map_err(|fault| errors.push("mobile", fault)).ok();
    if let Err(fault) = password_policy().check(&form.password, &[&login, &name]) {
        errors.push("password", fault);
    }
    if form.password_again.is_empty() {
        errors.push("password_again", Fault::Missing);
    } else if form.password_again != form.password {
        errors.push("password_again", Fault::PasswordsDiffer);
    }
    match mobile {
        Some(mobile) => errors.or((login, name, mobile)),
        None => Err(errors),
    }
}
