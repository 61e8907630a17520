use std::sync::Arc;

use chrono::Duration;
use futures::FutureExt;
use futures::future::{BoxFuture, join_all};

use super::{NewSms, deliver, release, sms, waiting};
use crate::ports::{OutgoingSms, Sms, SmsError};
use crate::testing::{House, both};
use crate::vault::{Keys, Vault};

async fn put(house: &House, key: &str, code: Option<&str>) {
    let (services, key, code) = (house.services.clone(), key.to_owned(), code.map(str::to_owned));
    let write = house.services.db.write(move |tx| {
        Box::pin(async move {
            let text = "【湖南财政厅】测试".to_owned();
            let new = NewSms {
                province: "hunan",
                mobile: "13912345678",
                purpose: "test",
                text,
                expires_at: code.as_ref().map(|_| services.now() + chrono::Duration::minutes(10)),
                code,
                dedupe_key: key,
                leaves_at: services.now(),
            };
            sms(tx, &services, new).await
        })
    });
    write.await.unwrap();
}

async fn workers_side_by_side_send_every_message_once(house: House) {
    for n in 0..30 {
        put(&house, &format!("k{n}"), None).await;
        put(&house, &format!("k{n}"), None).await;
    }
    let rounds = join_all((0..4).map(|_| deliver(&house.services))).await;
    let left: usize = rounds.into_iter().map(|round| round.unwrap()).sum();
    let rest = deliver(&house.services).await.unwrap();
    assert_eq!(left + rest, 30);
    let mut ids: Vec<String> = house.sms.0.lock().unwrap().iter().map(|sms| sms.id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), house.sms.0.lock().unwrap().len()), (30, 30));
}
both!(workers_side_by_side_send_every_message_once);

struct Silent;

impl Sms for Silent {
    fn send<'a>(&'a self, _: &'a OutgoingSms) -> BoxFuture<'a, Result<(), SmsError>> {
        async { Err(SmsError("no answer".into())) }.boxed()
    }
}

async fn what_cannot_be_sent_is_put_off_up_to_ten_minutes_and_never_given_up(house: House) {
    put(&house, "k", None).await;
    let broken = house.services.with(|rooms| rooms.sms = Arc::new(Silent));
    for delay in [10, 20, 40, 80, 160, 320, 600, 600, 600, 600] {
        assert_eq!(deliver(&broken).await.unwrap(), 0);
        house.clock.forward(Duration::seconds(delay - 1));
        assert_eq!(deliver(&house.services).await.unwrap(), 0, "not yet after {delay}");
        house.clock.forward(Duration::seconds(1));
    }
    assert_eq!(waiting(&house.services).await.unwrap().stuck, 1);
    house.clock.forward(Duration::days(3));
    assert_eq!(deliver(&house.services).await.unwrap(), 1);
    assert_eq!(waiting(&house.services).await.unwrap().stuck, 0);
}
both!(what_cannot_be_sent_is_put_off_up_to_ten_minutes_and_never_given_up);

async fn a_code_that_has_expired_is_not_sent_any_more(house: House) {
    put(&house, "code", Some("123456")).await;
    put(&house, "news", None).await;
    let broken = house.services.with(|rooms| rooms.sms = Arc::new(Silent));
    deliver(&broken).await.unwrap();
    let minutes = house.services.province("hunan").unwrap().profile.account.sms.code_minutes;
    house.clock.forward(Duration::minutes(minutes.into()));
    assert_eq!(deliver(&house.services).await.unwrap(), 1);
    assert!(house.sms.0.lock().unwrap().iter().all(|sms| sms.code.is_none()));
    let counts = waiting(&house.services).await.unwrap().counts;
    assert_eq!(counts, [("done".to_owned(), 1), ("expired".to_owned(), 1)]);
}
both!(a_code_that_has_expired_is_not_sent_any_more);

async fn what_cannot_be_read_is_parked_and_shown_until_it_is_released(house: House) {
    put(&house, "k", Some("123456")).await;
    let other = Vault::new(Keys::generate()).unwrap();
    let blind = house.services.with(|rooms| rooms.vault = Arc::new(other));
    assert_eq!(deliver(&blind).await.unwrap(), 0);
    let seen = waiting(&house.services).await.unwrap();
    assert_eq!((seen.stuck, seen.oldest.len(), seen.oldest[0].state.as_str()), (1, 1, "parked"));
    assert_eq!(deliver(&house.services).await.unwrap(), 0);
    assert_eq!(release(&house.services).await.unwrap(), 1);
    assert_eq!(deliver(&house.services).await.unwrap(), 1);
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok_and(|rows| rows == 2));
}
both!(what_cannot_be_read_is_parked_and_shown_until_it_is_released);

async fn what_left_keeps_nothing_of_what_it_said(house: House) {
    put(&house, "k", Some("123456")).await;
    assert_eq!(deliver(&house.services).await.unwrap(), 1);
    assert_eq!(house.services.db.read().await.unwrap().count_kept_payloads().await.unwrap(), 0);
}
both!(what_left_keeps_nothing_of_what_it_said);

async fn a_message_that_failed_once_leaves_later(house: House) {
    put(&house, "k", None).await;
    let broken = house.services.with(|rooms| rooms.sms = Arc::new(Silent));
    deliver(&broken).await.unwrap();
    house.clock.forward(Duration::seconds(10));
    assert_eq!(deliver(&house.services).await.unwrap(), 1);
}
both!(a_message_that_failed_once_leaves_later);
