//! Who stands at the door: the token of a cookie, and the session behind it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};
use store::session::SessionRow;

use crate::{Failure, Services};

/// A session ends after so long without a request (等保 8.1.4.1 b; security V7.3.1).
const IDLE: Duration = Duration::minutes(30);
/// A session of the staff ends after so long in any case (security V7.3.2).
const STAFF_ABSOLUTE: Duration = Duration::hours(12);
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
            Some(row) if is_alive(&row, services.now()) => Ok(Self { token, row: Some(row), is_fresh: false }),
            Some(_) => Ok(Self::fresh(services)),
            None => Ok(Self { token, row: None, is_fresh: false }),
        }
    }

    fn fresh(services: &Services) -> Self {
        Self { token: Token::new(services), row: None, is_fresh: true }
    }
}

fn is_alive(row: &SessionRow, now: DateTime<Utc>) -> bool {
    let is_young = row.staff_id.is_none() || now - row.created_at < STAFF_ABSOLUTE;
    is_young && now - row.seen_at < IDLE
}
