//! The keys of the provinces at work: a statement becomes a compact JWS (RFC 7515, RFC 8037: EdDSA over Ed25519), which every JOSE
//! library verifies, and a key set by which it does (RFC 7517).

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::certificate::{Doubt, Signed, key_id};
use domain::school::Ticket;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, OctetKeyPairParameters};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::ports::{Notary, NotaryError};
use crate::vault::Vault;

/// What the head of a ticket says that it is, so that nothing else is taken for one.
const TICKET: &str = "JWT";

/// The same for a package.
const PACKAGE: &str = "suanpan-package+jws";

/// PKCS #8 around the seed of an Ed25519 key (RFC 8410).
const PKCS8: [u8; 16] = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// A public key as key sets have it (RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// `OKP`.
    pub kty: String,
    /// `Ed25519`.
    #[serde(default)]
    pub crv: String,
    /// The key in base64url.
    #[serde(default)]
    pub x: String,
    /// 密钥编号.
    #[serde(default)]
    pub kid: String,
    /// `EdDSA`.
    #[serde(default)]
    pub alg: String,
    /// `sig`.
    #[serde(rename = "use", default)]
    pub usage: String,
}

/// Public keys, as they stand at `/.well-known/jwks.json` and in a file for verifying without the house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySet {
    /// The keys, in no order that means something.
    pub keys: Vec<PublicKey>,
}

/// What a code says, and which key signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What it says.
    pub signed: Signed,
    /// 密钥编号.
    pub key_id: String,
}

/// The id of the key that a code names, whether or not it was signed with it.
///
/// # Errors
/// `NotOurs` for what is no statement signed by EdDSA with a key that has an id.
pub fn named_key(code: &str) -> Result<String, Doubt> {
    let header = decode_header(code).map_err(|_| Doubt::NotOurs)?;
    header.kid.filter(|_| header.alg == Algorithm::EdDSA).ok_or(Doubt::NotOurs)
}

impl KeySet {
    /// The statement of a code that one of these keys signed.
    ///
    /// # Errors
    /// Why it proves nothing.
    pub fn open(&self, code: &str) -> Result<Opened, Doubt> {
        let id = named_key(code)?;
        let key = self.keys.iter().find(|key| key.kid == id).ok_or(Doubt::ForeignKey)?;
        let public = key.bytes().ok_or(Doubt::ForeignKey)?;
        let opened = decode::<Signed>(code, &DecodingKey::from_ed_der(&public), &asked()).map_err(|_| Doubt::Altered)?;
        Ok(Opened { signed: opened.claims, key_id: id })
    }
}

impl KeySet {
    /// The ticket of a code that one of these keys signed for a school, whether or not it is still good: whoever asks looks at
    /// its end and whether it was used.
    #[must_use]
    pub fn open_ticket(&self, code: &str, school: &str) -> Option<Ticket> {
        let header = decode_header(code).ok().filter(|header| header.typ.as_deref() == Some(TICKET))?;
        let id = header.kid?;
        let public = self.keys.iter().find(|key| key.kid == id)?.bytes()?;
        let mut asked = asked();
        asked.validate_aud = true;
        asked.set_audience(&[school]);
        decode::<Ticket>(code, &DecodingKey::from_ed_der(&public), &asked).ok().map(|opened| opened.claims)
    }
}

impl KeySet {
    /// What a package says that one of these keys signed, and which.
    ///
    /// # Errors
    /// Why it proves nothing.
    pub fn open_package(&self, code: &str) -> Result<(Value, String), Doubt> {
        let header = decode_header(code).map_err(|_| Doubt::NotOurs)?;
        let is_package = header.typ.as_deref() == Some(PACKAGE) && header.alg == Algorithm::EdDSA;
        let id = header.kid.filter(|_| is_package).ok_or(Doubt::NotOurs)?;
        let public = self.keys.iter().find(|key| key.kid == id).and_then(PublicKey::bytes).ok_or(Doubt::ForeignKey)?;
        let opened = decode::<Value>(code, &DecodingKey::from_ed_der(&public), &asked()).map_err(|_| Doubt::Altered)?;
        Ok((opened.claims, id))
    }
}

impl PublicKey {
    /// The Ed25519 key of an id, whose bytes are given in base64url.
    #[must_use]
    pub fn of(id: &str, x: &str) -> Self {
        let word = str::to_owned;
        Self { kty: word("OKP"), crv: word("Ed25519"), x: word(x), kid: word(id), alg: word("EdDSA"), usage: word("sig") }
    }

    /// The key of an id. What is no Ed25519 key, or not as long as one, is none: a key set may come from anywhere.
    fn bytes(&self) -> Option<[u8; 32]> {
        let is_ours = self.kty == "OKP" && self.crv == "Ed25519";
        URL_SAFE_NO_PAD.decode(&self.x).ok().filter(|_| is_ours)?.try_into().ok()
    }
}

/// A statement is not a ticket: it has no end and no audience. The algorithm is ours, never that of the code.
fn asked() -> Validation {
    let mut asked = Validation::new(Algorithm::EdDSA);
    asked.required_spec_claims.clear();
    asked.validate_exp = false;
    asked.validate_aud = false;
    asked
}

/// Signs with keys that come from the vault, each of one province alone.
pub struct VaultNotary(pub Arc<Vault>);

impl VaultNotary {
    fn signed(&self, province: &str, claims: &impl Serialize, what: Option<&str>) -> Result<String, NotaryError> {
        let number = self.0.signing_key();
        let seeds = self.0.signing_seeds(province);
        let seed = seeds.get(&number).ok_or_else(|| NotaryError(format!("no key {number}")))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = what.map(str::to_owned);
        header.kid = Some(key_id(province, number));
        encode(&header, claims, &private(seed)).map_err(|error| NotaryError(error.to_string()))
    }
}

impl Notary for VaultNotary {
    fn sign(&self, province: &str, statement: &Signed) -> Result<String, NotaryError> {
        // Every sign counts in a 二维码.
        self.signed(province, statement, None)
    }

    fn ticket(&self, province: &str, ticket: &Ticket) -> Result<String, NotaryError> {
        self.signed(province, ticket, Some(TICKET))
    }

    fn package(&self, province: &str, package: &Value) -> Result<String, NotaryError> {
        self.signed(province, package, Some(PACKAGE))
    }

    fn public_keys(&self, province: &str) -> Result<Vec<PublicKey>, NotaryError> {
        let seeds = self.0.signing_seeds(province);
        seeds.iter().map(|(number, seed)| public(seed, key_id(province, *number))).collect()
    }
}

fn private(seed: &[u8; 32]) -> EncodingKey {
    EncodingKey::from_ed_der(&Zeroizing::new([&PKCS8[..], seed].concat()))
}

fn public(seed: &[u8; 32], id: String) -> Result<PublicKey, NotaryError> {
    let jwk = Jwk::from_encoding_key(&private(seed), Algorithm::EdDSA).map_err(|error| NotaryError(error.to_string()))?;
    let AlgorithmParameters::OctetKeyPair(OctetKeyPairParameters { x, .. }) = jwk.algorithm else {
        return Err(NotaryError("the key is none of Ed25519".into()));
    };
    Ok(PublicKey::of(&id, &x))
}

#[cfg(test)]
mod tests;
