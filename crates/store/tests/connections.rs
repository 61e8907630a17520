//! Connections and transactions that one write hands to the next: what one of them leaves behind is nothing to the others.
#![expect(clippy::expect_used, reason = "a test whose ground gives way has failed")]

use chrono::DateTime;
use store::audit::Entry;
use store::{Db, StoreError, testing};

fn entry(action: &'static str) -> Entry {
    Entry {
        at: DateTime::from_timestamp_micros(1_760_000_000_123_456).expect("an instant"),
        actor_kind: "test",
        actor_id: "t".into(),
        action,
        object_kind: "thing",
        object_id: "1".into(),
        detail: "{}".into(),
        request_id: "r".into(),
    }
}

/// Writes two rows of the audit trail, and takes both back or not.
async fn write_two(db: Db, is_kept: bool) -> bool {
    let write = db.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            tx.audit(&entry("first")).await?;
            tx.audit(&entry("second")).await?;
            if is_kept { Ok(()) } else { Err(StoreError::Stale { table: "test" }) }
        })
    });
    write.await.is_ok()
}

async fn what_is_taken_back_leaves_no_gap_in_the_trail(db: Db) {
    let writes: Vec<_> = (0..90).map(|n| tokio::spawn(write_two(db.clone(), n % 3 != 0))).collect();
    let mut kept = 0;
    for write in writes {
        kept += i32::from(write.await.expect("a task"));
    }
    assert_eq!(kept, 60);
    assert_eq!(db.verify_audit(&[]).await.expect("a walk"), Ok(120));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_back_leaves_no_gap_in_the_trail_on_sqlite() {
    what_is_taken_back_leaves_no_gap_in_the_trail(testing::sqlite().await.0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_back_leaves_no_gap_in_the_trail_on_postgres() {
    what_is_taken_back_leaves_no_gap_in_the_trail(testing::postgres().await.0).await;
}

/// A database that was started anew costs whoever asks first; nobody after them is given a connection of before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_server_ended_its_connections_one_question_fails_at_most() {
    const ASKING: usize = 6;
    let (db, url) = testing::postgres().await;
    let mut readers = Vec::new();
    for _ in 0..ASKING {
        let mut reader = db.read().await.expect("a connection");
        reader.find_session(&[1; 32]).await.expect("an answer");
        readers.push(reader);
    }
    drop(readers);
    const END: &str = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    testing::tamper(&url, END).await.expect("the connections end");
    let mut failed = 0;
    for _ in 0..ASKING {
        let answer = async { db.read().await?.find_session(&[1; 32]).await };
        failed += usize::from(answer.await.is_err());
    }
    assert!(failed <= 1, "{failed} of {ASKING} questions failed");
}
