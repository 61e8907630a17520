//! What is told of a day, and for how long.

use chrono::Duration;
use store::school::batch::{BatchRow, Tally};

use super::*;
use crate::school::{batch, day, report};
use crate::testing::both;

async fn a_day_of_many_batches_is_told_in_pages_and_summed_as_a_whole(house: House) {
    let zhao = administrator(&house).await;
    let id = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &id).await;
    let caller = caller(&house, &token).await;
    let known = learners(&house, &id, 1).await;
    report(&caller, "first", &body(&[row("r-1", &known[0], "professional", 60), json!({})])).await.unwrap();
    let (now, today, ids) = (house.services.now(), house.services.today(), house.services.ids.clone());
    let written = house.services.db.write(move |tx| {
        Box::pin(async move {
            for n in 0..1001 {
                let row = BatchRow {
                    id: ids.id(),
                    school_id: id.clone(),
                    request_key: format!("k-{n}"),
                    body_hash: vec![0; 32],
                    size: 1,
                    decided: 1,
                    received_at: now + Duration::seconds(n / 2 + 1),
                    received_on: today,
                    tally: Tally::default(),
                    kept_until: today,
                };
                tx.insert_batch(&row).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    written.await.unwrap();
    let first = day(&caller, today, "").await.unwrap();
    assert_eq!((first.batches.len(), first.more, first.batches[0].idempotency_key.as_str()), (1000, true, "first"));
    let rest = day(&caller, today, &first.cursor).await.unwrap();
    assert_eq!((rest.batches.len(), rest.more), (2, false));
    let all: std::collections::BTreeSet<_> = first.batches.iter().chain(&rest.batches).map(|batch| &batch.id).collect();
    assert_eq!(all.len(), 1002, "each once");
    for page in [&first, &rest] {
        assert_eq!((page.booked_credits, page.counts.booked, page.counts.refused), (Credits::whole(60), 1, 1));
    }
    assert_eq!(day(&caller, today, &rest.cursor).await.unwrap().batches, []);
    assert!(matches!(day(&caller, today, "nowhere").await, Err(Failure::NotFound)));
    let tomorrow = today + chrono::Days::new(1);
    assert!(matches!(day(&caller, tomorrow, &first.cursor).await, Err(Failure::NotFound)), "a batch of another day");
}
both!(a_day_of_many_batches_is_told_in_pages_and_summed_as_a_whole);

async fn what_came_to_nothing_is_forgotten_after_its_day_and_the_sums_stay(house: House) {
    let zhao = administrator(&house).await;
    let id = school(&house, &zhao, "aa").await;
    let token = token(&house, &zhao, &id).await;
    let reporting = caller(&house, &token).await;
    let known = learners(&house, &id, 1).await;
    let booked = row("r-1", &known[0], "professional", 60);
    let sent = body(&[booked.clone(), booked, json!({}), row("r-2", "BBBBBBBBBBBBBBBBBBBBBB", "public", 1)]);
    let said = report(&reporting, "k-1", &sent).await.unwrap();
    let today = house.services.today();
    let rules = house.services.province("hunan").unwrap();
    let kept = rules.profile.learning.as_ref().unwrap().keep_reports_days;
    assert_eq!(said.rows_until, today + chrono::Days::new(kept.into()));
    house.clock.forward(Duration::days(kept.into()));
    crate::account::sweep(&house.services).await.unwrap();
    assert_eq!(batch(&caller(&house, &token).await, &said.id).await.unwrap().rows.len(), 4, "the last day");
    house.clock.forward(Duration::days(1));
    crate::account::sweep(&house.services).await.unwrap();
    let calling = caller(&house, &token).await;
    let after = batch(&calling, &said.id).await.unwrap();
    assert_eq!(after.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [0, 3], "what is booked, and what waits");
    assert_eq!((after.counts, after.state), (said.counts, "done"));
    let told = day(&calling, today, "").await.unwrap();
    assert_eq!((told.counts, told.booked_credits), (said.counts, Credits::whole(60)));
    // The same sent again is the same batch, and books nothing more.
    assert_eq!(report(&calling, "k-1", &sent).await.unwrap(), after);
}
both!(what_came_to_nothing_is_forgotten_after_its_day_and_the_sums_stay);
