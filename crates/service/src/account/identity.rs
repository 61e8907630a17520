//! 登录 by the provincial identity service (手册丁 登录): OpenID Connect, authorization code with PKCE. Name, mobile number
//! and document come from there; nobody types them in here.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use domain::case::{CaseKind, Refusal};
use domain::identity::credit_code::check_unit;
use domain::identity::name::{is_same_name, vouched_name};
use domain::identity::{CreditCode, DocumentKind, DocumentNumber, Mobile};
use domain::limit::Limited;
use serde::Serialize;
use serde_json::json;
use store::account::AccountRow;
use store::{StoreError, Tx};
use subtle::ConstantTimeEq;

use super::detach::detach;
use super::person::{NewAccount, Number};
use super::sign_in::enter;
use super::{count, count_address, path};
use crate::clock::is_recent;
use crate::visit::{IdentityMemo, Sent, edit_memo};
use crate::{Attempt, Entered, Failure, IdentityError, Known, Limit, ServicePage, Visit};

const PER_ADDRESS: [Limit; 1] = [Limit::new(Limited::IdentityService, 30, 60)];
/// How long somebody may take at the service.
const LIFE: Duration = Duration::minutes(10);
/// A state that comes back twice at once counts once, also where two transactions read one session.
const ONCE: [Limit; 1] = [Limit::new(Limited::IdentityService, 1, 600)];

/// Why nobody was signed in; the page of the sign-in says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The person said no at the service.
    Cancelled,
    /// Not begun in this session, done already, or too long ago.
    Expired,
    /// The service does not answer.
    Unreachable,
    /// What the service answers cannot be trusted.
    Failed,
    /// What the service says of the person is incomplete or wrong.
    Data,
    /// Too many sign-ins were begun from this address.
    TooOften,
}

impl Trouble {
    /// The word in the address that makes the page say it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Cancelled => "identity-cancelled",
            Self::Expired => "identity-expired",
            Self::Unreachable => "identity-unreachable",
            Self::Failed => "identity-failed",
            Self::Data => "identity-data",
            Self::TooOften => "identity-often",
        }
    }
}

impl From<IdentityError> for Trouble {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Unreachable => Self::Unreachable,
            IdentityError::Refused => Self::Expired,
            IdentityError::Untrusted => Self::Failed,
            IdentityError::Incomplete => Self::Data,
        }
    }
}

/// What the browser brings back from the service.
#[derive(Clone, Default, Serialize)]
pub struct Callback {
    /// State of the attempt that it answers.
    pub state: String,
    /// Code that the attempt is redeemed with; `None` when the service refused.
    pub code: Option<String>,
    /// Error of the service, such as `access_denied`; `None` when there is a code.
    pub error: Option<String>,
}

/// Something, or what the person must be told instead.
pub type Finished<T> = Result<Result<T, Trouble>, Failure>;

/// So many sign-ins of one browser may be on their way at once; the newest stand.
const AT_ONCE: usize = 4;

/// Begins a sign-in: the address to send the browser to. The secrets stay in the session.
///
/// # Errors
/// `NotFound` where the province has no such service, `Store`.
pub async fn start_identity(visit: &Visit, redirect_uri: &str) -> Finished<String> {
    offered(visit)?;
    if visit.account().is_ok() {
        return Ok(Ok(path(visit, "/home")));
    }
    let job = visit.clone();
    let counted = visit.write(move |tx| Box::pin(async move { count_address(tx, &job, "identity:address", &PER_ADDRESS).await }));
    match counted.await {
        Err(Failure::Refused(Refusal::TooOften { .. })) => return Ok(Err(Trouble::TooOften)),
        other => drop(other?),
    }
    let secret = || URL_SAFE_NO_PAD.encode(visit.services.ids.secret());
    let attempt = Attempt { state: secret(), nonce: secret(), verifier: secret(), redirect_uri: redirect_uri.to_owned() };
    let address = match visit.services.identity.begin(visit.province_key(), &attempt).await {
        Ok(address) => address,
        Err(error) => {
            tracing::warn!(province = visit.province_key(), %error, "a sign-in could not begin");
            return Ok(Err(error.into()));
        }
    };
    let begun_at = visit.now();
    let begun = IdentityMemo { attempt, begun_at };
    visit
        .remember(move |memo| {
            memo.identity.insert(0, begun);
            memo.identity.truncate(AT_ONCE);
        })
        .await?;
    Ok(Ok(address))
}

/// Ends a sign-in: the account of whoever the service names, made or brought up to date, and a session of it.
/// Whoever did not begin it in this session changes nothing.
///
/// # Errors
/// `NotFound` where the province has no such service, `Busy`, `Store`, `Broken`.
pub async fn finish_identity(visit: &Visit, callback: &Callback) -> Finished<Entered> {
    offered(visit)?;
    let sent = visit.sent("identity_service", callback)?;
    if let Some(entered) = visit.once_more(&sent).await? {
        return Ok(Ok(entered));
    }
    let Some(attempt) = take(visit, &callback.state).await? else { return Ok(Err(Trouble::Expired)) };
    let code = match (&callback.code, &callback.error) {
        (Some(code), None) => code,
        (_, Some(error)) if error == "access_denied" => return refuse(visit, Trouble::Cancelled).await,
        _ => return refuse(visit, Trouble::Failed).await,
    };
    let known = match visit.services.identity.finish(visit.province_key(), &attempt, code).await {
        Ok(known) => known,
        Err(error) => {
            tracing::warn!(province = visit.province_key(), %error, "a sign-in could not end");
            return refuse(visit, error.into()).await;
        }
    };
    let Some(person) = Person::check(visit, &known) else { return refuse(visit, Trouble::Data).await };
    for _ in 0..3 {
        let (job, sent, person) = (visit.clone(), sent.clone(), person.clone());
        match visit.write(move |tx| Box::pin(async move { admit(tx, &job, &sent, &person).await })).await {
            // Somebody was made or changed in the same moment: look again.
            Err(Failure::Store(StoreError::Exists { .. })) => {}
            other => return other,
        }
    }
    Err(Failure::Busy)
}

/// The address of a page of the service; `back` is where it leads from there.
///
/// # Errors
/// `NotFound` where the province has no such service.
pub fn identity_page(visit: &Visit, page: ServicePage, back: &str) -> Result<String, Failure> {
    offered(visit)?;
    visit.services.identity.page(visit.province_key(), page, back).ok_or(Failure::NotFound)
}

fn offered(visit: &Visit) -> Result<(), Failure> {
    visit.province.profile.account.identity_service.as_ref().map(|_| ()).ok_or(Failure::NotFound)
}

/// The attempt of this session with this state, which is over by this.
async fn take(visit: &Visit, state: &str) -> Result<Option<Attempt>, Failure> {
    let now = visit.now();
    // A forged callback costs no write and spends nothing.
    if !visit.glimpse()?.may_have_begun(|kept| is_own(kept, state, now)) {
        return Ok(None);
    }
    let (job, state) = (visit.clone(), state.to_owned());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            count(tx, &job, &job.bucket("identity:state", &state), &ONCE).await?;
            edit_memo(tx, &job, |memo| {
                let at = memo.identity.iter().position(|kept| is_own(kept, &state, now))?;
                Some(memo.identity.remove(at))
            })
            .await
        })
    });
    match write.await {
        Err(Failure::Stale | Failure::Refused(Refusal::TooOften { .. })) => Ok(None),
        taken => Ok(taken?.map(|kept| kept.attempt)),
    }
}

fn is_own(kept: &IdentityMemo, state: &str, now: DateTime<Utc>) -> bool {
    is_recent(kept.begun_at, now, LIFE) && bool::from(kept.attempt.state.as_bytes().ct_eq(state.as_bytes()))
}

/// Notes that the service brought nobody.
async fn refuse(visit: &Visit, trouble: Trouble) -> Finished<Entered> {
    let detail = json!({ "way": "identity_service", "why": trouble.word() });
    let entry = visit.entry("sign_in_failed", "session", visit.actor.session(), detail);
    let write = visit.write(move |tx| Box::pin(async move { tx.audit(&entry).await.map_err(Failure::from) }));
    write.await?;
    Ok(Err(trouble))
}

/// What the service said, checked by the rules for what is typed in elsewhere.
#[derive(Clone)]
struct Person {
    document: DocumentNumber,
    name: String,
    mobile: Mobile,
    /// The unit that they act for (法人用户登录): code and name.
    unit: Option<(CreditCode, String)>,
}

impl Person {
    fn check(visit: &Visit, known: &Known) -> Option<Self> {
        let kind = DocumentKind::from_code(&known.document_kind)?;
        visit.province.profile.account.document_kinds.iter().find(|option| option.kind == kind)?;
        Some(Self {
            document: DocumentNumber::check(kind, &known.document_number, visit.services.today()).ok()?,
            name: vouched_name(&known.name).ok()?,
            mobile: Mobile::check(&known.mobile).ok()?,
            unit: known.unit.as_ref().map(|(code, name)| check_unit(code, name)).transpose().ok()?,
        })
    }
}

async fn admit(tx: &mut Tx, visit: &Visit, sent: &Sent, person: &Person) -> Finished<Entered> {
    let (vault, province) = (&visit.services.vault, visit.province_key());
    let document_hash = vault.keyed_hash("document", person.document.number());
    let mobile_hash = vault.keyed_hash("mobile", person.mobile.as_str());
    let kind = person.document.kind().code();
    // The owner of the number first: whoever is made between the two questions is then found as the person, not as a stranger.
    let owner = tx.find_account_of_mobile(province, &mobile_hash).await?;
    let same_number = tx.list_accounts_of_document(province, &document_hash).await?;
    let account = same_number.into_iter().find(|account| account.document_kind == kind);
    if let Some(owner) = owner.filter(|owner| account.as_ref().is_none_or(|account| account.id != owner.id)) {
        // What the service says of a number is true: whoever had it before will say which one they have now.
        detach(tx, visit, &owner, "identity_service").await?;
    }
    let account = match account {
        Some(account) => {
            bring_up_to_date(tx, visit, &account, person, &mobile_hash).await?;
            account
        }
        None => {
            let number = Number::Proven(&person.mobile);
            let account = NewAccount { province, document: &person.document, name: &person.name, number }.row(&visit.services);
            tx.insert_account(&account).await?;
            crate::import::link(tx, &visit.services, &account).await?;
            let detail = json!({ "document_kind": kind, "way": "identity_service" });
            tx.audit(&visit.entry("register", "account", account.id.as_str(), detail)).await?;
            account
        }
    };
    let mut visit = visit.clone();
    if let Some((code, name)) = &person.unit {
        let kind = visit.services.kinds.of(CaseKind::Employer);
        let page = kind.vouched(tx, &visit, &account, (code, name)).await?;
        visit.wanted = page.or(visit.wanted);
    }
    enter(tx, &visit, sent, &account, "identity_service").await.map(Ok)
}

/// Name and mobile number are what the service says today.
async fn bring_up_to_date(
    tx: &mut Tx,
    visit: &Visit,
    account: &AccountRow,
    person: &Person,
    mobile_hash: &[u8],
) -> Result<(), Failure> {
    let has_name = is_same_name(&account.name, &person.name);
    let has_mobile = account.mobile_hash == mobile_hash;
    if has_name && has_mobile {
        return Ok(());
    }
    let sealed = visit.services.vault.seal_text("account.mobile", account.id.as_str(), person.mobile.as_str());
    // The name of the register is not exchanged for another way to write it.
    let name = if has_name { &account.name } else { &person.name };
    tx.save_person(&account.id, name, (mobile_hash, &sealed), visit.now()).await?;
    if !has_name {
        crate::certificate::renamed(tx, visit, &account.id).await?;
        crate::import::link_again(tx, &visit.services, &account.id).await?;
    }
    let detail = json!({ "name": !has_name, "mobile": !has_mobile });
    tx.audit(&visit.entry("person_changed", "account", account.id.as_str(), detail)).await?;
    Ok(())
}
