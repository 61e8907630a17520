//! A new number that another account has still, and an account that has no number at all.

use domain::account::legacy::{LegacyLine, LegacyRow};
use domain::case::CheckRule;

use super::*;
use crate::account::{DETACHED, has_no_mobile, import_legacy, messages};

const OTHER: &str = "E12345678";

async fn of_document(house: &House, number: &str) -> AccountRow {
    let hash = house.services.vault.keyed_hash("document", number);
    house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().remove(0)
}

/// Somebody else has an account with the number that the owner will want.
async fn another_has(house: &House, mobile: &str) {
    let other = Browser::new(house, "203.0.113.5").await;
    other.register(&other.filled(OTHER, mobile).await).await.unwrap();
}

async fn a_new_number_that_changed_hands_leaves_the_account_that_had_it_when_the_change_takes_effect(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    another_has(&house, NEW).await;
    house.clock.forward(Duration::days(31));
    let mut other = Browser::new(&house, "203.0.113.5").await;
    other.sign_in(OTHER, PASSWORD).await.unwrap();
    let stranger = Browser::new(&house, "203.0.113.9").await;
    apply(&stranger, (NAME, NUMBER), NEW).await.unwrap();
    assert!(texts(&house, NEW, "phone_change").await.pop().unwrap().contains("申请已收到"));
    let asked = newest(&house).await.unwrap();
    let view = case(&reviewer(&house, PROVINCE, "赵审核").await, &asked.id).await.unwrap();
    assert_eq!((view.checks[0].rule, view.checks[0].level), (CheckRule::MobileFree, Level::Look));
    two_agree(&house, &asked.id).await;
    house.clock.forward(Duration::hours(71));
    assert!(!has_no_mobile(&other.visit().await, &of_document(&house, OTHER).await).unwrap(), "not before it takes effect");
    house.clock.forward(Duration::hours(1));
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, NEW));
    let detached = of_document(&house, OTHER).await;
    assert!(other.visit().await.account().is_err(), "the session of the one before has ended");
    let audit = house.services.db.read().await.unwrap().list_audit_of("account", detached.id.as_str()).await.unwrap();
    let row = audit.iter().find(|row| row.action == DETACHED).unwrap();
    assert!(row.actor_kind == "system" && row.detail.contains("phone_change"), "{row:?}");
    assert_eq!(other.sign_in(OTHER, PASSWORD).await.unwrap(), "/hunan/settings/mobile");
    let told = messages(&other.visit().await).await.unwrap();
    assert!(told[0].title == "手机号码已不属于您的账号" && !told[0].body.contains(NEW), "{told:?}");
    assert_audit_stands(&house).await;

    // Once in thirty days.
    house.clock.forward(Duration::days(29));
    let next = Browser::new(&house, "203.0.113.6").await;
    apply(&next, (NAME, OTHER), NEW).await.unwrap();
    assert!(texts(&house, NEW, "phone_change").await.pop().unwrap().contains("已用于一个账号"));
}
both!(a_new_number_that_changed_hands_leaves_the_account_that_had_it_when_the_change_takes_effect);

async fn a_holder_of_the_new_number_who_changed_anything_meanwhile_keeps_it(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    another_has(&house, NEW).await;
    house.clock.forward(Duration::days(31));
    let stranger = Browser::new(&house, "203.0.113.9").await;
    apply(&stranger, (NAME, NUMBER), NEW).await.unwrap();
    let asked = newest(&house).await.unwrap();
    two_agree(&house, &asked.id).await;
    let (id, now) = (of_document(&house, OTHER).await.id, house.services.now());
    let write = house.services.db.write(move |tx| Box::pin(async move { tx.save_name(&id, "王五", now).await }));
    write.await.unwrap();
    house.clock.forward(Duration::hours(72));
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, MOBILE));
    assert_eq!(
        (row(&house, &asked.id).await.status, audited(&house, &asked.id, "lapse_phone_change").await.len()),
        (Status::Closed, 1)
    );
}
both!(a_holder_of_the_new_number_who_changed_anything_meanwhile_keeps_it);

/// An imported holder of the bureau 430111 without a telephone.
async fn holding(house: House) -> House {
    let mut house = changing(house);
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.account.has_legacy_holders = true;
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    let holder = LegacyRow { name: NAME.into(), document_number: NUMBER.into(), bureau: DISTRICT.into(), ..LegacyRow::default() };
    import_legacy(&house.services, "hunan", b"file", &[LegacyLine::of(2, holder)], false).await.unwrap();
    house
}

async fn a_holder_without_a_telephone_gets_one_as_soon_as_two_persons_of_the_bureau_agree(house: House) {
    let house = holding(house).await;
    let person = Browser::new(&house, "203.0.113.9").await;
    apply(&person, (NAME, NUMBER), NEW).await.unwrap();
    let asked = newest(&house).await.unwrap();
    assert_eq!(asked.bureau.as_ref().unwrap().as_str(), DISTRICT, "the bureau that the old system knew");
    let view = case(&reviewer(&house, DISTRICT, "赵审核").await, &asked.id).await.unwrap();
    assert!(view.sections[0].rows.iter().any(|row| row.label == "原手机号码" && row.value == "没有登记"), "{:?}", view.sections);
    two_agree(&house, &asked.id).await;
    // There is nobody who could object by the old number, or read of it.
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, NEW));
    let told = texts(&house, NEW, "phone_changed").await;
    assert!(told.len() == 1 && told[0].contains("“原有用户设置密码”"), "{told:?}");
    assert_audit_stands(&house).await;
}
both!(a_holder_without_a_telephone_gets_one_as_soon_as_two_persons_of_the_bureau_agree);

async fn an_owner_who_lost_the_number_but_has_a_password_can_still_say_no(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    house.clock.forward(Duration::days(31));
    // The number was given to somebody who registers with it.
    let other = Browser::new(&house, "203.0.113.5").await;
    other.register(&other.filled(OTHER, MOBILE).await).await.unwrap();
    let person = Browser::new(&house, "203.0.113.9").await;
    apply(&person, (NAME, NUMBER), NEW).await.unwrap();
    let asked = newest(&house).await.unwrap();
    two_agree(&house, &asked.id).await;
    assert_eq!(settle_phone_changes(&house.services).await.unwrap(), 0, "the time to object stays");
    let mut owner = Browser::new(&house, "203.0.113.1").await;
    owner.sign_in(NUMBER, PASSWORD).await.unwrap();
    let told = messages(&owner.visit().await).await.unwrap();
    assert!(told[0].body.contains("请在此之前联系所在地财政局"), "{told:?}");
    house.clock.forward(Duration::hours(72));
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, NEW));
}
both!(an_owner_who_lost_the_number_but_has_a_password_can_still_say_no);
