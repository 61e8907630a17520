//! A profile that is edited, a ledger that was changed beside whatever settles, and links that are opened.

use std::sync::Arc;

use domain::province::Profile;

use super::*;
use crate::certificate::{looked_at, write_openings};

/// The same house where a province has the learning years of Hunan.
pub(crate) fn learning_as_hunan(house: House, key: &str) -> House {
    let services = house.services.with(|rooms| {
        let mut provinces = (*rooms.provinces).clone();
        let learning = provinces["hunan"].profile.learning.clone();
        Arc::make_mut(provinces.get_mut(key).unwrap()).profile.learning = learning;
        rooms.provinces = Arc::new(provinces);
    });
    House { services, ..house }
}

/// The same house after somebody has edited the profile of Hunan.
async fn edited(house: &House, visit: &Visit, edit: impl Fn(&mut Profile)) -> (House, Visit) {
    let services = house.services.with(|rooms| {
        let mut provinces = (*rooms.provinces).clone();
        edit(&mut Arc::make_mut(provinces.get_mut("hunan").unwrap()).profile);
        rooms.provinces = Arc::new(provinces);
    });
    let (clock, sms, identity) = (house.clock.clone(), house.sms.clone(), house.identity.clone());
    let house = House { services, clock, sms, identity, key: house.key.clone() };
    let visit = house.again(visit).await;
    (house, visit)
}

fn ask(profile: &mut Profile, total: u32) {
    for rules in &mut profile.learning.as_mut().unwrap().years {
        (rules.total, rules.professional) = (Credits::whole(total), Some(Credits::whole(total.min(60))));
    }
}

async fn a_profile_that_is_edited_ends_and_replaces_no_certificate(house: House) {
    let visit = zhang_san(&house).await;
    let row = complete(&visit).await;
    let edits: [fn(&mut Profile); 3] = [
        |profile| ask(profile, 120),
        |profile| profile.site.authority = "湖南省财政局".into(),
        |profile| profile.learning.as_mut().unwrap().years.retain(|rules| !rules.holds(YEAR)),
    ];
    for edit in edits {
        let (house, visit) = edited(&house, &visit, edit).await;
        let printed = paper(&visit, None).await;
        assert!(printed.contains(&row.number) && printed.contains("不少于 90 学分"), "{printed}");
        share(&visit, &chosen("whole", "no")).await.unwrap();
        certificate(&visit, YEAR, SITE).await.unwrap();
        assert_eq!(rows(&visit).await, std::slice::from_ref(&row));
        assert_eq!(verify(&house, &row.statement).await.verdict, Verdict::Valid);
    }
    let (_, stricter) = edited(&house, &visit, |profile| ask(profile, 120)).await;
    book(&stricter, "s-2", 5_00).await;
    let more = standing(&stricter).await.unwrap();
    assert_eq!((more.total, more.asked_total), (95_00, 90_00), "it stands by what it was issued by");
    take_back(&stricter, "s-1").await;
    assert_eq!(standing(&stricter).await, None, "below what it was issued by it ends");
}
both!(a_profile_that_is_edited_ends_and_replaces_no_certificate);

async fn a_year_that_an_edited_profile_completes_has_a_page_and_a_paper(house: House) {
    let visit = zhang_san(&house).await;
    book(&visit, "s-1", 70_00).await;
    assert!(matches!(certificate(&visit, YEAR, SITE).await, Err(Failure::NotFound)));
    let (_, visit) = edited(&house, &visit, |profile| ask(profile, 60)).await;
    let page = certificate(&visit, YEAR, SITE).await.unwrap();
    assert_eq!(page.statement.total, Credits::whole(70));
    assert!(paper(&visit, None).await.contains(&page.statement.number));
}
both!(a_year_that_an_edited_profile_completes_has_a_page_and_a_paper);

async fn a_holder_who_prints_is_never_noted_as_having_taken_their_certificate_back(house: House) {
    let visit = zhang_san(&house).await;
    let row = complete(&visit).await;
    let (job, account) = (visit.clone(), visit.account().unwrap().clone());
    // A ledger that was changed beside whatever settles.
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let entries = tx.list_credits_of_year(&account, YEAR).await?;
            let (id, now) = (job.services.ids.id().into(), job.now());
            let reversal = CreditEntry::reversing(&entries, &entries[0].id.clone(), id, ("bureau", now, "证明不实")).unwrap();
            Ok::<_, Failure>(tx.book_credit(&account, job.province_key(), &reversal).await?)
        })
    });
    written.await.unwrap();
    assert!(matches!(printed(&visit, YEAR, None, SITE).await, Err(Failure::NotFound)));
    let rows = visit.services.db.read().await.unwrap().list_audit_of("certificate", &row.number).await.unwrap();
    let revoked = rows.iter().find(|row| row.action == "revoke_certificate").unwrap();
    assert_eq!(revoked.actor_kind, "system");
}
both!(a_holder_who_prints_is_never_noted_as_having_taken_their_certificate_back);

async fn an_opened_link_waits_for_no_write_and_its_counts_are_written_down_later(house: House) {
    let visit = zhang_san(&house).await;
    complete(&visit).await;
    share(&visit, &chosen("whole", "no")).await.unwrap();
    let share = certificate(&visit, YEAR, SITE).await.unwrap().shares.remove(0);
    let written = async || house.services.db.read().await.unwrap().list_share_days(&share.id).await.unwrap();
    for _ in 0..3 {
        assert!(shared(&house.services, "hunan", token(&share.address)).await.unwrap().is_some());
    }
    assert!(looked_at(&house.services, "hunan", token(&share.address)).await.unwrap().is_some());
    assert!(written().await.is_empty(), "nothing is written while it is opened");
    let today = house.services.today();
    assert_eq!(certificate(&visit, YEAR, SITE).await.unwrap().shares[0].opened, [(today, 3)], "its holder sees it at once");
    write_openings(&house.services).await.unwrap();
    write_openings(&house.services).await.unwrap();
    assert_eq!(written().await, [(today, 3)]);
    shared(&house.services, "hunan", token(&share.address)).await.unwrap();
    assert_eq!(certificate(&visit, YEAR, SITE).await.unwrap().shares[0].opened, [(today, 4)]);
    write_openings(&house.services).await.unwrap();
    assert_eq!(written().await, [(today, 4)]);
}
both!(an_opened_link_waits_for_no_write_and_its_counts_are_written_down_later);
