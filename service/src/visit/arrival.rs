//! Who stands at the door: the token of a cookie, and the session behind it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use domain::answer::Flash;
use sha2::{Digest, Sha256};
use store::session::SessionRow;

use super::Slip;
use crate::{Failure, Services};

/// A session ends after so long without a request (等保 8.1.4.1 b; security V7.3.1).
const IDLE: Duration = Duration::minutes(30);
/// A session of the staff ends after so long in any case (security V7.3.2).
const STAFF_ABSOLUTE: Duration = Duration::hours(12);
/// One of an accountant after so long (NIST 800-63B, AAL1).
const ACCOUNTANT_ABSOLUTE: Duration = Duration::days(30);

/// The secret that a browser keeps in its cookie: 32 random bytes in base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    #[must_use]
    pub fn new(services: &Services) -> Self {
        Self(URL_SAFE_NO_PAD.encode(services.ids.secret()))
    }

    /// What a cookie holds, if it can be a token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (URL_SAFE_NO_PAD.decode(text).ok()?.len() == 32).then(|| Self(text.to_owned()))
    }

    /// For the cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The only form in which it is stored.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// A browser at the door: its token, and the session behind it, if that is alive.
#[derive(Clone)]
pub struct Arrival {
    pub token: Token,
    pub row: Option<SessionRow>,
    /// Whether the answer must set the cookie.
    pub is_fresh: bool,
    /// Whether a body is waited for after the head: then the session is looked up again when the body is there.
    pub has_body: bool,
    /// Where a refused form is left of which nothing is kept.
    pub slip: Slip,
    /// Such a form, for the page that is drawn with it.
    pub typed: Option<Flash>,
}

impl Arrival {
    /// Looks up what the cookie says. A well-formed token without a session is kept, because pages make the session only
    /// when they need one; the token of a session that has ended is replaced. Signing in always replaces it.
    ///
    /// # Errors
    /// `Store`.
    pub async fn find(services: &Services, cookie: Option<&str>) -> Result<Self, Failure> {
        let Some(token) = cookie.and_then(Token::parse) else { return Ok(Self::fresh(services)) };
        match services.db.read().await?.find_session(&token.hash()).await? {
            Some(row) if is_alive(&row, services.now()) => Ok(Self::known(token, Some(row))),
            Some(_) => Ok(Self::fresh(services)),
            None => Ok(Self::known(token, None)),
        }
    }

    fn fresh(services: &Services) -> Self {
        Self { is_fresh: true, ..Self::known(Token::new(services), None) }
    }

    fn known(token: Token, row: Option<SessionRow>) -> Self {
        Self { token, row, is_fresh: false, has_body: false, slip: Slip::default(), typed: None }
    }
}

/// The session of a token, if it is alive.
pub(super) async fn find_alive(services: &Services, token: &Token) -> Result<Option<SessionRow>, Failure> {
    let row = services.db.read().await?.find_session(&token.hash()).await?;
    Ok(row.filter(|row| is_alive(row, services.now())))
}

pub(super) fn is_alive(row: &SessionRow, now: DateTime<Utc>) -> bool {
    let longest = if row.staff_id.is_some() { STAFF_ABSOLUTE } else { ACCOUNTANT_ABSOLUTE };
    now - row.created_at < longest && now - row.seen_at < IDLE
}
