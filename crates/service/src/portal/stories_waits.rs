//! 办理时间: what is counted once a day of each bureau, and what of it is told, on both engines.

use chrono::Duration;
use domain::case::{Action, Status};
use domain::id::CaseId;
use domain::portal::view::Serving;
use store::case::round::EventRow;
use store::case::waited::WaitRow;

use super::*;
use crate::intake::stories::{decide, fill, submit, zhang_san};
use crate::review::stories::{assert_audit_stands, put, row, submitted};
use crate::testing::{House, both};

const DISTRICT: &str = "430111";
const CITY: &str = "430100";

async fn moved(house: &House, case: &CaseId, action: Action, (before, after): (Status, Status)) {
    let event = EventRow {
        id: house.services.ids.id(),
        case_id: case.clone(),
        round: 1,
        action: action.code().into(),
        status_before: before.code().into(),
        status_after: after.code().into(),
        actor_kind: "system".into(),
        actor_id: String::new(),
        actor_name: String::new(),
        note: String::new(),
        at: house.services.now(),
    };
    house.services.db.write(move |tx| Box::pin(async move { tx.add_event(&event).await })).await.unwrap();
}

/// Cases that a bureau gets at once and approves together, after so many days.
async fn approved(house: &House, bureau: &str, cases: std::ops::Range<u32>, days: i64) {
    let mut ids = Vec::new();
    for nth in cases {
        let case = submitted(house, bureau, nth).await;
        moved(house, &case, Action::Submit, (Status::Draft, Status::Submitted)).await;
        ids.push(case);
    }
    house.clock.forward(Duration::days(days));
    for case in ids {
        put(house, &case, Status::Approved, Some(&"s".into())).await;
        moved(house, &case, Action::Approve, (Status::Submitted, Status::Approved)).await;
        assert!(row(house, &case).await.decided_at.is_some());
    }
}

async fn figures(house: &House) -> Vec<(String, i64, i64, i64)> {
    let today = house.services.today();
    let rows = house.services.db.read().await.unwrap().list_waits("hunan", (today, today)).await.unwrap();
    rows.into_iter().map(|row| (row.bureau.to_string(), row.cases, row.half_days, row.most_days)).collect()
}

async fn words(house: &House, bureau: &str) -> String {
    let province = house.services.province("hunan").unwrap();
    wait_words(&house.services, &province, Some(&bureau.into())).await.unwrap()
}

async fn a_bureau_of_five_is_told_and_one_of_four_is_not(house: House) {
    // From a Wednesday to a Friday, and to the Tuesday after it.
    approved(&house, DISTRICT, 1..4, 2).await;
    approved(&house, DISTRICT, 4..6, 4).await;
    approved(&house, CITY, 6..10, 1).await;
    assert!(count_waits(&house.services).await.unwrap() >= 1);
    assert_eq!(figures(&house).await, [(DISTRICT.to_owned(), 5, 2, 2)]);
    house.clock.forward(Duration::days(1));
    assert!(count_waits(&house.services).await.unwrap() >= 1);
    assert_eq!(figures(&house).await, [(DISTRICT.to_owned(), 5, 2, 2)]);
    let said = words(&house, DISTRICT).await;
    assert_eq!(said, "近 30 天审核通过的信息采集，一半 2 个工作日内办结，九成 2 个工作日内办结（本人修改的时间不计）。");
    assert_eq!(words(&house, CITY).await, "");
    // After thirty days it is forgotten, and a figure of long ago is not told, whether or not somebody counted.
    house.clock.forward(Duration::days(3));
    assert_eq!(words(&house, DISTRICT).await, "");
    house.clock.forward(Duration::days(28));
    assert!(count_waits(&house.services).await.unwrap() >= 1);
    assert!(figures(&house).await.is_empty());
    assert_audit_stands(&house).await;
}
both!(a_bureau_of_five_is_told_and_one_of_four_is_not);

async fn the_clock_stands_still_while_a_case_is_with_its_person(house: House) {
    let mut ids = Vec::new();
    for nth in 1..6 {
        let case = submitted(&house, DISTRICT, nth).await;
        moved(&house, &case, Action::Submit, (Status::Draft, Status::Submitted)).await;
        ids.push(case);
    }
    for (days, action, then) in [
        (1, Action::Return, (Status::Submitted, Status::Returned)),
        (14, Action::Resubmit, (Status::Returned, Status::Submitted)),
        (2, Action::Approve, (Status::Submitted, Status::Approved)),
    ] {
        house.clock.forward(Duration::days(days));
        for case in &ids {
            put(&house, case, then.1, Some(&"s".into())).await;
            moved(&house, case, action, then).await;
        }
    }
    house.clock.forward(Duration::days(1));
    count_waits(&house.services).await.unwrap();
    // A day before the return, and of the three after it one that is worked.
    assert_eq!(figures(&house).await, [(DISTRICT.to_owned(), 5, 2, 2)]);
}
both!(the_clock_stands_still_while_a_case_is_with_its_person);

async fn servers_that_count_at_once_count_the_same_and_a_day_is_counted_once(house: House) {
    approved(&house, DISTRICT, 1..6, 2).await;
    house.clock.forward(Duration::days(1));
    let other = house.services.with(|rooms| (rooms.waits, rooms.glance) = Default::default());
    let (one, two) = tokio::join!(count_waits(&house.services), count_waits(&other));
    assert!(one.unwrap() + two.unwrap() >= 1);
    assert_eq!(figures(&house).await, [(DISTRICT.to_owned(), 5, 2, 2)]);
    assert_eq!(count_waits(&house.services).await.unwrap() + count_waits(&other).await.unwrap(), 0);
    assert_audit_stands(&house).await;
}
both!(servers_that_count_at_once_count_the_same_and_a_day_is_counted_once);

async fn whoever_is_about_to_hand_in_and_whoever_waits_reads_how_long_it_takes(house: House) {
    let zhang = zhang_san(&house).await;
    fill(&zhang).await;
    let today = house.services.today();
    let bureau = crate::intake::check_view(&zhang).await.unwrap().bureau.unwrap();
    let kept = WaitRow { bureau: bureau.code.clone(), cases: 20, half_days: 3, most_days: 8 };
    house.services.db.write(move |tx| Box::pin(async move { tx.keep_wait("hunan", today, &kept).await })).await.unwrap();
    // This server looked a moment ago, and looks again after some minutes.
    assert_eq!(crate::intake::check_view(&zhang).await.unwrap().wait, "");
    let zhang = house.wait_awake(&zhang, Duration::minutes(5)).await;
    let said = "近 30 天审核通过的信息采集，一半 3 个工作日内办结，九成 8 个工作日内办结（本人修改的时间不计）。";
    assert_eq!(crate::intake::check_view(&zhang).await.unwrap().wait, said);
    submit(&zhang).await;
    let zhang = house.again(&zhang).await;
    assert_eq!(crate::intake::progress_view(&zhang).await.unwrap().wait, said);
    let shown = hotlines(&zhang, Wanted::default()).await.unwrap().waits;
    assert_eq!(shown, [(bureau.code, said.to_owned())]);
    decide(&house, &zhang, Status::Returned, &[]).await;
    // What is with the person does not wait for the bureau.
    assert_eq!(crate::intake::progress_view(&zhang).await.unwrap().wait, "");
}
both!(whoever_is_about_to_hand_in_and_whoever_waits_reads_how_long_it_takes);

async fn the_status_tells_the_counts_of_the_day_and_the_figures_and_looks_anew_after_a_while(house: House) {
    let province = house.services.province("hunan").unwrap();
    let seen = status(&house.services, &province).await;
    assert_eq!((seen.serving, seen.counts, seen.cities.len()), (Serving::Fully, Some((0, 0)), 0));
    approved(&house, DISTRICT, 1..6, 2).await;
    submitted(&house, CITY, 6).await;
    let seen = status(&house.services, &province).await;
    assert_eq!((seen.counts, seen.cities.len()), (Some((5, 1)), 0));
    house.clock.forward(Duration::days(1));
    count_waits(&house.services).await.unwrap();
    let seen = status(&house.services, &province).await;
    assert_eq!(seen.counts, Some((0, 1)));
    let [(_, lines)] = seen.cities.as_slice() else { panic!("{seen:?}") };
    assert_eq!(lines.iter().map(|line| (line.waits.cases, line.waits.half)).collect::<Vec<_>>(), [(5, 2)]);
    // Whoever asks again at once hears the same.
    submitted(&house, CITY, 7).await;
    assert_eq!(status(&house.services, &province).await, seen);
    house.clock.forward(Duration::seconds(30));
    assert_eq!(status(&house.services, &province).await.counts, Some((0, 2)));
}
both!(the_status_tells_the_counts_of_the_day_and_the_figures_and_looks_anew_after_a_while);
