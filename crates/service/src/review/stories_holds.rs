//! Holds: seen by others, ended by time, and never two for one case.

use chrono::Duration;
use domain::answer::Notice;
use domain::case::{Action, Refusal, Status};
use domain::id::CaseId;
use domain::review::forms::CaseForm;
use domain::review::view::{CaseView, QueueQuery};
use futures::future::join_all;
use std::collections::BTreeSet;

use super::stories::*;
use super::{ahead, case, next, queue, release, take_hold};
use crate::Visit;
use crate::case::{file_ahead, file_view};
use crate::testing::{House, both};

fn form(case: &CaseId) -> CaseForm {
    CaseForm { case: case.to_string() }
}

async fn looking_at_a_case_keeps_it_from_nobody_and_the_first_verdict_does(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    assert!(case(&li, &id).await.unwrap().hold.is_none());
    assert!(case(&wang, &id).await.unwrap().hold.is_none());
    judge(&wang, &id, "person.nationality", "accept", "").await.unwrap();
    assert!(case(&wang, &id).await.unwrap().hold.unwrap().is_mine);
    assert!(!case(&li, &id).await.unwrap().hold.unwrap().is_mine);
}
both!(looking_at_a_case_keeps_it_from_nobody_and_the_first_verdict_does);

async fn a_hold_is_seen_by_the_other_reviewer_and_ends_after_ten_minutes(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let held_until = house.services.now() + Duration::minutes(10);
    let taken = take_hold(&li, &form(&id)).await.unwrap();
    assert!(matches!(taken.notice, Some(Notice::Saved { at, .. }) if at + domain::case::HOLD == held_until));
    assert!(case(&li, &id).await.unwrap().hold.unwrap().is_mine);
    let seen = case(&wang, &id).await.unwrap().hold.unwrap();
    assert_eq!((seen.is_mine, seen.name.as_str(), seen.until), (false, "李审核", held_until));
    let line = |visit| async move { queue(visit, &QueueQuery::default()).await.unwrap().lines.remove(0).holder };
    assert_eq!((line(&li).await, line(&wang).await), (None, Some("李审核".into())));
    let refused = Refusal::HeldByOther { name: "李审核".into(), until: held_until };
    let version = row(&house, &id).await.version;
    assert_eq!(refusal(take_hold(&wang, &form(&id)).await), refused);
    assert_eq!(refusal(judge(&wang, &id, "person.nationality", "accept", "").await), refused);
    assert_eq!(refusal(decide(&wang, &id, version, "approve").await), refused);

    house.clock.forward(Duration::minutes(10) + Duration::seconds(1));
    assert_eq!(line(&wang).await, None);
    take_hold(&wang, &form(&id)).await.unwrap();
    assert!(case(&wang, &id).await.unwrap().hold.unwrap().is_mine);
    assert!(matches!(refusal(take_hold(&li, &form(&id)).await), Refusal::HeldByOther { .. }));
    assert_eq!(release(&li, &form(&id)).await.unwrap().go.as_deref(), Some("/hunan/staff/queue"));
    assert_eq!(row(&house, &id).await.holder_name.as_deref(), Some("王审核"), "nobody gives back the hold of another");
    release(&wang, &form(&id)).await.unwrap();
    take_hold(&li, &form(&id)).await.unwrap();
    assert_eq!(audited(&house, &id, "hold_case").await.len(), 3);
    assert_audit_stands(&house).await;
}
both!(a_hold_is_seen_by_the_other_reviewer_and_ends_after_ten_minutes);

async fn a_look_is_written_down_once_in_ten_minutes_but_every_look_from_above(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let zhao = reviewer(&house, CITY, "赵市级").await;
    let id = submitted(&house, DISTRICT, 1).await;
    for _ in 0..3 {
        case(&li, &id).await.unwrap();
        case(&zhao, &id).await.unwrap();
    }
    assert_eq!(audited(&house, &id, "look_at_case").await.len(), 1 + 3);
    assert_eq!(row(&house, &id).await.holder_name, None);
    house.clock.forward(Duration::minutes(10) + Duration::seconds(1));
    case(&li, &id).await.unwrap();
    assert_eq!(audited(&house, &id, "look_at_case").await.len(), 1 + 3 + 1);
}
both!(a_look_is_written_down_once_in_ten_minutes_but_every_look_from_above);

/// The pictures of the case that comes next.
async fn pictures_ahead(visit: &Visit, of: &CaseId) -> Option<Vec<String>> {
    let next = ahead(visit, &form(of)).await.unwrap()?;
    Some(next.files.into_iter().map(|(_, file)| file.id).collect())
}

async fn the_case_that_comes_next_is_named_beforehand_without_a_hold_and_written_down(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let mut ids = Vec::new();
    for nth in 1..=3 {
        ids.push(submitted(&house, DISTRICT, nth).await);
    }
    let (first, second, third) = (&ids[0], &ids[1], &ids[2]);
    take_hold(&li, &form(first)).await.unwrap();
    let files = async |id: &CaseId| -> Vec<String> {
        case(&wang, id).await.unwrap().files.iter().map(|(_, file)| file.id.clone()).collect()
    };
    for _ in 0..3 {
        assert_eq!(pictures_ahead(&li, first).await, Some(files(second).await));
    }
    assert_eq!(row(&house, second).await.holder_name, None, "it takes no hold");
    assert_eq!(audited(&house, second, "preload_case").await.len(), 1, "it is written down once in ten minutes");
    assert!(audited(&house, third, "preload_case").await.is_empty());

    // Whoever is faster has it, and the one behind it comes.
    take_hold(&wang, &form(second)).await.unwrap();
    assert_eq!(pictures_ahead(&li, first).await, Some(files(third).await));
    assert_eq!(audited(&house, third, "preload_case").await.len(), 1);
    take_hold(&wang, &form(third)).await.unwrap();
    assert_eq!(pictures_ahead(&li, first).await, None, "nothing is left");

    let stranger = reviewer(&house, "430104", "外区审核").await;
    assert_not_found(ahead(&stranger, &form(first)).await);
    let above = reviewer(&house, CITY, "赵市级").await;
    assert_eq!(refusal(ahead(&above, &form(first)).await), Refusal::NotYours, "who looks from above judges nothing");

    // Whoever decides faster than the page asks is told nothing wrong.
    let fourth = submitted(&house, DISTRICT, 4).await;
    put(&house, first, Status::Approved, None).await;
    assert_eq!(pictures_ahead(&li, first).await, None, "behind a case that is decided nothing is fetched");
    assert!(audited(&house, &fourth, "preload_case").await.is_empty());
    assert_audit_stands(&house).await;
}
both!(the_case_that_comes_next_is_named_beforehand_without_a_hold_and_written_down);

async fn the_case_that_comes_next_is_whole_beforehand_and_a_look_once_it_is_opened(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let (first, second) = (submitted(&house, DISTRICT, 1).await, submitted(&house, DISTRICT, 2).await);
    take_hold(&li, &form(&first)).await.unwrap();
    let next = ahead(&li, &form(&first)).await.unwrap().unwrap();
    assert!(next.case.id == second && next.hold.is_none() && next.actions.contains(&Action::Approve), "{:?}", next.actions);
    assert!(audited(&house, &second, "look_at_case").await.is_empty(), "nobody has opened it");

    // Whoever takes it learns by the version whether it is still as it was fetched.
    let taken = decide(&li, &first, row(&house, &first).await.version, "approve").await.unwrap();
    assert_eq!(taken.go, Some(format!("/hunan/staff/cases/{second}")));
    let version = next.case.version;
    assert!(matches!(taken.notice, Some(Notice::Saved { version: of, .. }) if of == version), "{:?}", taken.notice);
    let opened = case(&li, &second).await.unwrap();
    let seen = |view: &CaseView| (view.sections.clone(), view.files.clone(), view.checks.clone(), view.timeline.clone());
    assert_eq!(seen(&opened), seen(&next));
    assert!(opened.hold.is_some_and(|hold| hold.is_mine && !hold.name.is_empty()));
    assert_eq!(audited(&house, &second, "look_at_case").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(the_case_that_comes_next_is_whole_beforehand_and_a_look_once_it_is_opened);

/// How often a file was looked at, and how often it was fetched beforehand.
async fn looks(house: &House, file: &str) -> (usize, usize) {
    let rows = house.services.db.read().await.unwrap().list_audit_of("attachment", file).await.unwrap();
    let count = |action: &str| rows.iter().filter(|row| row.action == action).count();
    (count("look_at_file"), count("preload_file"))
}

/// The files of a case, which can be looked at.
async fn pictures(house: &House, asking: &Visit, id: &CaseId) -> Vec<String> {
    let sealed = house.services.vault.seal("file", "v-aa", b"a picture");
    house.services.files.put("v-aa", sealed).await.unwrap();
    case(asking, id).await.unwrap().files.into_iter().map(|(_, file)| file.id).collect()
}

async fn pictures_count_as_fetched_beforehand_only_of_the_case_that_was_given_and_as_looked_at_once_it_is_opened(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let (first, second) = (submitted(&house, DISTRICT, 1).await, submitted(&house, DISTRICT, 2).await);
    let files = pictures(&house, &wang, &second).await;
    assert!(files.len() > 2, "{files:?}");

    // Nobody is written down as not having looked because they ask for it.
    file_ahead(&li, &files[0]).await.unwrap();
    assert_eq!(looks(&house, &files[0]).await, (1, 0));
    take_hold(&li, &form(&first)).await.unwrap();
    assert_eq!(pictures_ahead(&li, &first).await.as_ref(), Some(&files));
    file_ahead(&wang, &files[0]).await.unwrap();
    assert_eq!(looks(&house, &files[0]).await, (2, 0), "the case was given to somebody else");
    for file in &files[..2] {
        file_ahead(&li, file).await.unwrap();
        assert_eq!(looks(&house, file).await.1, 1);
    }
    house.clock.forward(Duration::minutes(10) + Duration::seconds(1));
    file_ahead(&li, &files[2]).await.unwrap();
    assert_eq!(looks(&house, &files[2]).await, (1, 0), "it was given too long ago");
    assert!(audited(&house, &second, "look_at_files").await.is_empty(), "nobody has opened it");

    // The pictures that lie in memory are shown without being asked for again.
    case(&wang, &second).await.unwrap();
    assert!(audited(&house, &second, "look_at_files").await.is_empty(), "in the memory of another page");
    for _ in 0..2 {
        case(&li, &second).await.unwrap();
        let looked = audited(&house, &second, "look_at_files").await;
        let of = |file: &String| looked[0].detail.contains(file.as_str());
        assert_eq!((looked.len(), files.iter().filter(|file| of(file)).count()), (1, 2), "{looked:?}");
        assert!(of(&files[0]) && of(&files[1]) && looked[0].actor_id == crate::case::reviewer(&li).unwrap().id.as_str());
    }
    assert_audit_stands(&house).await;
}
both!(pictures_count_as_fetched_beforehand_only_of_the_case_that_was_given_and_as_looked_at_once_it_is_opened);

async fn what_is_fetched_of_a_case_that_was_opened_is_looked_at_however_it_is_asked_for(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let (first, second) = (submitted(&house, DISTRICT, 1).await, submitted(&house, DISTRICT, 2).await);
    let files = pictures(&house, &wang, &second).await;
    ahead(&li, &form(&first)).await.unwrap();
    case(&li, &second).await.unwrap();
    assert!(audited(&house, &second, "look_at_files").await.is_empty(), "nothing was fetched beforehand");
    file_ahead(&li, &files[0]).await.unwrap();
    file_view(&li, &files[0]).await.unwrap();
    assert_eq!(looks(&house, &files[0]).await, (2, 0));
    // The same case once more as the next one: that is said anew.
    ahead(&li, &form(&first)).await.unwrap();
    file_ahead(&li, &files[0]).await.unwrap();
    assert_eq!(looks(&house, &files[0]).await, (2, 1));
    case(&li, &second).await.unwrap();
    assert_eq!(audited(&house, &second, "look_at_files").await.len(), 1, "although the look at the case is written down already");
    let stranger = reviewer(&house, "430104", "外区审核").await;
    assert_not_found(file_ahead(&stranger, &files[0]).await);
}
both!(what_is_fetched_of_a_case_that_was_opened_is_looked_at_however_it_is_asked_for);

async fn reviewers_who_ask_for_the_next_case_at_once_get_different_ones(house: House) {
    for nth in 1..=6 {
        submitted(&house, DISTRICT, nth).await;
    }
    let mut reviewers = Vec::new();
    for nth in 0..4 {
        reviewers.push(reviewer(&house, DISTRICT, &format!("审核{nth}")).await);
    }
    let asked = reviewers.iter().cloned().map(|visit| tokio::spawn(async move { next(&visit, None).await.unwrap().go.unwrap() }));
    let given: BTreeSet<String> = join_all(asked).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(given.len(), 4, "{given:?}");
    assert!(given.iter().all(|path| path.starts_with("/hunan/staff/cases/")));
}
both!(reviewers_who_ask_for_the_next_case_at_once_get_different_ones);

async fn skipping_goes_through_the_whole_queue_and_deciding_to_the_oldest(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let mut ids = Vec::new();
    for nth in 1..=3 {
        ids.push(submitted(&house, DISTRICT, nth).await);
    }
    let path = |id: &str| Some(format!("/hunan/staff/cases/{id}"));
    assert_eq!(next(&li, None).await.unwrap().go, path(ids[0].as_str()));
    assert_eq!(next(&li, Some(&ids[0])).await.unwrap().go, path(ids[1].as_str()));
    assert_eq!(row(&house, &ids[0]).await.holder_id, None, "a skipped case is free again");
    assert_eq!(next(&li, Some(&ids[1])).await.unwrap().go, path(ids[2].as_str()));
    assert_eq!(next(&li, Some(&ids[2])).await.unwrap().go, path(ids[0].as_str()), "after the last comes the first");
    let version = row(&house, &ids[2]).await.version;
    assert_eq!(decide(&li, &ids[2], version, "approve").await.unwrap().go, path(ids[0].as_str()));
    assert_eq!(decide(&li, &ids[0], version, "approve").await.unwrap().go, path(ids[1].as_str()));
    let last = decide(&li, &ids[1], version, "approve").await.unwrap();
    assert_eq!((last.go.as_deref(), last.notice), (Some("/hunan/staff/queue"), Some(Notice::Done)));
    assert_eq!(next(&li, None).await.unwrap().notice, Some(Notice::Done));
}
both!(skipping_goes_through_the_whole_queue_and_deciding_to_the_oldest);
