//! What a merging moves from one account to the other, and back. What is moved is noted row by row, so that an undo takes back exactly
//! that. Rows that are only added (credits, integrity) stay with the account that they were booked for: whoever sums reads both.

use domain::id::AccountId;

use super::MergeRow;
use crate::conn::{Tx, change};
use crate::error::StoreError;

/// Notes the rows of a table that go with the account `$2`, but for those that its other account `$3` has already.
macro_rules! note {
    ($what:literal, $table:literal, $key:literal, $but:literal) => {
        concat!(
            "INSERT INTO merge_move (merge_id, what, row_id) SELECT CAST($1 AS TEXT), '",
            $what,
            "', ",
            $key,
            " FROM ",
            $table,
            " t WHERE t.account_id = $2 AND ($3 <> '') AND ",
            $but
        )
    };
}

/// Gives what was noted from the account `$2` to the account `$3`.
macro_rules! give {
    ($what:literal, $table:literal, $key:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET account_id = $3 WHERE account_id = $2 AND ",
            $key,
            " IN (SELECT row_id FROM merge_move WHERE merge_id = $1 AND what = '",
            $what,
            "')"
        )
    };
}

/// A table: what is noted, and what gives it.
macro_rules! moves {
    ($($what:literal: $table:literal by $key:literal unless $but:literal;)*) => {
        const NOTES: &[&str] = &[$(note!($what, $table, $key, $but)),*];
        const GIVES: &[&str] = &[$(give!($what, $table, $key)),*];
        /// Every statement of this module.
        pub(crate) const STATEMENTS: &[&str] =
            &[$(note!($what, $table, $key, $but), give!($what, $table, $key),)* NOTE_CURRENT, RETIRE, RESTORE];
    };
}

// The record of the account that leads elsewhere stays with it where the other has one of its own, and is then nobody's newest.
const NOTE_CURRENT: &str = "INSERT INTO merge_move (merge_id, what, row_id)
    SELECT CAST($1 AS TEXT), 'current', r.id FROM record r WHERE r.account_id = $2 AND r.is_current";
const RETIRE: &str = "UPDATE record SET is_current = FALSE WHERE account_id = $2
    AND id IN (SELECT row_id FROM merge_move WHERE merge_id = $1 AND what = 'current')";
const RESTORE: &str = "UPDATE record SET is_current = TRUE WHERE account_id = $2
    AND id IN (SELECT row_id FROM merge_move WHERE merge_id = $1 AND what = 'current')";

moves! {
    "case": "case_file" by "id" unless "1 = 1";
    "attachment": "attachment" by "id" unless "1 = 1";
    "message": "message" by "id" unless "1 = 1";
    "phone_change": "phone_change" by "case_id" unless "1 = 1";
    "conversion": "conversion" by "case_id" unless "1 = 1";
    "reward": "reward" by "case_id" unless "1 = 1";
    "penalty": "penalty" by "case_id" unless "1 = 1";
    "annulment": "annulment" by "case_id" unless "1 = 1";
    "objection": "objection" by "case_id" unless "1 = 1";
    "departure": "departure" by "case_id" unless "1 = 1";
    "received": "received_package" by "package_id" unless "1 = 1";
    "integrity_note": "integrity_note" by "id" unless "1 = 1";
    "employer_claim": "employer_claim" by "case_id" unless "1 = 1";
    "employer_manager": "employer_manager" by "id" unless "1 = 1";
    "employment": "employment" by "id" unless
        "NOT EXISTS (SELECT 1 FROM employment w WHERE w.account_id = $3 AND w.manager_id = t.manager_id)";
    "confirmation": "employer_confirmation" by "id" unless "1 = 1";
    "certificate": "completion_certificate" by "number" unless
        "NOT EXISTS (SELECT 1 FROM completion_certificate w WHERE w.account_id = $3 AND w.year = t.year AND w.ended_at IS NULL)";
    "share": "certificate_share" by "id" unless "1 = 1";
    "enrolment": "enrolment" by "id" unless
        "NOT EXISTS (SELECT 1 FROM enrolment w WHERE w.account_id = $3 AND w.year = t.year AND w.ended_at IS NULL AND t.ended_at IS NULL
            AND (w.place = t.place OR w.school_id = t.school_id))";
    "record": "record" by "id" unless "NOT EXISTS (SELECT 1 FROM record w WHERE w.account_id = $3)";
    "closing": "record_closing" by "case_id" unless
        "NOT EXISTS (SELECT 1 FROM record_closing w WHERE w.account_id = $3 AND w.closed_at IS NOT NULL AND w.ended_at IS NULL)";
    "import_row": "import_row" by "batch_id || ':' || place" unless "1 = 1";
}

impl Tx {
    /// Moves what goes with the account that leads elsewhere. Its record stays and is its newest no more, where the other has one.
    ///
    /// # Errors
    /// `Exists` where both have what only one may have.
    pub async fn move_merged(&mut self, of: &MergeRow) -> Result<(), StoreError> {
        for statement in NOTES.iter().copied() {
            change!(self, |c| sqlx::query(statement).bind(&of.id).bind(of.loser.as_str()).bind(of.winner.as_str()).execute(c))?;
        }
        self.give(of, [&of.loser, &of.winner]).await?;
        for statement in [NOTE_CURRENT, RETIRE] {
            change!(self, |c| sqlx::query(statement).bind(&of.id).bind(of.loser.as_str()).execute(c))?;
        }
        Ok(())
    }

    /// Moves back exactly what was moved.
    ///
    /// # Errors
    /// `Exists` where the account has by now what only one may have.
    pub async fn move_back_merged(&mut self, of: &MergeRow) -> Result<(), StoreError> {
        self.give(of, [&of.winner, &of.loser]).await?;
        change!(self, |c| sqlx::query(RESTORE).bind(&of.id).bind(of.loser.as_str()).execute(c))?;
        Ok(())
    }

    async fn give(&mut self, of: &MergeRow, [from, to]: [&AccountId; 2]) -> Result<(), StoreError> {
        for statement in GIVES.iter().copied() {
            change!(self, |c| sqlx::query(statement).bind(&of.id).bind(from.as_str()).bind(to.as_str()).execute(c))
                .map_err(StoreError::exists_in("account_merge"))?;
        }
        Ok(())
    }
}
