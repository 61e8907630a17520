//! The key of the audit trail: whoever can write to the database, but has not this key, cannot write the trail anew.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// 32 random bytes that are kept apart from the database.
#[derive(Clone)]
pub struct AuditKey([u8; 32]);

domain::shown!(AuditKey);

impl AuditKey {
    /// The key of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What the database may keep to know its key again; it tells nothing of the key.
    #[must_use]
    pub fn id(&self) -> Vec<u8> {
        Sha256::digest([b"audit id\0".as_slice(), &self.0].concat()).to_vec()
    }

    /// HMAC-SHA256 (32 bytes) over parts, for a purpose; lengths keep two rows of parts from reading alike.
    #[must_use]
    pub fn sign(&self, purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes keys of every length")
        };
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().to_vec()
    }
}
