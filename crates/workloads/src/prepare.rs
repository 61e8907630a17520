//! What the workloads find: people who are signed in, and a hundred thousand cases.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use chrono::Duration;
use domain::case::StaffRole;
use domain::id::BureauCode;
use domain::intake::Answers;
use domain::province::Bureau;
use service::{Failure, Services};
use sqlx::Connection;
use store::Tx;
use store::case::file::Submit;
use store::staff::people::{PeopleFilter, PersonRow};
use suanpan_server::config::Place;

use crate::archive::{self, Archive};
use crate::reports::{self, Reports};
use crate::{Options, learners, seed, texts};

/// Cases that are written in one transaction.
const BATCH: u64 = 500;
/// Transactions under way at once.
const WRITERS: usize = 8;

pub struct Prepared {
    pub province: String,
    /// The cookies of accountants in the middle of their form.
    pub accountants: Vec<String>,
    /// Cookies of a reviewer of a district and of one of the province.
    pub reviewer: String,
    pub overseer: String,
    /// Cookies of people with ten years of credits.
    pub learners: Vec<String>,
    pub reports: Reports,
    /// 个人档案 with its versions, and a change.
    pub archive: Archive,
}

/// Makes an empty database on a PostgreSQL server; answers its address.
pub async fn postgres_database(server: &str) -> Result<String> {
    let mut conn = sqlx::PgConnection::connect(server).await?;
    let name = format!("suanpan_bench_{}", std::process::id());
    let create = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'");
    sqlx::query(sqlx::AssertSqlSafe(create)).execute(&mut conn).await?;
    let (head, _) = server.rsplit_once('/').context("an address with a database name")?;
    Ok(format!("{head}/{name}"))
}

/// Fills the database that the program has migrated.
pub async fn prepare(folder: &Path, url: &str, options: &Options) -> Result<Prepared> {
    let place = Place { database_url: Some(url.to_owned()), data_dir: Some(folder.to_owned()), ..Place::default() };
    let services = suanpan_server::start::services(&place, true).await?;
    let broken = |failure: Failure| anyhow!("{failure}");
    let connections = u64::try_from(options.connections)?;
    let province = options.province(&services)?;
    let ready = seed::accountants(&services, &province, 0..connections, &Answers::default(), &[]).await.map_err(broken)?;
    write_cases(&services, &province, options.cases).await.map_err(broken)?;
    learners::is_served(&services, &province)?;
    let learners = learners::write(&services, &province, options.persons, connections).await?;
    texts::write(&services, &province, options.texts).await?;
    if url.starts_with("postgres") {
        let mut conn = sqlx::PgConnection::connect(url).await?;
        sqlx::query("VACUUM ANALYZE").execute(&mut conn).await?;
    }
    let prepared = Prepared {
        accountants: ready.into_iter().map(|one| format!("sid-{province}={}", one.token)).collect(),
        reviewer: reviewer(&services, &province, |bureau| bureau.parent.is_some() && bureau.handles_direct).await?,
        overseer: reviewer(&services, &province, |bureau| bureau.parent.is_none()).await?,
        learners,
        reports: reports::write(&services, &province).await?,
        archive: archive::write(&services, &province).await?,
        province,
    };
    services.db.close().await;
    Ok(prepared)
}

/// Spreads cases over the bureaus that take cases and over sixty days.
async fn write_cases(services: &Services, province: &str, cases: u64) -> Result<(), Failure> {
    let province = services.province(province).ok_or(Failure::NotFound)?;
    let bureaus = province.bureaus.0.values().filter(|bureau| bureau.handles_direct).map(|bureau| bureau.code.clone());
    let paths = bureaus.map(|code| (service::case::bureau_path(&province.bureaus, &code), code)).collect::<Vec<_>>();
    let paths = Arc::new(paths);
    let batches: Vec<u64> = (0..cases.div_ceil(BATCH)).collect();
    for round in batches.chunks(WRITERS) {
        let writes = round.iter().map(|batch| {
            let (work, paths, key) = (services.clone(), paths.clone(), province.profile.key.clone());
            let numbers = batch * BATCH..((batch + 1) * BATCH).min(cases);
            services.db.write(move |tx| {
                Box::pin(async move {
                    for n in numbers {
                        let (path, bureau) = &paths[usize::try_from(n).unwrap_or(0) % paths.len()];
                        write_case(tx, &work, &key, n, path, bureau).await?;
                    }
                    Ok::<_, Failure>(())
                })
            })
        });
        futures::future::try_join_all(writes).await?;
    }
    Ok(())
}

async fn write_case(
    tx: &mut Tx,
    services: &Services,
    province: &str,
    n: u64,
    path: &str,
    bureau: &BureauCode,
) -> Result<(), Failure> {
    const SURNAMES: [&str; 8] = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵"];
    const NAMES: [&str; 7] = ["晓明", "芳", "伟", "秀英", "建国", "丽", "志强"];
    let at = |list: &[&'static str]| list[usize::try_from(n / 7).unwrap_or(0) % list.len()];
    let name = format!("{}{}", at(&SURNAMES), at(&NAMES));
    let account = seed::account(services, province, 1_000_000 + n, &name);
    let case = seed::draft_case(services, &account);
    tx.insert_account(&account).await?;
    tx.insert_case(&case).await?;
    let days = i64::try_from(n % 60).unwrap_or(0) - 20;
    let submit = Submit {
        number: &format!("4320260101{n:07}"),
        bureau,
        bureau_path: path,
        form_version: 1,
        at: services.now(),
        due_on: services.today() + Duration::days(days),
        papers: 6,
        doubts: i64::try_from(n % 3).unwrap_or(0),
        year: None,
    };
    Ok(tx.submit_case(&case, &submit).await?)
}

/// The cookie of a reviewer of the demonstration, of a bureau of this kind, who has shown both factors.
async fn reviewer(services: &Services, province: &str, of: impl Fn(&Bureau) -> bool) -> Result<String> {
    let bureaus = &services.province(province).context("the province is served")?.bureaus;
    let filter = PeopleFilter { province, bureau: None, name: "", after: None, limit: 100 };
    let staff = services.db.read().await?.list_people(filter).await?;
    let fits = |one: &&PersonRow| one.role == StaffRole::Reviewer.code() && bureaus.get(&one.bureau).is_some_and(&of);
    let staff = staff.iter().find(fits).context("no reviewer of such a bureau in the demonstration")?.id.clone();
    let (work, key) = (services.clone(), province.to_owned());
    let write = services.db.write(move |tx| Box::pin(async move { seed::session(tx, &work, &key, None, Some(&staff)).await }));
    Ok(format!("staff-{province}={}", write.await.map_err(|failure: Failure| anyhow!("{failure}"))?))
}
