//! 跳过: a case is left for the day, with a reason, and comes back.

use chrono::Duration;
use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::id::CaseId;
use domain::review::forms::{CaseForm, SkipForm};
use domain::review::view::{QueueQuery, SKIPPED};

use super::stories::*;
use super::{next, queue, take_hold};
use crate::testing::{House, both};
use crate::{Failure, Visit};

async fn skip(visit: &Visit, case: &CaseId, reason: &str) -> Result<Answer, Failure> {
    let seen = visit.services.db.read().await.unwrap().find_case(case).await.unwrap().map_or(0, |row| row.version);
    super::skip(visit, &SkipForm { case: case.to_string(), version: seen.to_string(), reason: reason.into() }).await
}

fn way(case: &CaseId) -> Option<String> {
    Some(format!("/hunan/staff/cases/{case}"))
}

async fn skipped(visit: &Visit) -> Vec<CaseId> {
    let query = QueueQuery { status: SKIPPED.into(), ..Default::default() };
    queue(visit, &query).await.unwrap().lines.into_iter().map(|line| line.id).collect()
}

async fn what_is_skipped_is_left_for_today_by_this_reviewer_alone(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let (first, second) = (submitted(&house, DISTRICT, 1).await, submitted(&house, DISTRICT, 2).await);
    assert_eq!(next(&li, None).await.unwrap().go, way(&first));
    assert_eq!(skip(&li, &first, "等待单位回电").await.unwrap().go, way(&second));
    assert_eq!(skip(&li, &second, "等待单位回电").await.unwrap().go.as_deref(), Some("/hunan/staff/queue"));
    assert_eq!(next(&li, None).await.unwrap().go.as_deref(), Some("/hunan/staff/queue"), "nothing else is left today");
    assert_eq!(skipped(&li).await, [first.clone(), second.clone()]);
    assert_eq!(queue(&li, &QueueQuery::default()).await.unwrap().lines.len(), 2, "they still wait");
    assert_eq!((skipped(&wang).await, next(&wang, None).await.unwrap().go), (Vec::new(), way(&first)));
    assert_eq!(audited(&house, &first, "skip_case").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(what_is_skipped_is_left_for_today_by_this_reviewer_alone);

async fn it_comes_back_the_day_after_or_when_it_is_taken(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let (first, second) = (submitted(&house, DISTRICT, 1).await, submitted(&house, DISTRICT, 2).await);
    skip(&li, &first, "等待单位回电").await.unwrap();
    skip(&li, &second, "等待单位回电").await.unwrap();
    take_hold(&li, &CaseForm { case: second.to_string() }).await.unwrap();
    assert_eq!(skipped(&li).await, std::slice::from_ref(&first));
    assert_eq!(next(&li, None).await.unwrap().go, way(&second));
    house.clock.forward(Duration::days(1));
    let li = signed_in_again(&house, &li).await;
    assert_eq!((skipped(&li).await, next(&li, None).await.unwrap().go), (Vec::new(), way(&first)));
}
both!(it_comes_back_the_day_after_or_when_it_is_taken);

async fn skipping_needs_a_reason_and_a_case_of_ones_own(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let sibling = reviewer(&house, SIBLING, "邻审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let Err(Failure::Invalid(errors)) = skip(&li, &id, " ").await else { panic!("a reason is needed") };
    assert_eq!(errors.of("reason"), Some(&Fault::ReasonMissing));
    assert_not_found(skip(&sibling, &id, "等待单位回电").await);
    // What was handed in since then is another thing to leave.
    let late = SkipForm { case: id.to_string(), version: "0".into(), reason: "等待单位回电".into() };
    assert!(matches!(super::skip(&li, &late).await, Err(Failure::Stale)));
    take_hold(&wang, &CaseForm { case: id.to_string() }).await.unwrap();
    assert!(matches!(refusal(skip(&li, &id, "等待单位回电").await), Refusal::HeldByOther { .. }));
    assert!(skipped(&li).await.is_empty());
}
both!(skipping_needs_a_reason_and_a_case_of_ones_own);
