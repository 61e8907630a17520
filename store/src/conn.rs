//! Connections of the two engines under one name, and the macro that compiles one query body for each.

use crate::audit::AuditKey;
use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Sqlite};
use std::ops::{Deref, DerefMut};

pub(crate) enum Conn {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// A connection that only looks: the queries of the feature folders are its methods.
pub struct Reader(pub(crate) Conn);

/// A connection inside a transaction; everything that changes rows is a method of this type.
pub struct Tx {
    reader: Reader,
    /// Which audit chain this transaction extends; fixed per transaction so that two of them cannot wait for each other.
    pub(crate) chain: i64,
    pub(crate) audit_key: Option<AuditKey>,
}

impl Reader {
    pub(crate) fn conn(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Tx {
    pub(crate) fn new(conn: Conn, chain: i64, audit_key: Option<AuditKey>) -> Self {
        Self { reader: Reader(conn), chain, audit_key }
    }

    pub(crate) async fn run(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        match self.conn() {
            Conn::Sqlite(c) => sqlx::query(statement).execute(&mut **c).await.map(|_| ()),
            Conn::Postgres(c) => sqlx::query(statement).execute(&mut **c).await.map(|_| ()),
        }
    }
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

/// Compiles one query body for each driver: `on!(self, |c| sqlx::query(SQL).bind(x).execute(c))`.
macro_rules! on {
    ($on:expr, |$c:ident| $query:expr) => {
        match $on.conn() {
            $crate::conn::Conn::Sqlite(inner) => {
                let $c = &mut **inner;
                $query.await
            }
            $crate::conn::Conn::Postgres(inner) => {
                let $c = &mut **inner;
                $query.await
            }
        }
    };
}

/// The same for a statement that changes rows; answers how many.
macro_rules! change {
    ($on:expr, |$c:ident| $query:expr) => {
        match $on.conn() {
            $crate::conn::Conn::Sqlite(inner) => {
                let $c = &mut **inner;
                $query.await.map(|done| done.rows_affected())
            }
            $crate::conn::Conn::Postgres(inner) => {
                let $c = &mut **inner;
                $query.await.map(|done| done.rows_affected())
            }
        }
    };
}

/// Names the SQL constants of a module and lists them in `STATEMENTS` for the prepare test.
macro_rules! sql {
    ($($name:ident = $text:expr;)*) => {
        $(const $name: &str = $text;)*
        /// Every statement of this module.
        pub(crate) const STATEMENTS: &[&str] = &[$($name),*];
    };
}

pub(crate) use {change, on, sql};
