//! What a session remembers between two requests. What came with the head of a request may only be shown ([`Glimpse`]);
//! whatever decides is read inside the write, under the lock of the session ([`Kept`]).

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::account::forms::CodePurpose;
use domain::answer::Flash;
use domain::case::{Actor, Refusal};
use domain::id::AccountId;
use serde::{Deserialize, Serialize};
use store::Tx;
use store::session::SessionRow;

use super::Visit;
use super::faults::UploadFaults;
use super::lent::Lent;
use super::search::Search;
use crate::clock::is_recent;
use crate::{Attempt, Failure};

/// How long a code that was given opens what it was given for.
pub(crate) const PROVEN: Duration = Duration::minutes(10);
/// Bytes of all forms that a session keeps.
pub(super) const FLASHES: usize = 32 * 1024;

/// Bytes of a form that is kept: what strangers type is short, what a bureau writes for its notices is not.
fn most_of_form(actor: &Actor) -> usize {
    match actor {
        Actor::Visitor { .. } | Actor::Machine(_) => FLASHES / 8,
        Actor::Accountant { .. } | Actor::Acting { .. } => FLASHES / 2,
        Actor::Staff { .. } => FLASHES,
    }
}

/// What a session remembers between two requests, sealed in its row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memo {
    /// Forms posted without scripts, by name, until their page is shown.
    pub flashes: BTreeMap<String, Flash>,
    /// What somebody is proving by a code; only the newest counts.
    pub(crate) process: Option<Process>,
    /// What the last process came to, for whoever sends the same again.
    pub(crate) done: Option<Done>,
    /// Faults of uploads without scripts, by slot.
    pub upload_faults: UploadFaults,
    /// Why an upload without scripts was refused.
    pub upload_refusal: Option<Refusal>,
    /// Recovery codes to be shown once.
    pub(crate) recovery_codes: Vec<String>,
    /// The secret of an authenticator while it is being set up, in hexadecimal.
    pub(crate) totp_secret: String,
    /// Sign-ins at the identity service on their way, the newest first: people have several tabs.
    pub(crate) identity: Vec<IdentityMemo>,
    /// What was searched for, the newest last.
    pub(crate) searches: Vec<Search>,
    /// Slots that the session lends to a telephone, one entry each; what is over goes with the next.
    pub(crate) lent: Vec<Lent>,
    /// Of a clerk who fills in for somebody: the search that found them, to go back to.
    pub(crate) sought: Option<Search>,
}

/// Something that is proven by a code: a registration, a sign-in, a password on its way, another telephone. Its codes are
/// good for this process alone, and for what it is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Process {
    pub id: String,
    pub purpose: String,
    /// What a code of it is good for: a number, a number with a document, or an account.
    pub bound: String,
    /// Where the codes go. For a password it stands for the number on file, and is shown to nobody.
    pub mobile: String,
    /// Whose password; `None` when the number belongs to nobody, which nobody may notice.
    pub account: Option<AccountId>,
    pub has_sent: bool,
    pub proven_at: Option<DateTime<Utc>>,
    /// When the process before it was proven without which this one may not be.
    #[serde(default)]
    pub opened_at: Option<DateTime<Utc>>,
    /// Wrong codes so far.
    pub wrong: u32,
    /// Somebody reckons on it; the same sent again waits.
    pub claimed_at: Option<DateTime<Utc>>,
}

impl Process {
    /// Whether its code was given, ten minutes ago at most (ASVS 6.5.5).
    pub fn is_proven(&self, now: DateTime<Utc>) -> bool {
        self.proven_at.is_some_and(|at| is_recent(at, now, PROVEN))
    }
}

domain::shown!(Process { id, purpose });

/// What a process came to; `key` is a keyed hash of what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    pub key: Vec<u8>,
    pub go: String,
    pub at: DateTime<Utc>,
}

/// A sign-in at the identity service on its way.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IdentityMemo {
    pub attempt: Attempt,
    pub begun_at: DateTime<Utc>,
}

domain::shown!(IdentityMemo { begun_at });

/// How far a process has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its code was not given yet.
    Begun,
    /// Its code was given, ten minutes ago at most.
    Proven,
    /// Its code was given too long ago.
    Over,
}

/// What the session remembered when the head of the request arrived: good for showing, and for turning somebody away early.
/// It may be old, so it holds nothing that decides.
#[derive(Clone, Debug, Default)]
pub struct Glimpse {
    /// Forms posted without scripts, by name.
    pub flashes: BTreeMap<String, Flash>,
    /// Faults of uploads without scripts, by slot.
    pub upload_faults: UploadFaults,
    /// Why an upload without scripts was refused.
    pub upload_refusal: Option<Refusal>,
    /// Recovery codes to be shown.
    pub recovery_codes: Vec<String>,
    pub(super) searches: Vec<Search>,
    pub(super) lent: Vec<Lent>,
    process: Option<Process>,
    identity: Vec<IdentityMemo>,
}

impl Glimpse {
    /// How far a process of this kind has come, if one has begun.
    #[must_use]
    pub fn stage(&self, purpose: CodePurpose, now: DateTime<Utc>) -> Option<Stage> {
        self.of(purpose).map(|process| match process.proven_at {
            None => Stage::Begun,
            Some(_) if process.is_proven(now) => Stage::Proven,
            Some(_) => Stage::Over,
        })
    }

    /// How many searches it remembers.
    #[cfg(test)]
    pub(crate) fn searches(&self) -> usize {
        self.searches.len()
    }

    /// The number that the last code of this kind went to.
    #[must_use]
    pub fn code_went_to(&self, purpose: CodePurpose) -> Option<&str> {
        self.of(purpose).filter(|process| process.has_sent).map(|process| process.mobile.as_str())
    }

    /// The process whose codes may be looked at to tell how long to wait.
    pub(crate) fn process(&self, purpose: CodePurpose) -> Option<&str> {
        self.of(purpose).filter(|process| process.has_sent).map(|process| process.id.as_str())
    }

    /// The process that the session is in, whatever it is for.
    pub(crate) fn any_process(&self) -> Option<&Process> {
        self.process.as_ref()
    }

    pub(crate) fn may_have_begun(&self, is_own: impl Fn(&IdentityMemo) -> bool) -> bool {
        self.identity.iter().any(is_own)
    }

    fn of(&self, purpose: CodePurpose) -> Option<&Process> {
        self.process.as_ref().filter(|process| process.purpose == purpose.code())
    }
}

/// The memo as it is now, under the lock of its session, inside a write.
pub(crate) struct Kept {
    pub session: SessionRow,
    pub memo: Memo,
}

impl Kept {
    /// Reads the memo and makes every other write of this session wait.
    ///
    /// # Errors
    /// `Stale` when the session has ended; `Store`, `Broken`.
    pub async fn open(tx: &mut Tx, visit: &Visit) -> Result<Self, Failure> {
        let session = tx.lock_session(&visit.token.hash()).await?.ok_or(Failure::Stale)?;
        let memo = read(visit, &session)?;
        Ok(Self { session, memo })
    }

    /// Writes it back.
    ///
    /// # Errors
    /// `Stale` when the session has ended; `Store`, `Broken`.
    pub async fn save(&self, tx: &mut Tx, visit: &Visit) -> Result<(), Failure> {
        let sealed = seal_memo(visit, &self.session.id, &self.memo)?;
        Ok(tx.save_memo(&self.session.id, Some(&sealed)).await?)
    }
}

/// A memo for the row of a session.
pub(crate) fn seal_memo(visit: &Visit, session: &str, memo: &Memo) -> Result<Vec<u8>, Failure> {
    Ok(visit.services.vault.seal("session.memo", session, &serde_json::to_vec(memo)?))
}

pub(super) fn read(visit: &Visit, row: &SessionRow) -> Result<Memo, Failure> {
    match &row.memo_sealed {
        Some(sealed) => Ok(serde_json::from_slice(&visit.services.vault.open("session.memo", &row.id, sealed)?)?),
        None => Ok(Memo::default()),
    }
}

impl Visit {
    /// What the session remembered when the request arrived. Nothing may be decided on it.
    ///
    /// # Errors
    /// `Broken` when the memo cannot be opened.
    pub fn glimpse(&self) -> Result<Glimpse, Failure> {
        let memo = self.session.as_ref().map(|row| read(self, row)).transpose()?.unwrap_or_default();
        Ok(Glimpse {
            flashes: memo.flashes,
            upload_faults: memo.upload_faults,
            upload_refusal: memo.upload_refusal,
            recovery_codes: memo.recovery_codes,
            searches: memo.searches,
            lent: memo.lent,
            process: memo.process,
            identity: memo.identity,
        })
    }

    /// Changes what the session remembers, on the newest state.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn remember<T: Send + 'static>(&self, change: impl FnOnce(&mut Memo) -> T + Send + 'static) -> Result<T, Failure> {
        self.ensure_session().await?;
        let visit = self.clone();
        self.write(move |tx| Box::pin(async move { edit_memo(tx, &visit, change).await })).await
    }

    /// Keeps a form that was posted without scripts for its page to show again, the oldest of too many forgotten.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn keep_flash(&self, mut flash: Flash) -> Result<(), Failure> {
        trim(&mut flash, most_of_form(&self.actor));
        self.remember(move |memo| {
            memo.flashes.retain(|form, _| *form != flash.form);
            while memo.flashes.values().map(size).sum::<usize>() + size(&flash) > FLASHES {
                memo.flashes.pop_first();
            }
            memo.flashes.insert(flash.form.clone(), flash);
        })
        .await
    }

    /// The form that was posted without scripts, to be shown again; it is forgotten by this.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn take_flash(&self, form: &str) -> Result<Option<Flash>, Failure> {
        if let Some(typed) = self.typed.as_ref().filter(|typed| typed.form == form) {
            return Ok(Some(typed.clone()));
        }
        if !self.glimpse()?.flashes.contains_key(form) {
            return Ok(None);
        }
        let form = form.to_owned();
        self.remember(move |memo| memo.flashes.remove(&form)).await
    }
}

fn size(flash: &Flash) -> usize {
    flash.values.iter().map(|(field, value)| field.len() + value.len()).sum()
}

/// Makes a form no larger than may be kept of it, in bytes.
pub(super) fn trim(flash: &mut Flash, most: usize) {
    flash.values.retain(|field, value| field.len() + value.len() <= most);
    while size(flash) > most {
        flash.values.pop_last();
    }
}

/// Changes what the session remembers, in the transaction of what causes it.
///
/// # Errors
/// `Stale` when the session has ended; `Store`, `Broken`.
pub(crate) async fn edit_memo<T: Send>(
    tx: &mut Tx,
    visit: &Visit,
    change: impl FnOnce(&mut Memo) -> T + Send,
) -> Result<T, Failure> {
    let mut kept = Kept::open(tx, visit).await?;
    let result = change(&mut kept.memo);
    kept.save(tx, visit).await?;
    Ok(result)
}
