//! Connections that go from hand to hand. The pool of sqlx asks the database whether a connection is alive whenever one is taken
//! and once more whenever it comes back: each a way there and back, and more than most pages ask besides. So those that come back
//! sound stay here, and whatever is doubtful goes to the pool, which looks at it or closes it.

#[cfg(test)]
mod tests;

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::{Connection, Database, Pool};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long somebody waits for a connection.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// A connection that was used within this time is lent without a look at it.
const FRESH: Duration = Duration::from_secs(1);
/// One that nobody needed for so long goes back to the pool.
const IDLE: Duration = Duration::from_secs(60);
/// One that the pool has not seen for so long goes back to it, which knows how old it may grow.
const UNSEEN: Duration = Duration::from_secs(600);

/// The connections of a pool.
pub(crate) struct Connections<DB: Database>(Arc<Shelf<DB>>);

struct Shelf<DB: Database> {
    pool: Pool<DB>,
    /// As many as the pool may have: whoever has a turn finds a connection here, or the pool has one or room for one.
    turns: Arc<Semaphore>,
    /// The last one that was used is the last; `None` once all was closed.
    kept: Mutex<Option<Vec<Kept<DB>>>>,
}

struct Kept<DB: Database> {
    conn: PoolConnection<DB>,
    used: Instant,
    seen: Instant,
}

/// A connection in somebody's hands. Dropped, it is kept here when it was said to be sound, and goes to the pool otherwise.
pub(crate) struct Lent<DB: Database> {
    conn: Option<PoolConnection<DB>>,
    seen: Instant,
    is_sound: bool,
    shelf: Arc<Shelf<DB>>,
    /// Given back last.
    _turn: OwnedSemaphorePermit,
}

impl<DB: Database> Clone for Connections<DB> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<DB: Database> Connections<DB> {
    pub(crate) fn of(pool: Pool<DB>) -> Self {
        let most = usize::try_from(pool.options().get_max_connections()).unwrap_or(1);
        Self(Arc::new(Shelf { pool, turns: Arc::new(Semaphore::new(most)), kept: Mutex::new(Some(Vec::new())) }))
    }

    /// A connection that answers, as far as one can know.
    pub(crate) async fn take(&self) -> Result<Lent<DB>, sqlx::Error> {
        let turn = timeout(PATIENCE, self.0.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let lend = |conn, seen| Lent { conn: Some(conn), seen, is_sound: false, shelf: self.0.clone(), _turn: turn };
        while let Some(mut kept) = self.0.last() {
            if kept.used.elapsed() < FRESH || kept.conn.ping().await.is_ok() {
                return Ok(lend(kept.conn, kept.seen));
            }
            kept.conn.close_on_drop();
        }
        Ok(lend(self.0.pool.acquire().await?, Instant::now()))
    }

    /// Waits for what is in somebody's hands, and closes everything.
    pub(crate) async fn close(&self) {
        let kept = self.0.lock().take();
        drop(kept);
        self.0.pool.close().await;
    }
}

impl<DB: Database> Shelf<DB> {
    fn lock(&self) -> MutexGuard<'_, Option<Vec<Kept<DB>>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn last(&self) -> Option<Kept<DB>> {
        self.lock().as_mut()?.pop()
    }

    /// Keeps one, and lets go of one that nobody has needed for long.
    fn keep(&self, new: Kept<DB>) {
        let mut lock = self.lock();
        let Some(kept) = lock.as_mut() else {
            drop(lock);
            return drop(new);
        };
        kept.push(new);
        let idle = kept.first().is_some_and(|first| first.used.elapsed() > IDLE).then(|| kept.remove(0));
        drop(lock);
        drop(idle);
    }

    /// Hands all of them to the pool.
    fn doubt(&self) {
        let doubtful = self.lock().as_mut().map(std::mem::take);
        drop(doubtful);
    }
}

impl<DB: Database> Drop for Shelf<DB> {
    /// Whoever had the database has gone, perhaps with the runtime in which a pool would take its connections back.
    fn drop(&mut self) {
        for kept in self.lock().take().into_iter().flatten() {
            drop(kept.conn.detach());
        }
    }
}

impl<DB: Database> Lent<DB> {
    /// Nothing is under way on it, and nothing went wrong: the next one may have it as it is.
    pub(crate) fn mark_sound(&mut self) {
        self.is_sound = true;
    }

    /// Something is still under way on it, which nobody will take to its end: it is closed.
    pub(crate) fn mark_lost(&mut self) {
        if let Some(conn) = &mut self.conn {
            conn.close_on_drop();
        }
    }

    /// What went wrong may be wrong with all of them, such as a database that was started anew.
    pub(crate) fn doubt(&self) {
        self.shelf.doubt();
    }
}

impl<DB: Database> Drop for Lent<DB> {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if self.is_sound && self.seen.elapsed() < UNSEEN {
            self.shelf.keep(Kept { conn, used: Instant::now(), seen: self.seen });
        }
    }
}

impl<DB: Database> Deref for Lent<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &DB::Connection {
        match &self.conn {
            Some(conn) => conn,
            None => unreachable!("only dropping takes it out"),
        }
    }
}

impl<DB: Database> DerefMut for Lent<DB> {
    fn deref_mut(&mut self) -> &mut DB::Connection {
        match &mut self.conn {
            Some(conn) => conn,
            None => unreachable!("only dropping takes it out"),
        }
    }
}
