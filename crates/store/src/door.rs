//! The one door for writes: a task for each transaction on PostgreSQL, a thread that commits many at once on SQLite.

use crate::audit::{AuditKey, End, Head};
use crate::conn::{Conn, Traffic, Tx};
use crate::db::Pool;
use crate::error::StoreError;
use crate::lending::{Connections, Lent};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{Postgres, Sqlite};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

/// Chains of the audit trail; more than one, so that PostgreSQL need not line up every writer behind one row.
pub(crate) const CHAINS: i64 = 8;

/// How many waiting writes share one commit, and so one fsync, on SQLite.
const BATCH: usize = 64;

#[derive(Clone)]
pub(crate) struct Door {
    kind: Kind,
    chains: Chains,
}

/// Which chain is next, and with which key it is written.
#[derive(Clone, Default)]
struct Chains {
    traffic: Arc<Traffic>,
    next: Arc<AtomicI64>,
    key: Arc<OnceLock<AuditKey>>,
}

impl Chains {
    fn transaction(&self, conn: Conn) -> Tx {
        Tx::new(conn, self.next.fetch_add(1, Ordering::Relaxed).rem_euclid(CHAINS), self.key.get().cloned(), self.traffic.clone())
    }
}

#[derive(Clone)]
enum Kind {
    Sqlite { pool: Connections<Sqlite>, queue: mpsc::Sender<Box<dyn Job>> },
    Postgres(Connections<Postgres>),
}

/// A write that waits for its turn.
trait Job: Send {
    /// Does the work; whether it may be committed.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool>;
    /// Notes that the work was taken back although it was done well.
    fn fail(&mut self, fault: StoreError);
    /// Answers the one who asked, after the commit.
    fn finish(self: Box<Self>, commit: Result<(), StoreError>);
}

struct Work<F, T, E> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Job for Work<F, T, E>
where
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool> {
        async move {
            let Some(work) = self.work.take() else { return false };
            let result = match AssertUnwindSafe(work(tx)).catch_unwind().await {
                Ok(result) => result,
                Err(_) => Err(StoreError::Aborted("panic".into()).into()),
            };
            let is_ok = result.is_ok();
            self.result = Some(result);
            is_ok
        }
        .boxed()
    }

    fn fail(&mut self, fault: StoreError) {
        self.result = Some(Err(fault.into()));
    }

    fn finish(self: Box<Self>, commit: Result<(), StoreError>) {
        let result = match (self.result, commit) {
            (Some(Ok(_)), Err(error)) => Err(error.into()),
            (Some(result), _) => result,
            (None, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(StoreError::Aborted("not run".into()).into()),
        };
        // The one who asked may have gone; the write stands all the same.
        let _ = self.answer.send(result);
    }
}

impl Door {
    pub(crate) fn postgres(pool: Connections<Postgres>) -> Self {
        Self { kind: Kind::Postgres(pool), chains: Chains::default() }
    }

    pub(crate) fn sqlite(pool: Connections<Sqlite>) -> Self {
        let (queue, waiting) = mpsc::channel(1024);
        let chains = Chains::default();
        let (runtime, serving) = (Handle::current(), serve(pool.clone(), waiting, chains.clone()));
        // In a thread of its own: a task would be woken by every answer of SQLite's thread, its worker by that, and another worker
        // by the first, who finds nothing to do. It ends with the last who could write.
        thread::spawn(move || runtime.block_on(serving));
        Self { kind: Kind::Sqlite { pool, queue }, chains }
    }

    /// The key of the audit trail, from now on; the first one stays.
    pub(crate) fn set_audit_key(&self, key: AuditKey) {
        self.chains.key.get_or_init(|| key);
    }

    pub(crate) fn traffic(&self) -> &Arc<Traffic> {
        &self.chains.traffic
    }

    pub(crate) fn audit_key(&self) -> Option<AuditKey> {
        self.chains.key.get().cloned()
    }

    pub(crate) fn pool(&self) -> Pool {
        match &self.kind {
            Kind::Sqlite { pool, .. } => Pool::Sqlite(pool.clone()),
            Kind::Postgres(pool) => Pool::Postgres(pool.clone()),
        }
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.chains.traffic.count_write();
        let (answer, answered) = oneshot::channel();
        let job: Box<dyn Job> = Box::new(Work { work: Some(work), result: None, answer });
        match &self.kind {
            Kind::Sqlite { queue, .. } => {
                if queue.send(job).await.is_err() {
                    return Err(StoreError::Aborted("the writer has ended".into()).into());
                }
            }
            Kind::Postgres(pool) => {
                tokio::spawn(on_postgres(pool.clone(), job, self.chains.clone()));
            }
        }
        answered.await.unwrap_or_else(|_| Err(StoreError::Aborted("the task ended".into()).into()))
    }
}

async fn on_postgres(pool: Connections<Postgres>, mut job: Box<dyn Job>, chains: Chains) {
    let conn = match pool.take().await {
        Ok(conn) => conn,
        Err(error) => return job.finish(Err(error.into())),
    };
    let mut tx = chains.transaction(Conn::Postgres(conn));
    if let Err(error) = tx.run("BEGIN").await {
        return job.finish(Err(error.into()));
    }
    let end = if job.run(&mut tx).await { "COMMIT" } else { "ROLLBACK" };
    let ended = tx.run(end).await.map_err(StoreError::from);
    drop(tx);
    job.finish(ended);
}

async fn serve(pool: Connections<Sqlite>, mut waiting: mpsc::Receiver<Box<dyn Job>>, chains: Chains) {
    while let Some(first) = waiting.recv().await {
        match pool.take().await {
            Ok(conn) => batch(conn, first, &mut waiting, &chains).await,
            Err(error) => first.finish(Err(error.into())),
        }
    }
}

/// Runs the waiting writes, each in a savepoint, and commits them together.
async fn batch(conn: Lent<Sqlite>, first: Box<dyn Job>, waiting: &mut mpsc::Receiver<Box<dyn Job>>, chains: &Chains) {
    let mut tx = chains.transaction(Conn::Sqlite(conn));
    let mut done = Vec::new();
    let commit = match tx.run(BEGIN).await {
        Ok(()) => in_savepoints(&mut tx, first, waiting, &mut done).await,
        Err(error) => {
            done.push(first);
            Err(error)
        }
    };
    if commit.is_err() {
        // The connection may still be inside the transaction; what follows must begin afresh.
        let _ = tx.run("ROLLBACK").await;
    }
    drop(tx);
    let trouble = commit.err().map(StoreError::from);
    for job in done {
        job.finish(match &trouble {
            None => Ok(()),
            Some(StoreError::DiskFull) => Err(StoreError::DiskFull),
            Some(other) => Err(StoreError::Aborted(other.to_string())),
        });
    }
}

/// Every command is a way to the thread of the database and back, so what follows on each other goes together.
const BEGIN: &str = "BEGIN IMMEDIATE; SAVEPOINT job";

async fn in_savepoints(
    tx: &mut Tx,
    first: Box<dyn Job>,
    waiting: &mut mpsc::Receiver<Box<dyn Job>>,
    done: &mut Vec<Box<dyn Job>>,
) -> Result<(), sqlx::Error> {
    let mut next = Some(first);
    while let Some(mut job) = next.take() {
        let head = tx.head.clone();
        let is_kept = job.run(tx).await;
        done.push(job);
        if !is_kept {
            take_back(tx, head.clone()).await?;
        }
        if done.len() < BATCH {
            next = waiting.try_recv().ok();
        }
        let then = if next.is_some() { End::Next } else { End::Commit };
        let ended = end(tx, done.last_mut(), head, then).await;
        if ended.is_err() {
            done.extend(next);
            return ended;
        }
    }
    Ok(())
}

/// Ends a write. Where its row of the audit trail cannot be written, it alone is taken back, and the others go on. What
/// cannot be taken back alone was ended already, so that it was the commit that failed, for all of them.
async fn end(tx: &mut Tx, job: Option<&mut Box<dyn Job>>, head: Option<Head>, then: End) -> Result<(), sqlx::Error> {
    let has_row = tx.last.is_some();
    let Err(fault) = tx.end(then).await else { return Ok(()) };
    if !has_row || take_back(tx, head).await.is_err() {
        return Err(fault);
    }
    if let Some(job) = job {
        job.fail(fault.into());
    }
    tx.end(then).await
}

async fn take_back(tx: &mut Tx, head: Option<Head>) -> Result<(), sqlx::Error> {
    tx.head = head;
    tx.last = None;
    tx.run("ROLLBACK TO job").await
}
