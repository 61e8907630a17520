//! The migrations of both engines, and what of the two schemas must agree.

use crate::db::{Db, Pool};
use crate::error::StoreError;
use sqlx::migrate::Migrator;

pub(crate) static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
pub(crate) static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Every (table, column, nullable) of a migrated database; equal on both engines, which a test compares.
///
/// # Errors
/// `Driver` when the database does not answer.
pub async fn portable_columns(db: &Db) -> Result<Vec<(String, String, bool)>, StoreError> {
    const SQLITE_COLUMNS: &str = "SELECT m.name, c.name, c.\"notnull\" = 0 AND c.pk = 0
        FROM sqlite_schema m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'
        ORDER BY m.name, c.name";
    const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, is_nullable = 'YES'
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'
        ORDER BY table_name, column_name";
    let mut columns: Vec<(String, String, bool)> = match db.pool() {
        Pool::Sqlite(pool) => sqlx::query_as(SQLITE_COLUMNS).fetch_all(&mut *pool.take().await?).await?,
        Pool::Postgres(pool) => sqlx::query_as(POSTGRES_COLUMNS).fetch_all(&mut *pool.take().await?).await?,
    };
    columns.sort();
    Ok(columns)
}
