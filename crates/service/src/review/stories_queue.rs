//! The queue and the desk.

use chrono::Duration;
use domain::answer::Answer;
use domain::case::{CaseKind, Refusal, Status, Urgency};
use domain::review::forms::SearchForm;
use domain::review::view::{QueueQuery, QueueView};

use super::stories::*;
use super::{desk, queue, search};
use crate::Visit;
use crate::testing::{House, both};

fn after(cursor: Option<String>) -> QueueQuery {
    QueueQuery { after: cursor.unwrap_or_default(), ..Default::default() }
}

async fn the_queue_is_paged_without_gap_or_repetition_while_cases_arrive(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let mut first = Vec::new();
    for nth in 1..=45 {
        if nth % 15 == 0 {
            house.clock.forward(Duration::days(1));
        }
        first.push(submitted(&house, DISTRICT, nth).await);
    }
    let (mut seen, mut query, mut nth) = (Vec::new(), QueueQuery::default(), 100);
    loop {
        let page = queue(&li, &query).await.unwrap();
        assert!(page.lines.len() <= 20 && page.lines.windows(2).all(|pair| pair[0].due_on <= pair[1].due_on));
        seen.extend(page.lines.into_iter().map(|line| line.id));
        for _ in 0..2 {
            submitted(&house, DISTRICT, nth).await;
            nth += 1;
        }
        if page.next.is_none() {
            break;
        }
        query = after(page.next);
    }
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "no line twice");
    assert!(first.iter().all(|id| seen.contains(id)), "no line missing");
}
both!(the_queue_is_paged_without_gap_or_repetition_while_cases_arrive);

async fn a_cursor_that_was_not_given_out_here_begins_at_the_start(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let chen = reviewer(&house, SIBLING, "陈审核").await;
    for nth in 1..=21 {
        submitted(&house, DISTRICT, nth).await;
    }
    let page = queue(&li, &QueueQuery::default()).await.unwrap();
    let cursor = page.next.unwrap();
    assert_eq!(queue(&li, &after(Some(cursor.clone()))).await.unwrap().lines.len(), 1);
    let mut forged = cursor.clone().into_bytes();
    forged[3] = if forged[3] == b'A' { b'B' } else { b'A' };
    for forged in [String::from_utf8(forged).unwrap(), "2026-12-01|x".into(), "AAAA".into(), "湖".into()] {
        assert_eq!(queue(&li, &after(Some(forged))).await.unwrap().lines.len(), 20);
    }
    assert!(queue(&chen, &after(Some(cursor))).await.unwrap().lines.is_empty());
}
both!(a_cursor_that_was_not_given_out_here_begins_at_the_start);

async fn the_queue_is_searched_by_number_or_name_and_shows_the_bureaus_below_on_request(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let zhao = reviewer(&house, CITY, "赵市级").await;
    let mine = submitted(&house, DISTRICT, 1).await;
    submitted(&house, SIBLING, 2).await;
    submitted(&house, "430202", 3).await;
    let withdrawn = submitted(&house, DISTRICT, 12).await;
    put(&house, &withdrawn, Status::Draft, None).await;
    let ids = |visit, query: QueueQuery| async move {
        let page = queue(visit, &query).await.unwrap();
        (page.lines.into_iter().map(|line| line.applicant).collect::<Vec<_>>(), page.may_look_below)
    };
    let status = |status: &str| QueueQuery { status: status.into(), ..Default::default() };
    let below = QueueQuery { below: "1".into(), ..Default::default() };
    let found = |words: &str| {
        let (house, li, form) = (&house, &li, SearchForm { words: words.to_owned(), ..Default::default() });
        async move {
            let token = token_of(search(li, &form).await.unwrap());
            let query = QueueQuery { search: token, ..Default::default() };
            queue(&house.again(li).await, &query).await.unwrap().lines.into_iter().map(|line| line.applicant).collect::<Vec<_>>()
        }
    };
    let number = row(&house, &mine).await.number.unwrap();
    let one = || vec!["张1".to_owned()];
    assert_eq!(ids(&li, QueueQuery::default()).await, (one(), false));
    assert_eq!(ids(&li, below.clone()).await.0, one(), "a district has nothing below");
    assert_eq!(found(&format!(" {number} ")).await, one());
    assert_eq!(found(&number[number.len() - 5..]).await, one(), "its last digits");
    assert_eq!(found("43010219900307 0001").await, one(), "the whole number of the document");
    assert_eq!(found("139 0000 0001").await, one(), "the whole number of the telephone");
    assert!(found("430102199003079999").await.is_empty() && found("13999999999").await.is_empty());
    assert_eq!(found("张1").await, one());
    assert_eq!(found("张\u{3000}1").await, one(), "however the name is written");
    assert!(found("张9").await.is_empty() && found("%").await.is_empty());
    for wrong in ["draft", "nonsense"] {
        assert_eq!(ids(&li, status(wrong)).await.0, one(), "drafts are never listed");
    }
    assert_eq!(ids(&zhao, QueueQuery::default()).await, (Vec::new(), true));
    assert_eq!(ids(&zhao, below).await.0, ["张1", "张2"]);
    put(&house, &mine, Status::Returned, Some(&staff_id(&li))).await;
    assert_eq!(ids(&li, status("returned")).await.0, one());
    submitted(&house, DISTRICT, 4).await;
    assert_eq!(ids(&li, status("submitted")).await.0, ["张4"]);
    let mut both = ids(&li, status("returned,submitted,draft")).await.0;
    both.sort();
    assert_eq!(both, ["张1", "张4"]);
}
both!(the_queue_is_searched_by_number_or_name_and_shows_the_bureaus_below_on_request);

async fn a_bureau_above_asks_for_the_list_of_one_below_and_nobody_for_that_of_another(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let zhao = reviewer(&house, CITY, "赵市级").await;
    let qian = reviewer(&house, PROVINCE, "钱省级").await;
    for (bureau, nth) in [(DISTRICT, 1), (SIBLING, 2), (CITY, 3), ("430202", 4)] {
        submitted(&house, bureau, nth).await;
    }
    let seen = async |visit: &Visit, bureau: &str, below: &str| {
        let query = QueueQuery { bureau: bureau.into(), below: below.into(), ..Default::default() };
        let lines = queue(visit, &query).await.unwrap().lines;
        lines.into_iter().map(|line| line.applicant).collect::<Vec<_>>()
    };
    assert_eq!(seen(&zhao, DISTRICT, "").await, ["张1"]);
    assert_eq!(seen(&zhao, SIBLING, "1").await, ["张2"], "nothing is below it");
    assert_eq!(seen(&zhao, CITY, "").await, ["张3"], "the own one");
    assert_eq!(seen(&qian, "430202", "").await, ["张4"]);
    let mut all = seen(&qian, CITY, "1").await;
    all.sort();
    assert_eq!(all, ["张1", "张2", "张3"]);
    // Beside, above, and what there is not: the own list, as if it had not been asked for.
    for other in [SIBLING, CITY, PROVINCE, "430202", "999999", "x"] {
        assert_eq!(seen(&li, other, "1").await, ["张1"], "{other}");
    }
    assert_eq!(seen(&zhao, "430202", "").await, ["张3"]);
    let page = queue(&zhao, &QueueQuery { bureau: "430202".into(), ..Default::default() }).await.unwrap();
    assert_eq!(page.query.bureau, "");
    let named = |code: &str| page.bureaus.iter().find(|(of, _)| of.as_str() == code).map(|(_, name)| name.as_str());
    assert_eq!((named(DISTRICT), named(CITY), named("430202")), (Some("长沙市雨花区财政局"), None, None));
    assert!(queue(&li, &QueueQuery::default()).await.unwrap().bureaus.is_empty());
    let form = |bureau: &str| SearchForm { submitted: "1".into(), bureau: bureau.into(), ..Default::default() };
    let go = async |bureau: &str| search(&zhao, &form(bureau)).await.unwrap().go.unwrap();
    assert_eq!(go(DISTRICT).await, "/hunan/staff/queue?status=submitted&bureau=430111&search=&below=");
    assert_eq!(go("430202").await, "/hunan/staff/queue?status=submitted&search=&below=");
}
both!(a_bureau_above_asks_for_the_list_of_one_below_and_nobody_for_that_of_another);

fn token_of(answer: Answer) -> String {
    answer.go.unwrap().split("search=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

async fn what_is_searched_for_stands_in_no_address_and_is_found_by_its_own_session_for_half_an_hour(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    submitted(&house, DISTRICT, 1).await;
    submitted(&house, DISTRICT, 2).await;
    let form = |words: &str| SearchForm { submitted: "1".into(), words: words.into(), below: "1".into(), ..Default::default() };
    let answer = search(&li, &form("张1")).await.unwrap();
    let address = answer.go.clone().unwrap();
    assert!(!address.contains('张') && address.contains("status=submitted") && address.ends_with("below="), "{address}");
    let query = QueueQuery { search: token_of(answer.clone()), ..Default::default() };
    let seen = |view: QueueView| (view.words, view.is_search_over, view.lines.len());
    let at = |visit| {
        let (house, query, seen) = (&house, &query, &seen);
        async move { seen(queue(&house.again(visit).await, query).await.unwrap()) }
    };
    assert_eq!(at(&li).await, ("张1".to_owned(), false, 1));
    assert_eq!(at(&wang).await, (String::new(), true, 2), "nobody else finds anything under it");
    assert_eq!(search(&house.again(&li).await, &form(" 张1")).await.unwrap(), answer, "the same words have the same address");
    assert_eq!(token_of(search(&li, &form("  ")).await.unwrap()), "", "no words, no token");
    house.wait_awake(&li, Duration::minutes(29)).await;
    assert_eq!(at(&li).await, ("张1".to_owned(), false, 1));
    house.wait_awake(&li, Duration::minutes(2)).await;
    assert_eq!(at(&li).await, (String::new(), true, 2));
    for nth in 0..30 {
        search(&house.again(&li).await, &form(&format!("王{nth}"))).await.unwrap();
    }
    assert_eq!(house.again(&li).await.glimpse().unwrap().searches(), 20, "only the newest are remembered");
}
both!(what_is_searched_for_stands_in_no_address_and_is_found_by_its_own_session_for_half_an_hour);

async fn searches_for_whole_numbers_are_counted_and_written_down_without_the_number(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let form = |words: String| SearchForm { words, ..Default::default() };
    let at = |nth: i32| format!("139{nth:08}");
    for nth in 0..60 {
        search(&house.again(&li).await, &form(at(nth))).await.unwrap();
    }
    let over = refusal(search(&house.again(&li).await, &form(at(60))).await);
    assert!(matches!(over, Refusal::TooOften { .. }), "{over:?}");
    search(&house.again(&li).await, &form("张1".into())).await.unwrap();
    let session = li.session.as_ref().unwrap().id.clone();
    let audit = house.services.db.read().await.unwrap().list_audit_of("session", &session).await.unwrap();
    let noted: Vec<_> = audit.iter().filter(|row| row.action == "search_by_number").collect();
    assert_eq!(noted.len(), 60);
    assert!(noted.iter().all(|row| !row.detail.contains("139")));
}
both!(searches_for_whole_numbers_are_counted_and_written_down_without_the_number);

async fn the_desk_counts_what_waits_by_age_and_what_was_decided(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let zhao = reviewer(&house, CITY, "赵市级").await;
    let old = submitted(&house, DISTRICT, 1).await;
    // From Wednesday to Wednesday: five working days.
    house.clock.forward(Duration::days(7));
    submitted(&house, DISTRICT, 2).await;
    submitted(&house, SIBLING, 3).await;
    submitted(&house, CITY, 4).await;
    let view = desk(&li).await.unwrap();
    assert_eq!((view.reviewer.as_str(), view.below), ("李审核", None));
    assert_eq!((view.ages, view.decided), (vec![(0, 1), (5, 1)], vec![]));
    assert_eq!(view.waiting.into_iter().collect::<Vec<_>>(), [(Urgency::Calm, 1), (Urgency::Warn, 1)]);
    put(&house, &old, Status::Approved, Some(&staff_id(&li))).await;
    assert_eq!(desk(&li).await.unwrap().decided, [(CaseKind::Intake, Status::Approved, 1)]);
    let view = desk(&zhao).await.unwrap();
    assert_eq!((view.ages, view.decided), (vec![(0, 1)], vec![]));
    let below = [(CaseKind::Intake, Status::Submitted, 2), (CaseKind::Intake, Status::Approved, 1)];
    assert_eq!(view.below.unwrap(), below);
}
both!(the_desk_counts_what_waits_by_age_and_what_was_decided);
