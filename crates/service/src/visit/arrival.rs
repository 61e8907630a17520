//! Who stands at the door: the token of a cookie, and the session behind it.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use domain::answer::Flash;
use sha2::{Digest, Sha256};
use store::session::SessionRow;
use store::staff::StaffRow;
use tokio::sync::OnceCell;

use super::Slip;
use super::acting::stands;
use super::left::may_leave;
use super::wanted::is_plain;
use crate::{Failure, Services};

/// A session ends after so long without a request (等保 8.1.4.1 b; security V7.3.1).
const IDLE: Duration = Duration::minutes(30);
/// A session of the staff ends after so long in any case (security V7.3.2).
pub(crate) const STAFF_ABSOLUTE: Duration = Duration::hours(12);
/// One of an accountant after so long (NIST 800-63B, AAL1).
const ACCOUNTANT_ABSOLUTE: Duration = Duration::days(30);
/// One of a clerk who fills in for a person after so long: as long as somebody stands at a counter.
const ACTING_ABSOLUTE: Duration = Duration::minutes(60);

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

/// In what role somebody comes. Each has a cookie of its own at every province, so that no two share a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// On the pages for accountants and visitors.
    Accountant,
    /// On the pages for the staff.
    Staff,
}

impl Role {
    /// Whether an address is that of a page of the role in a province, to which signing in may lead: nothing that could lead off the
    /// site, to another side or back to a sign-in.
    #[must_use]
    pub fn is_page(self, province: &str, page: &str) -> bool {
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(province)).and_then(|path| path.strip_prefix('/'));
        let Some(rest) = rest.filter(|_| page.len() <= 200 && is_plain(query)) else { return false };
        let is_path = rest
            .split('/')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')));
        let is_staff = rest == "staff" || rest.starts_with("staff/");
        let is_door =
            ["login", "second-factor", "activate", "register", "password"].contains(&rest.strip_prefix("staff/").unwrap_or(rest));
        is_path && !is_door && is_staff == (self == Self::Staff)
    }

    /// Whether a session may be used in this role; that of a visitor may in the one whose cookie names it.
    fn fits(self, row: &SessionRow) -> bool {
        match self {
            Self::Accountant => row.staff_id.is_none() || row.is_acting(),
            Self::Staff => row.account_id.is_none(),
        }
    }
}

/// What a browser brought to the province that it asks.
#[derive(Clone)]
pub struct Met {
    /// Key of the province that is asked.
    pub province: String,
    /// The token of the cookie, or a fresh one.
    pub token: Token,
    /// The row of the session; `None` while there is none.
    pub row: Option<SessionRow>,
    /// The row of a session that has ended, as long as it may leave a form behind.
    pub over: Option<SessionRow>,
    /// The staff member of the session, whatever became of their account; `None` for everybody else.
    pub staff: Option<StaffRow>,
    /// Whether the answer must set the cookie.
    pub is_fresh: bool,
}

/// A browser at the door, with its tokens by province. Which of them counts is found out once, when the province is known:
/// that of a call stands in its body, and by then the session may have ended.
#[derive(Clone)]
pub struct Arrival {
    /// In what role somebody comes.
    pub role: Role,
    tokens: Vec<(String, Token)>,
    met: Arc<OnceCell<Met>>,
    /// Provinces, and the page of each that was asked for before signing in, as the browser says.
    wanted: Vec<(String, String)>,
    /// Where a refused form is left of which nothing is kept.
    pub slip: Slip,
    /// Such a form, for the page that is drawn with it; `None` for any other page.
    pub typed: Option<Flash>,
}

impl Arrival {
    /// Somebody who came with these cookies of the role: province and value.
    #[must_use]
    pub fn new(role: Role, cookies: &[(&str, &str)]) -> Self {
        let token = |(province, value): &(&str, &str)| Some(((*province).to_owned(), Token::parse(value)?));
        let tokens = cookies.iter().filter_map(token).collect();
        Self { role, tokens, met: Arc::default(), wanted: Vec::new(), slip: Slip::default(), typed: None }
    }

    /// The same with the pages that were asked for before signing in: province and path.
    #[must_use]
    pub fn wanting(self, pages: &[(&str, &str)]) -> Self {
        let own = |(province, page): &(&str, &str)| ((*province).to_owned(), (*page).to_owned());
        Self { wanted: pages.iter().map(own).collect(), ..self }
    }

    /// The page of the province that was asked for, when it is one of the role.
    pub(super) fn wanted(&self, province: &str) -> Option<String> {
        let (_, page) = self.wanted.iter().find(|(of, _)| of == province)?;
        self.role.is_page(province, page).then(|| page.clone())
    }

    /// Looks up what the cookie of the province says. A well-formed token without a session is kept, because pages make the
    /// session only when they need one; the token of a session that has ended, or that belongs to another province or role, is
    /// replaced. Signing in always replaces it.
    ///
    /// # Errors
    /// `Store`.
    pub async fn meet(&self, services: &Services, province: &str) -> Result<&Met, Failure> {
        self.met.get_or_try_init(|| self.find(services, province)).await
    }

    /// What was found, once somebody asked.
    #[must_use]
    pub fn met(&self) -> Option<&Met> {
        self.met.get()
    }

    /// The same browser once more, for the page that is drawn with a refused form: what it did meanwhile is looked up again.
    #[must_use]
    pub fn again(&self, typed: Flash) -> Self {
        let tokens = self.met().map_or_else(|| self.tokens.clone(), |met| vec![(met.province.clone(), met.token.clone())]);
        Self {
            role: self.role,
            tokens,
            met: Arc::default(),
            wanted: self.wanted.clone(),
            slip: Slip::default(),
            typed: Some(typed),
        }
    }

    /// The provinces that a cookie came for.
    pub fn provinces(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|(province, _)| province.as_str())
    }

    async fn find(&self, services: &Services, province: &str) -> Result<Met, Failure> {
        let met = |token, row, is_fresh| Met { province: province.to_owned(), token, row, over: None, staff: None, is_fresh };
        let Some((_, token)) = self.tokens.iter().find(|(of, _)| of == province) else {
            return Ok(met(Token::new(services), None, true));
        };
        let mut reader = services.db.read().await?;
        let Some((row, staff)) = reader.meet_session(&token.hash()).await? else { return Ok(met(token.clone(), None, false)) };
        let is_own = row.province == province && self.role.fits(&row);
        if is_own && stands(&mut reader, &row, services.now()).await? {
            return Ok(Met { staff, ..met(token.clone(), Some(row), false) });
        }
        let over = Some(row).filter(|row| is_own && may_leave(row, services.now()));
        Ok(Met { over, ..met(Token::new(services), None, true) })
    }
}

/// The session of a token, if it is alive.
pub(super) async fn find_alive(services: &Services, token: &Token) -> Result<Option<SessionRow>, Failure> {
    let mut reader = services.db.read().await?;
    let Some(row) = reader.find_session(&token.hash()).await? else { return Ok(None) };
    Ok(stands(&mut reader, &row, services.now()).await?.then_some(row))
}

/// Whether a session has not ended by itself.
pub(crate) fn is_alive(row: &SessionRow, now: DateTime<Utc>) -> bool {
    if row.is_acting() && row.opened_by.is_none() {
        return false;
    }
    let longest = match (&row.account_id, &row.staff_id) {
        (Some(_), Some(_)) => ACTING_ABSOLUTE,
        (None, Some(_)) => STAFF_ABSOLUTE,
        (_, None) => ACCOUNTANT_ABSOLUTE,
    };
    now - row.created_at < longest && now - row.seen_at < IDLE
}
