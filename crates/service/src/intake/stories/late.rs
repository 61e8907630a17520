//! 一直审核中: an application past its day, and 催办.

use chrono::Duration;
use domain::review::view::QueueQuery;
use futures::future::join_all;

use super::*;
use crate::intake::{progress_view, urge};
use crate::review;

/// The same person, who has signed in once more.
async fn anew(house: &House, visit: &Visit) -> Visit {
    let token = Token::new(&house.services);
    let session = visit.new_session(&token, visit.account().ok(), None);
    write(house, move |tx| Box::pin(async move { Ok(tx.insert_session(&session).await?) })).await;
    house.visit(Some(token.as_str())).await
}

/// What the bureau's list says: each case, and whether it was urged.
async fn listed(house: &House) -> Vec<(String, bool)> {
    let li = reviewer(house, "430111").await;
    let lines = review::queue(&li, &QueueQuery::default()).await.unwrap().lines;
    lines.into_iter().map(|line| (line.id.to_string(), line.is_urged)).collect()
}

async fn urgings(house: &House, visit: &Visit) -> usize {
    let id = case(visit).await.id;
    let audit = house.services.db.read().await.unwrap().list_audit_of("case", id.as_str()).await.unwrap();
    audit.iter().filter(|row| row.action == "urge_case").count()
}

/// Somebody whose application waits at the bureau behind another that is due on the same day.
async fn waiting(house: &House) -> (Visit, String, String) {
    let other = review::stories::submitted(house, "430111", 901).await.to_string();
    let visit = zhang_san(house).await;
    fill(&visit).await;
    submit(&visit).await;
    let own = case(&visit).await.id.to_string();
    assert_eq!(listed(house).await, [(other.clone(), false), (own.clone(), false)]);
    (visit, own, other)
}

async fn an_application_past_its_day_is_urged_once_in_three_working_days_and_comes_first_of_its_day(house: House) {
    let (visit, own, other) = waiting(&house).await;
    let late = async |visit: &Visit| progress_view(visit).await.unwrap().late;
    // From 18 November 2026 to 2 December, the last day: too early.
    house.clock.forward(Duration::days(14));
    let visit = anew(&house, &visit).await;
    assert_eq!(case(&visit).await.due_on.unwrap(), house.services.today());
    let answer = urge(&visit).await.unwrap();
    assert_eq!((answer.go.as_deref(), late(&visit).await), (Some("/hunan/intake/progress"), None));
    assert_eq!((urgings(&house, &visit).await, listed(&house).await[0].1), (0, false));

    house.clock.forward(Duration::days(1));
    let visit = anew(&house, &visit).await;
    let version = case(&visit).await.version;
    assert!(late(&visit).await.unwrap().may_be_urged());
    let all = join_all((0..20).map(|_| urge(&visit))).await;
    assert!(all.into_iter().all(|answer| answer.unwrap().go.as_deref() == Some("/hunan/intake/progress")));
    assert_eq!(urgings(&house, &visit).await, 1, "however often it is pressed");
    let said = late(&visit).await.unwrap();
    assert_eq!((said.urged_at, said.again_on), (Some(house.services.now()), "2026-12-08".parse().ok()));
    assert_eq!(listed(&house).await, [(own.clone(), true), (other, false)]);
    assert_eq!(case(&visit).await.version, version, "whoever reviews it goes on");
    let next = review::next(&reviewer(&house, "430111").await, None).await.unwrap();
    assert_eq!(next.go, Some(format!("/hunan/staff/cases/{own}")));

    // Monday is the second working day, Tuesday the third.
    for (days, expected) in [(4, 1), (1, 2)] {
        house.clock.forward(Duration::days(days));
        urge(&anew(&house, &visit).await).await.unwrap();
        assert_eq!(urgings(&house, &visit).await, expected, "{days} days more");
    }
}
both!(an_application_past_its_day_is_urged_once_in_three_working_days_and_comes_first_of_its_day);

async fn what_was_decided_is_urged_no_more_and_a_new_round_begins_calm(house: House) {
    let (visit, own, _) = waiting(&house).await;
    house.clock.forward(Duration::days(15));
    let visit = anew(&house, &visit).await;
    urge(&visit).await.unwrap();
    decide(&house, &visit, Status::Returned, &[("employment.post", "请核对")]).await;
    house.clock.forward(Duration::days(10));
    let visit = anew(&house, &visit).await;
    assert_eq!(progress_view(&visit).await.unwrap().late, None);
    urge(&visit).await.unwrap();
    assert_eq!(urgings(&house, &visit).await, 1);
    let form = crate::intake::explain_view(&visit, "employment.post").await.unwrap();
    let said = domain::intake::forms::ExplainForm {
        item: "employment.post".into(),
        remark: "与劳动合同一致".into(),
        version: form.version.to_string(),
        ..Default::default()
    };
    crate::intake::explain(&visit, &said).await.unwrap();
    submit(&visit).await;
    assert_eq!(listed(&house).await[1], (own, false), "behind the other, which is due before it");
    assert_eq!(progress_view(&visit).await.unwrap().late, None);
}
both!(what_was_decided_is_urged_no_more_and_a_new_round_begins_calm);

async fn nobody_else_urges_and_who_has_no_application_is_told_so(house: House) {
    let visitor = house.visit(None).await;
    assert!(matches!(urge(&visitor).await, Err(Failure::Refused(domain::case::Refusal::SignInAgain))));
    let li = reviewer(&house, "430111").await;
    assert!(urge(&li).await.is_err());
    let visit = zhang_san(&house).await;
    assert_eq!(urge(&visit).await.unwrap().go.as_deref(), Some("/hunan/intake/progress"));
    assert!(progress_view(&visit).await.unwrap().case.is_none());
}
both!(nobody_else_urges_and_who_has_no_application_is_told_so);
