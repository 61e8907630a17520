//! The present password, which is asked for before something of the own account changes, and its change. One way for
//! accountants and for the staff; wrong guesses are counted.

use std::future::Future;

use domain::account::password::PasswordPolicy;
use domain::account::settings::ChangePasswordForm;
use domain::answer::Answer;
use domain::fault::Fault;
use serde_json::{Value, json};
use store::Tx;

use super::{led, repeated};
use crate::account::sign_in::{admit, give_back};
use crate::account::{Judged, path};
use crate::visit::{Done, Kept};
use crate::{Failure, Limit, Visit, wrong};

/// A present password, and what is counted, said and written when another one was typed.
pub(crate) struct Present {
    /// Whose it is, for the audit trail: `account` or `staff`, and the id.
    pub of: (&'static str, String),
    /// Its hash, as it was read.
    pub hash: String,
    /// Where wrong ones are counted.
    pub bucket: String,
    /// How many there may be.
    pub guesses: Limit,
    /// What is said of a wrong one.
    pub fault: Fault,
    /// What a wrong one is called in the audit trail.
    pub failed: &'static str,
}

impl Present {
    /// Compares what was typed: `None` when it is wrong, else what comes of `then`. What could not be judged is not counted.
    ///
    /// # Errors
    /// `Locked` after five wrong ones, `TooOften`, `Busy`, `Store`, and those of `then`.
    pub async fn opens<T>(
        &self,
        visit: &Visit,
        typed: &str,
        then: impl Future<Output = Result<T, Failure>>,
    ) -> Result<Option<T>, Failure> {
        let tickets = admit(visit, None, "settings:address", vec![(self.bucket.clone(), self.guesses)]).await?;
        let judged = async {
            match visit.services.gate.verify(typed.to_owned(), self.hash.clone()).await? {
                true => Ok(Some(then.await?)),
                false => Ok(None),
            }
        };
        let judged = judged.await;
        if judged.is_err() {
            give_back(visit, tickets).await?;
        }
        judged
    }

    /// Writes down that it was wrong, and says what is left of the guesses.
    ///
    /// # Errors
    /// `Store`.
    pub async fn refuse<T>(&self, tx: &mut Tx, visit: &Visit) -> Judged<T> {
        self.audit(tx, visit, self.failed, json!({})).await?;
        Ok(Err(wrong(tx, ("old_password", self.fault.clone()), (&self.bucket, self.guesses), visit.now()).await?))
    }

    /// Writes down what was done with it.
    ///
    /// # Errors
    /// `Store`.
    pub async fn audit(&self, tx: &mut Tx, visit: &Visit, action: &'static str, detail: Value) -> Result<(), Failure> {
        Ok(tx.audit(&visit.entry(action, self.of.0, &self.of.1, detail)).await?)
    }
}

/// Somebody whose password is changed.
pub(crate) trait Owner: Send + Sync + 'static {
    /// What a change is called in the audit trail.
    const CHANGED: &'static str;
    /// The page of the settings, below the province.
    const SETTINGS: &'static str;

    /// The password that is asked for.
    fn present(&self, visit: &Visit) -> Present;

    /// Saves the new hash, ends the sessions elsewhere and tells the owner; answers how many ended.
    ///
    /// # Errors
    /// `Stale` when the password is no longer the one that was compared, `Store`, `Broken`.
    fn replace(&self, tx: &mut Tx, visit: &Visit, hash: &str) -> impl Future<Output = Result<u64, Failure>> + Send;
}

/// Replaces the password of its owner by another, by the present one; none of `personal` may stand in it.
///
/// # Errors
/// `Invalid`, `Locked` after five wrong ones, `TooOften`, `Busy`, `Stale` when it was changed elsewhere meanwhile, `Store`.
pub(crate) async fn replace<O: Owner>(
    visit: &Visit,
    owner: O,
    form: &ChangePasswordForm,
    (policy, personal): (&PasswordPolicy, &[&str]),
) -> Result<Answer, Failure> {
    let (present, services) = (owner.present(visit), &visit.services);
    let key = services.vault.keyed_hash("password", &format!("{}|{}", present.of.1, serde_json::to_string(form)?));
    if let Some(go) = repeated(visit, &key).await? {
        return Ok(Answer::go(go));
    }
    let asked = form.check(policy, personal)?;
    let hash = async { Ok(services.gate.hash(asked.password).await?) };
    let hash = present.opens(visit, &asked.old_password, hash).await?;
    let go = path(visit, &format!("{}?done=password", O::SETTINGS));
    let (job, done) = (visit.clone(), Done { key, go: go.clone(), at: visit.now() });
    let changed = visit.write(move |tx| {
        Box::pin(async move {
            match hash {
                Some(hash) => change(tx, &job, (&owner, &present), &hash, done).await.map(Ok),
                None => present.refuse(tx, &job).await,
            }
        })
    });
    changed.await??;
    services.outbox.notify_one();
    Ok(Answer::go(go))
}

async fn change<O: Owner>(
    tx: &mut Tx,
    visit: &Visit,
    (owner, present): (&O, &Present),
    hash: &str,
    done: Done,
) -> Result<(), Failure> {
    let mut kept = Kept::open(tx, visit).await?;
    if led(&kept, &done.key, visit).is_some() {
        return Ok(());
    }
    kept.memo.done = Some(done);
    kept.save(tx, visit).await?;
    let ended = owner.replace(tx, visit, hash).await?;
    tx.clear_rate(&present.bucket).await?;
    present.audit(tx, visit, O::CHANGED, json!({ "sessions_ended": ended })).await
}
