//! 窗口代为填写 (docs/adr/0031): a session in which a clerk fills in for a person, beside their own, and only as long as that one.

use chrono::{DateTime, Utc};
use domain::case::{Actor, Refusal, StaffRole};
use domain::id::AccountId;
use serde_json::{Value, json};
use store::session::SessionRow;
use store::{Reader, Tx};

use super::arrival::is_alive;
use super::memo::{Kept, Memo, read, seal_memo};
use super::once_more::Sent;
use super::{Visit, take_left};
use crate::{Entered, Failure, Token};

/// Whether a session serves the one who comes with it, on what is stored. That of a clerk who fills in for somebody does while the
/// session stands by which it was opened, with the same clerk and both factors, and while they are employed as a reviewer.
///
/// # Errors
/// `Store`.
pub(super) async fn stands(reader: &mut Reader, row: &SessionRow, now: DateTime<Utc>) -> Result<bool, Failure> {
    if !row.is_acting() || !is_alive(row, now) {
        return Ok(is_alive(row, now));
    }
    let (Some(opener), Some(staff)) = (&row.opened_by, &row.staff_id) else { return Ok(false) };
    let opener = reader.find_session_of_id(opener).await?;
    let is_open = opener.is_some_and(|opener| {
        let is_staff = opener.account_id.is_none() && opener.staff_id == row.staff_id;
        is_staff && opener.is_second_factor_done && is_alive(&opener, now)
    });
    if !is_open {
        return Ok(false);
    }
    let staff = reader.find_staff(staff).await?;
    Ok(staff.is_some_and(|staff| staff.is_active && StaffRole::from_code(&staff.role) == Some(StaffRole::Reviewer)))
}

/// Opens a session in which the clerk who is asking fills in for an account, in place of one that they opened before. It leads
/// to `go`, or to the page of what was left when such a session ended too early; `search` is the token by which the account was found.
///
/// # Errors
/// `SignInAgain` for everybody but the staff, `Stale`, `Store`, `Broken`.
pub(crate) async fn open_acting(
    tx: &mut Tx,
    visit: &Visit,
    account: &AccountId,
    (sent, search): (&Sent, &str),
    go: String,
) -> Result<Entered, Failure> {
    let Actor::Staff { member, .. } = &visit.actor else { return Err(Refusal::SignInAgain.into()) };
    // The own session first, as whoever ends it takes hold of it before those that it opened.
    let own = Kept::open(tx, visit).await?;
    tx.end_opened_sessions(&own.session.id).await?;
    let token = Token::new(&visit.services);
    let opened_by = Some(own.session.id.clone());
    let mut new = SessionRow { opened_by, ..visit.new_session(&token, Some(account), Some(&member.id)) };
    let (memo, go) = take_left(tx, visit, &new).await?.unwrap_or((Memo::default(), go));
    let memo = Memo { sought: own.memo.search(search), ..memo };
    new.memo_sealed = Some(seal_memo(visit, &new.id, &memo)?);
    tx.insert_session(&new).await?;
    sent.note(tx, visit, &new.id, &go).await?;
    Ok(Entered { go, token })
}

impl Visit {
    /// The account that is filled in for: by the person, or by a clerk at the counter.
    ///
    /// # Errors
    /// `ActingOver` for a clerk who does so no longer, `SignInAgain` for everybody else.
    pub fn filling_in(&self) -> Result<&AccountId, Failure> {
        match &self.actor {
            Actor::Accountant { account, .. } | Actor::Acting { account, .. } => Ok(account),
            Actor::Visitor { .. } | Actor::Staff { .. } | Actor::Machine(_) => Err(self.nobody()),
        }
    }

    /// Whether a clerk fills in for somebody.
    pub(crate) fn is_acting(&self) -> bool {
        matches!(self.actor, Actor::Acting { .. })
    }

    /// What somebody hears who is not signed in.
    pub(super) fn nobody(&self) -> Failure {
        let was_acting = self.over.as_ref().or(self.session.as_ref()).is_some_and(SessionRow::is_acting);
        if was_acting { Refusal::ActingOver.into() } else { Refusal::SignInAgain.into() }
    }

    /// What the audit trail notes, with the account that a clerk fills in for.
    pub(super) fn with_person(&self, mut detail: Value) -> Value {
        if let (Actor::Acting { account, .. }, Value::Object(detail)) = (&self.actor, &mut detail) {
            detail.insert("filled_in_for".into(), json!(account));
        }
        detail
    }

    /// 结束代为填写: ends the session of a clerk who fills in for somebody, and keeps the search that found them from getting too old.
    /// Answers its token; empty for none. Ending what is over changes nothing.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub(crate) async fn end_acting(&self) -> Result<String, Failure> {
        let row = self.session.as_ref().or(self.over.as_ref()).filter(|row| row.is_acting()).cloned();
        let Some(row) = row else { return Ok(String::new()) };
        let sought = read(self, &row)?.sought;
        let token = sought.as_ref().map(|search| search.token().to_owned()).unwrap_or_default();
        let Actor::Acting { account, .. } = &self.actor else { return Ok(token) };
        let entry = self.entry("end_filling_in", "account", account.as_str(), json!({}));
        let job = self.clone();
        let write = self.services.db.write(move |tx| {
            Box::pin(async move {
                let Some(opener) = &row.opened_by else { return Ok(()) };
                // Gone with whatever it opened.
                let Some(opener) = tx.find_session_of_id(opener).await? else { return Ok(()) };
                let Some(opener) = tx.lock_session(&opener.token_hash).await? else { return Ok(()) };
                if tx.end_opened_session(&row.id).await? == 0 {
                    return Ok(());
                }
                let mut memo = read(&job, &opener)?;
                memo.keep_search(sought, job.now());
                tx.save_memo(&opener.id, Some(&seal_memo(&job, &opener.id, &memo)?)).await?;
                Ok::<_, Failure>(tx.audit(&entry).await?)
            })
        });
        write.await?;
        Ok(token)
    }
}
