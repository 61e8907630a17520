//! The world outside: clock, randomness, files, paper, telephones.

pub mod employers;
pub mod files;
pub mod identity;
pub mod pages;
pub mod paper;
pub mod sms;

use chrono::{DateTime, SubsecRound, Utc};
use rand::RngExt;
use service::{Clock, Ids};

/// The clock of the machine, in whole microseconds as the databases keep them.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// UUIDs in order of time, and randomness seeded by the system.
pub struct SystemIds;

impl Ids for SystemIds {
    fn id(&self) -> String {
        uuid::Uuid::now_v7().to_string()
    }

    fn number(&self) -> u64 {
        rand::rng().random()
    }

    fn secret(&self) -> [u8; 32] {
        rand::rng().random()
    }
}
