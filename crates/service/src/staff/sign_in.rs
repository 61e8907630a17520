//! The first factor of the staff: name and password.

use domain::account::forms::{StaffLoginForm, captcha};
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::id::StaffId;
use domain::limit::Limited;
use domain::staff::normalise;
use serde_json::json;
use store::Tx;
use store::staff::StaffRow;

use chrono::Duration;

use super::told;
use crate::account::{FAILURES, Judged, admit, captcha_proof, give_back, path};
use crate::visit::{Sent, replace_session};
use crate::{Entered, Failure, Limit, Token, Visit, allow, wrong};

/// After so many failures of the name or of the address within a quarter of an hour a picture has to be read.
const PATIENCE: i64 = 3;
/// Failures for one name from all addresses that nobody signed in from before. They shut nobody out: from then on such
/// addresses together get one try a minute, so that many of them cannot guess (NIST 800-63B).
const FROM_EVERYWHERE: Limit = Limit::new(Limited::SignIns, 100, 86_400);
const SLOWLY: Limit = Limit::new(Limited::SignIns, 1, 60);
/// At so many of them the owner of the name is told.
const ALARM: i64 = 10;
/// Only counted: whoever is past the limit goes on slowly.
const COUNTED: Limit = Limit::new(Limited::SignIns, i64::MAX, FROM_EVERYWHERE.seconds);
/// Only counted, to know when a picture is needed.
const FROM_ADDRESS: Limit = Limit::new(Limited::SignIns, i64::MAX, 900);

struct Buckets {
    pair: String,
    login: String,
    slow: String,
    address: String,
    /// Whether the staff member signed in from here before: then nobody else's failures matter.
    is_known: bool,
}

impl Buckets {
    /// A reset makes another version of the account, and so begins all counts of the name anew.
    async fn of(visit: &Visit, login: &str, staff: Option<&StaffRow>) -> Result<Self, Failure> {
        // A name that nobody has costs the same look-ups.
        let (id, version) = staff.map_or_else(|| (StaffId::from(""), 0), |staff| (staff.id.clone(), staff.version));
        let name = format!("{}|{login}|{version}", visit.province_key());
        let mut reader = visit.services.db.read().await?;
        Ok(Self {
            pair: visit.bucket("staff:failed", &format!("{name}|{}", visit.address)),
            login: visit.bucket("staff:failed:login", &name),
            slow: visit.bucket("staff:slowly", &name),
            address: visit.bucket_over_all("staff:failed:address", &visit.address),
            is_known: reader.knows_staff_address(&id, &address_hash(visit, &id)).await?,
        })
    }

    /// What an attempt counts against.
    async fn limits(&self, visit: &Visit) -> Result<Vec<(String, Limit)>, Failure> {
        let mut limits = vec![(self.pair.clone(), FAILURES), (self.address.clone(), FROM_ADDRESS)];
        if self.is_known {
            return Ok(limits);
        }
        let since = visit.now() - Duration::seconds(FROM_EVERYWHERE.seconds);
        if visit.services.db.read().await?.count_rate(&self.login, since).await? < FROM_EVERYWHERE.most {
            limits.push((self.login.clone(), FROM_EVERYWHERE));
        } else {
            limits.extend([(self.slow.clone(), SLOWLY), (self.login.clone(), COUNTED)]);
        }
        Ok(limits)
    }
}

fn address_hash(visit: &Visit, staff: &StaffId) -> Vec<u8> {
    visit.services.vault.keyed_hash("staff_address", &format!("{staff}|{}", visit.address))
}

/// Notes where a staff member who has shown both factors is.
pub(super) async fn remember_address(tx: &mut Tx, visit: &Visit, staff: &StaffId) -> Result<(), Failure> {
    Ok(tx.remember_staff_address(staff, &address_hash(visit, staff), visit.now()).await?)
}

/// Takes the password; the second factor follows on its own page, and nothing else can be seen before it.
///
/// # Errors
/// `Invalid` (`Captcha` after three failures, `Credentials`), `Locked`, `TooOften`, `Busy`, `Store`.
pub async fn sign_in(visit: &Visit, form: &StaffLoginForm) -> Result<Entered, Failure> {
    let (login, services, sent) = (check(form)?, &visit.services, visit.sent("staff", form)?);
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(entered);
    }
    let staff = services.db.read().await?.find_staff_of_login(visit.province_key(), &login).await?;
    let buckets = Buckets::of(visit, &login, staff.as_ref()).await?;
    let proof = match needs_captcha(visit, &buckets).await? {
        true => {
            let typed = captcha(&form.captcha).map_err(|_| FieldErrors::one("captcha", Fault::Captcha))?;
            Some(captcha_proof(visit, &typed).await?)
        }
        false => None,
    };
    let limits = buckets.limits(visit).await?;
    let tickets = admit(visit, proof, "staff:address", limits).await?;
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
                    enter(tx, &job, &sent, &staff).await.map(Ok)
                }
                staff => refuse(tx, &job, staff.as_ref(), &buckets).await,
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
    let failed = [reader.count_rate(&buckets.login, since).await?, reader.count_rate(&buckets.address, since).await?];
    Ok(!buckets.is_known && failed.iter().any(|failed| *failed >= PATIENCE))
}

async fn enter(tx: &mut Tx, visit: &Visit, sent: &Sent, staff: &StaffRow) -> Result<Entered, Failure> {
    let token = Token::new(&visit.services);
    let new = visit.new_session(&token, None, Some(&staff.id));
    let entered = replace_session(tx, visit, sent, (token, new), path(visit, "/staff/second-factor")).await?;
    tx.audit(&visit.entry("staff_password", "staff", staff.id.as_str(), json!({}))).await?;
    Ok(entered)
}

async fn refuse(tx: &mut Tx, visit: &Visit, staff: Option<&StaffRow>, buckets: &Buckets) -> Judged<Entered> {
    let since = visit.now() - Duration::seconds(FROM_EVERYWHERE.seconds);
    if let Some(staff) = staff
        && !buckets.is_known
        && tx.count_rate(&buckets.login, since).await? >= ALARM
    {
        tell_owner_of_failures(tx, visit, staff).await?;
    }
    let object = staff.map_or(("session", visit.actor.session()), |staff| ("staff", staff.id.as_str()));
    tx.audit(&visit.entry("staff_password_failed", object.0, object.1, json!({}))).await?;
    Ok(Err(wrong(tx, ("login", Fault::Credentials), (&buckets.pair, FAILURES), visit.now()).await?))
}

/// Somebody tries passwords for a name from addresses that its owner never used; its owner is told once a day.
async fn tell_owner_of_failures(tx: &mut Tx, visit: &Visit, staff: &StaffRow) -> Result<(), Failure> {
    let services = &visit.services;
    let once = services.bucket(&staff.province, "staff:told", staff.id.as_str());
    match allow(tx, &services.ids.id(), &once, &[Limit::new(Limited::SignIns, 1, FROM_EVERYWHERE.seconds)], visit.now()).await {
        Err(Failure::Refused(Refusal::TooOften { .. })) => return Ok(()),
        allowed => allowed?,
    }
    let mobile = told::mobile_of(services, &staff.id, &staff.mobile_sealed)?;
    let text =
        "有人在您没有用过的网络上多次用错误的密码登录您的工作人员账号。您的账号没有被锁定；如果不是您本人，请告知省级管理员。";
    let key = format!("staff:attacked:{}:{}", staff.id, visit.now().timestamp_micros());
    told::text_to(tx, services, (&staff.province, &mobile), text, key).await?;
    tx.audit(&visit.entry("staff_sign_in_attacked", "staff", staff.id.as_str(), json!({ "failures": ALARM }))).await?;
    Ok(())
}
