//! The decision: approval or return of the whole, with everything that follows from it in one transaction.

use domain::answer::Answer;
use domain::case::{Action, Member, Refusal, Seat, Status, Verdicts, decide_approve, decide_return};
use domain::correction::{CorrectForm, Credits};
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::review::forms::DecideForm;
use domain::text;
use serde_json::{Value, json};
use store::case::file::{CaseRow, Desk};
use store::{StoreError, Tx};

use super::hold::{after_decision, queue_path};
use super::judge::checked_reason;
use super::seats;
use crate::case::{Body, By, Decided, bureau_path, claim, find, is_own, line, may, moved_on, reviewer, version};
use crate::{Failure, Visit};

/// Approves or returns a case that is still as it was seen. Where several have to agree, all but the last approval are
/// opinions, after which the case waits for the next seat. The approval of the last and a return do what the kind says, and
/// tell the person. Where the province lets a decision be undone, all this waits for its time, and nobody is told before.
/// Then the next case is taken. Whoever is too late hears who decided, when and what.
///
/// # Errors
/// `RejectedItems`, `NothingRejected`, `SecondPersonNeeded`, `SelfReview`, faults at the items or at `reason`; `Staged`,
/// `DecidedByOther`, `HeldByOther`, `NotAllowedIn`, `NotYours`, `NotFound`, `Stale`.
pub async fn decide(visit: &Visit, form: &DecideForm) -> Result<Answer, Failure> {
    let action = match form.decision.as_str() {
        "approve" => Action::Approve,
        "return" => Action::Return,
        _ => return Err(FieldErrors::one("decision", Fault::NotInList).into()),
    };
    let given = Given { action, reason: text::tidy(&form.reason), amount: None };
    given.take(visit, (&form.case, &form.version)).await
}

/// 更正: approves a case and books another amount than was reckoned, with a reason that the person reads. For the rest it is an
/// approval as any other.
///
/// # Errors
/// Faults at `amount` and `reason`; `NotFound` where the kind books nothing; as [`decide`].
pub async fn correct(visit: &Visit, form: &CorrectForm) -> Result<Answer, Failure> {
    reviewer(visit)?;
    let mut errors = FieldErrors::default();
    let mut noted = |found: FieldErrors| errors.0.extend(found.0);
    let amount = form.amount().map_err(&mut noted).ok();
    let reason = checked_reason(&form.reason).map_err(&mut noted).unwrap_or_default();
    let given = errors.or(Given { action: Action::Approve, reason, amount })?;
    given.take(visit, (&form.case, &form.version)).await
}

/// What a reviewer asks for.
struct Given {
    action: Action,
    reason: String,
    amount: Option<Credits>,
}

impl Given {
    async fn take(self, visit: &Visit, (case, version): (&str, &str)) -> Result<Answer, Failure> {
        decided(visit, self, &CaseId::from(case), self::version(version)?).await
    }
}

async fn decided(visit: &Visit, given: Given, case: &CaseId, seen: i64) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let Given { action, reason, amount } = given;
    let mut reader = visit.services.db.read().await?;
    let (row, role) = find(&mut reader, visit, case).await?;
    may(visit, &CaseRow { status: Status::Submitted, ..row.clone() }, role, action)?;
    if row.version != seen {
        return Err(moved_on(&mut reader, &row).await?);
    }
    may(visit, &row, role, action)?;
    let round = reader.list_submissions(&row.id).await?.pop().ok_or(Failure::Stale)?;
    drop(reader);
    let id = row.id.clone();
    let decision = Decision {
        visit: visit.clone(),
        who: who.clone(),
        action,
        seen,
        reason,
        amount,
        body: visit.services.kinds.of(row.kind).open(&visit.services, &row.id, &round)?,
    };
    let undo = visit.province.profile.review.undo();
    let decided = visit.write(move |tx| {
        Box::pin(async move {
            match undo {
                Some(undo) => decision.stage(tx, &row.id, undo).await,
                None => decision.make(tx, &row.id).await,
            }
        })
    });
    decided.await?;
    visit.services.outbox.notify_one();
    let answer = after_decision(visit, &who, &id).await;
    // The list looks for what can be taken back only where it is said to.
    let go = answer.go.map(|go| if undo.is_some() && go == queue_path(visit) { format!("{go}?undo=1") } else { go });
    Ok(Answer { go, ..answer })
}

/// A decision as it was given.
pub(super) struct Decision {
    pub visit: Visit,
    pub who: Member,
    pub action: Action,
    /// Version of the case.
    pub seen: i64,
    /// The overall reason of a return, or of a corrected amount.
    pub reason: String,
    /// What is booked in the place of what is reckoned.
    pub amount: Option<Credits>,
    pub body: Box<dyn Body>,
}

/// The verdicts of the round.
pub(super) async fn verdicts(tx: &mut Tx, row: &CaseRow) -> Result<Verdicts, Failure> {
    let verdicts = tx.list_verdicts(&row.id).await?.into_iter().filter(|verdict| verdict.round == row.round);
    Ok(verdicts.map(|row| super::pieces::verdict(&row)).collect())
}

impl Decision {
    /// The case, locked for whoever decides it. Nobody decides on what gives something to themselves.
    pub(super) async fn claim(&self, tx: &mut Tx, case: &CaseId) -> Result<CaseRow, Failure> {
        let row = claim(tx, &self.visit, &self.who, case, self.action, Some(self.seen)).await?;
        if is_own(tx, &row, &*self.body, &self.who).await? {
            return Err(Refusal::SelfReview.into());
        }
        Ok(row)
    }

    /// Everything that follows from it.
    pub async fn make(&self, tx: &mut Tx, case: &CaseId) -> Result<(), Failure> {
        let row = self.claim(tx, case).await?;
        self.body.line_up(tx, &row).await?;
        // As it is now, and stays until this is done: the person may be changing it in this moment.
        let account = tx.lock_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("a case without account".into()))?;
        let verdicts = verdicts(tx, &row).await?;
        let Self { visit, who, reason, amount, .. } = self;
        let decided = Decided { visit, who, row: &row, account: &account, verdicts: &verdicts, reason, amount: *amount };
        let (action, more) = match self.action {
            Action::Approve => self.agree(tx, &decided).await?,
            _ => (Action::Return, self.give_back(tx, &decided).await?),
        };
        let mut detail = json!({ "round": row.round, "seat": row.seat });
        if let (Value::Object(detail), Value::Object(more)) = (&mut detail, more) {
            detail.extend(more);
        }
        Ok(tx.audit(&visit.entry(action.code(), "case", case.as_str(), detail)).await?)
    }

    async fn agree(&self, tx: &mut Tx, of: &Decided<'_>) -> Result<(Action, Value), Failure> {
        seats::is_free(tx, of.row, of.who).await?;
        seats::is_ripe(tx, of.visit, of.row).await?;
        decide_approve(of.verdicts)?;
        let (rules, seat) = (of.visit.kind_rules(of.row.kind), usize::try_from(of.row.seat).unwrap_or(0));
        let note = self.note(tx, of.row).await?;
        if !rules.is_last(seat) {
            return Ok((Action::Endorse, self.hand_on(tx, of).await?));
        }
        self.move_case(tx, of, Status::Approved, &note).await?;
        Ok((Action::Approve, self.body.approve(tx, of).await?))
    }

    /// Whether the amount may be booked as things are now, and what the timeline says of it; nothing where none was given. Only
    /// whoever decides last books anything.
    pub(super) async fn note(&self, tx: &mut Tx, row: &CaseRow) -> Result<String, Failure> {
        let Some(amount) = self.amount else { return Ok(String::new()) };
        let seat = usize::try_from(row.seat).unwrap_or(0);
        let is_last = self.visit.kind_rules(row.kind).is_last(seat);
        let of = self.body.correctable(tx, (&self.visit, row)).await?.filter(|_| is_last).ok_or(Failure::NotFound)?;
        of.permits(amount).map_err(FieldErrors::from)?;
        Ok(of.note(amount, &self.reason))
    }

    /// The next seat's turn: at the same bureau, or at the one that the application names.
    async fn hand_on(&self, tx: &mut Tx, of: &Decided<'_>) -> Result<Value, Failure> {
        let (row, seats) = (of.row, of.visit.kind_rules(of.row.kind).seats);
        let seat = row.seat + 1;
        let is_next = usize::try_from(seat).ok().and_then(|seat| seats.get(seat)) == Some(&Seat::Next);
        let named = if is_next { self.body.next_bureau() } else { row.bureau.as_ref() };
        // An application must not go where nobody would see it.
        let bureau = named.filter(|code| of.visit.province.bureaus.get(code).is_some()).ok_or(Refusal::NoBureau)?;
        let path = bureau_path(&of.visit.province.bureaus, bureau);
        let event = line(&of.visit.services, row, Action::Endorse, By::staff(of.who), "")?;
        let desk = Desk { bureau, bureau_path: &path, seat };
        self.or_moved_on(tx.hand_on_case(row, &desk, of.visit.now()).await, tx, row).await?;
        tx.add_event(&event).await?;
        if let Some(own) = row.bureau.as_ref().filter(|own| *own != bureau) {
            tx.add_former_desk((&row.province, own), &row.id, of.visit.now()).await?;
        }
        let due_on = self.body.next_due_on(of.visit);
        if let Some(due_on) = due_on {
            tx.renew_due(&row.id, due_on).await?;
        }
        self.body.handed_on(tx, of, due_on).await?;
        Ok(json!({ "to": bureau }))
    }

    async fn give_back(&self, tx: &mut Tx, of: &Decided<'_>) -> Result<Value, Failure> {
        decide_return(of.verdicts, of.visit.line(of.row.kind).returns, of.reason)?;
        self.move_case(tx, of, Status::Returned, of.reason).await?;
        self.body.give_back(tx, of).await
    }

    /// Moves the case and notes it in the timeline.
    async fn move_case(&self, tx: &mut Tx, of: &Decided<'_>, to: Status, note: &str) -> Result<(), Failure> {
        let event = line(&of.visit.services, of.row, self.action, By::staff(of.who), note)?;
        self.or_moved_on(tx.move_case(of.row, to, Some(&of.who.id), of.visit.now()).await, tx, of.row).await?;
        Ok(tx.add_event(&event).await?)
    }

    /// Whoever was too late hears who was faster.
    async fn or_moved_on(&self, done: Result<(), StoreError>, tx: &mut Tx, row: &CaseRow) -> Result<(), Failure> {
        match done {
            Err(StoreError::Stale { .. }) => {
                let (row, _) = find(tx, &self.visit, &row.id).await?;
                Err(moved_on(tx, &row).await?)
            }
            done => Ok(done?),
        }
    }
}
