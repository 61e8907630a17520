//! Batches take turns: a program of a school that reports everything at once keeps nobody else from the database.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};

/// Parts of batches that are written at once, of all schools: each holds a connection while it waits for its people.
const AT_ONCE: usize = 2;

/// Who reports now, at this server.
pub struct Turns {
    schools: Arc<Mutex<BTreeSet<String>>>,
    parts: Semaphore,
}

impl Default for Turns {
    fn default() -> Self {
        Self { schools: Arc::default(), parts: Semaphore::new(AT_ONCE) }
    }
}

/// The turn of a school, until it is dropped.
pub struct Turn {
    schools: Arc<Mutex<BTreeSet<String>>>,
    school: String,
}

fn locked(schools: &Mutex<BTreeSet<String>>) -> MutexGuard<'_, BTreeSet<String>> {
    schools.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Turns {
    /// The turn of a school; `None` while it reports something else.
    pub fn enter(&self, school: &str) -> Option<Turn> {
        let is_free = locked(&self.schools).insert(school.to_owned());
        is_free.then(|| Turn { schools: self.schools.clone(), school: school.to_owned() })
    }

    /// Waits for room to write a part.
    pub(super) async fn part(&self) -> Option<SemaphorePermit<'_>> {
        self.parts.acquire().await.ok()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        locked(&self.schools).remove(&self.school);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_has_one_turn_at_a_time_and_the_next_when_it_is_over() {
        let turns = Turns::default();
        let first = turns.enter("a");
        assert!(first.is_some() && turns.enter("a").is_none() && turns.enter("a").is_none());
        assert!(turns.enter("b").is_some());
        drop(first);
        assert!(turns.enter("a").is_some());
    }
}
