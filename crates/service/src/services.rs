//! Everything that the actions need, in one place.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::china_time;
use domain::province::Province;
use store::Db;
use tokio::sync::Notify;

use crate::case::Kinds;
use crate::password::PasswordGate;
use crate::ports::{Clock, Employers, Files, Identity, Ids, Notary, Paper, Sms};
use crate::vault::Vault;
use pictures::PictureDesk;

/// Everything that the actions need. Every request clones it several times, so it is one pointer.
#[derive(Clone)]
pub struct Services(Arc<Rooms>);

/// What [`Services`] lead to: database, keys, clock and ports.
#[derive(Clone)]
pub struct Rooms {
    /// The database.
    pub db: Db,
    /// The keys that seal, open and hash values.
    pub vault: Arc<Vault>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and random numbers.
    pub ids: Arc<dyn Ids>,
    /// The bytes of the attachments.
    pub files: Arc<dyn Files>,
    /// The way to the telephones.
    pub sms: Arc<dyn Sms>,
    /// The directory behind 获取单位信息.
    pub employers: Arc<dyn Employers>,
    /// The way to paper.
    pub paper: Arc<dyn Paper>,
    /// Who signs for the provinces.
    pub notary: Arc<dyn Notary>,
    /// The identity services of the provinces.
    pub identity: Arc<dyn Identity>,
    /// Where passwords are hashed and verified, a few at a time.
    pub gate: Arc<PasswordGate>,
    /// Where uploaded pictures are inspected, a few at a time.
    pub pictures: Arc<PictureDesk>,
    /// The provinces that are served here, by key.
    pub provinces: Arc<BTreeMap<String, Arc<Province>>>,
    /// How often links of certificates were opened, until it is written down.
    pub openings: Arc<crate::certificate::Openings>,
    /// Which schools report something now.
    pub turns: Arc<crate::school::Turns>,
    /// How long the bureaus take, as this server remembers it.
    pub waits: Arc<crate::portal::Remembered>,
    /// 服务状态, as this server remembers it.
    pub glance: Arc<crate::portal::Glance>,
    /// Wakes the worker of the outbox after a commit; it would find the row by itself a little later.
    pub outbox: Arc<Notify>,
    /// What each kind of case does.
    pub kinds: Kinds,
    /// The address of the site, as links in messages begin with it; empty in a demonstration that does not know it. `None`: no message
    /// carries a link of the house itself.
    pub origin: Option<Arc<str>>,
    /// Whether this is the demonstration, which tells its challenges and has staff of its own.
    pub is_demo: bool,
}

impl Deref for Services {
    type Target = Rooms;

    fn deref(&self) -> &Rooms {
        &self.0
    }
}

impl From<Rooms> for Services {
    fn from(rooms: Rooms) -> Self {
        Self(Arc::new(rooms))
    }
}

impl Services {
    /// The same but for what is changed, such as a port that only a serving program has.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Rooms)) -> Self {
        let mut rooms = Rooms::clone(&self.0);
        change(&mut rooms);
        rooms.into()
    }

    /// Now, from the clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The bucket of a limit for a value that must not be readable, for a purpose such as `sms:mobile`; `of` is a province or `all`.
    #[must_use]
    pub fn bucket(&self, of: &str, name: &str, value: &str) -> String {
        let hash = self.vault.keyed_hash("bucket", value);
        format!("{of}:{name}:{}", URL_SAFE_NO_PAD.encode(&hash[..16]))
    }

    /// Today in China.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        china_date(self.now())
    }

    /// The province with this key, if it is served here.
    #[must_use]
    pub fn province(&self, key: &str) -> Option<Arc<Province>> {
        self.provinces.get(key).cloned()
    }
}

/// The date of an instant in China (UTC+8, no summer time).
#[must_use]
pub fn china_date(at: DateTime<Utc>) -> NaiveDate {
    china_time(at).date()
}
