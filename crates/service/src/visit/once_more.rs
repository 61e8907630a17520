//! A sign-in whose answer was lost: whoever sends the same again gets the same answer, under a fresh token.

use chrono::Duration;
use serde::Serialize;
use serde_json::json;
use store::session::SessionRow;
use store::{StoreError, Tx};

use super::Visit;
use super::memo::Kept;
use crate::{Entered, Failure, Token};

/// How long the same gets the same answer.
pub(crate) const REMEMBERED: Duration = Duration::minutes(2);

/// What was sent to sign in, as a keyed hash.
#[derive(Clone)]
pub(crate) struct Sent(Vec<u8>);

impl Sent {
    /// Notes by what a session was made, and where it leads.
    ///
    /// # Errors
    /// `StoreError`.
    pub(super) async fn note(&self, tx: &mut Tx, visit: &Visit, session: &str, go: &str) -> Result<(), StoreError> {
        tx.note_entered(session, &visit.token.hash(), &self.0, go).await
    }
}

impl Visit {
    /// What is sent now; `way` keeps forms apart that look the same.
    ///
    /// # Errors
    /// `Broken` for a form that cannot be written.
    pub(crate) fn sent(&self, way: &str, form: &impl Serialize) -> Result<Sent, Failure> {
        let text = format!("{way}|{}|{}", self.province_key(), serde_json::to_string(form)?);
        Ok(Sent(self.services.vault.keyed_hash("entered", &text)))
    }

    /// Answers a repetition: the session that this browser's token was replaced by for the same, within two minutes and as
    /// long as nobody has used it, gets a fresh token. `None` for everything else.
    ///
    /// # Errors
    /// `Store`.
    pub(crate) async fn once_more(&self, sent: &Sent) -> Result<Option<Entered>, Failure> {
        let (from, now) = (self.token.hash(), self.now());
        if self.services.db.read().await?.find_entered(&from, &sent.0, (now - REMEMBERED, now)).await?.is_none() {
            return Ok(None);
        }
        let (job, sent) = (self.clone(), sent.clone());
        let again = self.services.db.write(move |tx| Box::pin(async move { job.enter_again(tx, &sent).await }));
        match again.await {
            Err(Failure::Stale) => Ok(None),
            other => other,
        }
    }

    /// The same inside a write: of two that came at once the second finds the first, once the own session is locked.
    ///
    /// # Errors
    /// `Stale` where the session has ended, `Store`.
    pub(crate) async fn once_more_in(&self, tx: &mut Tx, sent: &Sent) -> Result<Option<Entered>, Failure> {
        Kept::open(tx, self).await?;
        self.enter_again(tx, sent).await
    }

    async fn enter_again(&self, tx: &mut Tx, sent: &Sent) -> Result<Option<Entered>, Failure> {
        let (now, token) = (self.now(), Token::new(&self.services));
        let Some(row) = tx.find_entered(&self.token.hash(), &sent.0, (now - REMEMBERED, now)).await? else { return Ok(None) };
        tx.renew_token(&row.id, &token.hash()).await?;
        tx.audit(&self.entry("enter_again", "session", &row.id, json!({}))).await?;
        Ok(Some(Entered { go: row.entered_to, token }))
    }
}

/// Replaces the session of a browser by another with a new token, so that a planted one is worth nothing, and remembers by
/// what, for whoever never gets the answer.
///
/// # Errors
/// `StoreError`.
pub(crate) async fn replace_session(
    tx: &mut Tx,
    visit: &Visit,
    sent: &Sent,
    (token, new): (Token, SessionRow),
    go: String,
) -> Result<Entered, StoreError> {
    if let Some(old) = &visit.session {
        tx.delete_session(&old.id).await?;
    }
    tx.insert_session(&new).await?;
    sent.note(tx, visit, &new.id, &go).await?;
    Ok(Entered { go, token })
}
