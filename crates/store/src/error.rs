//! What can go wrong below the service.

/// A fault of the database, a row that cannot be, or somebody who was faster.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The driver or the database said no.
    #[error("database: {0}")]
    Driver(#[source] sqlx::Error),
    /// The one unique rule of the statement was hit.
    #[error("{table}: the row exists already")]
    Exists {
        /// Table of the row.
        table: &'static str,
    },
    /// The row changed since it was read; nothing was written.
    #[error("{table}: somebody was faster")]
    Stale {
        /// Table of the row.
        table: &'static str,
    },
    /// A row breaks an invariant.
    #[error("{table}.{column} of {row} is inconsistent")]
    Inconsistent {
        /// Table of the row.
        table: &'static str,
        /// Column whose value cannot be.
        column: &'static str,
        /// Id of the row.
        row: String,
    },
    /// The task of a write ended without an answer.
    #[error("the write ended without an answer: {0}")]
    Aborted(String),
    /// The disk is full; nothing was written.
    #[error("the disk of the database is full")]
    DiskFull,
    /// The audit trail is neither written nor read without its key.
    #[error("the key of the audit trail is missing")]
    NoAuditKey,
    /// A migration could not be applied.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        // SQLITE_FULL, the same while its shared memory grows, and disk_full of PostgreSQL.
        const FULL: [&str; 3] = ["13", "4874", "53100"];
        let code = error.as_database_error().and_then(|e| e.code());
        if code.is_some_and(|code| FULL.contains(&code.as_ref())) { Self::DiskFull } else { Self::Driver(error) }
    }
}

impl StoreError {
    /// Whether nothing is broken but all connections are in use.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Driver(sqlx::Error::PoolTimedOut))
    }

    /// Whether two writes got in each other's way, so that the same once more may well pass: a deadlock or a write that could not be
    /// put in line on PostgreSQL, a lock on SQLite.
    #[must_use]
    pub fn is_contended(&self) -> bool {
        const CONTENDED: [&str; 4] = ["40P01", "40001", "5", "6"];
        let Self::Driver(error) = self else { return false };
        let code = error.as_database_error().and_then(|e| e.code());
        code.is_some_and(|code| CONTENDED.contains(&code.as_ref()))
    }

    /// Names the table when the fault is its unique rule. Use it where the statement can hit one rule only:
    /// SQLite does not name the constraint.
    pub(crate) fn exists_in(table: &'static str) -> impl Fn(sqlx::Error) -> Self {
        move |error| match &error {
            sqlx::Error::Database(e) if e.is_unique_violation() => Self::Exists { table },
            _ => Self::from(error),
        }
    }
}

/// Turns "no row changed" into `Stale`.
pub(crate) fn one_row(table: &'static str, changed: u64) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale { table }) }
}
