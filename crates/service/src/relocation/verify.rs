//! Whether a package is what it says: who signed it, for whom it was made, and whose it is.

use domain::certificate::{Doubt, province_of_key};
use domain::identity::name::is_same_name;
use domain::relocation::{NotReceived, Package};
use store::account::AccountRow;

use crate::certificate::{KeySet, PublicKey, key_set};
use crate::{Failure, Visit};

/// What is right about a package whatever has been taken before.
#[derive(Clone, Debug)]
pub(super) struct Verified {
    pub package: Package,
    /// 密钥编号 of the signature.
    pub key_id: String,
}

/// The keys of everywhere that a package may come from.
fn keys(visit: &Visit) -> Result<KeySet, Failure> {
    let services = &visit.services;
    let mut keys = key_set(services)?;
    for place in &visit.province.places.places {
        // A province that is served here signs with its own keys alone.
        if !services.provinces.contains_key(&place.key) {
            keys.keys.extend(place.keys.iter().map(|key| PublicKey::of(&key.id, &key.x)));
        }
    }
    Ok(keys)
}

/// Reads and verifies what was signed, for a person of the province that is asked.
///
/// # Errors
/// `Broken` for keys of our own that are none; inside, why it is not taken.
pub(super) fn verified(visit: &Visit, account: &AccountRow, signed: &str) -> Result<Result<Verified, NotReceived>, Failure> {
    let keys = keys(visit)?;
    let number = visit.services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    Ok(read(&keys, signed).and_then(|verified| belongs(visit, account, &number, verified)))
}

fn read(keys: &KeySet, signed: &str) -> Result<Verified, NotReceived> {
    let (claims, key_id) = keys.open_package(signed).map_err(|doubt| match doubt {
        Doubt::ForeignKey => NotReceived::UnknownOrigin,
        Doubt::Altered => NotReceived::Altered,
        Doubt::NotOurs => NotReceived::NotAPackage,
    })?;
    let package = Package::read(&claims)?;
    // A place vouches for its own records alone.
    if province_of_key(&key_id) != Some(package.origin.key.as_str()) {
        return Err(NotReceived::UnknownOrigin);
    }
    Ok(Verified { package, key_id })
}

fn belongs(visit: &Visit, account: &AccountRow, number: &str, of: Verified) -> Result<Verified, NotReceived> {
    let Package { origin, destination, holder, .. } = &of.package;
    if visit.province.places.get(&origin.key).is_none() || origin.key == visit.province_key() {
        return Err(NotReceived::UnknownOrigin);
    }
    if destination.key != visit.province_key() {
        return Err(NotReceived::OtherDestination);
    }
    let is_theirs = holder.document_kind == account.document_kind
        && holder.document_number == number
        && is_same_name(&holder.name, &account.name);
    if is_theirs { Ok(of) } else { Err(NotReceived::OtherPerson) }
}
