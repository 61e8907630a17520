//! The keys of the house: sealing of personal values, and keyed hashes by which they can still be found.
//!
//! No key is used as it stands: every column seals with its own key, every purpose hashes with its own key, both derived
//! from the ring by HMAC. A column may therefore hold 2³² values before random nonces of 96 bits become a risk.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce};
use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

/// The first byte of a sealed value: AES-256-GCM. Another algorithm gets another number.
const AES_256_GCM: u8 = 1;
const NONCE: usize = 12;
const HEADER: usize = 2 + NONCE;

/// Why a value cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Too short, or sealed by an algorithm that is not known here.
    #[error("not a sealed value")]
    Shape,
    /// Sealed with a key that is no longer in the ring.
    #[error("sealed with key {0}, which is not in the ring")]
    KeyUnknown(u8),
    /// Changed, or moved here from another place or row.
    #[error("the sealed value was changed or belongs elsewhere")]
    Refused,
    /// Opened, but no text.
    #[error("the opened value is no text")]
    NotText,
}

/// Why the text of a key ring cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// The line (from 1) is none of `hash = hex`, `key.N = hex`, `current = N`, `sign.N = hex` and `signing = N`, or says
    /// something twice.
    #[error("line {0} of the key file is wrong")]
    Line(usize),
    /// `hash`, `current`, `signing` or a key that one of these names is missing.
    #[error("the key file is not complete")]
    Incomplete,
}

/// The key ring: new values are sealed with `current`, old ones open as long as their key is in `keys`; what the house signs is
/// signed with `signing`, and stays verifiable as long as its key is in `signs`.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// Number of the key that new values are sealed with.
    pub current: u8,
    /// The sealing keys by number, 32 bytes each.
    pub keys: BTreeMap<u8, [u8; 32]>,
    /// Key of the keyed hashes, 32 bytes; it stays when the ring is rotated.
    pub hash_key: [u8; 32],
    /// Number of the key that the house signs with.
    pub signing: u8,
    /// The keys by number from which each province's keys for signing come, 32 bytes each.
    pub signs: BTreeMap<u8, [u8; 32]>,
}

impl Keys {
    /// A fresh ring with one key of each sort, number 1.
    pub fn generate() -> Self {
        let first = || BTreeMap::from([(1, random())]);
        Self { current: 1, keys: first(), hash_key: random(), signing: 1, signs: first() }
    }

    /// The same ring with one more key for sealing, which becomes the current one; `None` when all 255 numbers are used.
    pub fn rotated(&self) -> Option<Self> {
        let mut ring = self.clone();
        ring.current = add_key(&mut ring.keys)?;
        Some(ring)
    }

    /// The same ring with one more key for signing, which becomes the current one; `None` when all 255 numbers are used.
    pub fn sign_rotated(&self) -> Option<Self> {
        let mut ring = self.clone();
        ring.signing = add_key(&mut ring.signs)?;
        Some(ring)
    }

    /// The id of every key by its name in the file: what the database may keep to know its keys again. It tells nothing of
    /// the key.
    pub fn ids(&self) -> BTreeMap<String, Vec<u8>> {
        let sealing = self.keys.iter().map(|(number, key)| (format!("key.{number}"), key));
        let signing = self.signs.iter().map(|(number, key)| (format!("sign.{number}"), key));
        let all = sealing.chain(signing).chain([("hash".to_owned(), &self.hash_key)]);
        all.map(|(name, key)| (name, mac(key, &[b"id\0", b"suanpan"]).to_vec())).collect()
    }

    /// Reads the text of [`Keys::to_text`]; empty lines and lines that begin with `#` are skipped.
    ///
    /// # Errors
    /// [`KeysError`] names the line; it never repeats what stands there.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let (mut current, mut hash, mut signing) = (None, None, None);
        let (mut keys, mut signs) = (BTreeMap::new(), BTreeMap::new());
        for (index, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = KeysError::Line(index);
            let (name, value) = line.split_once('=').map(|(name, value)| (name.trim(), value.trim())).ok_or(wrong)?;
            let number = |text: &str| text.parse::<u8>().map_err(|_| wrong);
            let key = || unhex(value).ok_or(wrong);
            let twice = match name.split_once('.').unwrap_or((name, "")) {
                ("key", nth) => keys.insert(number(nth)?, key()?).is_some(),
                ("sign", nth) => signs.insert(number(nth)?, key()?).is_some(),
                ("current", "") => current.replace(number(value)?).is_some(),
                ("signing", "") => signing.replace(number(value)?).is_some(),
                ("hash", "") => hash.replace(key()?).is_some(),
                _ => true,
            };
            if twice {
                return Err(wrong);
            }
        }
        let (Some(current), Some(hash_key), Some(signing)) = (current, hash, signing) else { return Err(KeysError::Incomplete) };
        if !keys.contains_key(&current) || !signs.contains_key(&signing) {
            return Err(KeysError::Incomplete);
        }
        Ok(Self { current, keys, hash_key, signing, signs })
    }

    /// The ring as lines `hash = hex`, `key.N = hex`, `current = N`, `sign.N = hex`, `signing = N`, for a file that nobody else
    /// may read.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(format!("hash = {}\n", *Zeroizing::new(hex::encode(&self.hash_key[..]))));
        for (name, keys) in [("key", &self.keys), ("sign", &self.signs)] {
            for (number, key) in keys {
                text.push_str(&format!("{name}.{number} = {}\n", *Zeroizing::new(hex::encode(&key[..]))));
            }
        }
        text.push_str(&format!("current = {}\nsigning = {}\n", self.current, self.signing));
        text
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys {{ current: {}, {} keys }}", self.current, self.keys.len())
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.hash_key.zeroize();
        self.keys.values_mut().chain(self.signs.values_mut()).for_each(Zeroize::zeroize);
    }
}

/// One more key after the last one; answers its number.
fn add_key(keys: &mut BTreeMap<u8, [u8; 32]>) -> Option<u8> {
    let next = keys.keys().next_back()?.checked_add(1)?;
    keys.insert(next, random());
    Some(next)
}

/// Seals and opens values, and hashes them with a key.
pub struct Vault {
    keys: Keys,
    current: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault {{ {:?} }}", self.keys)
    }
}

impl Vault {
    /// A vault over a ring.
    ///
    /// # Errors
    /// [`KeysError::Incomplete`] when the ring lacks its current key.
    pub fn new(keys: Keys) -> Result<Self, KeysError> {
        let current = Zeroizing::new(*keys.keys.get(&keys.current).ok_or(KeysError::Incomplete)?);
        Ok(Self { keys, current })
    }

    /// The number of the key that new values are sealed with; a value whose second byte differs is due for re-sealing.
    pub fn current_key(&self) -> u8 {
        self.keys.current
    }

    /// Seals a value for one place (`table.column`) and one row: algorithm, key number, nonce, ciphertext with tag.
    pub fn seal(&self, place: &str, row: &str, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = random();
        let mut sealed = vec![AES_256_GCM, self.keys.current];
        sealed.extend_from_slice(&nonce);
        let aad = bound_to(sealed[0], sealed[1], place, row);
        match cipher(&self.current, place).encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &aad }) {
            Ok(ciphertext) => sealed.extend_from_slice(&ciphertext),
            Err(_) => unreachable!("AES-GCM refuses nothing below 64 GiB"),
        }
        sealed
    }

    /// Opens what was sealed for the same place and row.
    ///
    /// # Errors
    /// [`VaultError`] when the value was changed, moved, or sealed with a key that is gone.
    pub fn open(&self, place: &str, row: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let [AES_256_GCM, number, ..] = *sealed else { return Err(VaultError::Shape) };
        let nonce: [u8; NONCE] = sealed.get(2..HEADER).and_then(|bytes| bytes.try_into().ok()).ok_or(VaultError::Shape)?;
        let key = self.keys.keys.get(&number).ok_or(VaultError::KeyUnknown(number))?;
        let aad = bound_to(AES_256_GCM, number, place, row);
        cipher(key, place)
            .decrypt(&Nonce::from(nonce), Payload { msg: &sealed[HEADER..], aad: &aad })
            .map_err(|_| VaultError::Refused)
    }

    /// [`Vault::seal`] for text.
    pub fn seal_text(&self, place: &str, row: &str, plain: &str) -> Vec<u8> {
        self.seal(place, row, plain.as_bytes())
    }

    /// [`Vault::open`] for text.
    ///
    /// # Errors
    /// As [`Vault::open`], and [`VaultError::NotText`].
    pub fn open_text(&self, place: &str, row: &str, sealed: &[u8]) -> Result<String, VaultError> {
        String::from_utf8(self.open(place, row, sealed)?).map_err(|error| {
            error.into_bytes().zeroize();
            VaultError::NotText
        })
    }

    /// HMAC-SHA256 (32 bytes) of a normalised value, with a key of its own for every purpose: equal values can be found
    /// without being readable. It does not change when the sealing key rotates.
    pub fn keyed_hash(&self, purpose: &str, value: &str) -> Vec<u8> {
        let key = mac(&self.keys.hash_key, &[b"hash\0", purpose.as_bytes()]);
        mac(&*key, &[value.as_bytes()]).to_vec()
    }

    /// The number of the key that the house signs with.
    pub fn signing_key(&self) -> u8 {
        self.keys.signing
    }

    /// The seeds of a province's keys for signing, by their numbers. Each is of that province alone.
    pub fn signing_seeds(&self, province: &str) -> BTreeMap<u8, Zeroizing<[u8; 32]>> {
        let seed = |key: &[u8; 32]| mac(key, &[b"sign\0", province.as_bytes()]);
        self.keys.signs.iter().map(|(number, key)| (*number, seed(key))).collect()
    }
}

impl Vault {
    /// The seeds of the keys for which packages to a province are locked, the present one first. Each is of that province alone.
    pub fn receiving_seeds(&self, province: &str) -> Vec<Zeroizing<[u8; 32]>> {
        let (present, before): (Vec<_>, Vec<_>) = self.keys.signs.iter().partition(|(number, _)| **number == self.keys.signing);
        let keys = present.into_iter().chain(before);
        keys.map(|(_, key)| mac(key, &[b"receive\0", province.as_bytes()])).collect()
    }
}

/// Whether two secrets are equal, in a time that does not tell where they differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

fn cipher(key: &[u8; 32], place: &str) -> Aes256Gcm {
    let key = mac(key, &[b"seal\0", place.as_bytes()]);
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key))
}

/// The length keeps `a` + `bc` apart from `ab` + `c`.
fn bound_to(algorithm: u8, key: u8, place: &str, row: &str) -> Vec<u8> {
    let mut aad = vec![algorithm, key];
    aad.extend_from_slice(&(place.len() as u64).to_be_bytes());
    aad.extend_from_slice(place.as_bytes());
    aad.extend_from_slice(row.as_bytes());
    aad
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { unreachable!("HMAC takes keys of every length") };
    parts.iter().for_each(|part| mac.update(part));
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).ok().map(|()| bytes)
}
