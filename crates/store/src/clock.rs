//! What a clock that ran ahead left behind, once it is set right.

use crate::conn::{Tx, change, sql};
use crate::error::StoreError;
use chrono::{DateTime, Duration, Utc};

/// Clocks of several servers may differ by so much.
pub const SKEW: Duration = Duration::seconds(60);

sql! {
    RATES = "DELETE FROM rate_event WHERE at > $1";
    CODES = "DELETE FROM sms_code WHERE sent_at > $1";
    CHALLENGES = "DELETE FROM challenge WHERE created_at > $1";
    HOLDS = "UPDATE case_file SET holder_id = NULL, holder_name = NULL, held_until = NULL WHERE held_until > $1";
    SESSIONS = "UPDATE session SET created_at = CASE WHEN created_at > $1 THEN $2 ELSE created_at END, seen_at = $2
        WHERE seen_at > $1";
    ALL_CODES = "DELETE FROM sms_code";
    ALL_HANDOVERS = "DELETE FROM handover";
    MESSAGES = "UPDATE outbox SET run_after = $2 WHERE state = 'waiting' AND run_after > $1";
    LOCKS = "UPDATE outbox SET locked_until = NULL WHERE locked_until > $1";
    STAGED = "UPDATE staged_decision SET due_at = $2 WHERE due_at > $1";
    LEASES = "UPDATE staged_decision SET locked_until = NULL WHERE locked_until > $1";
    STEPS = "UPDATE staff SET totp_step = $2 WHERE totp_step > $1";
}

impl Tx {
    /// Voids every code by short message, and every code that hands a slot to a telephone; answers how many there were.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn void_all_codes(&mut self) -> Result<u64, StoreError> {
        let handovers = change!(self, |c| sqlx::query(ALL_HANDOVERS).execute(c))?;
        Ok(handovers + change!(self, |c| sqlx::query(ALL_CODES).execute(c))?)
    }

    /// Forgets limits, holds, codes, pictures and authenticator steps of a time that has not come yet, lets messages leave and
    /// dates sessions back to `now`; answers how many rows. `longest_wait` is what a message waits at most, `hold` what a hold
    /// lasts, `step` the present step of authenticators.
    ///
    /// # Errors
    /// `Driver`.
    pub async fn forget_future(
        &mut self,
        now: DateTime<Utc>,
        (longest_wait, hold): (Duration, Duration),
        step: i64,
    ) -> Result<u64, StoreError> {
        let soon = now + SKEW;
        let mut rows = 0;
        for statement in [RATES, CODES, CHALLENGES] {
            rows += change!(self, |c| sqlx::query(statement).bind(soon).execute(c))?;
        }
        rows += change!(self, |c| sqlx::query(HOLDS).bind(soon + hold).execute(c))?;
        rows += change!(self, |c| sqlx::query(SESSIONS).bind(soon).bind(now).execute(c))?;
        rows += change!(self, |c| sqlx::query(MESSAGES).bind(soon + longest_wait).bind(now).execute(c))?;
        rows += change!(self, |c| sqlx::query(LOCKS).bind(soon + longest_wait).execute(c))?;
        rows += change!(self, |c| sqlx::query(STAGED).bind(soon + hold).bind(now).execute(c))?;
        rows += change!(self, |c| sqlx::query(LEASES).bind(soon + hold).execute(c))?;
        // The step before the present one and the one after it are taken too.
        rows += change!(self, |c| sqlx::query(STEPS).bind(step + 1).bind(step - 1).execute(c))?;
        Ok(rows)
    }
}
