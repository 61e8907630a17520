//! A full disk: people go on looking, and whoever writes is told so.

use chrono::Duration;

use crate::notify::{NewSms, sms};
use crate::readiness::{Readiness, readiness};
use crate::testing::{House, both};
use crate::{Failure, Services};

async fn put(services: &Services, n: usize) -> Result<(), Failure> {
    let (services, db) = (services.clone(), services.db.clone());
    let write = db.write(move |tx| {
        Box::pin(async move {
            let (text, dedupe_key) = ("字".repeat(20_000), format!("k{n}"));
            let new = NewSms {
                province: "hunan",
                mobile: "13912345678",
                purpose: "test",
                text,
                code: None,
                dedupe_key,
                leaves_at: services.now(),
                expires_at: None,
            };
            sms(tx, &services, new).await
        })
    });
    write.await
}

async fn on_a_full_disk_people_go_on_looking_and_whoever_writes_is_told(house: House) {
    let visit = house.visit(None).await;
    let session = visit.ensure_session().await.unwrap();
    assert_eq!(readiness(&house.services).await, Readiness::Ready);
    store::testing::fill_disk(&house.services.db).await.unwrap();
    let mut refused = None;
    for n in 0..20 {
        if let Err(failure) = put(&house.services, n).await {
            refused = Some(failure);
            break;
        }
    }
    assert!(matches!(refused, Some(Failure::DiskFull)), "{refused:?}");
    assert_eq!(readiness(&house.services).await, Readiness::ReadingOnly);
    house.clock.forward(Duration::minutes(2));
    let later = house.again(&visit).await;
    assert_eq!(later.session.map(|row| row.id), Some(session));
}
both!(on_a_full_disk_people_go_on_looking_and_whoever_writes_is_told);
