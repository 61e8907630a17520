//! Putting the house together and serving it until it is asked to stop.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use app::request::Setup;
use domain::id::StaffId;
use leptos::prelude::LeptosOptions;
use service::certificate::VaultNotary;
use service::intake::LocalEmployers;
use service::password::PasswordGate;
use service::{Clock, Employers, NoIdentity, PictureDesk, Rooms, Services, Sms, china_date};
use store::Db;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::adapters::employers::EmployersAt;
use crate::adapters::files::FolderFiles;
use crate::adapters::identity::OpenIdConnect;
use crate::adapters::pages::Confined;
use crate::adapters::paper::Printer;
use crate::adapters::sms::{DemoSms, SpoolSms};
use crate::adapters::{SystemClock, SystemIds};
use crate::config::identity::clients;
use crate::config::{Place, Serve, environment};
use crate::demo::Accounts;
use crate::middleware::Addresses;
use crate::router::{Fittings, Folders, House, router};
use crate::{audit, connections, demo, disk, jobs, keys, lineage, log, provinces};

/// Passwords that are hashed at once: one a core, so that a flood of sign-ins leaves room for the rest.
const HASHES_AT_ONCE: usize = 2;

/// Opens database, keys, files and profiles.
///
/// # Errors
/// What is missing or wrong, in words.
pub async fn services(place: &Place, is_demo: bool) -> anyhow::Result<Services> {
    let provinces = provinces::load(&place.provinces())?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let db = lineage::open(place, is_demo, china_date(clock.now())).await?;
    let folder = place.folder()?;
    if is_demo {
        db.migrate().await.context("migrating the demonstration")?;
    }
    ensure!(db.is_ready().await.unwrap_or(false), "migrations are missing: run `suanpan migrate` first");
    if let Some(setting) = db.careless().await? {
        bail!("the database answers before the disk has what it was told ({setting}): what was acknowledged would be lost");
    }
    let vault = Arc::new(keys::vault(&place.keys()?, &db).await?);
    audit::use_key(&place.audit_key()?, &db).await?;
    let sms: Arc<dyn Sms> = if is_demo {
        Arc::new(DemoSms { db: db.clone(), vault: vault.clone(), clock: clock.clone() })
    } else {
        Arc::new(SpoolSms { folder: folder.join("sms") })
    };
    let employers: Arc<dyn Employers> = match &place.employers_url {
        Some(address) => Arc::new(EmployersAt::new(address)?),
        None => Arc::new(LocalEmployers(db.clone())),
    };
    Ok(Rooms {
        db: db.clone(),
        notary: Arc::new(VaultNotary(vault.clone())),
        vault,
        clock,
        ids: Arc::new(SystemIds),
        files: Arc::new(FolderFiles::new(folder.join("files"))),
        sms,
        // Only `serve` signs people in.
        identity: Arc::new(NoIdentity),
        employers,
        paper: Arc::new(Printer::new(place.fonts())),
        gate: Arc::new(PasswordGate::new(HASHES_AT_ONCE)),
        // One at a time keeps the whole server below 64 MB of extra memory, whatever is uploaded.
        pictures: Arc::new(PictureDesk::new(1, Arc::new(Confined::new(Confined::this_program(), &place.fonts())))),
        provinces: Arc::new(provinces),
        openings: Arc::default(),
        turns: Arc::default(),
        waits: Arc::default(),
        glance: Arc::default(),
        outbox: Arc::default(),
        kinds: service::case::Kinds::all(),
        origin: None,
        is_demo,
    }
    .into())
}

fn provinces_print(services: &Services) -> bool {
    services.provinces.values().any(|province| province.profile.intake_line().prints())
}

/// The house around its services.
///
/// # Errors
/// When the data folder cannot be made.
pub fn house(services: Services, serve: &Serve, address: SocketAddr, accounts: Accounts) -> anyhow::Result<House> {
    let (site, pkg) = serve.site();
    let is_secure = serve.origin.as_deref().is_some_and(|origin| origin.starts_with("https://"));
    let leptos = LeptosOptions::builder()
        .output_name("suanpan")
        .site_root(site.display().to_string())
        .site_pkg_dir(pkg)
        .site_addr(address)
        .build();
    // Only what is served is led back to by a message.
    let origin = serve.origin.as_deref().unwrap_or_default().trim_end_matches('/').to_owned();
    let services = services.with(|rooms| rooms.origin = Some(origin.into()));
    Ok(Fittings {
        services,
        setup: Arc::new(Setup { is_secure, origin: serve.origin.clone() }),
        leptos,
        folders: Folders { files: serve.place.folder()?.join("files"), site, provinces: serve.place.provinces() },
        accounts,
        addresses: Addresses { trusted: Arc::new(serve.trusted_proxies.clone()) },
        origin: serve.origin.clone(),
        audit_heads: serve.heads()?,
    }
    .into())
}

/// What must hold before anybody but the owner of a demonstration is served.
fn in_earnest(serve: &Serve) -> anyhow::Result<()> {
    ensure!(
        serve.origin.is_some(),
        "the address that browsers use is not known: name it by --origin or ORIGIN, such as https://kj.example.gov.cn"
    );
    disk::ensure_private(&serve.place.folder()?, 0o700)?;
    let keys = serve.place.keys()?;
    for file in [keys, serve.place.audit_key()?].iter().filter(|file| file.exists()) {
        disk::ensure_private(file, 0o600)?;
    }
    Ok(())
}

/// `serve`.
///
/// # Errors
/// What kept the server from starting.
pub async fn serve(serve: Serve) -> anyhow::Result<()> {
    log::start();
    let mut serve = serve.completed()?;
    if serve.demo && serve.place.data_dir.is_none() {
        serve.place.data_dir = Some("data/demo".into());
    }
    let address = SocketAddr::new(serve.address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), serve.port.unwrap_or(3000));
    ensure!(!serve.demo || address.ip().is_loopback(), "the demonstration listens on loopback only");
    if !serve.demo {
        in_earnest(&serve)?;
    }
    let mut services = services(&serve.place, serve.demo).await?;
    let (undo, pause, calls) = (serve.undo_seconds, serve.code_pause_seconds, serve.school_calls);
    ensure!(serve.demo || calls.is_none(), "--school-calls is for the demonstration: elsewhere it is said by the profiles");
    ensure!(serve.demo || pause.is_none(), "--code-pause-seconds is for the demonstration: carriers bear one message a minute");
    services = services.with(|rooms| {
        rooms.provinces = Arc::new(provinces::with(&rooms.provinces, |profile| {
            profile.review.undo_seconds = undo.unwrap_or(profile.review.undo_seconds);
            profile.account.sms.pause_seconds = pause.unwrap_or(profile.account.sms.pause_seconds);
            if let (Some(learning), Some(calls)) = (&mut profile.learning, calls) {
                learning.school_calls = calls;
            }
        }));
    });
    let demo = serve.demo.then_some(serve.identity_issuer.as_str());
    let clients = clients(serve.identity.clone(), &services.provinces, demo, environment)?;
    let identity = Arc::new(OpenIdConnect::new(clients, services.clock.clone())?);
    services = services.with(|rooms| rooms.identity = identity);
    disk::sweep_beside(serve.place.folder()?);
    if provinces_print(&services) && !paper::has_fonts(&serve.place.fonts()) {
        tracing::warn!("the fonts are missing (--fonts-dir): forms cannot be printed");
    }
    let accounts = if serve.demo { demo::accounts(&services, &serve.place.provinces()).await? } else { Accounts::default() };
    let house = house(services.clone(), &serve, address, accounts.clone())?;
    let listener = TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))?;
    if serve.demo {
        demo::announce(address, &accounts);
    }
    tracing::info!(%address, demo = serve.demo, "serving");
    run(&house, listener).await?;
    services.db.close().await;
    Ok(())
}

/// Serves until a signal, lets the requests under way finish, then ends the jobs.
///
/// # Errors
/// None so far: a connection that fails concerns nobody else.
pub async fn run(house: &House, listener: TcpListener) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let folders = (house.audit_heads.clone(), house.folders.files.clone());
    let jobs = jobs::start(&house.services, folders, &stopped);
    connections::serve(listener, router(house), house.addresses.clone(), signal()).await;
    let _ = stop.send(true);
    for job in jobs {
        let _ = job.await;
    }
    Ok(())
}

async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else { return };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
    tracing::info!("stopping");
}

/// `migrate`.
///
/// # Errors
/// When a migration fails.
pub async fn migrate(place: Place) -> anyhow::Result<()> {
    let place = place.completed()?;
    let db = lineage::open(&place, false, china_date(SystemClock.now())).await?;
    db.migrate().await.context("migrating")?;
    println!("the database is up to date");
    Ok(())
}

/// `verify-audit`.
///
/// # Errors
/// When a row does not stand as it was written.
pub async fn verify_audit(place: Place, heads: Option<&Path>) -> anyhow::Result<()> {
    let place = place.completed()?;
    let db = Db::open(&place.database()?).await.context("opening the database")?;
    let key = audit::look_with_key(&place.audit_key()?, &db).await?;
    let is_compared = heads.is_some();
    let heads = heads.map(|path| audit::read_heads(path, &key)).transpose()?.unwrap_or_default();
    let walk = db.verify_audit(&heads).await.context("reading the audit trail")?;
    db.close().await;
    match walk {
        Ok(rows) if !is_compared => println!("the audit trail stands: {rows} rows"),
        Ok(rows) => println!("the audit trail stands: {rows} rows, with all {} heads that were written down", heads.len()),
        Err((chain, seq)) => bail!("the audit trail does not stand: row {seq} of chain {chain} was changed or is missing"),
    }
    Ok(())
}

/// `bootstrap`.
///
/// # Errors
/// When the province is unknown, or has staff already.
pub async fn bootstrap(place: Place, province: &str) -> anyhow::Result<()> {
    let place = place.completed()?;
    let services = services(&place, false).await?;
    let token = service::staff::bootstrap_token(&services, province).await.map_err(|failure| anyhow::anyhow!("{failure}"))?;
    println!("Open /{province}/staff/bootstrap within one hour and enter this token once:\n{token}");
    services.db.close().await;
    Ok(())
}

/// `approve-staff`.
///
/// # Errors
/// When nothing about this account waits for whoever runs the server.
pub async fn approve_staff(place: Place, id: &StaffId) -> anyhow::Result<()> {
    let services = services(&place.completed()?, false).await?;
    let agreed = service::staff::approve_staff(&services, id).await;
    services.db.close().await;
    agreed.map_err(|failure| match failure {
        service::Failure::NotFound => {
            anyhow::anyhow!("nothing about {id} waits for an operator; two administrators decide it themselves")
        }
        other => anyhow::anyhow!("{other}"),
    })?;
    println!("agreed: the token leaves for the telephone on file with the next round of the outbox");
    Ok(())
}
