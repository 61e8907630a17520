//! Who acts, what they are to a case, and whose cases a staff member may list.

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::codes::codes;
use super::power::{Power, powers};
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

/// Who sent a request; made from the session by `service`, never from what was sent.
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
    /// The session of the request.
    pub fn session(&self) -> &str {
        match self {
            Self::Visitor { session }
            | Self::Accountant { session, .. }
            | Self::Acting { session, .. }
            | Self::Staff { session, .. } => session,
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
        Actor::Visitor { .. } | Actor::Accountant { .. } | Actor::Acting { .. } | Actor::Staff { .. } => Role::Stranger,
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
    let below = bureaus.0.keys().filter(|code| include_below && *code != own && bureaus.is_within(code, own));
    let bureaus = std::iter::once(own).chain(below).cloned().collect();
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
        Actor::Accountant { .. } | Actor::Acting { .. } => Err(Refusal::NotYours),
        Actor::Staff { member, .. } => member.may(power, bureaus).map(|()| member),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::province::Bureau;

    fn bureaus() -> Bureaus {
        let bureau = |(code, level, parent): (&str, u8, &str)| {
            let text = str::to_owned;
            let bureau = Bureau {
                code: code.into(),
                name: text(code),
                level,
                parent: BureauCode::given(parent),
                division: text(code),
                handles_direct: true,
                address: String::new(),
                phone: String::new(),
                hours: String::new(),
            };
            (bureau.code.clone(), bureau)
        };
        let rows = [("430000", 1, ""), ("430100", 2, "430000"), ("430111", 3, "430100"), ("430112", 3, "430100")];
        Bureaus(rows.into_iter().map(bureau).collect())
    }

    fn staff(bureau: &str) -> Actor {
        let member = Member {
            id: "s".into(),
            name: "李审核".to_owned(),
            province: "hunan".to_owned(),
            bureau: bureau.into(),
            role: StaffRole::Reviewer,
            is_second_factor_done: true,
        };
        Actor::Staff { member, session: "x".to_owned() }
    }

    fn changed(bureau: &str, change: impl FnOnce(&mut StaffRole, &mut bool, &mut String)) -> Actor {
        let mut actor = staff(bureau);
        if let Actor::Staff { member, .. } = &mut actor {
            change(&mut member.role, &mut member.is_second_factor_done, &mut member.province);
        }
        actor
    }

    fn role(actor: &Actor, case_bureau: &str) -> Role {
        role_in(actor, "hunan", &"a".into(), BureauCode::given(case_bureau).as_ref(), &bureaus())
    }

    #[test]
    fn a_bureau_reviews_its_own_cases_and_looks_at_those_below_but_never_beside_or_above() {
        assert_eq!(role(&staff("430111"), "430111"), Role::Reviewer);
        assert_eq!(role(&staff("430100"), "430111"), Role::Overseer);
        assert_eq!(role(&staff("430000"), "430111"), Role::Overseer);
        assert_eq!(role(&staff("430112"), "430111"), Role::Stranger);
        assert_eq!(role(&staff("430111"), "430100"), Role::Stranger);
    }

    #[test]
    fn a_case_without_a_bureau_or_of_another_province_is_nobodys() {
        assert_eq!(role(&staff("430000"), ""), Role::Stranger);
        assert_eq!(role(&staff(""), ""), Role::Stranger);
        let other = changed("430111", |_, _, province| "hubei".clone_into(province));
        assert_eq!(role(&other, "430111"), Role::Stranger);
    }

    #[test]
    fn an_administrator_and_a_reviewer_without_second_factor_see_no_case() {
        let administrator = changed("430111", |role, _, _| *role = StaffRole::Administrator);
        let half = changed("430111", |_, is_done, _| *is_done = false);
        assert_eq!([role(&administrator, "430111"), role(&half, "430111")], [Role::Stranger; 2]);
        assert_eq!(scope(&administrator, &bureaus(), true), Err(Refusal::NotYours));
        assert_eq!(scope(&half, &bureaus(), true), Err(Refusal::SecondFactorNeeded));
    }

    #[test]
    fn only_an_administrator_of_the_province_s_own_bureau_with_both_factors_administers() {
        let administrator = |bureau| changed(bureau, |role, _, _| *role = StaffRole::Administrator);
        let half = changed("430000", |role, is_done, _| (*role, *is_done) = (StaffRole::Administrator, false));
        let accountant = Actor::Accountant { account: "a".into(), province: "hunan".to_owned(), session: "x".to_owned() };
        for (actor, expected) in [
            (administrator("430000"), Ok(())),
            (administrator("430100"), Err(Refusal::NotYours)),
            (administrator("999999"), Err(Refusal::NotYours)),
            (staff("430000"), Err(Refusal::NotYours)),
            (half, Err(Refusal::SecondFactorNeeded)),
            (accountant, Err(Refusal::NotYours)),
            (Actor::Visitor { session: "x".to_owned() }, Err(Refusal::SignInAgain)),
        ] {
            for power in [Power::KeepStaff, Power::KeepPortal, Power::KeepContacts] {
                assert_eq!(holder(&actor, power, &bureaus()).map(drop), expected, "{actor:?} {power:?}");
            }
        }
    }

    #[test]
    fn an_accountant_owns_only_the_own_case() {
        let accountant = |account: &str, province: &str| Actor::Accountant {
            account: account.into(),
            province: province.to_owned(),
            session: "x".to_owned(),
        };
        assert_eq!(role(&accountant("a", "hunan"), ""), Role::Owner);
        assert_eq!(role(&accountant("b", "hunan"), ""), Role::Stranger);
        assert_eq!(role(&accountant("a", "hubei"), ""), Role::Stranger);
        assert_eq!(scope(&accountant("a", "hunan"), &bureaus(), false), Err(Refusal::NotYours));
        assert_eq!(scope(&Actor::Visitor { session: "x".to_owned() }, &bureaus(), false), Err(Refusal::SignInAgain));
    }

    #[test]
    fn whoever_fills_in_for_a_person_is_a_stranger_to_every_case_and_has_no_power() {
        let Actor::Staff { member, .. } = staff("430111") else { panic!() };
        let acting = Actor::Acting { account: "a".into(), member, session: "x".to_owned() };
        assert_eq!([role(&acting, "430111"), role(&acting, "")], [Role::Stranger; 2]);
        assert_eq!(scope(&acting, &bureaus(), false), Err(Refusal::NotYours));
    }

    #[test]
    fn a_scope_holds_the_own_bureau_and_those_below_only_when_asked() {
        let codes = |bureau, below| scope(&staff(bureau), &bureaus(), below).unwrap().bureaus().to_vec();
        assert_eq!(codes("430100", false), ["430100"]);
        assert_eq!(codes("430100", true), ["430100", "430111", "430112"]);
        assert_eq!(codes("430111", true), ["430111"]);
        assert_eq!(scope(&staff("999999"), &bureaus(), true), Err(Refusal::NotYours));
    }
}
