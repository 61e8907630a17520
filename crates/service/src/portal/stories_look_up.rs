//! 查询办理进度 without signing in, on both engines.

use chrono::Duration;
use domain::case::{Refusal, Status};
use domain::fault::Fault;
use domain::limit::Limited;
use domain::portal::forms::LookUpForm;
use domain::portal::view::LookedUp;

use super::{Failure, front, look_up};
use crate::account::stories::{Browser, is_fault};
use crate::review::stories::{DISTRICT, assert_audit_stands, audited, put, row, submitted};
use crate::testing::{House, both};

const ADDRESS: &str = "192.0.2.7";

async fn asked(browser: &Browser<'_>, number: &str, document_end: &str) -> Result<Option<LookedUp>, Failure> {
    let form = LookUpForm { number: number.into(), document_end: document_end.into(), captcha: browser.captcha().await };
    look_up(&browser.visit().await, &form).await
}

async fn whoever_has_number_and_end_hears_where_a_case_stands_and_whoever_has_one_of_them_nothing(house: House) {
    let (browser, case) = (Browser::new(&house, ADDRESS).await, submitted(&house, DISTRICT, 1).await);
    let number = row(&house, &case).await.number.unwrap();
    let seen = |status| Some(LookedUp { line: "信息采集".into(), status });
    assert_eq!(asked(&browser, &number, "0001").await.unwrap(), seen(Status::Submitted));
    put(&house, &case, Status::Returned, None).await;
    assert_eq!(asked(&browser, &number, "0001").await.unwrap(), seen(Status::Returned));
    assert_eq!(audited(&house, &case, "look_up").await.len(), 2, "who looked is written down");

    // The other's number with this one's end, and a number that nobody has, are answered alike.
    let other = submitted(&house, DISTRICT, 2).await;
    let others = row(&house, &other).await.number.unwrap();
    assert_eq!(asked(&browser, &others, "0001").await.unwrap(), None);
    let nobodys = domain::case::case_number("43", house.services.today(), 4_711);
    assert_eq!(asked(&browser, &nobodys, "0001").await.unwrap(), None);
    let mut reader = house.services.db.read().await.unwrap();
    assert!(reader.find_numbered_case("hunan", &number).await.unwrap().is_some());
    assert!(reader.find_numbered_case("hubei", &number).await.unwrap().is_none(), "another province knows nothing of it");
    drop(reader);
    assert_audit_stands(&house).await;
}
both!(whoever_has_number_and_end_hears_where_a_case_stands_and_whoever_has_one_of_them_nothing);

async fn a_picture_answers_one_look_up_and_misses_lock_the_number_for_the_address(house: House) {
    let (browser, case) = (Browser::new(&house, ADDRESS).await, submitted(&house, DISTRICT, 1).await);
    let number = row(&house, &case).await.number.unwrap();
    let form = LookUpForm { number: number.clone(), document_end: "0001".into(), captcha: browser.captcha().await };
    assert!(look_up(&browser.visit().await, &form).await.unwrap().is_some());
    assert!(is_fault(&look_up(&browser.visit().await, &form).await, "captcha", &Fault::Captcha), "the picture is used up");
    for _ in 0..5 {
        assert_eq!(asked(&browser, &number, "9999").await.unwrap(), None);
    }
    let locked = asked(&browser, &number, "0001").await;
    assert!(matches!(locked, Err(Failure::Refused(Refusal::Locked { of: Limited::SignIns, .. }))), "{locked:?}");
    let elsewhere = Browser::new(&house, "198.51.100.9").await;
    assert!(asked(&elsewhere, &number, "0001").await.unwrap().is_some(), "its owner may look from elsewhere");
    house.clock.forward(Duration::minutes(16));
    let later = Browser::new(&house, ADDRESS).await;
    assert!(asked(&later, &number, "0001").await.unwrap().is_some());
}
both!(a_picture_answers_one_look_up_and_misses_lock_the_number_for_the_address);

async fn misses_from_everywhere_lock_a_number_for_the_day(house: House) {
    let number = row(&house, &submitted(&house, DISTRICT, 1).await).await.number.unwrap();
    for nth in 0..20 {
        let browser = Browser::new(&house, &format!("203.0.113.{nth}")).await;
        assert_eq!(asked(&browser, &number, "9999").await.unwrap(), None);
    }
    let owner = Browser::new(&house, ADDRESS).await;
    let locked = asked(&owner, &number, "0001").await;
    assert!(matches!(locked, Err(Failure::Refused(Refusal::Locked { of: Limited::DocumentEnds, .. }))), "{locked:?}");
    house.clock.forward(Duration::hours(25));
    let next_day = Browser::new(&house, ADDRESS).await;
    assert!(asked(&next_day, &number, "0001").await.unwrap().is_some());
}
both!(misses_from_everywhere_lock_a_number_for_the_day);

async fn the_first_page_counts_what_was_approved_in_this_month_and_names_the_cities(house: House) {
    let visitor = house.visit(None).await;
    let staff = crate::review::stories::reviewer(&house, DISTRICT, "李审核").await;
    let by = crate::review::stories::staff_id(&staff);
    for (nth, to) in [(1, Status::Approved), (2, Status::Approved), (3, Status::Returned)] {
        let case = submitted(&house, DISTRICT, nth).await;
        put(&house, &case, to, Some(&by)).await;
    }
    submitted(&house, DISTRICT, 4).await;
    let view = front(&visitor).await.unwrap();
    assert_eq!(view.settled, 2);
    let cities: Vec<_> = view.cities.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
    assert_eq!((cities[0], cities[1]), (("430000", "湖南省"), ("430100", "长沙市")));
    assert_eq!(front(&house.visit_of("hubei", None).await).await.unwrap().settled, 0, "another province has its own");
    house.clock.forward(Duration::days(31));
    assert_eq!(front(&visitor).await.unwrap().settled, 0, "a month later they are of another month");
}
both!(the_first_page_counts_what_was_approved_in_this_month_and_names_the_cities);
