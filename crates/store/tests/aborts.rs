//! Whoever hangs up in the middle of a question spoils nobody else's.
#![expect(clippy::expect_used, reason = "a test whose ground gives way has failed")]

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;

use chrono::DateTime;
use sqlx::Connection;
use store::session::SessionRow;
use store::{Db, StoreError, testing};

const SESSIONS: u8 = 64;
const ABORTS: u32 = 5_000;
const SIDE_BY_SIDE: u32 = 12;

fn session(n: u8) -> SessionRow {
    let at = DateTime::from_timestamp(1_760_000_000, 0).expect("an instant");
    SessionRow {
        id: format!("session-{n}"),
        token_hash: vec![n; 32],
        province: "hunan".into(),
        account_id: None,
        staff_id: None,
        opened_by: None,
        is_second_factor_done: false,
        address: "192.0.2.1".into(),
        memo_sealed: None,
        created_at: at,
        seen_at: at,
    }
}

/// Drops a future when it is woken for the `polls`th time, wherever it has got to by then.
async fn hang_up_after<F: Future>(polls: u32, future: F) -> Option<F::Output> {
    let (mut future, mut polled) = (pin!(future), 0);
    poll_fn(move |cx| {
        if polled == polls {
            return Poll::Ready(None);
        }
        polled += 1;
        future.as_mut().poll(cx).map(Some)
    })
    .await
}

/// Asks for a session and hangs up somewhere on the way; whatever is answered must be what was asked for.
async fn hang_up(db: &Db, n: u32) -> bool {
    let of = u8::try_from(n % u32::from(SESSIONS)).expect("a byte");
    let ask = async {
        let row = db.read().await?.find_session(&[of; 32]).await?;
        assert_eq!(row.map(|row| row.id), Some(format!("session-{of}")), "the answer of somebody else");
        Ok::<_, StoreError>(())
    };
    hang_up_after(1 + n % 8, ask).await.is_none()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_who_hang_up_leave_no_transaction_open_and_no_answer_to_others() {
    let (db, url) = testing::postgres().await;
    for n in 0..SESSIONS {
        db.write(move |tx| Box::pin(async move { tx.insert_session(&session(n)).await })).await.expect("a session");
    }
    let (next, aborted) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let workers: Vec<_> = (0..SIDE_BY_SIDE)
        .map(|_| {
            let (db, next, aborted) = (db.clone(), next.clone(), aborted.clone());
            tokio::spawn(async move {
                // So many are aborted, however many come through.
                while aborted.load(Ordering::Relaxed) < ABORTS {
                    if hang_up(&db, next.fetch_add(1, Ordering::Relaxed)).await {
                        aborted.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.expect("every answer is one's own");
    }
    for n in 0..SESSIONS {
        let row = db.read().await.expect("a connection").find_session(&[n; 32]).await.expect("an answer");
        assert_eq!(row.map(|row| row.id), Some(format!("session-{n}")));
    }
    let mut conn = sqlx::PgConnection::connect(&url).await.expect("a connection");
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    assert_eq!(sqlx::query_scalar::<_, i64>(open).fetch_one(&mut conn).await.expect("a count"), 0);
    let (asked, aborted) = (next.load(Ordering::Relaxed), aborted.load(Ordering::Relaxed));
    println!("{asked} asked, {aborted} hung up");
    assert!(asked - aborted > 1_000, "hardly anybody got as far as an answer: {asked} asked, {aborted} hung up");
}
