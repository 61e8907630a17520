//! Connections of the two engines under one name, and the macro that compiles one query body for each.

use crate::audit::{AuditKey, AuditRow, Head};
use crate::lending::Lent;
use sqlx::error::ErrorKind;
use sqlx::{Postgres, Sqlite, SqliteConnection};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) enum Conn {
    Sqlite(Lent<Sqlite>),
    Postgres(Lent<Postgres>),
}

/// A connection that only looks: the queries of the feature folders are its methods.
pub struct Reader {
    conn: Conn,
    /// A question is on its way whose answer nobody has read yet.
    is_asking: bool,
    /// `BEGIN` was sent, and nothing that ends it was answered.
    is_open: bool,
    /// A question was answered by a fault.
    has_failed: bool,
    traffic: Arc<Traffic>,
}

/// What has gone to a database since it was opened; transactions and savepoints begin and end beside it.
#[derive(Debug, Default)]
pub struct Traffic {
    statements: AtomicU64,
    writes: AtomicU64,
}

impl Traffic {
    /// Statements that read or change rows.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Writes through the one door.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }

    pub(crate) fn count_write(&self) {
        self.writes.fetch_add(1, Ordering::Relaxed);
    }
}

/// A connection inside a transaction; everything that changes rows is a method of this type.
pub struct Tx {
    reader: Reader,
    /// Which audit chain this transaction extends; fixed per transaction so that two of them cannot wait for each other.
    pub(crate) chain: i64,
    pub(crate) audit_key: Option<AuditKey>,
    /// The head of the chain, once this transaction has locked it.
    pub(crate) head: Option<Head>,
    /// The newest row of the audit trail where it is written with what ends the write, as on SQLite.
    pub(crate) last: Option<AuditRow>,
}

impl Reader {
    pub(crate) fn new(conn: Conn, traffic: Arc<Traffic>) -> Self {
        Self { conn, is_asking: false, is_open: false, has_failed: false, traffic }
    }

    /// The connection, for a question; [`Self::answered`] tells that it was read to its end.
    pub(crate) fn asking(&mut self) -> &mut Conn {
        self.traffic.statements.fetch_add(1, Ordering::Relaxed);
        self.commanding()
    }

    /// The connection for so many questions in one way there and back, where the engine takes them: on SQLite alone.
    pub(crate) fn asking_at_once(&mut self, questions: u64) -> Option<&mut SqliteConnection> {
        let Conn::Sqlite(conn) = &mut self.conn else { return None };
        self.traffic.statements.fetch_add(questions, Ordering::Relaxed);
        self.is_asking = true;
        Some(&mut **conn)
    }

    /// Whether nobody else can change anything until the transaction ends, so that nothing needs a lock of its own.
    pub(crate) fn is_alone(&self) -> bool {
        matches!(self.conn, Conn::Sqlite(_))
    }

    /// The same as [`Self::asking`] for what begins or ends a transaction.
    fn commanding(&mut self) -> &mut Conn {
        self.is_asking = true;
        &mut self.conn
    }

    pub(crate) fn answered(&mut self, fault: Option<&sqlx::Error>) {
        self.is_asking = false;
        let Some(fault) = fault else { return };
        self.has_failed = true;
        // A duplicate and the like are answers; whatever else goes wrong may be wrong with every connection.
        let is_answer = match fault {
            sqlx::Error::RowNotFound => true,
            sqlx::Error::Database(error) => !matches!(error.kind(), ErrorKind::Other),
            _ => false,
        };
        if !is_answer {
            match &self.conn {
                Conn::Sqlite(conn) => conn.doubt(),
                Conn::Postgres(conn) => conn.doubt(),
            }
        }
    }
}

impl Drop for Reader {
    /// Whoever hung up in the middle of a question or of a transaction leaves a connection in which something may be open
    /// (sqlx #4385): it is closed, not handed on. One after a fault goes to the pool, which looks at it, and a clean one to the
    /// next who asks, without a word to the server.
    fn drop(&mut self) {
        let is_under_way = self.is_asking || self.is_open;
        let is_sound = !is_under_way && !self.has_failed;
        match &mut self.conn {
            Conn::Sqlite(conn) if is_sound => conn.mark_sound(),
            Conn::Postgres(conn) if is_sound => conn.mark_sound(),
            Conn::Postgres(conn) if is_under_way => conn.mark_lost(),
            Conn::Sqlite(_) | Conn::Postgres(_) => {}
        }
    }
}

impl Tx {
    pub(crate) fn new(conn: Conn, chain: i64, audit_key: Option<AuditKey>, traffic: Arc<Traffic>) -> Self {
        Self { reader: Reader::new(conn, traffic), chain, audit_key, head: None, last: None }
    }

    pub(crate) async fn run(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        self.is_open |= statement.starts_with("BEGIN");
        let done = match self.commanding() {
            Conn::Sqlite(c) => sqlx::query(statement).execute(&mut **c).await.map(|_| ()),
            Conn::Postgres(c) => sqlx::query(statement).execute(&mut **c).await.map(|_| ()),
        };
        self.answered(done.as_ref().err());
        self.is_open &= done.is_err() || !(statement.ends_with("COMMIT") || statement == "ROLLBACK");
        done
    }

    /// The command that ended it went behind another statement.
    pub(crate) fn mark_ended(&mut self) {
        self.is_open = false;
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
    ($on:expr, |$c:ident| $query:expr) => {{
        let answer = match $on.asking() {
            $crate::conn::Conn::Sqlite(inner) => {
                let $c = &mut **inner;
                $query.await
            }
            $crate::conn::Conn::Postgres(inner) => {
                let $c = &mut **inner;
                $query.await
            }
        };
        $on.answered(answer.as_ref().err());
        answer
    }};
}

/// The same for a statement that changes rows; answers how many.
macro_rules! change {
    ($on:expr, |$c:ident| $query:expr) => {{
        let answer = match $on.asking() {
            $crate::conn::Conn::Sqlite(inner) => {
                let $c = &mut **inner;
                $query.await.map(|done| done.rows_affected())
            }
            $crate::conn::Conn::Postgres(inner) => {
                let $c = &mut **inner;
                $query.await.map(|done| done.rows_affected())
            }
        };
        $on.answered(answer.as_ref().err());
        answer
    }};
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
