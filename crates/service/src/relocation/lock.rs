//! Packages are locked by `age` (<https://age-encryption.org/v1>): for the key of the destination where one is known, else by a generated
//! passphrase.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use age::DecryptError;
use age::secrecy::SecretString;
use bech32::{ToBase32, Variant};
use domain::relocation::{LARGEST, NotReceived};
use zeroize::Zeroizing;

use crate::{Failure, Services};

/// scrypt with 2¹⁴: 16 MiB. A passphrase of 140 bits needs no more, and a server that opens many does not want more.
const WORK: u8 = 14;
/// Of a package that another server locked: 64 MiB.
const MOST_WORK: u8 = 16;
/// Bytes of the longest head of a package: it has one recipient.
const LONGEST_HEAD: usize = 4 * 1024;
/// What an X25519 identity of `age` begins with.
const IDENTITY: &str = "age-secret-key-";

/// What packages to each province that is served here are locked for, so that other servers can name it in their
/// `provinces/data/places.toml`.
///
/// # Errors
/// `Broken` for keys that are none.
pub fn recipients(services: &Services) -> Result<BTreeMap<String, String>, Failure> {
    services.provinces.keys().map(|key| Ok((key.clone(), own_recipient(services, key)?))).collect()
}

/// The same of one province.
pub(super) fn own_recipient(services: &Services, province: &str) -> Result<String, Failure> {
    let first = identities(services, province)?.into_iter().next();
    let first = first.ok_or_else(|| Failure::Broken("a ring without a key for signing".into()))?;
    Ok(first.to_public().to_string())
}

/// The keys that open what is locked for a province.
pub(super) fn identities(services: &Services, province: &str) -> Result<Vec<age::x25519::Identity>, Failure> {
    services.vault.receiving_seeds(province).iter().map(|seed| identity(seed)).collect()
}

fn identity(seed: &[u8; 32]) -> Result<age::x25519::Identity, Failure> {
    let text = bech32::encode(IDENTITY, seed.to_base32(), Variant::Bech32).map_err(broken)?;
    let text = Zeroizing::new(text.to_uppercase());
    text.parse::<age::x25519::Identity>().map_err(broken)
}

fn broken(why: impl std::fmt::Display) -> Failure {
    Failure::Broken(format!("age: {why}"))
}

/// Locks something for a recipient.
///
/// # Errors
/// `Broken` for what is no recipient.
pub(super) fn for_recipient(recipient: &str, plain: &[u8]) -> Result<Vec<u8>, Failure> {
    locked(&recipient.parse::<age::x25519::Recipient>().map_err(broken)?, plain)
}

/// Locks something by a passphrase.
///
/// # Errors
/// `Broken`.
pub(super) fn by_passphrase(passphrase: &str, plain: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    locked(&recipient, plain)
}

fn locked(recipient: &dyn age::Recipient, plain: &[u8]) -> Result<Vec<u8>, Failure> {
    let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient)).map_err(broken)?;
    let mut file = Vec::new();
    let mut writer = encryptor.wrap_output(&mut file).map_err(broken)?;
    writer.write_all(plain).map_err(broken)?;
    writer.finish().map_err(broken)?;
    Ok(file)
}

/// Opens a file by the keys of a province, or by a passphrase where that locks it. It takes memory and time.
///
/// # Errors
/// Why not.
pub(super) fn unlocked(
    file: &[u8],
    identities: &[age::x25519::Identity],
    passphrase: &str,
) -> Result<Zeroizing<Vec<u8>>, NotReceived> {
    // `age` reads the head anew for each of its lines: a long one would take hours.
    if !file[..file.len().min(LONGEST_HEAD)].windows(5).any(|five| five == b"\n--- ") {
        return Err(NotReceived::NotAPackage);
    }
    let decryptor = age::Decryptor::new_buffered(file).map_err(|_| NotReceived::NotAPackage)?;
    let is_by_passphrase = decryptor.is_scrypt();
    if is_by_passphrase && passphrase.is_empty() {
        return Err(NotReceived::PassphraseNeeded);
    }
    let opened = if is_by_passphrase {
        let mut typed = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
        typed.set_max_work_factor(MOST_WORK);
        decryptor.decrypt(std::iter::once(&typed as &dyn age::Identity))
    } else {
        decryptor.decrypt(identities.iter().map(|identity| identity as &dyn age::Identity))
    };
    let reader = opened.map_err(|error| why(&error, is_by_passphrase))?;
    let mut plain = Zeroizing::new(Vec::new());
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    reader.take(most).read_to_end(&mut plain).map_err(|_| NotReceived::Altered)?;
    Ok(plain)
}

fn why(error: &DecryptError, is_by_passphrase: bool) -> NotReceived {
    match error {
        DecryptError::NoMatchingKeys => NotReceived::NotForUs,
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed if is_by_passphrase => NotReceived::WrongPassphrase,
        DecryptError::ExcessiveWork { .. } | DecryptError::UnknownFormat => NotReceived::NotAPackage,
        _ => NotReceived::Altered,
    }
}
