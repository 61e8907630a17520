//! 手机号更换: two persons of the bureau agree one after the other; what they approved takes effect after the time to object.

use chrono::Duration;
use domain::identity::mask;
use domain::province::ReturnMode;
use domain::review::view::DoubleView;
use domain::review::{Action, CaseKind, Refusal, Status, Verdicts, after, decide_return};
use serde_json::{Value, json};
use store::review::case::CaseRow;
use store::review::round::{EventRow, SubmissionRow};
use store::{Reader, StoreError, Tx};

use super::access::{Reviewer, bureau_name, claim, find, moved_on};
use crate::account::{PhoneChangeBody, phone_change_rules, text_to};
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// The first opinion that stands: of this round, and of the bureau that has the case now.
pub(super) fn first_opinion<'a>(row: &CaseRow, events: &'a [EventRow]) -> Option<&'a EventRow> {
    let of_round = events.iter().rev().filter(|event| event.round == row.round);
    let mut since_forward = of_round.take_while(|event| event.action != Action::Forward.code());
    since_forward.find(|event| event.action == Action::Endorse.code())
}

/// Whether this reviewer has agreed to the case already, so that it waits for somebody else.
pub(super) async fn has_agreed(reader: &mut Reader, row: &CaseRow, who: &Reviewer) -> Result<bool, Failure> {
    if row.kind == CaseKind::Intake {
        return Ok(false);
    }
    let events = reader.list_events(&row.id).await?;
    Ok(first_opinion(row, &events).is_some_and(|first| first.actor_id == who.id))
}

/// What the page of such a case says about its two persons; `None` for other kinds.
pub(super) async fn view(reader: &mut Reader, row: &CaseRow, who: &Reviewer) -> Result<Option<DoubleView>, Failure> {
    if row.kind == CaseKind::Intake {
        return Ok(None);
    }
    let events = reader.list_events(&row.id).await?;
    let first = first_opinion(row, &events);
    let change = reader.find_phone_change(&row.id).await?.filter(|change| change.settled_at.is_none());
    Ok(Some(DoubleView {
        is_mine: first.is_some_and(|first| first.actor_id == who.id),
        first: first.map(|first| first.actor_name.clone()),
        effective_at: change.and_then(|change| change.effective_at),
    }))
}

/// A decision on a case that two persons decide.
pub(super) struct DoubleDecision {
    pub visit: Visit,
    pub who: Reviewer,
    pub action: Action,
    pub seen: i64,
    pub reason: String,
    pub submission: SubmissionRow,
}

impl DoubleDecision {
    pub async fn make(&self, tx: &mut Tx, case: &str) -> Result<(), Failure> {
        let row = claim(tx, &self.visit, &self.who, case, self.action, Some(self.seen)).await?;
        let body = PhoneChangeBody::open(&self.visit.services, case, &self.submission)?;
        let events = tx.list_events(case).await?;
        let (action, detail) = match (self.action, first_opinion(&row, &events)) {
            (Action::Return, _) => (Action::Return, self.give_back(tx, &row, &body).await?),
            (_, None) => (Action::Endorse, self.endorse(tx, &row).await?),
            (_, Some(first)) if first.actor_id == self.who.id => return Err(Refusal::SecondPersonNeeded.into()),
            (_, Some(first)) => (Action::Approve, self.approve(tx, &row, &body, &first.actor_id).await?),
        };
        Ok(tx.audit(&self.visit.entry(action.code(), "case", case, detail)).await?)
    }

    async fn endorse(&self, tx: &mut Tx, row: &CaseRow) -> Result<Value, Failure> {
        self.move_by(tx, row, Action::Endorse, "").await?;
        Ok(json!({ "round": row.round }))
    }

    async fn approve(&self, tx: &mut Tx, row: &CaseRow, body: &PhoneChangeBody, first: &str) -> Result<Value, Failure> {
        let hours = phone_change_rules(&self.visit)?.cool_off_hours;
        let at = self.visit.now() + Duration::hours(hours.into());
        self.move_by(tx, row, Action::Approve, "").await?;
        tx.schedule_phone_change(&row.id, at).await?;
        let when = (at + Duration::hours(8)).format("%-m月%-d日 %H:%M");
        let new = mask::mobile(&body.new_mobile);
        let text = format!("手机号更换申请已审核通过，将于{when}生效，之后请使用本号码登录。");
        self.tell_new(tx, row, body, ("phone_change_approved", &text)).await?;
        let text = format!("您账号的手机号将于{when}更换为 {new}；如非本人操作，请在此之前打开 {} 提出异议。", body.link);
        let told = format!("您账号的手机号将于{when}更换为 {new}。如非本人操作，请在此之前打开短信中的链接提出异议。");
        self.tell_owner(tx, row, ("手机号更换申请审核通过", &told), Some(("phone_change_soon", text))).await?;
        Ok(json!({ "round": row.round, "first": first, "cool_off_hours": hours }))
    }

    async fn give_back(&self, tx: &mut Tx, row: &CaseRow, body: &PhoneChangeBody) -> Result<Value, Failure> {
        decide_return(&Verdicts::default(), ReturnMode::Whole, &self.reason)?;
        self.move_by(tx, row, Action::Return, &self.reason).await?;
        let bureau = bureau_name(&self.visit.province, &row.bureau);
        let reason = super::news::short(&self.reason);
        let text = format!("手机号更换申请没有通过{bureau}的审核：{reason}您可以改正后重新申请。");
        self.tell_new(tx, row, body, ("phone_change_returned", &text)).await?;
        let told = format!("手机号更换申请没有通过{bureau}的审核，您账号的手机号没有更改。\n审核说明：{}", self.reason);
        self.tell_owner(tx, row, ("手机号更换申请已退回", &told), None).await?;
        Ok(json!({ "round": row.round }))
    }

    /// Does what the case machine says, if the case is still as it was seen.
    async fn move_by(&self, tx: &mut Tx, row: &CaseRow, action: Action, note: &str) -> Result<(), Failure> {
        let to = after(row.status, action).ok_or(Refusal::NotAllowedIn { status: row.status, action })?;
        let decided_by = (to != Status::Submitted).then_some(self.who.id.as_str());
        let now = self.visit.now();
        match tx.move_case(row, to, decided_by, now).await {
            Err(StoreError::Stale { .. }) => {
                let (row, _) = find(tx, &self.visit, &row.id).await?;
                return Err(moved_on(tx, &row).await?);
            }
            done => done?,
        }
        let event = EventRow {
            id: self.visit.services.ids.id(),
            case_id: row.id.clone(),
            round: row.round,
            action: action.code().to_owned(),
            status_before: row.status.code().to_owned(),
            status_after: to.code().to_owned(),
            actor_kind: "staff".to_owned(),
            actor_id: self.who.id.clone(),
            actor_name: self.who.name.clone(),
            note: note.to_owned(),
            at: now,
        };
        Ok(tx.add_event(&event).await?)
    }

    async fn tell_new(&self, tx: &mut Tx, row: &CaseRow, body: &PhoneChangeBody, told: (&str, &str)) -> Result<(), Failure> {
        let key = format!("{}:{}:{}", told.0, row.id, row.version);
        text_to(tx, &self.visit.services, &row.province, &body.new_mobile, told, key).await
    }

    async fn tell_owner(
        &self,
        tx: &mut Tx,
        row: &CaseRow,
        (title, body): (&str, &str),
        sms: Option<(&str, String)>,
    ) -> Result<(), Failure> {
        let account = tx.find_account(&row.account_id).await?;
        let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
        let key = format!("phone_change_owner:{}:{}", row.id, row.version);
        tell(tx, &self.visit.services, &account, News { case: Some(&row.id), title, body, sms, dedupe_key: &key }).await
    }
}
