//! The one door for writes: what commits together does not stand or fall together.
#![expect(clippy::expect_used, reason = "a test whose ground gives way has failed")]

use chrono::DateTime;
use sqlx::Connection;
use store::audit::Entry;
use store::{Db, StoreError, testing};

/// Counts in a series of its own, and writes rows of the audit trail.
async fn count(db: &Db, action: &'static str, rows: usize) -> Result<i64, StoreError> {
    let entry = Entry {
        at: DateTime::from_timestamp_micros(1_760_000_000_123_456).expect("an instant"),
        actor_kind: "test",
        actor_id: "t".into(),
        action,
        object_kind: "thing",
        object_id: action.into(),
        detail: "{}".into(),
        request_id: "r".into(),
    };
    db.write(move |tx| {
        Box::pin(async move {
            let n = tx.next_serial(entry.action).await?;
            for _ in 0..rows {
                tx.audit(&entry).await?;
            }
            Ok(n)
        })
    })
    .await
}

#[tokio::test]
async fn a_write_whose_row_of_the_audit_trail_is_refused_is_taken_back_alone() {
    let (db, url) = testing::sqlite().await;
    let mut conn = sqlx::SqliteConnection::connect(&url).await.expect("a connection");
    let refusing =
        "CREATE TRIGGER refused BEFORE INSERT ON audit WHEN NEW.action = 'refused' BEGIN SELECT RAISE(ABORT, 'no'); END";
    sqlx::query(refusing).execute(&mut conn).await.expect("a trigger");
    // Once behind others and once as the last, whose row goes with the commit.
    for _ in 0..2 {
        let together = [count(&db, "kept", 1), count(&db, "refused", 1), count(&db, "kept", 2), count(&db, "refused", 1)];
        let done = futures::future::join_all(together).await;
        assert_eq!(done.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true, false], "{done:?}");
    }
    assert_eq!(count(&db, "kept", 1).await.expect("a write"), 5, "the others are kept");
    assert_eq!(count(&db, "refused", 0).await.expect("a write"), 1, "nothing of what was refused is kept");
    assert_eq!(db.verify_audit(&[]).await.expect("a walk"), Ok(7), "the chains are whole");
    let mut reader = db.read().await.expect("a connection");
    assert_eq!(reader.list_audit_of("thing", "kept").await.expect("rows").len(), 7, "each row is there once");
    assert!(reader.list_audit_of("thing", "refused").await.expect("rows").is_empty());
}
