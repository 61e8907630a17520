//! How often 分享链接 were opened, until it is written down: whoever opens one waits for no write, and ten thousand who do cause one.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;

use crate::{Failure, Services};

/// Days of links that are counted between two writes; what is more is not counted.
const MOST: usize = 10_000;

type Counts = BTreeMap<(String, NaiveDate), i64>;

/// What was counted and is not written down yet. A server that crashes loses the counts of a minute.
#[derive(Default)]
pub struct Openings(Mutex<Counts>);

impl Openings {
    /// Nothing can break halfway through a count.
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts that a link was opened so often on a day in China.
    pub(super) fn count(&self, id: &str, on: NaiveDate, times: i64) {
        let mut counts = self.counts();
        let key = (id.to_owned(), on);
        if counts.len() < MOST || counts.contains_key(&key) {
            *counts.entry(key).or_default() += times;
        }
    }

    /// What was counted of a link since the last write, by day.
    pub(super) fn of(&self, id: &str) -> Vec<(NaiveDate, i64)> {
        let days = (id.to_owned(), NaiveDate::MIN)..=(id.to_owned(), NaiveDate::MAX);
        self.counts().range(days).map(|((_, on), times)| (*on, *times)).collect()
    }

    fn take(&self) -> Counts {
        std::mem::take(&mut *self.counts())
    }
}

/// Writes down what was counted, all in one transaction; what could not be written waits for the next time.
///
/// # Errors
/// `DiskFull`, `Store`.
pub async fn write_openings(services: &Services) -> Result<(), Failure> {
    let counts = services.openings.take();
    if counts.is_empty() {
        return Ok(());
    }
    let waiting = counts.clone();
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            for ((id, on), times) in &waiting {
                tx.count_share(id, *on, *times).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    let outcome = written.await;
    if outcome.is_err() {
        for ((id, on), times) in &counts {
            services.openings.count(id, *on, *times);
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_between_two_writes_is_bounded_and_what_is_there_counts_on() {
        let (openings, on) = (Openings::default(), NaiveDate::from_ymd_opt(2026, 11, 18).unwrap());
        for nth in 0..=MOST {
            openings.count(&format!("share-{nth}"), on, 1);
        }
        openings.count("share-0", on, 2);
        assert_eq!(openings.of("share-0"), [(on, 3)]);
        assert!(openings.of(&format!("share-{MOST}")).is_empty());
        assert_eq!(openings.take().len(), MOST);
        assert!(openings.of("share-0").is_empty());
    }
}
