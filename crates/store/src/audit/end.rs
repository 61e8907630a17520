//! How a write ends on SQLite: with its row of the audit trail, in one way to the thread of the database and back.

use super::INSERT;
use crate::conn::Tx;
use std::sync::LazyLock;

/// What follows on a write that is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Another write, in a savepoint of its own.
    Next,
    /// The commit of all of them.
    Commit,
}

const NEXT: &str = "RELEASE job; SAVEPOINT job";
const COMMIT: &str = "RELEASE job; COMMIT";
static ROW_AND_NEXT: LazyLock<String> = LazyLock::new(|| format!("{INSERT}; {NEXT}"));
static ROW_AND_COMMIT: LazyLock<String> = LazyLock::new(|| format!("{INSERT}; {COMMIT}"));

impl Tx {
    /// Ends the write in the savepoint. Nothing behind a row that could not be written is done.
    pub(crate) async fn end(&mut self, end: End) -> Result<(), sqlx::Error> {
        let (command, with_row) = match end {
            End::Next => (NEXT, &ROW_AND_NEXT),
            End::Commit => (COMMIT, &ROW_AND_COMMIT),
        };
        let Some(row) = self.last.take() else { return self.run(command).await };
        self.put(with_row, &row).await?;
        if end == End::Commit {
            self.mark_ended();
        }
        Ok(())
    }
}
