//! Writes of somebody: each looks the session up again before it does anything.

use chrono::{DateTime, Utc};
use domain::case::{CaseKind, Refusal};
use futures::future::BoxFuture;
use store::Tx;
use store::case::begun::Begun;
use store::session::SessionRow;

use super::Visit;
use super::acting::stands;
use crate::Failure;

impl Visit {
    /// Does work inside a transaction, as `Db::write` does, once the session has been looked up again: whoever was signed out,
    /// reset or idled out since the head of the request arrived writes nothing.
    ///
    /// # Errors
    /// `SignInAgain` when the session of somebody who had signed in has ended, `ActingOver` for that of a clerk who filled in for
    /// somebody; whatever `work` answers; `Store`.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Failure>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, Failure>> + Send + 'static,
        T: Send + 'static,
    {
        let (signed_in, services) = (self.signed_in(), self.services.clone());
        let write = self.services.db.write(move |tx| {
            Box::pin(async move {
                if let Some(row) = signed_in {
                    let now = tx.find_session_of_id(&row.id).await?;
                    still_here(tx, now, &row, services.now()).await?;
                }
                work(tx).await
            })
        });
        write.await
    }

    /// [`Self::write`] for a save of the form of a kind of case, with what each begins with: read together with the session.
    ///
    /// # Errors
    /// Those of [`Self::write`] and of [`Self::filling_in`].
    pub(crate) async fn write_form<T, F>(&self, kind: CaseKind, work: F) -> Result<T, Failure>
    where
        F: for<'t> FnOnce(&'t mut Tx, Begun) -> BoxFuture<'t, Result<T, Failure>> + Send + 'static,
        T: Send + 'static,
    {
        let (signed_in, services, account) = (self.signed_in(), self.services.clone(), self.filling_in()?.clone());
        let write = self.services.db.write(move |tx| {
            Box::pin(async move {
                let session = signed_in.as_ref().map_or("", |row| row.id.as_str());
                let mut begun = tx.begin_form(session, &account, kind).await?;
                if let Some(row) = signed_in {
                    still_here(tx, begun.session.take(), &row, services.now()).await?;
                }
                work(tx, begun).await
            })
        });
        write.await
    }

    fn signed_in(&self) -> Option<SessionRow> {
        self.session.clone().filter(|row| row.account_id.is_some() || row.staff_id.is_some())
    }
}

/// That a session, as it is `now`, still serves the one who came with it `then`.
async fn still_here(tx: &mut Tx, now: Option<SessionRow>, then: &SessionRow, at: DateTime<Utc>) -> Result<(), Failure> {
    let is_here = match now.filter(|now| is_same_person(now, then)) {
        Some(now) => stands(tx, &now, at).await?,
        None => false,
    };
    let over = if then.is_acting() { Refusal::ActingOver } else { Refusal::SignInAgain };
    Ok(is_here.then_some(()).ok_or(over)?)
}

fn is_same_person(now: &SessionRow, then: &SessionRow) -> bool {
    (&now.account_id, &now.staff_id, now.is_second_factor_done) == (&then.account_id, &then.staff_id, then.is_second_factor_done)
}
