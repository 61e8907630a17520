use std::pin::pin;

use futures::FutureExt;
use sqlx::Sqlite;
use sqlx::sqlite::SqlitePoolOptions;

use super::*;

async fn two() -> Connections<Sqlite> {
    Connections::of(SqlitePoolOptions::new().max_connections(2).connect("sqlite::memory:").await.unwrap())
}

/// Marks a connection in a way that goes with it.
async fn mark(lent: &mut Lent<Sqlite>) {
    sqlx::query("CREATE TEMP TABLE mark (x)").execute(&mut **lent).await.unwrap();
}

async fn is_marked(lent: &mut Lent<Sqlite>) -> bool {
    let count = "SELECT count(*) FROM sqlite_temp_schema";
    sqlx::query_scalar::<_, i64>(count).fetch_one(&mut **lent).await.unwrap() > 0
}

#[tokio::test]
async fn a_sound_connection_is_the_next_ones_at_once() {
    let all = two().await;
    let mut first = all.take().await.unwrap();
    mark(&mut first).await;
    first.mark_sound();
    drop(first);
    for _ in 0..100 {
        let mut next = all.take().await.unwrap();
        assert!(is_marked(&mut next).await);
        next.mark_sound();
    }
}

#[tokio::test]
async fn a_connection_on_which_something_is_under_way_is_nobodys() {
    let all = two().await;
    let mut first = all.take().await.unwrap();
    mark(&mut first).await;
    first.mark_lost();
    drop(first);
    let (mut one, mut other) = (all.take().await.unwrap(), all.take().await.unwrap());
    assert!(!is_marked(&mut one).await && !is_marked(&mut other).await);
}

#[tokio::test]
async fn nobody_waits_for_a_connection_that_is_kept_and_everybody_for_one_in_use() {
    let all = two().await;
    let (mut one, mut other) = (all.take().await.unwrap(), all.take().await.unwrap());
    one.mark_sound();
    other.mark_sound();
    drop((one, other));
    let (one, _other) = (all.take().await.unwrap(), all.take().await.unwrap());
    let mut third = pin!(all.take());
    assert!(third.as_mut().now_or_never().is_none());
    drop(one);
    third.await.unwrap();
}

#[tokio::test]
async fn closing_ends_what_is_kept_and_what_comes_back_later() {
    let all = two().await;
    let (mut one, mut other) = (all.take().await.unwrap(), all.take().await.unwrap());
    one.mark_sound();
    drop(one);
    let mut closing = pin!(all.close());
    assert!(closing.as_mut().now_or_never().is_none(), "somebody has one still");
    other.mark_sound();
    drop(other);
    closing.await;
    assert!(matches!(all.take().await, Err(sqlx::Error::PoolClosed)));
}

#[test]
fn whoever_drops_all_of_them_needs_no_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let all = runtime.block_on(async {
        let all = two().await;
        all.take().await.unwrap().mark_sound();
        all
    });
    assert!(all.0.lock().as_ref().is_some_and(|kept| kept.len() == 1));
    drop(all);
}
