//! Who is asking, by the row of their session, and how the audit trail names them.

use std::sync::Arc;

use domain::case::{Actor, Member, Refusal, StaffRole};
use domain::id::AccountId;
use domain::province::Province;
use store::account::AccountRow;
use store::audit::Entry;
use store::session::SessionRow;
use store::staff::StaffRow;

use super::{Role, Slip, Token, Visit};
use crate::{Failure, Services};

impl Visit {
    pub(super) fn actor_of(&self, row: &SessionRow) -> Result<Actor, Failure> {
        let session = row.id.clone();
        if let Some(account) = row.account_id.clone().filter(|_| !row.is_acting()) {
            return Ok(Actor::Accountant { account, province: row.province.clone(), session });
        }
        let actor = self.member(session, row.is_second_factor_done)?;
        Ok(match (row.account_id.clone(), actor) {
            (Some(account), Actor::Staff { member, session }) => Actor::Acting { account, member, session },
            (_, actor) => actor,
        })
    }

    fn member(&self, session: String, is_second_factor_done: bool) -> Result<Actor, Failure> {
        let Some(staff) = self.staff.clone() else { return Ok(Actor::Visitor { session }) };
        let role = StaffRole::from_code(&staff.role).ok_or_else(|| Failure::Broken("role of a staff member".into()))?;
        let StaffRow { id, name, province, bureau, .. } = staff;
        let member = Member { id, name, province, bureau, role, is_second_factor_done };
        Ok(Actor::Staff { member, session })
    }

    /// The same visit as the account that is signing in.
    pub(crate) fn as_account(&self, account: &AccountRow) -> Self {
        let session = String::new();
        let actor = Actor::Accountant { account: account.id.clone(), province: account.province.clone(), session };
        Self { actor, ..self.clone() }
    }

    /// The same for a timer that does what a member of the staff asked for before, with the second factor.
    ///
    /// # Errors
    /// `SignInAgain` when their account was disabled since; `Broken` for a role that there is not.
    pub(crate) fn of_staff(
        services: &Services,
        province: Arc<Province>,
        staff: StaffRow,
        request_id: String,
    ) -> Result<Self, Failure> {
        if !staff.is_active {
            return Err(Refusal::SignInAgain.into());
        }
        let mut visit = Self {
            services: services.clone(),
            role: Role::Staff,
            province,
            actor: Actor::Visitor { session: String::new() },
            token: Token::new(services),
            session: None,
            over: None,
            staff: Some(staff),
            address: String::new(),
            request_id,
            slip: Slip::default(),
            typed: None,
            wanted: None,
        };
        visit.actor = visit.member(String::new(), true)?;
        Ok(visit)
    }

    /// The account of the accountant who is asking. Whoever fills in for them at a counter is not them.
    ///
    /// # Errors
    /// `NotWhileActing` for a clerk who fills in for somebody, `ActingOver` where that is over, `SignInAgain` for everybody else.
    pub fn account(&self) -> Result<&AccountId, Failure> {
        match &self.actor {
            Actor::Accountant { account, .. } => Ok(account),
            Actor::Acting { .. } => Err(Refusal::NotWhileActing.into()),
            Actor::Visitor { .. } | Actor::Staff { .. } | Actor::Machine(_) => Err(self.nobody()),
        }
    }

    /// An audit entry of whoever is asking. `detail` is JSON without personal data.
    #[must_use]
    pub fn entry(&self, action: &'static str, object_kind: &'static str, object_id: &str, detail: serde_json::Value) -> Entry {
        let (actor_kind, actor_id) = match &self.actor {
            Actor::Visitor { session } => ("visitor", session.as_str()),
            Actor::Accountant { account, .. } => ("accountant", account.as_str()),
            Actor::Staff { member, .. } | Actor::Acting { member, .. } => ("staff", member.id.as_str()),
            Actor::Machine(machine) => (machine.kind.code(), machine.id.as_str()),
        };
        let detail = self.with_person(detail);
        Entry {
            at: self.now(),
            actor_kind,
            actor_id: actor_id.to_owned(),
            action,
            object_kind,
            object_id: object_id.to_owned(),
            detail: detail.to_string(),
            request_id: self.request_id.clone(),
        }
    }
}
