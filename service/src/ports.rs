//! What the service needs from the world outside, so that tests can put something else in its place.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

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
#[error("files: {0}")]
pub struct FileError(pub String);

/// Bytes under a name; a name is written once and never changes its bytes.
pub trait Files: Send + Sync {
    /// Keeps bytes; answers after they are on the disk. Keeping the same name again changes nothing.
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> BoxFuture<'a, Result<(), FileError>>;
    /// The bytes of a name, or `None`.
    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<Vec<u8>>, FileError>>;
}

/// Why the directory of employers gave no answer.
#[derive(Debug, thiserror::Error)]
#[error("employers: {0}")]
pub struct EmployerError(pub String);

/// The directory behind 获取单位信息 (浙江手册 工作单位或居住地).
pub trait Employers: Send + Sync {
    /// The name of the employer with a 统一社会信用代码 or 组织机构代码, as [`domain::intake::employer_code`] writes it.
    fn find<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<Option<String>, EmployerError>>;
}

/// A short message on its way to a telephone.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct OutgoingSms {
    /// One id for all tries, so that a provider, or we, can tell a repetition.
    pub id: String,
    pub province: String,
    pub mobile: String,
    /// What it is about: `registration`, `login`, `password_reset`, `returned`, …
    pub purpose: String,
    /// The whole text with its signature.
    pub text: String,
    /// The code in it, if any.
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
