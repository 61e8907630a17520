//! What was urged, in a list of several pages.

use domain::case::Status;
use domain::review::view::QueueQuery;

use super::stories::*;
use super::{desk, queue};
use crate::testing::{House, both};

async fn what_was_urged_leads_its_day_and_no_page_repeats_or_loses_a_line(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let mut cases = Vec::new();
    for nth in 1..=45 {
        cases.push(submitted(&house, DISTRICT, nth).await);
    }
    let urged: Vec<_> = cases.iter().rev().take(21).cloned().collect();
    for id in urged.clone() {
        let now = house.services.now();
        house.services.db.write(move |tx| Box::pin(async move { tx.urge_case(&id, now).await })).await.unwrap();
    }
    let (mut seen, mut query) = (Vec::new(), QueueQuery::default());
    loop {
        let page = queue(&li, &query).await.unwrap();
        seen.extend(page.lines.into_iter().map(|line| (line.id, line.is_urged)));
        let Some(next) = page.next else { break };
        query = QueueQuery { after: next, ..Default::default() };
    }
    let expected = cases[24..].iter().map(|id| (id.clone(), true)).chain(cases[..24].iter().map(|id| (id.clone(), false)));
    assert_eq!(seen, expected.collect::<Vec<_>>());
}
both!(what_was_urged_leads_its_day_and_no_page_repeats_or_loses_a_line);

async fn the_bureaus_above_read_how_many_were_urged_below_them_until_those_are_decided(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let zhao = reviewer(&house, CITY, "赵市级").await;
    let sun = reviewer(&house, PROVINCE, "孙省级").await;
    let district = submitted(&house, DISTRICT, 1).await;
    submitted(&house, SIBLING, 2).await;
    let city = submitted(&house, CITY, 3).await;
    let urged = async |visit: &crate::Visit| desk(visit).await.unwrap().urged_below;
    assert_eq!((urged(&zhao).await, urged(&sun).await), (0, 0));
    for id in [district.clone(), city] {
        let now = house.services.now();
        house.services.db.write(move |tx| Box::pin(async move { tx.urge_case(&id, now).await })).await.unwrap();
    }
    assert_eq!((urged(&li).await, urged(&zhao).await, urged(&sun).await), (0, 1, 2), "of one's own the list tells");
    put(&house, &district, Status::Returned, Some(&staff_id(&li))).await;
    assert_eq!((urged(&zhao).await, urged(&sun).await), (0, 1));
}
both!(the_bureaus_above_read_how_many_were_urged_below_them_until_those_are_decided);
