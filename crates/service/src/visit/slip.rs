//! A refused form of somebody of whom nothing is kept: it goes back with the answer itself.

use std::sync::{Arc, Mutex, PoisonError};

use domain::answer::Flash;
use domain::case::Actor;

use super::Visit;
use super::arrival::find_alive;
use crate::Failure;

/// Where a request leaves the form that its page is to be drawn with.
#[derive(Clone, Default)]
pub struct Slip(Arc<Mutex<Option<(String, Flash)>>>);

impl Slip {
    /// The page and the form, once.
    #[must_use]
    pub fn take(&self) -> Option<(String, Flash)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Visit {
    /// Leaves a refused form for its page to be drawn with, where nothing is kept: before a challenge was solved, in this request
    /// at the latest, the session of a visitor is a bare row, whatever is posted. `false` where the session remembers.
    ///
    /// # Errors
    /// `Store`.
    pub async fn hand_back(&self, page: &str, flash: &Flash) -> Result<bool, Failure> {
        let is_visitor = matches!(self.actor, Actor::Visitor { .. });
        let is_bare = is_visitor && find_alive(&self.services, &self.token).await?.is_none_or(|row| row.memo_sealed.is_none());
        if is_bare {
            *self.slip.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((page.to_owned(), flash.clone()));
        }
        Ok(is_bare)
    }
}
