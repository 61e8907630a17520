//! The outcome of an action that did not take place.

use domain::case::{Objection, Refusal};
use domain::fault::FieldErrors;
use store::StoreError;

/// Why nothing happened. Tests match on it, pages turn it into sentences.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The person can mend it where they are.
    #[error("invalid: {0}")]
    Invalid(#[from] FieldErrors),
    /// The rules say no.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// There is no such thing, or not for this person.
    #[error("not found")]
    NotFound,
    /// It is done elsewhere now, or something else comes first; the page of ours says what.
    #[error("done elsewhere, see {0}")]
    Elsewhere(String),
    /// Somebody changed it since the page was read.
    #[error("changed in between")]
    Stale,
    /// Too many people at once; nothing was done.
    #[error("busy")]
    Busy,
    /// A disk is full; nothing was stored.
    #[error("the disk is full")]
    DiskFull,
    /// The database failed, or holds what cannot be.
    #[error("store: {0}")]
    Store(StoreError),
    /// Something else broke; the text is for the log.
    #[error("broken: {0}")]
    Broken(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale { .. } => Self::Stale,
            StoreError::DiskFull => Self::DiskFull,
            full if full.is_full() => Self::Busy,
            other => Self::Store(other),
        }
    }
}

impl From<crate::password::Busy> for Failure {
    fn from(_: crate::password::Busy) -> Self {
        Self::Busy
    }
}

impl From<crate::vault::VaultError> for Failure {
    fn from(error: crate::vault::VaultError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<crate::ports::NotaryError> for Failure {
    fn from(error: crate::ports::NotaryError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<crate::ports::FileError> for Failure {
    fn from(error: crate::ports::FileError) -> Self {
        match error {
            crate::ports::FileError::DiskFull => Self::DiskFull,
            other @ crate::ports::FileError::Failed(_) => Self::Broken(other.to_string()),
        }
    }
}

impl From<Objection> for Failure {
    fn from(objection: Objection) -> Self {
        match objection {
            Objection::Refusal(refusal) => Self::Refused(refusal),
            Objection::Faults(errors) => Self::Invalid(errors),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        // The text of the error may quote what was stored.
        Self::Broken(format!("a stored body cannot be read ({:?} at {}:{})", error.classify(), error.line(), error.column()))
    }
}
