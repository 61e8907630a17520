//! Who acts, what they are to a case, and whose cases a staff member may list.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::codes::codes;
use super::power::{Power, powers, powers_of_machine};
use crate::id::{AccountId, BureauCode, StaffId};
use crate::province::Bureaus;

codes! {
    /// What an actor is to one case.
    pub enum Role {
        /// The person whose case it is.
        Owner = "owner",
        /// A reviewer of the bureau that has the case.
        Reviewer = "reviewer",
        /// A reviewer of a bureau above it: looks, does not decide.
        Overseer = "overseer",
        /// Everybody else, however powerful elsewhere.
        Stranger = "stranger",
        /// The house itself, when the time has come; never anybody who asks.
        Timer = "timer",
    }
}

codes! {
    /// What a staff member is employed for.
    pub enum StaffRole {
        /// Reviews cases of the own bureau.
        Reviewer = "reviewer",
        /// Keeps staff accounts and sees no case: administration and business data stay apart (三员分立).
        Administrator = "administrator",
    }
}

codes! {
    /// What a program that calls belongs to.
    pub enum MachineKind {
        /// A school on the net (网校).
        School = "school",
    }
}

/// Who sent a request; made from the session, or from the token of a program, by `service`, never from what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody has signed in.
    Visitor {
        /// What names the session of the request.
        session: String,
    },
    /// A person with an account of one province.
    Accountant {
        /// The account that signed in.
        account: AccountId,
        /// The key of the province that has the account.
        province: String,
        /// What names the session of the request.
        session: String,
    },
    /// A staff member at the counter who fills in for a person (窗口代为填写): they may type and bring pictures for them, and nothing
    /// else of either.
    Acting {
        /// The account that is filled in for.
        account: AccountId,
        /// Who of the staff does it; without a second factor of this session, so that it has no power of the staff.
        member: Member,
        /// What names the session of the request.
        session: String,
    },
    /// A staff member of a bureau; without the second factor they may only give it.
    Staff {
        /// Who of the staff it is.
        member: Member,
        /// What names the session of the request.
        session: String,
    },
    /// A program that calls with a token. It has no session, is nothing to any case, and has none of the powers of the staff.
    Machine(Machine),
}

/// A program that calls with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// What it belongs to.
    pub kind: MachineKind,
    /// Id of that.
    pub id: String,
    /// The key of the province that gave it the token.
    pub province: String,
}

/// A staff member of a bureau.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account of the staff.
    pub id: StaffId,
    /// As the administrator entered it.
    pub name: String,
    /// The key of the province.
    pub province: String,
    /// The bureau that employs them.
    pub bureau: BureauCode,
    /// 审核人员 or 管理员.
    pub role: StaffRole,
    /// Whether 动态口令 was given in this session.
    pub is_second_factor_done: bool,
}

impl Actor {
    /// The session of the request; empty for a program.
    pub fn session(&self) -> &str {
        match self {
            Self::Visitor { session }
            | Self::Accountant { session, .. }
            | Self::Acting { session, .. }
            | Self::Staff { session, .. } => session,
            Self::Machine(_) => "",
        }
    }
}

/// What an actor is to a case. A draft may have no bureau yet; then no staff member is anything to it.
pub fn role_in(
    actor: &Actor,
    case_province: &str,
    owner_account: &AccountId,
    case_bureau: Option<&BureauCode>,
    bureaus: &Bureaus,
) -> Role {
    match actor {
        Actor::Accountant { account, province, .. } if province == case_province && account == owner_account => Role::Owner,
        Actor::Staff { member, .. } if member.province == case_province => role_of(member, case_bureau, bureaus),
        Actor::Visitor { .. } | Actor::Accountant { .. } | Actor::Acting { .. } | Actor::Staff { .. } | Actor::Machine(_) => {
            Role::Stranger
        }
    }
}

fn role_of(member: &Member, case_bureau: Option<&BureauCode>, bureaus: &Bureaus) -> Role {
    let Some(case_bureau) = case_bureau.filter(|_| member.may(Power::Review, bureaus).is_ok()) else { return Role::Stranger };
    if member.bureau == *case_bureau {
        Role::Reviewer
    } else if bureaus.is_within(case_bureau, &member.bureau) {
        Role::Overseer
    } else {
        Role::Stranger
    }
}

/// The bureaus of one province whose cases may be listed. Only [`scope`] makes one, so a query that asks for a `Scope`
/// cannot be asked on behalf of nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    province: String,
    bureaus: Vec<BureauCode>,
}

impl Scope {
    /// The province of all of them: bureau codes alone do not name a case's province.
    pub fn province(&self) -> &str {
        &self.province
    }

    /// The codes of the bureaus; never empty, the own one first.
    pub fn bureaus(&self) -> &[BureauCode] {
        &self.bureaus
    }
}

/// The cases that a staff member may list: those of the own bureau, and with `include_below` of all bureaus below it.
///
/// # Errors
/// `SignInAgain` for a visitor, `SecondFactorNeeded` before the one-time code, `NotYours` for accountants, administrators
/// and a bureau that the province does not have.
pub fn scope(actor: &Actor, bureaus: &Bureaus, include_below: bool) -> Result<Scope, Refusal> {
    let Member { bureau: own, province, .. } = holder(actor, Power::Review, bureaus)?;
    let below = if include_below { bureaus.within(own) } else { BTreeSet::new() };
    let bureaus = std::iter::once(own).chain(below.into_iter().filter(|code| *code != own)).cloned().collect();
    Ok(Scope { province: province.clone(), bureaus })
}

impl Member {
    /// Whether the member has a power: by role and by the level of a bureau that the province has.
    ///
    /// # Errors
    /// `SecondFactorNeeded` before the one-time code, otherwise `NotYours`.
    pub fn may(&self, power: Power, bureaus: &Bureaus) -> Result<(), Refusal> {
        if !self.is_second_factor_done {
            return Err(Refusal::SecondFactorNeeded);
        }
        let has = bureaus.get(&self.bureau).is_some_and(|bureau| powers(self.role, bureau.level).contains(&power));
        has.then_some(()).ok_or(Refusal::NotYours)
    }
}

/// The staff member who is asking, when they have a power. The actor is of this province, because a session of another one
/// counts as none.
///
/// # Errors
/// `SignInAgain` for a visitor, `SecondFactorNeeded` before the one-time code, `NotYours` for everybody else.
pub fn holder<'a>(actor: &'a Actor, power: Power, bureaus: &Bureaus) -> Result<&'a Member, Refusal> {
    match actor {
        Actor::Visitor { .. } => Err(Refusal::SignInAgain),
        Actor::Accountant { .. } | Actor::Acting { .. } | Actor::Machine(_) => Err(Refusal::NotYours),
        Actor::Staff { member, .. } => member.may(power, bureaus).map(|()| member),
    }
}

/// The program that is calling, when it has a power.
///
/// # Errors
/// `SignInAgain` for a visitor, `NotYours` for everybody else.
pub fn calling(actor: &Actor, power: Power) -> Result<&Machine, Refusal> {
    match actor {
        Actor::Visitor { .. } => Err(Refusal::SignInAgain),
        Actor::Machine(machine) if powers_of_machine(machine.kind).contains(&power) => Ok(machine),
        Actor::Machine(_) | Actor::Accountant { .. } | Actor::Acting { .. } | Actor::Staff { .. } => Err(Refusal::NotYours),
    }
}
