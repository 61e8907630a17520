//! People of the bureaus: sign-in with password and second factor, their accounts, the first administrator, the
//! demonstration's people.

mod activate;
mod ask;
mod bootstrap;
mod demo;
mod factor;
mod people;
mod settings;
mod sign_in;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod stories_people;
#[cfg(test)]
mod stories_second;
#[cfg(test)]
mod stories_settings;
mod told;

pub use activate::activate;
pub use ask::approve_staff;
pub use bootstrap::{bootstrap, bootstrap_token};
pub use demo::{DemoLogin, DemoStaff, ensure_demo_staff};
pub use factor::{acknowledge, confirm, enrol, enrol_view};
pub use people::{act_on_person, add_person, find_people, new_person, people, person};
pub use settings::{change_own_password, end_other_staff_sessions, own_settings, renew_factor, renew_view};
pub use sign_in::sign_in;
pub(crate) use told::administrators;

use domain::account::view::Who;
use domain::case::{Actor, Member, Refusal, StaffRole};
use domain::id::StaffId;
use store::staff::StaffRow;

use crate::case::bureau_name;
use crate::{Failure, Visit};

/// The staff member who is asking.
///
/// # Errors
/// `SecondFactorNeeded` before the one-time code, `SignInAgain` for everybody else.
pub fn require_staff(visit: &Visit) -> Result<Member, Failure> {
    let member = half_signed_in(visit)?;
    if member.is_second_factor_done { Ok(member) } else { Err(Refusal::SecondFactorNeeded.into()) }
}

/// The staff member whose password was right, whether or not the second factor was shown too.
fn half_signed_in(visit: &Visit) -> Result<Member, Failure> {
    match &visit.actor {
        Actor::Staff { member, .. } => Ok(member.clone()),
        Actor::Visitor { .. } | Actor::Accountant { .. } | Actor::Acting { .. } | Actor::Machine(_) => {
            Err(Refusal::SignInAgain.into())
        }
    }
}

async fn row(visit: &Visit, id: &StaffId) -> Result<StaffRow, Failure> {
    Ok(visit.services.db.read().await?.find_staff(id).await?.ok_or(Refusal::SignInAgain)?)
}

/// Where the work of a staff member begins: administrators have no desk.
fn home(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Reviewer => "/staff/desk",
        StaffRole::Administrator => "/staff/people",
    }
}

/// Who of the staff is looking, for the frame of the page.
///
/// # Errors
/// `SignInAgain`, `Store`.
pub fn who(visit: &Visit) -> Result<Who, Failure> {
    let Member { name, bureau, role, is_second_factor_done, .. } = half_signed_in(visit)?;
    let bureau_name = bureau_name(&visit.province, &bureau);
    let has_second_factor = visit.staff.as_ref().is_some_and(|staff| staff.totp_sealed.is_some());
    Ok(Who::Staff { name, bureau_name, role, is_second_factor_done, has_second_factor })
}
