//! The house for an HTTP test: the real router over an empty database of either engine, a clock that the test moves.

pub mod binary;
pub mod browser;
pub mod issuer;
pub mod journey;
pub mod pictures;
pub mod seed;
pub mod wire;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::request::Setup;
use axum::Router;
use chrono::{DateTime, Duration, TimeZone, Utc};
use leptos::prelude::LeptosOptions;
use service::PictureDesk;
use service::password::{Cost, PasswordGate};
use service::staff::DemoStaff;
use service::vault::{Keys, Vault};
use service::{Clock, NoIdentity, Rooms, Services};
use store::Db;
use suanpan_server::adapters::SystemIds;
use suanpan_server::adapters::files::FolderFiles;
use suanpan_server::adapters::pages::Confined;
use suanpan_server::adapters::paper::Printer;
use suanpan_server::adapters::sms::DemoSms;
use suanpan_server::demo::Accounts;
use suanpan_server::middleware::Addresses;
use suanpan_server::provinces::with;
use suanpan_server::router::{Fittings, Folders, House, router};

pub use browser::{Browser, Page};

/// The bureau that reviews the case of the journey, and one beside it.
pub const BUREAU: &str = "430111";
pub const SIBLING: &str = "430102";

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

pub struct TestApp {
    pub house: House,
    pub clock: Arc<TestClock>,
    pub url: String,
    pub folder: PathBuf,
}

/// The top of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Where the tools keep the fonts.
#[expect(clippy::disallowed_methods, reason = "the tools say where the fonts are")]
pub fn fonts() -> PathBuf {
    std::env::var("FONTS_DIR").expect("FONTS_DIR, as tools/setup.sh sets it").into()
}

/// Draws pages by the real program; this one is only a test.
fn confined() -> Confined {
    Confined::new(env!("CARGO_BIN_EXE_suanpan").into(), &fonts())
}

/// An empty folder of this process.
pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("suanpan_http_{}_{}", std::process::id(), uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

impl TestApp {
    pub async fn sqlite() -> Self {
        let (db, url) = store::testing::sqlite().await;
        Self::over(db, url, Keys::generate(), folder())
    }

    /// A demonstration over a database, with keys and files of its own or shared with another server.
    pub fn over(db: Db, url: String, keys: Keys, folder: PathBuf) -> Self {
        let start = Utc.with_ymd_and_hms(2026, 11, 18, 2, 0, 0).unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(start.timestamp_micros())));
        let vault = Arc::new(Vault::new(keys).unwrap());
        let provinces = root().join("provinces");
        let services = Rooms {
            identity: Arc::new(NoIdentity),
            sms: Arc::new(DemoSms { db: db.clone(), vault: vault.clone(), clock: clock.clone() }),
            employers: Arc::new(service::intake::LocalEmployers(db.clone())),
            db,
            notary: Arc::new(service::certificate::VaultNotary(vault.clone())),
            vault,
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
            files: Arc::new(FolderFiles::new(folder.join("files"))),
            paper: Arc::new(Printer::new(fonts())),
            gate: Arc::new(PasswordGate::with_cost(2, Cost::Cheap)),
            pictures: Arc::new(PictureDesk::new(1, Arc::new(confined()))),
            // What is decided is decided; the tests of undoing say otherwise.
            provinces: Arc::new(with(&suanpan_server::provinces::load(&provinces).unwrap(), |profile| {
                profile.review.undo_seconds = 0
            })),
            openings: Arc::default(),
            turns: Arc::default(),
            waits: Arc::default(),
            glance: Arc::default(),
            outbox: Arc::default(),
            kinds: service::case::Kinds::all(),
            origin: None,
            is_demo: true,
        };
        let services = Services::from(services);
        let site = folder.join("site");
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        std::fs::write(site.join("pkg/suanpan.css"), "body{}").unwrap();
        std::fs::write(site.join("favicon.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
        let leptos = LeptosOptions::builder()
            .output_name("suanpan")
            .site_root(site.display().to_string())
            .site_pkg_dir("pkg")
            .site_addr(SocketAddr::from(([127, 0, 0, 1], 3000)))
            .build();
        let house = Fittings {
            services,
            setup: Arc::new(Setup { is_secure: false, origin: None }),
            leptos,
            folders: Folders { files: folder.join("files"), site, provinces },
            accounts: Accounts::default(),
            addresses: Addresses::default(),
            origin: None,
            audit_heads: folder.join("audit-heads"),
        };
        Self { house: house.into(), clock, url, folder }
    }

    pub fn house(&self) -> &House {
        &self.house
    }

    pub fn services(&self) -> &Services {
        &self.house.services
    }

    pub fn router(&self) -> Router {
        router(&self.house)
    }

    /// The same house outside the demonstration: the windows into it are shut.
    pub fn router_in_earnest(&self) -> Router {
        let mut house = self.house.clone();
        house.services = house.services.with(|rooms| rooms.is_demo = false);
        router(&house)
    }

    /// A new browser at an address of its own.
    pub fn browser(&self) -> Browser {
        Browser::at(vec![self.router()]).delivering(self.services().clone())
    }

    /// The reviewers of the demonstration, and one of the bureau beside the one of the journey.
    pub async fn staff(&self) -> Vec<DemoStaff> {
        let mut staff = demo_staff();
        let mut sibling = staff[0].clone();
        (sibling.bureau, sibling.login, sibling.name) = (SIBLING.into(), "sibling".into(), "邻局审核".into());
        staff.push(sibling);
        service::staff::ensure_demo_staff(self.services(), &staff).await.unwrap();
        staff
    }

    /// Everything that the SQLite database holds on the disk, byte by byte.
    pub fn bytes(&self) -> Vec<u8> {
        sqlite_bytes(Path::new(self.url.strip_prefix("sqlite:").unwrap()))
    }
}

/// The database file and its log of writes.
pub fn sqlite_bytes(path: &Path) -> Vec<u8> {
    let mut bytes = std::fs::read(path).unwrap();
    bytes.extend(std::fs::read(format!("{}-wal", path.display())).unwrap_or_default());
    bytes
}

/// The reviewers in `provinces/demo.toml`.
pub fn demo_staff() -> Vec<DemoStaff> {
    #[derive(serde::Deserialize)]
    struct File {
        staff: Vec<DemoStaff>,
    }
    let text = std::fs::read_to_string(root().join("provinces/demo.toml")).unwrap();
    toml::from_str::<File>(&text).unwrap().staff
}
