//! What somebody searched for: words may be names, so that addresses hold a token in their place.

use chrono::{DateTime, Duration, Utc};
use domain::text::tidy;
use serde::{Deserialize, Serialize};

use super::{Memo, Visit};
use crate::Failure;
use crate::clock::is_recent;

/// How long a search can be gone back to.
const KEPT: Duration = Duration::minutes(30);
/// Searches that a session remembers, the newest.
const MOST: usize = 20;
/// Characters of a search.
const LONGEST: usize = 50;

/// One search of a session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Search {
    token: String,
    words: String,
    at: DateTime<Utc>,
}

domain::shown!(Search { at });

impl Search {
    fn is_kept(&self, now: DateTime<Utc>) -> bool {
        is_recent(self.at, now, KEPT)
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }
}

impl Memo {
    /// The search of a token.
    pub(super) fn search(&self, token: &str) -> Option<Search> {
        self.searches.iter().find(|search| search.token == token).cloned()
    }

    /// Makes a search the newest, whether or not it was forgotten meanwhile.
    pub(super) fn keep_search(&mut self, search: Option<Search>, now: DateTime<Utc>) {
        let Some(search) = search else { return };
        self.searches.retain(|kept| kept.token != search.token);
        if self.searches.len() >= MOST {
            self.searches.remove(0);
        }
        self.searches.push(Search { at: now, ..search });
    }
}

impl Visit {
    /// Remembers for half an hour, in this session alone, what is searched for, and answers the token that stands for it; empty
    /// for no words.
    ///
    /// # Errors
    /// `SignInAgain`, `Store`, `Broken`.
    pub(crate) async fn keep_search(&self, words: &str) -> Result<String, Failure> {
        let words: String = tidy(words).chars().take(LONGEST).collect();
        if words.is_empty() {
            return Ok(String::new());
        }
        let (now, new) = (self.now(), self.services.ids.id());
        self.remember(move |memo| {
            memo.searches.retain(|search| search.is_kept(now));
            let known = memo.searches.iter().position(|search| search.words == words);
            let token = known.map(|at| memo.searches.remove(at).token).unwrap_or(new);
            if memo.searches.len() >= MOST {
                memo.searches.remove(0);
            }
            memo.searches.push(Search { token: token.clone(), words, at: now });
            token
        })
        .await
    }

    /// What the session searched for under a token: nothing for the empty one, `None` for one that is not its own or no longer.
    ///
    /// # Errors
    /// `Broken`.
    pub(crate) fn searched(&self, token: &str) -> Result<Option<String>, Failure> {
        if token.is_empty() {
            return Ok(Some(String::new()));
        }
        let now = self.now();
        let kept = self.glimpse()?.searches;
        Ok(kept.into_iter().find(|search| search.token == token && search.is_kept(now)).map(|search| search.words))
    }
}
