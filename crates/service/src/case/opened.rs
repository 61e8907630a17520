//! A case is opened by one function, whatever it is about, so that no kind forgets what may keep one from being opened
//! (docs/adr/0061).

use domain::case::{Actor, CaseKind, Refusal};
use domain::national::{Doing, ENTRY, is_done_here};
use domain::province::Province;
use store::Tx;
use store::case::file::CaseRow;

use crate::{Failure, Services, Visit};

/// Opens a case.
///
/// # Errors
/// `Elsewhere` where cases of the kind are opened on the national platform today, `Exists` where there is one open of a kind that a person
/// has one of; where the account leads to another one by now, `SignInAgain` for the person, `ActingOver` for who fills in for them.
pub(crate) async fn open(tx: &mut Tx, visit: &Visit, case: &CaseRow) -> Result<(), Failure> {
    done_here(visit, case.kind, Doing::Open)?;
    if !lock_account(tx, case).await? {
        return Err(match &visit.actor {
            Actor::Accountant { .. } => Refusal::SignInAgain.into(),
            Actor::Acting { .. } => Refusal::ActingOver.into(),
            Actor::Visitor { .. } | Actor::Staff { .. } | Actor::Machine(_) => Failure::Stale,
        });
    }
    Ok(tx.insert_case(case).await?)
}

/// The same where the house itself opens it.
///
/// # Errors
/// As [`open`]; `Stale` where the account leads to another one by now.
pub(crate) async fn open_in(tx: &mut Tx, (services, province): (&Services, &Province), case: &CaseRow) -> Result<(), Failure> {
    is_here(services, province, case.kind, Doing::Open)?;
    if !lock_account(tx, case).await? {
        return Err(Failure::Stale);
    }
    Ok(tx.insert_case(case).await?)
}

/// Locks the account of a case, as the merging of two does: either the case is there before, and goes along, or the account leads
/// elsewhere by now, and whoever still acts for it opens nothing. Answers whether it stands by itself.
async fn lock_account(tx: &mut Tx, case: &CaseRow) -> Result<bool, Failure> {
    tx.lock_account(&case.account_id).await?;
    Ok(tx.find_leads_to(&case.account_id).await?.is_none())
}

/// That something is done here today.
///
/// # Errors
/// `Elsewhere`.
pub(crate) fn done_here(visit: &Visit, kind: CaseKind, doing: Doing) -> Result<(), Failure> {
    is_here(&visit.services, &visit.province, kind, doing)
}

fn is_here(services: &Services, province: &Province, kind: CaseKind, doing: Doing) -> Result<(), Failure> {
    match is_done_here(&province.profile, kind, doing, services.today()) {
        true => Ok(()),
        false => Err(Failure::Elsewhere(format!("/{}/{ENTRY}", province.profile.key))),
    }
}
