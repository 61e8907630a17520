//! What the service needs from the world outside, so that tests can put something else in its place.

mod identity;
mod paper;

use chrono::{DateTime, Utc};
use domain::certificate::Signed;
use domain::school::Ticket;
use futures::future::BoxFuture;

pub use identity::{Attempt, Identity, IdentityError, Known, NoIdentity, ServicePage};
pub use paper::{Diploma, Paper, PaperError, Seal, Sheet};

use crate::certificate::PublicKey;

/// The time, in whole microseconds, as both databases keep it.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// Ids and everything else that is drawn at random.
pub trait Ids: Send + Sync {
    /// A new UUIDv7, in order of time.
    fn id(&self) -> String;
    /// Any number, from the system's source of randomness.
    fn number(&self) -> u64;
    /// 32 bytes from the system's source of randomness, for tokens.
    fn secret(&self) -> [u8; 32];
}

/// Why a file could not be kept or found. The text holds no path.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The disk is full; nothing was kept.
    #[error("files: the disk is full")]
    DiskFull,
    /// Anything else.
    #[error("files: {0}")]
    Failed(String),
}

/// Bytes under a name; a name is written once and never changes its bytes.
pub trait Files: Send + Sync {
    /// Keeps bytes; answers after they are on the disk. Keeping the same name again changes nothing.
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> BoxFuture<'a, Result<(), FileError>>;
    /// The bytes of a name, or `None`.
    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<Vec<u8>>, FileError>>;
    /// Lets bytes go that no row knows any more. Whoever keeps or asks for them before they are removed has them again.
    fn let_go<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), FileError>>;
}

/// Why the directory of employers gave no answer.
#[derive(Debug, thiserror::Error)]
#[error("employers: {0}")]
pub struct EmployerError(pub String);

/// The directory behind 获取单位信息 (手册丁 工作单位或居住地).
pub trait Employers: Send + Sync {
    /// The name of the employer with a 统一社会信用代码 or 组织机构代码, as [`domain::intake::employer_code`] writes it, for
    /// people of a province.
    fn find<'a>(&'a self, province: &'a str, code: &'a str) -> BoxFuture<'a, Result<Option<String>, EmployerError>>;
}

/// A short message on its way to a telephone.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct OutgoingSms {
    /// One id for all tries, so that a provider, or we, can tell a repetition.
    pub id: String,
    /// Key of the province that sends it.
    pub province: String,
    /// 手机号 that it goes to.
    pub mobile: String,
    /// What it is about: `registration`, `login`, `password_reset`, `returned`, …
    pub purpose: String,
    /// The whole text with its signature.
    pub text: String,
    /// The code or token in it; `None` for none.
    pub code: Option<String>,
}

/// Why a message did not leave.
#[derive(Debug, thiserror::Error)]
#[error("sms: {0}")]
pub struct SmsError(pub String);

/// The way to the telephones.
pub trait Sms: Send + Sync {
    /// Hands a message over; it may be called again with the same id.
    fn send<'a>(&'a self, message: &'a OutgoingSms) -> BoxFuture<'a, Result<(), SmsError>>;
}

/// Why nothing was signed. The text is for the log.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("notary: {0}")]
pub struct NotaryError(pub String);

/// Who signs for the provinces: the keys of the vault, or a machine that keeps them to itself.
pub trait Notary: Send + Sync {
    /// The statement signed with the present key of a province, as compact JWS.
    ///
    /// # Errors
    /// For a province without a key.
    fn sign(&self, province: &str, statement: &Signed) -> Result<String, NotaryError>;
    /// The ticket for a school signed with the same key, as compact JWS.
    ///
    /// # Errors
    /// For a province without a key.
    fn ticket(&self, province: &str, ticket: &Ticket) -> Result<String, NotaryError>;
    /// A package for another province signed with the same key, as compact JWS.
    ///
    /// # Errors
    /// For a province without a key.
    fn package(&self, province: &str, package: &serde_json::Value) -> Result<String, NotaryError>;
    /// The public keys of a province, those of before among them.
    ///
    /// # Errors
    /// For keys that are none.
    fn public_keys(&self, province: &str) -> Result<Vec<PublicKey>, NotaryError>;
}
