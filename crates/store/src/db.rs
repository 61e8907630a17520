//! Opening a database of either engine.

use crate::audit::AuditKey;
use crate::conn::{Conn, Reader, Traffic, Tx, on};
use crate::door::Door;
use crate::error::StoreError;
use crate::lending::{Connections, PATIENCE};
use futures::future::BoxFuture;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Postgres, Sqlite};
use std::str::FromStr;
use std::time::Duration;

/// The database: a pool for looking and one door for writing.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    pub(crate) door: Door,
}

#[derive(Clone)]
pub(crate) enum Pool {
    Sqlite(Connections<Sqlite>),
    Postgres(Connections<Postgres>),
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`; an SQLite file is made when it is not there. Nothing is migrated.
    ///
    /// # Errors
    /// `Driver` when the address cannot be read or the database not be reached.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await
        } else {
            Self::open_sqlite(url).await
        }
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?;
        let pool = PgPoolOptions::new().max_connections(24).acquire_timeout(PATIENCE).connect_with(options).await?;
        let pool = Connections::of(pool);
        Ok(Self { pool: Pool::Postgres(pool.clone()), door: Door::postgres(pool) })
    }

    async fn open_sqlite(url: &str) -> Result<Self, StoreError> {
        // FULL, always: NORMAL loses acknowledged writes when the power fails.
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("secure_delete", "ON");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(PATIENCE)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Self { pool: Pool::Sqlite(Connections::of(readers)), door: Door::sqlite(Connections::of(writer)) })
    }

    /// A connection for looking. Each query sees what was committed before it.
    ///
    /// # Errors
    /// `Driver` when no connection is free within ten seconds.
    pub async fn read(&self) -> Result<Reader, StoreError> {
        let conn = match &self.pool {
            Pool::Sqlite(pool) => Conn::Sqlite(pool.take().await?),
            Pool::Postgres(pool) => Conn::Postgres(pool.take().await?),
        };
        Ok(Reader::new(conn, self.door.traffic().clone()))
    }

    /// The one door for writes. `work` runs in a task of its own inside a transaction; `Ok` commits it and is answered
    /// only after the commit reached the disk, `Err` rolls it back. Work does nothing but database calls, and writes its
    /// audit row last.
    ///
    /// # Errors
    /// Whatever `work` answers, or a [`StoreError`] of the commit.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.door.write(work).await
    }

    /// The key with which the audit trail is written and read, from now on; nothing that audits is written before it is set.
    pub fn set_audit_key(&self, key: AuditKey) {
        self.door.set_audit_key(key);
    }

    /// The key of the audit trail, once it was set.
    #[must_use]
    pub fn audit_key(&self) -> Option<AuditKey> {
        self.door.audit_key()
    }

    /// What has gone to it since it was opened.
    #[must_use]
    pub fn traffic(&self) -> &Traffic {
        self.door.traffic()
    }

    /// Applies the migrations that are missing.
    ///
    /// # Errors
    /// `Migration` when one fails or an applied one was edited.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self.door.pool() {
            Pool::Sqlite(pool) => crate::migrate::SQLITE.run(&mut *pool.take().await?).await?,
            Pool::Postgres(pool) => crate::migrate::POSTGRES.run(&mut *pool.take().await?).await?,
        }
        Ok(())
    }

    /// Whether the database was made by other migrations than those that this program knows, so that nothing leads from its tables
    /// to those of today. An empty one was made by none.
    ///
    /// # Errors
    /// `Driver` when the database does not answer.
    pub async fn is_of_another_lineage(&self) -> Result<bool, StoreError> {
        const MADE: &str = "SELECT version, checksum FROM _sqlx_migrations";
        let (has_any, known) = match &self.pool {
            Pool::Sqlite(pool) => {
                const TABLE: &str = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
                (sqlx::query_scalar::<_, i64>(TABLE).fetch_one(&mut *pool.take().await?).await?, &crate::migrate::SQLITE)
            }
            Pool::Postgres(pool) => {
                const TABLE: &str = "SELECT count(*) FROM information_schema.tables
                    WHERE table_name = '_sqlx_migrations' AND table_schema = current_schema()";
                (sqlx::query_scalar::<_, i64>(TABLE).fetch_one(&mut *pool.take().await?).await?, &crate::migrate::POSTGRES)
            }
        };
        if has_any == 0 {
            return Ok(false);
        }
        let made: Vec<(i64, Vec<u8>)> = match &self.pool {
            Pool::Sqlite(pool) => sqlx::query_as(MADE).fetch_all(&mut *pool.take().await?).await?,
            Pool::Postgres(pool) => sqlx::query_as(MADE).fetch_all(&mut *pool.take().await?).await?,
        };
        let is_known = |(version, checksum): &(i64, Vec<u8>)| {
            known.iter().any(|of| of.version == *version && of.checksum.as_ref() == checksum.as_slice())
        };
        Ok(!made.iter().all(is_known))
    }

    /// Whether every migration that this program knows has been applied and the database answers.
    ///
    /// # Errors
    /// `Driver` when the database does not answer.
    pub async fn is_ready(&self) -> Result<bool, StoreError> {
        const APPLIED: &str = "SELECT count(*) FROM _sqlx_migrations WHERE success";
        let known = match &self.pool {
            Pool::Sqlite(_) => crate::migrate::SQLITE.iter().count(),
            Pool::Postgres(_) => crate::migrate::POSTGRES.iter().count(),
        };
        // Whoever asks may hang up in the middle of it.
        let mut reader = self.read().await?;
        let applied: i64 = on!(reader, |c| sqlx::query_scalar(APPLIED).fetch_one(c))?;
        Ok(usize::try_from(applied).is_ok_and(|applied| applied >= known))
    }

    /// The setting by which a commit would be answered before it reached the disk, such as `fsync=off`; `None` is as it
    /// must be.
    ///
    /// # Errors
    /// `Driver` when the database does not answer.
    pub async fn careless(&self) -> Result<Option<&'static str>, StoreError> {
        match self.door.pool() {
            Pool::Sqlite(pool) => {
                let mut conn = pool.take().await?;
                let level: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *conn).await?;
                Ok((level < 2).then_some("synchronous below FULL"))
            }
            Pool::Postgres(pool) => {
                let mut conn = pool.take().await?;
                let commit: String = sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&mut *conn).await?;
                let fsync: String = sqlx::query_scalar("SHOW fsync").fetch_one(&mut *conn).await?;
                Ok(match (commit.as_str(), fsync.as_str()) {
                    ("off", _) => Some("synchronous_commit=off"),
                    (_, "off") => Some("fsync=off"),
                    _ => None,
                })
            }
        }
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Waits for the writes under way and closes the pools.
    pub async fn close(&self) {
        match self.door.pool() {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
        match &self.pool {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}
