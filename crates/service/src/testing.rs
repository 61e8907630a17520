//! The house for a test: an empty database of either engine, a clock that the test moves, telephones that remember.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::national::{Owner, OwnerTerms};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use store::Db;

use crate::certificate::VaultNotary;
use crate::password::{Cost, PasswordGate};
use crate::ports::{
    Attempt, Clock, Diploma, FileError, Files, Identity, IdentityError, Ids, Known, OutgoingSms, Paper, PaperError, Sheet, Sms,
    SmsError,
};
use crate::vault::{Keys, Vault};
use crate::{Arrival, Role, Rooms, Services, Token, Visit};
use pictures::PictureDesk;
use pictures::testing::TestPages;

/// A clock that stands still until the test moves it. It begins on 2026-11-18, 10:00 in China, a Wednesday.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn forward(&self, by: Duration) {
        self.0.fetch_add(by.num_microseconds().unwrap(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Ids in order, numbers from a seed.
struct TestIds(AtomicU64);

impl Ids for TestIds {
    fn id(&self) -> String {
        format!("00000000-0000-7000-8000-{:012}", self.0.fetch_add(1, Ordering::SeqCst))
    }
    fn number(&self) -> u64 {
        self.0.fetch_add(1, Ordering::SeqCst).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
    fn secret(&self) -> [u8; 32] {
        let mut secret = [7; 32];
        secret[..8].copy_from_slice(&self.number().to_be_bytes());
        secret
    }
}

#[derive(Default)]
pub struct TestFiles(Mutex<BTreeMap<String, Vec<u8>>>);

impl Files for TestFiles {
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> BoxFuture<'a, Result<(), FileError>> {
        self.0.lock().unwrap().insert(name.into(), bytes);
        async { Ok(()) }.boxed()
    }
    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<Vec<u8>>, FileError>> {
        let found = self.0.lock().unwrap().get(name).cloned();
        async { Ok(found) }.boxed()
    }
    fn let_go<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), FileError>> {
        self.0.lock().unwrap().remove(name);
        async { Ok(()) }.boxed()
    }
}

#[derive(Default)]
pub struct TestSms(pub Mutex<Vec<OutgoingSms>>);

impl Sms for TestSms {
    fn send<'a>(&'a self, message: &'a OutgoingSms) -> BoxFuture<'a, Result<(), SmsError>> {
        self.0.lock().unwrap().push(message.clone());
        async { Ok(()) }.boxed()
    }
}

/// The sheet in words instead of a PDF; U+2BC20 is in no font.
pub struct TestPaper;

impl Paper for TestPaper {
    fn form(&self, sheet: Sheet) -> BoxFuture<'_, Result<Vec<u8>, PaperError>> {
        async move { Ok(format!("{sheet:#?}").into_bytes()) }.boxed()
    }

    fn diploma(&self, diploma: Diploma) -> BoxFuture<'_, Result<Vec<u8>, PaperError>> {
        async move { Ok(format!("{diploma:#?}").into_bytes()) }.boxed()
    }

    fn missing(&self, text: String) -> BoxFuture<'_, Result<String, PaperError>> {
        let missing = if text.contains('\u{2BC20}') { "\u{2BC20}" } else { "" };
        async move { Ok(missing.to_owned()) }.boxed()
    }
}

/// An identity service that says whatever the test wants, and remembers what it was asked.
pub struct TestIdentity {
    pub says: Mutex<Result<Known, IdentityError>>,
    pub begun: Mutex<Vec<Attempt>>,
    pub redeemed: Mutex<Vec<(Attempt, String)>>,
}

impl Default for TestIdentity {
    fn default() -> Self {
        Self { says: Mutex::new(Err(IdentityError::Unreachable)), begun: Mutex::default(), redeemed: Mutex::default() }
    }
}

impl Identity for TestIdentity {
    fn begin<'a>(&'a self, province: &'a str, attempt: &'a Attempt) -> BoxFuture<'a, Result<String, IdentityError>> {
        self.begun.lock().unwrap().push(attempt.clone());
        let is_down = matches!(*self.says.lock().unwrap(), Err(IdentityError::Unreachable));
        let answer = if is_down { Err(IdentityError::Unreachable) } else { Ok(format!("https://id.example/{province}")) };
        async { answer }.boxed()
    }
    fn finish<'a>(&'a self, _: &'a str, attempt: &'a Attempt, code: &'a str) -> BoxFuture<'a, Result<Known, IdentityError>> {
        self.redeemed.lock().unwrap().push((attempt.clone(), code.to_owned()));
        let answer = self.says.lock().unwrap().clone();
        async { answer }.boxed()
    }
    fn page(&self, province: &str, page: crate::ServicePage, back: &str) -> Option<String> {
        Some(format!("https://id.example/{province}/{page:?}?back={back}"))
    }
}

/// The house, with handles on what the test moves or reads.
pub struct House {
    pub services: Services,
    pub clock: Arc<TestClock>,
    pub sms: Arc<TestSms>,
    pub identity: Arc<TestIdentity>,
    /// The province whose people visit.
    pub key: String,
}

impl House {
    pub fn new(db: Db) -> Self {
        let start = Utc.with_ymd_and_hms(2026, 11, 18, 2, 0, 0).unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(start.timestamp_micros())));
        let sms = Arc::new(TestSms::default());
        let identity = Arc::new(TestIdentity::default());
        let read = |file: &str| std::fs::read_to_string(format!("{}/../../provinces/{file}", env!("CARGO_MANIFEST_DIR"))).ok();
        let province = |key: &str| {
            let mut province = Province::parse(&read, key).unwrap();
            // What is decided is decided; the stories of undoing say otherwise.
            province.profile.review.undo_seconds = 0;
            (key.to_owned(), Arc::new(province))
        };
        let vault = Arc::new(Vault::new(Keys::generate()).unwrap());
        let services = Rooms {
            db: db.clone(),
            notary: Arc::new(VaultNotary(vault.clone())),
            vault,
            clock: clock.clone(),
            ids: Arc::new(TestIds(AtomicU64::new(1))),
            files: Arc::new(TestFiles::default()),
            sms: sms.clone(),
            employers: Arc::new(crate::intake::LocalEmployers(db.clone())),
            paper: Arc::new(TestPaper),
            identity: identity.clone(),
            gate: Arc::new(PasswordGate::with_cost(2, Cost::Cheap)),
            pictures: Arc::new(PictureDesk::new(1, Arc::new(TestPages))),
            provinces: Arc::new(["hubei", "hunan", "liaoning", "zhejiang"].map(province).into()),
            openings: Arc::default(),
            turns: Arc::default(),
            waits: Arc::default(),
            glance: Arc::default(),
            outbox: Arc::default(),
            kinds: crate::case::Kinds::all(),
            origin: None,
            is_demo: false,
        };
        Self { services: services.into(), clock, sms, identity, key: "hunan".into() }
    }

    /// The same house for the people of another province: Hunan's, under another key and with other ways to an account.
    pub fn of(mut self, key: &str, account: &str) -> Self {
        let read = |file: &str| std::fs::read_to_string(format!("{}/../../provinces/{file}", env!("CARGO_MANIFEST_DIR"))).ok();
        let hunan = read("hunan.toml").unwrap().replace("key = \"hunan\"", &format!("key = \"{key}\""));
        let (head, rest) = hunan.split_once("[account]\n").unwrap();
        let (_, tail) = rest.split_once("[portal]\n").unwrap();
        let text = format!("{head}{account}\n[portal]\n{tail}");
        let changed = |file: &str| match file {
            file if file == format!("{key}.toml") => Some(text.clone()),
            file if file == format!("learning/{key}.toml") => read("learning/hunan.toml"),
            file => read(file),
        };
        let mut province = Province::parse(&changed, key).unwrap_or_else(|errors| panic!("{errors:#?}"));
        province.profile.review.undo_seconds = 0;
        self.services = self.services.with(|rooms| rooms.provinces = Arc::new([(key.to_owned(), Arc::new(province))].into()));
        self.key = key.to_owned();
        self
    }

    /// One more province in the house, from the text of its profile alone.
    pub fn add(&mut self, profile: &str, key: &str) {
        let folder = format!("{}/../../provinces", env!("CARGO_MANIFEST_DIR"));
        let read = |file: &str| match file == format!("{key}.toml") {
            true => Some(profile.to_owned()),
            false => std::fs::read_to_string(format!("{folder}/{file}")).ok(),
        };
        let province = Province::parse(&read, key).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let mut provinces = (*self.services.provinces).clone();
        provinces.insert(key.to_owned(), Arc::new(province));
        self.services = self.services.with(|rooms| rooms.provinces = Arc::new(provinces));
    }

    /// Decisions can be undone for so long in every province of the house.
    pub fn undoing(mut self, seconds: u32) -> Self {
        let mut provinces = (*self.services.provinces).clone();
        for province in provinces.values_mut() {
            Arc::make_mut(province).profile.review.undo_seconds = seconds;
        }
        self.services = self.services.with(|rooms| rooms.provinces = Arc::new(provinces));
        self
    }

    /// Every learning year asks so much of the public part, which a conversion of a whole year covers.
    pub fn asking_public(self, credits: u32) -> Self {
        self.ruling(|rules| {
            rules.conversion_covers_public = true;
            rules.years.iter_mut().for_each(|year| year.public = Some(domain::learning::Credits::whole(credits)));
        })
    }

    /// Other rules of 继续教育 in every province of the house.
    pub fn ruling(mut self, change: impl Fn(&mut domain::learning::LearningRules)) -> Self {
        let mut provinces = (*self.services.provinces).clone();
        for rules in provinces.values_mut().filter_map(|province| Arc::make_mut(province).profile.learning.as_mut()) {
            change(rules);
        }
        self.services = self.services.with(|rooms| rooms.provinces = Arc::new(provinces));
        self
    }

    /// Every province of the house is collected for by these, each from its day on; the last is until when drafts are taken.
    pub fn collected_by(mut self, terms: &[(&str, Owner, Option<&str>)]) -> Self {
        fn day(text: &str) -> NaiveDate {
            text.parse().unwrap()
        }
        let terms = terms.iter().map(|(from, owner, until)| OwnerTerms {
            from: day(from),
            collection_owner: *owner,
            drafts_until: until.map(day),
        });
        let terms: Vec<OwnerTerms> = terms.collect();
        let mut provinces = (*self.services.provinces).clone();
        for rules in provinces.values_mut().filter_map(|province| Arc::make_mut(province).profile.national.as_mut()) {
            rules.terms.clone_from(&terms);
        }
        self.services = self.services.with(|rooms| rooms.provinces = Arc::new(provinces));
        self
    }

    /// The same person, who signs in once more.
    pub async fn signed_in_again(&self, visit: &Visit) -> Visit {
        let token = Token::new(&self.services);
        let session = visit.new_session(&token, visit.account().ok(), None);
        let written = self.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await }));
        written.await.unwrap();
        self.visit_of(visit.province_key(), Some(token.as_str())).await
    }

    /// A request with this cookie, from an address.
    pub async fn visit(&self, cookie: Option<&str>) -> Visit {
        self.visit_of(&self.key, cookie).await
    }

    /// The same at another province.
    pub async fn visit_of(&self, province: &str, cookie: Option<&str>) -> Visit {
        let province = self.services.province(province).unwrap();
        // Whoever has a session comes in its role.
        let row = match cookie.and_then(Token::parse) {
            Some(token) => self.services.db.read().await.unwrap().find_session(&token.hash()).await.unwrap(),
            None => None,
        };
        let role = if row.is_some_and(|row| row.staff_id.is_some() && !row.is_acting()) { Role::Staff } else { Role::Accountant };
        let cookies: Vec<_> = cookie.map(|value| (province.profile.key.as_str(), value)).into_iter().collect();
        let arrival = Arrival::new(role, &cookies);
        Visit::begin(&self.services, province, arrival, "192.0.2.1".into(), "test".into()).await.unwrap()
    }

    /// Time goes by for somebody who goes on looking at pages, so that the session does not end.
    pub async fn wait_awake(&self, visit: &Visit, by: Duration) -> Visit {
        let (until, step) = (self.services.now() + by, Duration::minutes(25));
        while self.services.now() < until {
            self.clock.forward(step.min(until - self.services.now()));
            self.again(visit).await;
        }
        self.again(visit).await
    }

    /// The next request of the same browser.
    pub async fn again(&self, visit: &Visit) -> Visit {
        self.visit_of(visit.province_key(), Some(visit.token.as_str())).await
    }
}

/// Runs a story on both engines: `both!(name_of_the_story)` makes a module with a test for each.
macro_rules! both {
    ($story:ident) => {
        mod $story {
            #[tokio::test]
            async fn on_sqlite() {
                super::$story(crate::testing::House::new(store::testing::sqlite().await.0)).await;
            }
            #[tokio::test]
            async fn on_postgres() {
                super::$story(crate::testing::House::new(store::testing::postgres().await.0)).await;
            }
        }
    };
}
pub(crate) use both;
