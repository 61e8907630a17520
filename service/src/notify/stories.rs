use std::sync::Arc;

use chrono::Duration;
use futures::FutureExt;
use futures::future::{BoxFuture, join_all};

use super::{NewSms, deliver, sms};
use crate::Services;
use crate::ports::{OutgoingSms, Sms, SmsError};
use crate::testing::{House, both};

async fn put(house: &House, key: &str) {
    let (services, key) = (house.services.clone(), key.to_owned());
    let write = house.services.db.write(move |tx| {
        Box::pin(async move {
            let text = "【湖南财政厅】测试".to_owned();
            let new = NewSms { province: "hunan", mobile: "13912345678", purpose: "test", text, code: None, dedupe_key: key };
            sms(tx, &services, new).await
        })
    });
    write.await.unwrap();
}

async fn workers_side_by_side_send_every_message_once(house: House) {
    for n in 0..30 {
        put(&house, &format!("k{n}")).await;
        put(&house, &format!("k{n}")).await;
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

async fn what_cannot_be_sent_is_put_off_longer_and_longer_and_given_up_after_eight_tries(house: House) {
    put(&house, "k").await;
    let broken = Services { sms: Arc::new(Silent), ..house.services.clone() };
    for delay in [10, 20, 40, 80, 160, 320, 640] {
        assert_eq!(deliver(&broken).await.unwrap(), 0);
        house.clock.forward(Duration::seconds(delay - 1));
        assert_eq!(deliver(&house.services).await.unwrap(), 0, "not yet after {delay}");
        house.clock.forward(Duration::seconds(1));
    }
    assert_eq!(deliver(&broken).await.unwrap(), 0);
    house.clock.forward(Duration::days(1));
    assert_eq!(deliver(&house.services).await.unwrap(), 0);
    let mut reader = house.services.db.read().await.unwrap();
    assert!(reader.verify_audit().await.unwrap().is_ok_and(|rows| rows == 1));
}
both!(what_cannot_be_sent_is_put_off_longer_and_longer_and_given_up_after_eight_tries);

async fn a_message_that_failed_once_leaves_later(house: House) {
    put(&house, "k").await;
    let broken = Services { sms: Arc::new(Silent), ..house.services.clone() };
    deliver(&broken).await.unwrap();
    house.clock.forward(Duration::seconds(10));
    assert_eq!(deliver(&house.services).await.unwrap(), 1);
}
both!(a_message_that_failed_once_leaves_later);
