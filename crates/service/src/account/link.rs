//! Secrets in the links of messages: random, in nobody's hands but the message's, and kept as their hash alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::Services;

/// Characters of the secret in a link: 16 random bytes in base64url.
const SECRET: usize = 22;

/// The secret of a new link.
pub(crate) fn new_secret(services: &Services) -> String {
    URL_SAFE_NO_PAD.encode(&services.ids.secret()[..]).chars().take(SECRET).collect()
}

/// The only form in which the secret of a link is stored.
pub(crate) fn link_hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
