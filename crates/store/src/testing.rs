//! Empty databases for tests: a fresh SQLite file, and a fresh database on the PostgreSQL of `TEST_POSTGRES_URL`.
#![expect(clippy::expect_used, reason = "a test without its database has failed")]

use crate::Db;
use crate::audit::AuditKey;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

fn unique() -> String {
    format!("suanpan_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The key of the audit trails of tests.
#[must_use]
pub fn audit_key() -> AuditKey {
    AuditKey::new([7; 32])
}

/// A migrated SQLite database in a folder of its own below the temporary folder; answers its address too.
///
/// # Panics
/// When it cannot be made: a test without its database has failed.
pub async fn sqlite() -> (Db, String) {
    let folder: PathBuf = std::env::temp_dir().join(unique());
    // One that is there was left by a test that was ended, of a process with the same number.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let url = format!("sqlite:{}", folder.join("test.sqlite").display());
    let db = Db::open(&url).await.expect("an SQLite database");
    db.set_audit_key(audit_key());
    db.migrate().await.expect("the migrations of SQLite");
    (db, url)
}

/// A migrated PostgreSQL database; answers its address too.
///
/// # Panics
/// When `TEST_POSTGRES_URL` is not set or cannot be reached: PostgreSQL is never skipped.
#[expect(clippy::disallowed_methods, reason = "the address of the test server comes from the test script")]
pub async fn postgres() -> (Db, String) {
    use sqlx::Connection;
    let base = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL names a PostgreSQL server; ./test starts one");
    let name = unique();
    let mut conn = sqlx::PgConnection::connect(&base).await.expect("the PostgreSQL server of TEST_POSTGRES_URL");
    // One that is there was left by a test that was ended, of a process with the same number.
    run(&mut conn, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    let template = migrated_template(&base, &mut conn).await;
    run(&mut conn, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let (head, _) = base.rsplit_once('/').expect("an address with a database name");
    let url = format!("{head}/{name}");
    let db = Db::open(&url).await.expect("a PostgreSQL database");
    db.set_audit_key(audit_key());
    db.migrate().await.expect("the migrations of PostgreSQL");
    (db, url)
}

async fn run(conn: &mut sqlx::PgConnection, statement: String) {
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(conn).await.expect("a database for the test");
}

/// A migrated database that nobody is connected to: copying it takes a sixth of the time that migrating takes. It is named
/// by what the migrations say; the first test that wants it makes it, and those that come meanwhile wait.
async fn migrated_template(base: &str, conn: &mut sqlx::PgConnection) -> String {
    const LOCK: i64 = 0x7465_6D70;
    let sums = crate::migrate::POSTGRES.iter().flat_map(|migration| migration.checksum.iter());
    let sum = sums.fold(0xCBF2_9CE4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3));
    let template = format!("suanpan_template_{sum:x}");
    let found = "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)";
    let is_there = async |conn: &mut sqlx::PgConnection| {
        sqlx::query_scalar::<_, bool>(found).bind(&template).fetch_one(conn).await.expect("the list of the databases")
    };
    if is_there(conn).await {
        return template;
    }
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut *conn).await.expect("the lock of the template");
    if !is_there(conn).await {
        let making = format!("{template}_making");
        run(conn, format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).await;
        run(conn, format!("CREATE DATABASE {making} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")).await;
        let (head, _) = base.rsplit_once('/').expect("an address with a database name");
        let db = Db::open(&format!("{head}/{making}")).await.expect("a PostgreSQL database");
        db.migrate().await.expect("the migrations of PostgreSQL");
        db.close().await;
        run(conn, format!("ALTER DATABASE {making} RENAME TO {template}")).await;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(LOCK).execute(conn).await.expect("the lock of the template");
    template
}

/// Prepares a statement on a database without running it.
///
/// # Errors
/// The complaint of the database.
pub async fn prepare(db: &Db, statement: &'static str) -> Result<(), sqlx::Error> {
    use crate::db::Pool;
    use sqlx::{Executor, SqlSafeStr};
    match db.pool() {
        Pool::Sqlite(pool) => pool.take().await?.prepare(statement.into_sql_str()).await.map(|_| ()),
        Pool::Postgres(pool) => pool.take().await?.prepare(statement.into_sql_str()).await.map(|_| ()),
    }
}

/// Makes the database behave as on a full disk: it does not grow any more, and no session can be noted as used.
///
/// # Errors
/// The complaint of the database.
pub async fn fill_disk(db: &Db) -> Result<(), sqlx::Error> {
    use crate::db::Pool;
    const SQLITE: &str = "PRAGMA max_page_count = 1;
        CREATE TRIGGER full_disk BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT, 'no space'); END";
    const POSTGRES: &str = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON session FOR EACH STATEMENT EXECUTE FUNCTION full_disk();
        CREATE TRIGGER full_disk BEFORE INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION full_disk()";
    match db.door.pool() {
        Pool::Sqlite(pool) => {
            let (limit, trigger) = SQLITE.split_once(';').unwrap_or((SQLITE, ""));
            let mut conn = pool.take().await?;
            sqlx::raw_sql(trigger).execute(&mut *conn).await?;
            sqlx::raw_sql(limit).execute(&mut *conn).await.map(|_| ())
        }
        Pool::Postgres(pool) => sqlx::raw_sql(POSTGRES).execute(&mut *pool.take().await?).await.map(|_| ()),
    }
}

/// Runs a statement past the door and past everything that the code would refuse, as somebody with the database in hand could.
///
/// # Errors
/// The complaint of the database.
pub async fn tamper(url: &str, statement: &'static str) -> Result<(), sqlx::Error> {
    use sqlx::Connection;
    if url.starts_with("sqlite:") {
        sqlx::raw_sql(statement).execute(&mut sqlx::SqliteConnection::connect(url).await?).await.map(|_| ())
    } else {
        sqlx::raw_sql(statement).execute(&mut sqlx::PgConnection::connect(url).await?).await.map(|_| ())
    }
}

/// The texts of the first column that a statement answers, past everything that the code reads.
///
/// # Errors
/// The complaint of the database.
pub async fn texts(url: &str, statement: &'static str) -> Result<Vec<Option<String>>, sqlx::Error> {
    use sqlx::Connection;
    if url.starts_with("sqlite:") {
        sqlx::query_scalar(statement).fetch_all(&mut sqlx::SqliteConnection::connect(url).await?).await
    } else {
        sqlx::query_scalar(statement).fetch_all(&mut sqlx::PgConnection::connect(url).await?).await
    }
}

/// How SQLite would run a statement: the lines of its plan.
///
/// # Errors
/// The complaint of the database.
///
/// # Panics
/// On PostgreSQL, whose plans depend on what is in the tables.
pub async fn plan(db: &Db, statement: &str) -> Result<Vec<String>, sqlx::Error> {
    use sqlx::Row;
    let crate::db::Pool::Sqlite(readers) = db.pool() else { panic!("SQLite only") };
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")))
        .fetch_all(&mut *readers.take().await?)
        .await?;
    Ok(rows.iter().map(|row| row.get("detail")).collect())
}
