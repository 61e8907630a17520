//! What must hold on SQLite and on PostgreSQL alike.
#![expect(clippy::expect_used, reason = "a test whose ground gives way has failed")]

use chrono::DateTime;
use store::audit::AuditKey;
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

#[tokio::test]
async fn every_statement_can_be_prepared_on_both_engines() {
    let (sqlite, _) = testing::sqlite().await;
    let (postgres, _) = testing::postgres().await;
    for statement in store::statements() {
        for (name, db) in [("SQLite", &sqlite), ("PostgreSQL", &postgres)] {
            if let Err(error) = testing::prepare(db, statement).await {
                panic!("{name} refuses\n{statement}\n{error}");
            }
        }
    }
}

#[tokio::test]
async fn both_schemas_have_the_same_columns() {
    let (sqlite, _) = testing::sqlite().await;
    let (postgres, _) = testing::postgres().await;
    let ours = store::portable_columns(&sqlite).await.expect("columns");
    assert!(ours.len() > 100, "only {} columns were found", ours.len());
    assert_eq!(ours, store::portable_columns(&postgres).await.expect("columns"));
}

#[test]
fn both_folders_hold_migrations_of_the_same_names() {
    let names = |engine: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(engine);
        let mut names: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|f| f.expect("a file").file_name()).collect();
        names.sort();
        names
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn both_engines_wait_for_the_disk() {
    assert_eq!(testing::sqlite().await.0.careless().await.expect("the pragma"), None);
    assert_eq!(testing::postgres().await.0.careless().await.expect("the settings"), None);
}

#[tokio::test]
async fn a_postgres_that_answers_before_its_disk_is_told() {
    let (_db, url) = testing::postgres().await;
    const OFF: &str = "DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$";
    testing::tamper(&url, OFF).await.expect("the setting");
    let db = Db::open(&url).await.expect("the same database");
    assert_eq!(db.careless().await.expect("the settings"), Some("synchronous_commit=off"));
}

async fn fifty_writes_at_once_are_all_kept_and_chained(db: Db) {
    let writes = (0..50).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            db.write::<_, StoreError, _>(|tx| {
                Box::pin(async move {
                    let serial = tx.next_serial("test").await?;
                    tx.audit(&entry("count")).await?;
                    Ok(serial)
                })
            })
            .await
        })
    });
    let mut serials = Vec::new();
    for write in writes.collect::<Vec<_>>() {
        serials.push(write.await.expect("a task").expect("a write"));
    }
    serials.sort_unstable();
    assert_eq!(serials, (1..=50).collect::<Vec<i64>>());
    assert_eq!(db.verify_audit(&[]).await.expect("a walk"), Ok(50));
}

/// What keeps others from the rows is a trigger; who owns the database takes it away first.
async fn whatever_is_done_to_the_audit_trail_is_found(databases: [(Db, String); 4], unlock: &'static str) {
    let harms = [
        "UPDATE audit SET action = 'something else' WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = (SELECT seq FROM audit_head WHERE audit_head.chain = audit.chain)",
        "DELETE FROM audit_head",
    ];
    for ((db, url), harm) in databases.into_iter().zip(harms.iter().copied()) {
        for _ in 0..20 {
            let write = db.write::<_, StoreError, _>(|tx| Box::pin(async move { tx.audit(&entry("count")).await }));
            write.await.expect("a write");
        }
        let walk = async || db.verify_audit(&[]).await.expect("a walk");
        assert_eq!(walk().await, Ok(20));
        assert!(testing::tamper(&url, harm).await.is_err() || harm == harms[3], "the trigger lets pass: {harm}");
        testing::tamper(&url, unlock).await.expect("no trigger any more");
        testing::tamper(&url, harm).await.expect("the harm");
        assert!(walk().await.is_err(), "not found: {harm}");
    }
}

/// Rows are cut out, and the rest is written anew, by somebody who has the whole database and not the key.
async fn a_trail_that_was_written_anew_without_the_key_is_found((db, url): (Db, String), unlock: &'static str) {
    let one = async |db: &Db| db.write::<_, StoreError, _>(|tx| Box::pin(async move { tx.audit(&entry("count")).await })).await;
    for _ in 0..20 {
        one(&db).await.expect("a write");
    }
    testing::tamper(&url, unlock).await.expect("no trigger any more");
    testing::tamper(&url, "DELETE FROM audit").await.expect("the rows are gone");
    testing::tamper(&url, "DELETE FROM audit_head").await.expect("and the heads");
    assert_eq!(db.verify_audit(&[]).await.expect("a walk"), Ok(0), "that alone looks like a new database");
    let thief = Db::open(&url).await.expect("the same database");
    assert!(matches!(one(&thief).await, Err(StoreError::NoAuditKey)));
    thief.set_audit_key(AuditKey::new([8; 32]));
    for _ in 0..19 {
        one(&thief).await.expect("a forged row");
    }
    assert_eq!(thief.verify_audit(&[]).await.expect("a walk"), Ok(19), "by its own key it stands");
    assert!(db.verify_audit(&[]).await.expect("a walk").is_err());
}

/// What is cut off at the end together with its heads leaves a trail that stands: only what was written down tells.
async fn a_trail_whose_end_was_cut_off_is_found_by_heads_that_were_written_down((db, url): (Db, String), unlock: &'static str) {
    for _ in 0..20 {
        let write = db.write::<_, StoreError, _>(|tx| Box::pin(async move { tx.audit(&entry("count")).await }));
        write.await.expect("a write");
    }
    let heads = db.audit_heads().await.expect("the heads");
    assert_eq!(db.verify_audit(&heads).await.expect("a walk"), Ok(20));
    testing::tamper(&url, unlock).await.expect("no trigger any more");
    const CUT: &str = "DELETE FROM audit WHERE seq > 1; UPDATE audit_head SET seq = 1,
        hash = (SELECT hash FROM audit WHERE audit.chain = audit_head.chain AND audit.seq = 1)";
    testing::tamper(&url, CUT).await.expect("the end is gone");
    assert_eq!(db.verify_audit(&[]).await.expect("a walk").map(|rows| rows < 20), Ok(true), "by itself it stands");
    assert!(db.verify_audit(&heads).await.expect("a walk").is_err());
}

const UNLOCK_SQLITE: &str = "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete";
const UNLOCK_POSTGRES: &str = "DROP TRIGGER audit_no_change ON audit";

#[tokio::test]
async fn a_forged_or_shortened_trail_is_found_on_sqlite() {
    a_trail_that_was_written_anew_without_the_key_is_found(testing::sqlite().await, UNLOCK_SQLITE).await;
    a_trail_whose_end_was_cut_off_is_found_by_heads_that_were_written_down(testing::sqlite().await, UNLOCK_SQLITE).await;
}

#[tokio::test]
async fn a_forged_or_shortened_trail_is_found_on_postgres() {
    a_trail_that_was_written_anew_without_the_key_is_found(testing::postgres().await, UNLOCK_POSTGRES).await;
    a_trail_whose_end_was_cut_off_is_found_by_heads_that_were_written_down(testing::postgres().await, UNLOCK_POSTGRES).await;
}

#[tokio::test]
async fn sqlite_replaces_no_row_of_the_audit_trail() {
    let (db, url) = testing::sqlite().await;
    db.write::<_, StoreError, _>(|tx| Box::pin(async move { tx.audit(&entry("count")).await })).await.expect("a write");
    const REPLACE: &str = "INSERT OR REPLACE INTO audit SELECT chain, seq, at, actor_kind, actor_id, 'another', object_kind,
        object_id, detail, request_id, previous, hash FROM audit";
    const BY_ROWID: &str = "INSERT OR REPLACE INTO audit
        (rowid, chain, seq, at, actor_kind, actor_id, action, object_kind, object_id, detail, request_id, previous, hash)
        SELECT rowid, 7, 99, at, actor_kind, actor_id, 'another', object_kind, object_id, detail, request_id, previous, hash FROM audit";
    for harm in [REPLACE, BY_ROWID] {
        assert!(testing::tamper(&url, harm).await.is_err(), "{harm}");
    }
    assert_eq!(db.verify_audit(&[]).await.expect("a walk"), Ok(1));
}

async fn a_write_that_fails_or_panics_leaves_nothing_behind(db: Db) {
    let failed = db
        .write::<(), StoreError, _>(|tx| {
            Box::pin(async move {
                tx.next_serial("test").await?;
                Err(StoreError::Stale { table: "test" })
            })
        })
        .await;
    assert!(matches!(failed, Err(StoreError::Stale { .. })));
    let panicked = db
        .write::<(), StoreError, _>(|tx| {
            Box::pin(async move {
                tx.next_serial("test").await?;
                panic!("on purpose")
            })
        })
        .await;
    assert!(matches!(panicked, Err(StoreError::Aborted(_))));
    let serial = db.write::<_, StoreError, _>(|tx| Box::pin(async move { tx.next_serial("test").await })).await;
    assert_eq!(serial.expect("a write"), 1);
}

#[tokio::test]
async fn fifty_writes_at_once_are_all_kept_and_chained_on_sqlite() {
    fifty_writes_at_once_are_all_kept_and_chained(testing::sqlite().await.0).await;
}

#[tokio::test]
async fn fifty_writes_at_once_are_all_kept_and_chained_on_postgres() {
    fifty_writes_at_once_are_all_kept_and_chained(testing::postgres().await.0).await;
}

#[tokio::test]
async fn a_write_that_fails_or_panics_leaves_nothing_behind_on_sqlite() {
    a_write_that_fails_or_panics_leaves_nothing_behind(testing::sqlite().await.0).await;
}

#[tokio::test]
async fn a_write_that_fails_or_panics_leaves_nothing_behind_on_postgres() {
    a_write_that_fails_or_panics_leaves_nothing_behind(testing::postgres().await.0).await;
}

#[tokio::test]
async fn rows_of_the_audit_trail_cannot_be_changed_or_deleted() {
    use sqlx::Connection;
    let (sqlite, sqlite_url) = testing::sqlite().await;
    let (postgres, postgres_url) = testing::postgres().await;
    for db in [&sqlite, &postgres] {
        db.write::<_, StoreError, _>(|tx| Box::pin(async move { tx.audit(&entry("look")).await })).await.expect("a write");
    }
    for statement in ["UPDATE audit SET detail = 'x'", "DELETE FROM audit"] {
        let mut conn = sqlx::SqliteConnection::connect(&sqlite_url).await.expect("a connection");
        let refused = sqlx::query(statement).execute(&mut conn).await.expect_err("SQLite refuses").to_string();
        assert!(refused.contains("append-only"), "{refused}");
        let mut conn = sqlx::PgConnection::connect(&postgres_url).await.expect("a connection");
        let refused = sqlx::query(statement).execute(&mut conn).await.expect_err("PostgreSQL refuses").to_string();
        assert!(refused.contains("append-only"), "{refused}");
    }
}

#[tokio::test]
async fn whatever_is_done_to_the_audit_trail_is_found_on_sqlite() {
    let databases = [testing::sqlite().await, testing::sqlite().await, testing::sqlite().await, testing::sqlite().await];
    whatever_is_done_to_the_audit_trail_is_found(databases, "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete").await;
}

#[tokio::test]
async fn whatever_is_done_to_the_audit_trail_is_found_on_postgres() {
    let databases = [testing::postgres().await, testing::postgres().await, testing::postgres().await, testing::postgres().await];
    whatever_is_done_to_the_audit_trail_is_found(databases, "ALTER TABLE audit DISABLE TRIGGER USER").await;
}

/// Statements that may read a whole table: where it stays small, or where that happens a few times a day at most.
const MAY_READ_ALL: [(&str, &str); 17] = [
    ("WHERE at > $1", "the clock was set back"),
    ("WHERE sent_at > $1", "the clock was set back"),
    ("WHERE created_at > $1", "the clock was set back"),
    ("WHERE held_until > $1", "the clock was set back"),
    ("WHERE locked_until > $1", "the clock was set back"),
    ("WHERE totp_step > $1", "the clock was set back"),
    ("FROM key_needed", "a few rows"),
    ("SELECT (SELECT count(*) FROM account) +", "asked once, when a program starts with another key"),
    ("SELECT count(*) FROM audit_head", "a few rows"),
    ("SELECT id, mobile_sealed FROM account ORDER BY id LIMIT 1", "one row, by its index"),
    ("FROM outbox GROUP BY state", "an index of what waits, for the metrics"),
    ("FROM sent_sms", "the demonstration only"),
    ("WHERE expires_at < $1", "the sweep, once an hour"),
    ("WHERE at < $1", "the sweep, once an hour"),
    ("WHERE seen_at < $1", "the sweep, once an hour"),
    ("WHERE name LIKE 'rate:%'", "the sweep, once an hour"),
    ("DELETE FROM staff WHERE", "somebody who has never signed in is removed a few times a year"),
];

/// Every row of it is meant: what has been handed to telephones is void once the clock was set back.
const MEANS_ALL: &str = "DELETE FROM handover";

#[tokio::test]
async fn no_statement_reads_a_whole_table_that_grows() {
    let (sqlite, _) = testing::sqlite().await;
    let mut whole = Vec::new();
    for statement in store::statements() {
        let plan = testing::plan(&sqlite, statement).await.expect("a plan");
        // What a statement makes itself, such as the places of a list or a part of it by name, is no table.
        let is_made = |line: &String| {
            matches!(line.as_str(), "SCAN one" | "SCAN told" | "SCAN shown" | "SCAN CONSTANT ROW")
                || line.starts_with("SCAN (subquery-")
                || line.ends_with("-ROW VALUES CLAUSE")
        };
        if plan.iter().any(|line| line.starts_with("SCAN ") && !is_made(line))
            && statement != MEANS_ALL
            && !MAY_READ_ALL.iter().any(|(part, _)| statement.contains(part))
        {
            whole.push(format!("{statement}\n    {}", plan.join("\n    ")));
        }
    }
    assert!(whole.is_empty(), "{}", whole.join("\n"));
}

#[tokio::test]
async fn what_is_counted_and_reminded_is_read_by_an_index_of_its_own() {
    let (sqlite, _) = testing::sqlite().await;
    for (part, index) in [
        ("FROM case_file c JOIN case_event e", "case_waited (province=? AND bureau=? AND decided_at>? AND decided_at<?)"),
        ("status = 'returned' AND (decided_at, id) >", "case_returned (province=?"),
        (
            "FROM paper_expiry\n        WHERE (expires_on",
            "paper_expiry_on ((expires_on,account_id,sha256)>(?,?,?) AND expires_on<?)",
        ),
        ("FROM record WHERE is_current AND account_id >", "record_current (account_id>?)"),
        ("FROM portal_shape s JOIN", "portal_shape_province (province=?)"),
    ] {
        let found = store::statements().into_iter().filter(|statement| statement.contains(part)).collect::<Vec<_>>();
        let [statement] = found.as_slice() else { panic!("{part}: {found:?}") };
        let plan = testing::plan(&sqlite, statement).await.expect("a plan").join("\n");
        assert!(plan.contains(index), "{statement}\n{plan}");
    }
}

#[tokio::test]
async fn the_desk_of_a_bureau_reads_by_the_index_of_the_bureau() {
    let (sqlite, _) = testing::sqlite().await;
    let mut found = 0;
    for statement in store::statements().into_iter().filter(|statement| statement.contains("WHERE bureau = $1 AND")) {
        let plan = testing::plan(&sqlite, statement).await.expect("a plan").join("\n");
        assert!(plan.contains("case_queue (province=? AND bureau=? AND status=?"), "{statement}\n{plan}");
        found += 1;
    }
    assert_eq!(found, 2, "the queue, and the next case");
}
