//! The provincial services where people have their account.

use futures::future::BoxFuture;

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
