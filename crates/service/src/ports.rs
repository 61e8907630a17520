//! What the service needs from the world outside, so that tests can put something else in its place.

use chrono::{DateTime, Utc};
use domain::certificate::Signed;
use domain::school::Ticket;
use futures::future::BoxFuture;

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

/// A form as it goes on paper, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Title of the form.
    pub title: String,
    /// Who takes the form.
    pub authority: String,
    /// The number of the case with its label, once there is one.
    pub number: Option<String>,
    /// Headings, each with its labels and values.
    pub sections: Vec<(String, Vec<(String, String)>)>,
    /// Whether there is a place for a photograph.
    pub has_photo: bool,
    /// The photograph as JPEG; `None` where there is none.
    pub photo: Option<Vec<u8>>,
    /// What the signature stands under.
    pub promise: String,
    /// Where to sign or seal, from left to right.
    pub signatures: Vec<String>,
    /// The date, in words.
    pub printed_on: String,
    /// What makes it a signed extract; `None` for a form.
    pub seal: Option<Seal>,
}

/// A signed statement on paper, and inside the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal {
    /// What stands beside the 二维码, a line each.
    pub notes: Vec<String>,
    /// Who signed, and when, in words.
    pub issuer: (String, String),
    /// What the 二维码 holds.
    pub address: String,
    /// The signed statement, which is attached to the document.
    pub statement: String,
    /// When it was signed: year, month, day in China.
    pub issued_on: (i32, u32, u32),
}

/// Why there is no paper.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// Too many people print at once.
    #[error("busy")]
    Busy,
    /// The fonts are not installed.
    #[error("no fonts")]
    NoFonts,
    /// Anything else; the text is for the log.
    #[error("paper: {0}")]
    Broken(String),
}

/// The way to paper.
pub trait Paper: Send + Sync {
    /// The form as PDF, with a blank to write on in the place of each character that no font has.
    fn form(&self, sheet: Sheet) -> BoxFuture<'_, Result<Vec<u8>, PaperError>>;
    /// The 完成证明 as PDF/A-3b with its statement inside.
    fn diploma(&self, diploma: Diploma) -> BoxFuture<'_, Result<Vec<u8>, PaperError>>;
    /// The characters of a text that no font has, each once.
    fn missing(&self, text: String) -> BoxFuture<'_, Result<String, PaperError>>;
}

/// What the 完成证明 of a learning year looks like on paper, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diploma {
    /// The title.
    pub title: String,
    /// What is certified, piece by piece; the marked ones stand out.
    pub text: Vec<(String, bool)>,
    /// The heads of the table.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// What stands beside the 二维码, a line each.
    pub notes: Vec<String>,
    /// Who certifies, and when, in words.
    pub issuer: (String, String),
    /// What the 二维码 holds.
    pub address: String,
    /// The signed statement, which is attached to the document.
    pub statement: String,
    /// When it was certified: year, month, day in China.
    pub issued_on: (i32, u32, u32),
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

/// A sign-in at an identity service on its way: three secrets of one use, and the address to come back to.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attempt {
    /// Comes back with the browser, and shows that it is the same one.
    pub state: String,
    /// Comes back inside the signed token, and shows that it was made for this attempt.
    pub nonce: String,
    /// PKCE: whoever redeems the code must know it; only its hash leaves with the browser.
    pub verifier: String,
    /// Address here that the service sends the browser back to.
    pub redirect_uri: String,
}

/// Who somebody is, as the identity service says. Nothing of it is checked yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Known {
    /// The service's own name for the person.
    pub subject: String,
    /// 姓名.
    pub name: String,
    /// 手机号.
    pub mobile: String,
    /// A code of `DocumentKind`.
    pub document_kind: String,
    /// 证件号码.
    pub document_number: String,
    /// Code and name of the unit that they act for, where they signed in as a legal person (法人用户登录).
    pub unit: Option<(String, String)>,
}

/// Why the identity service did not say who somebody is. None of these holds a personal value or a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// No answer in time, or one that is none.
    #[error("the identity service does not answer")]
    Unreachable,
    /// The code was used, is too old, or was made for somebody else.
    #[error("the identity service refuses the code")]
    Refused,
    /// The token is not what it must be: signature, issuer, audience, nonce, time.
    #[error("the token of the identity service cannot be trusted")]
    Untrusted,
    /// A claim that we need is missing.
    #[error("the identity service does not say who it is")]
    Incomplete,
}

/// A page of the identity service to which people are sent beside a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServicePage {
    /// 注册, with 实名认证.
    Register,
    /// 用户中心, where name, telephone and document are corrected.
    Account,
}

/// The provincial services where people have their account.
pub trait Identity: Send + Sync {
    /// The address of the service's sign-in page for this attempt.
    fn begin<'a>(&'a self, province: &'a str, attempt: &'a Attempt) -> BoxFuture<'a, Result<String, IdentityError>>;
    /// Redeems the code of an attempt and answers who it is.
    fn finish<'a>(
        &'a self,
        province: &'a str,
        attempt: &'a Attempt,
        code: &'a str,
    ) -> BoxFuture<'a, Result<Known, IdentityError>>;
    /// The address of a page of the service, whose way back is `back` where the service knows such a thing; `None` where the
    /// province has no service.
    fn page(&self, province: &str, page: ServicePage, back: &str) -> Option<String>;
}

/// Where no province has an identity service.
pub struct NoIdentity;

impl Identity for NoIdentity {
    fn begin<'a>(&'a self, _: &'a str, _: &'a Attempt) -> BoxFuture<'a, Result<String, IdentityError>> {
        Box::pin(std::future::ready(Err(IdentityError::Unreachable)))
    }

    fn finish<'a>(&'a self, _: &'a str, _: &'a Attempt, _: &'a str) -> BoxFuture<'a, Result<Known, IdentityError>> {
        Box::pin(std::future::ready(Err(IdentityError::Unreachable)))
    }

    fn page(&self, _: &str, _: ServicePage, _: &str) -> Option<String> {
        None
    }
}

/// Why a document was not drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PagesError {
    /// It has more pages than were asked for.
    #[error("{pages} pages")]
    Many {
        /// How many it has.
        pages: u32,
    },
    /// It opens with a password.
    #[error("locked")]
    Locked,
    /// It cannot be read.
    #[error("damaged")]
    Damaged,
    /// It needs more memory or time than there is for one.
    #[error("too heavy")]
    TooHeavy,
    /// Anything else; the text is for the log.
    #[error("pages: {0}")]
    Broken(String),
}

/// Draws what is neither JPEG nor PNG: PDF, WebP, BMP, TIFF. Whoever implements it bounds memory and time.
pub trait Pages: Send + Sync {
    /// The pages as JPEGs, upright, of at most [`studio::LONG_SIDE`] pixels; at most `most` of them.
    fn draw<'a>(&'a self, bytes: &'a [u8], most: u32) -> BoxFuture<'a, Result<Vec<Vec<u8>>, PagesError>>;
}
