//! What the house says of itself: JSON on standard error, a fault that goes on once a second.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::callsite::Identifier;
use tracing::{Event, Level, Metadata};
use tracing_subscriber::layer::{Context, Filter, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Connections are rolled back whenever they are given back (`store`), and PostgreSQL remarks each time that nothing was open.
const QUIET: &str = "info,sqlx=warn,sqlx::postgres::notice=error";
/// How often the same fault is told.
const AGAIN: Duration = Duration::from_secs(1);

/// Starts the log, as `RUST_LOG` says.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(QUIET));
    let lines = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr).with_filter(OnceASecond::default());
    if let Err(error) = tracing_subscriber::registry().with(filter).with(lines).try_init() {
        eprintln!("no log: {error}");
    }
}

/// Lets a warning or an error of one place in the code through once a second: a full disk must not be filled by what is said of
/// it. What names a request stays whole, because people quote its id.
#[derive(Default)]
pub struct OnceASecond(Mutex<HashMap<Identifier, Instant>>);

impl OnceASecond {
    fn is_due(&self, place: Identifier, now: Instant) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.get(&place).is_some_and(|last| now.duration_since(*last) < AGAIN) {
            return false;
        }
        told.insert(place, now);
        true
    }
}

impl<S> Filter<S> for OnceASecond {
    fn enabled(&self, _: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        true
    }

    fn event_enabled(&self, event: &Event<'_>, _: &Context<'_, S>) -> bool {
        let metadata = event.metadata();
        let is_fault = *metadata.level() <= Level::WARN;
        !is_fault || metadata.fields().field("request_id").is_some() || self.is_due(metadata.callsite(), Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_fault_that_goes_on_is_told_once_a_second_and_what_names_a_request_always() {
        let lines = Lines::default();
        let writer = lines.clone();
        let layer =
            tracing_subscriber::fmt::layer().json().with_writer(move || writer.clone()).with_filter(OnceASecond::default());
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            for n in 0..50 {
                tracing::error!(n, "the disk is full");
                tracing::error!(request_id = n, "a request broke");
                tracing::info!(n, "somebody came");
            }
            tracing::error!("another fault");
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let told = |what: &str| text.matches(what).count();
        assert!((1..=3).contains(&told("the disk is full")), "{text}");
        assert_eq!((told("a request broke"), told("somebody came"), told("another fault")), (50, 50, 1));
    }
}
